/** What an administrator does with work that is stuck: lets it go on, or gives it up. Each press has one effect, however often it is sent. */
import type { StuckKind } from '../contract';
import { AppFailure, notFound } from '../domain/failure';
import { discarded } from '../domain/discard';
import { woken, type Evidence } from '../domain/evidence';
import { ENDED } from '../domain/incident';
import type { Saga, Settings, TicketJob } from '../domain/model';
import { unlinkTicket } from '../domain/tickets';
import type { Notice, Ports } from '../ports';
import type { Caller } from './caller';
import { changeCandidate, candidateId } from './candidates';
import { sendNotice } from './notices';
import { accept, operation } from './press';
import { configured, proveAdmin } from './prove';
import { requestWholeLook } from './receive-webhook';
import { advance, takeBack } from './saga';
import { isRetractedRule } from './stuck';
import { issueClaim, workOn, type IssueClaim } from './ticket-job';
import { changeJob } from './wake-tickets';

export interface Mend {
  readonly opId: string;
  readonly kind: StuckKind;
  readonly id: string;
}
const TRIES = 8;
interface Row<T> {
  readonly ver: number;
  readonly value: T;
}
/** Changes a row by compare-and-set; null: there was nothing to change. @throws AppFailure not-found: no such row of this connection */
async function changeRow<T>(get: () => Promise<Row<T> | null>, put: (value: T, ver: number) => Promise<boolean>, next: (known: T) => T | null): Promise<T | null> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await get();
    if (row === null) throw notFound();
    const after = next(row.value);
    if (after === null) return null;
    if (await put(after, row.ver)) return after;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
/** Somebody else's private declaration that goes well is nothing to mend: that it exists is not told. */
const isUnknownTo = (caller: Caller, { intent, state }: Saga): boolean => intent.visibility === 'private' && intent.declaredBy !== caller.accountId && (state === 'running' || state === 'done');
const changeSaga = (ports: Ports, conn: string, caller: Caller, id: string, next: (known: Saga) => Saga | null): Promise<Saga | null> =>
  changeRow(() => ports.sagas.get(id), (saga, ver) => ports.sagas.put(saga, ver), (known) => {
    if (known.intent.conn !== conn || isUnknownTo(caller, known)) throw notFound();
    return next(known);
  });
const changeNotice = (ports: Ports, id: string, next: (known: Notice) => Notice | null): Promise<Notice | null> =>
  changeRow(() => ports.notices.get(id), (notice, ver) => ports.notices.put(notice, ver), next);

const isStuck = ({ state }: Saga): boolean => state === 'dead' || state === 'needs-person';

async function retrySaga(ports: Ports, conn: string, caller: Caller, id: string): Promise<void> {
  const head = await ports.incidents.head(id);
  const saga = await changeSaga(ports, conn, caller, id, (known) => {
    if (!isStuck(known)) return null;
    // What it had waits for people meanwhile; rules may declare it anew, as another incident.
    if (isRetractedRule(known, head)) return { ...known, state: 'discarded', again: true };
    if (known.discarding === true || (head !== null && ENDED.has(head.status) && known.intent.fromFile !== true)) throw new AppFailure('conflict', 'error.saga-over');
    // Written as whoever calls: a private page must not become another person's.
    if (known.intent.visibility === 'private' && known.intent.declaredBy !== caller.accountId) throw new AppFailure('forbidden', 'error.saga-declarer');
    return { ...known, state: 'running', attempts: 0, nextAt: 0, lastError: null };
  });
  if (saga === null) return;
  if (saga.again === true) return await requestWholeLook(ports, conn);
  await advance(ports, id, { as: saga.intent.declaredBy === caller.accountId ? 'user' : 'app' });
}

/** Its page never came, or only its marks are missing: then the incident lives on, and nothing more is tried. */
async function discardSaga(ports: Ports, conn: string, caller: Caller, p: Mend): Promise<void> {
  const marked = await changeSaga(ports, conn, caller, p.id, (known) => (isStuck(known) ? { ...known, discarding: true } : null));
  if (marked === null) return;
  const { intent } = marked;
  const head = await ports.incidents.head(p.id);
  if (head === null || head.page === null) {
    const press = operation(caller, { incidentId: p.id, opId: p.opId }, ports.clock.now());
    const alerts = await takeBack(ports, intent, (incident) => discarded(incident, press));
    // What waited joined this incident meanwhile: people are asked again.
    for (const alertId of alerts) await changeCandidate(ports, candidateId(conn, alertId), (known) => (known?.state === 'declared' && known.alert.closedAt === null ? { ...known, state: 'waiting' } : null));
  }
  await changeSaga(ports, conn, caller, p.id, (known) => (isStuck(known) ? { ...known, state: 'discarded' } : null));
  await requestWholeLook(ports, conn);
}

async function retryNotice(ports: Ports, id: string): Promise<void> {
  const now = ports.clock.now();
  await changeNotice(ports, id, (known) => (known.state === 'dropped' || (known.state === 'waiting' && known.nextAt <= now) ? { ...known, state: 'waiting', attempts: 0, nextAt: now } : null));
  await sendNotice(ports, id);
}
async function discardNotice(ports: Ports, id: string): Promise<void> {
  await changeNotice(ports, id, (known) => (known.state === 'dropped' || known.state === 'waiting' ? { ...known, state: 'unwanted' } : null));
}

async function jobOf(ports: Ports, conn: string, id: string): Promise<TicketJob> {
  const row = await ports.tickets.get(id);
  if (row === null || row.value.conn !== conn) throw notFound();
  return row.value;
}
async function retryTicket(ports: Ports, id: string): Promise<void> {
  const now = ports.clock.now();
  await changeJob(ports, id, (job) => {
    if (job.state === 'unsure') return { ...job, state: 'searching', attempts: 0, nextAt: now };
    return job.state === 'linked' || job.state === 'off' ? null : { ...job, attempts: 0, nextAt: now };
  });
  // A failure leaves it to the queue and the sweeper, as ever.
  await workOn(ports, id).catch(() => undefined);
}
/** Taken off the incident; what stands in Jira stays there. */
async function discardTicket(ports: Ports, caller: Caller, job: TicketJob, p: Mend): Promise<void> {
  if (job.state === 'off') return;
  await accept(ports, caller, { incidentId: job.incidentId, opId: p.opId }, (incident, press) => unlinkTicket(incident, job.id, press));
  await changeJob(ports, job.id, (known) => (known.state === 'off' ? null : { ...known, state: 'off', shown: null }));
  if (job.issue === null) return;
  const key = issueClaim(job.conn, job.issue.id);
  if ((await ports.claims.get<IssueClaim>(key))?.ticketId === job.id) await ports.claims.release(key, job.incidentId);
}

const changeEvidence = (ports: Ports, conn: string, id: string, next: (known: Evidence) => Evidence | null): Promise<Evidence | null> =>
  changeRow(() => ports.evidence.get(id), (evidence, ver) => ports.evidence.put(evidence, ver), (known) => {
    if (known.conn !== conn) throw notFound();
    return next(known);
  });
const fails = ({ work, attempts }: Evidence): boolean => work === 'stuck' || (work === 'due' && attempts > 0);
async function retryEvidence(ports: Ports, conn: string, id: string): Promise<void> {
  const now = ports.clock.now();
  await changeEvidence(ports, conn, id, (known) => (fails(known) ? woken(known, now) : null));
  await ports.evidenceQueue.request(id, 0);
}
/** What is kept stays; more comes when something happens. */
async function discardEvidence(ports: Ports, conn: string, id: string): Promise<void> {
  await changeEvidence(ports, conn, id, (known) => (fails(known) ? { ...known, work: 'rest', attempts: 0, wish: null } : null));
}

/** @throws AppFailure page-refused when Confluence refuses the page for good */
export async function retryStuck(ports: Ports, caller: Caller, p: Mend): Promise<void> {
  await proveAdmin(ports);
  const { conn }: Settings = await configured(ports);
  if (p.kind === 'saga') return await retrySaga(ports, conn, caller, p.id);
  if (p.kind === 'notice') return await retryNotice(ports, p.id);
  if (p.kind === 'evidence') return await retryEvidence(ports, conn, p.id);
  await jobOf(ports, conn, p.id);
  await retryTicket(ports, p.id);
}
export async function discardStuck(ports: Ports, caller: Caller, p: Mend): Promise<void> {
  await proveAdmin(ports);
  const { conn }: Settings = await configured(ports);
  if (p.kind === 'saga') return await discardSaga(ports, conn, caller, p);
  if (p.kind === 'notice') return await discardNotice(ports, p.id);
  if (p.kind === 'evidence') return await discardEvidence(ports, conn, p.id);
  await discardTicket(ports, caller, await jobOf(ports, conn, p.id), p);
}
