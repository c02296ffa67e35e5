/**
 * Erases everything, or one ended incident. The job's cell says how far it is; every part can be repeated, and whoever comes next
 * goes on: the screen that began it, or the sweeper. Pages and work items stay, without what the app left there.
 */
import type { EraseView, ListPosition } from '../contract';
import { linkedAlerts, sightingOf } from '../domain/alert-record';
import { advanced, begun, eraseView, kindsOf, type Erasure } from '../domain/erasure';
import { AppFailure, badRequest, RecordFailure } from '../domain/failure';
import { ENDED } from '../domain/incident';
import type { Incident, Settings } from '../domain/model';
import { FIRST_SECRETS } from '../domain/secrets';
import { acceptedSecrets } from '../domain/webhook';
import { MackerelError, type Actor, type Ports } from '../ports';
import { candidateId, changeCandidate } from './candidates';
import type { Caller } from './caller';
import { configured, proveAdmin, proveIncident } from './prove';
import { leaveMackerel } from './webhook';

const CELL = 'erasing';
const APP: Actor = { as: 'app' };
const LEASE_MS = 20_000;
const LISTED = 100;
/** One call works for so long; a part that is begun is ended. */
const WORK_MS = 8_000;
/** Mackerel is waited for so often; then its channel stays and is told of. */
const CHANNEL_TRIES = 3;
const busy = (): AppFailure => new AppFailure('busy', 'error.busy', {}, null, 1000);

type Row = { readonly ver: number; readonly value: Erasure };
const read = (ports: Ports): Promise<Row | null> => ports.cells.get<Erasure>(CELL);

/** While everything goes nothing may be set up. @throws AppFailure conflict */
export async function proveNotErasing(ports: Ports): Promise<void> {
  const row = await read(ports);
  if (row !== null && row.value.incidentId === null && row.value.step !== 'done') throw new AppFailure('conflict', 'error.erasing');
}

async function closeChannel(ports: Ports, job: Erasure): Promise<Erasure> {
  const left = await leaveMackerel(ports).catch((error: unknown) => {
    if (!(error instanceof MackerelError) || job.attempts >= CHANNEL_TRIES) return 'unreachable' as const;
    throw busy();
  });
  return { ...job, step: 'doors', left: { ...job.left, channel: left === 'read-only' || left === 'unreachable' } };
}
/** The API key, the URL, the webhook's secrets and the key of passes; then the settings that name them. */
async function shutDoors(ports: Ports, job: Erasure): Promise<Erasure> {
  const row = await ports.settings.load();
  if (row !== null) {
    const { secrets, webhook }: Settings = row.value;
    const entered = [secrets.apiKey, secrets.slackUrl, ...secrets.gone, FIRST_SECRETS.apiKey, FIRST_SECRETS.slackUrl];
    for (const name of [...new Set([...entered, ...acceptedSecrets(webhook).map((one) => one.name), 'pass' as const])]) await ports.settings.setSecret(name, null);
    await ports.settings.remove();
  }
  return { ...job, step: 'incidents' };
}

/** Marks on its page and in its tickets' work items. Answers how many of each stay. */
async function clearOutside(ports: Ports, { head, tickets }: Incident): Promise<{ readonly pages: number; readonly issues: number }> {
  let issues = 0;
  for (const ticket of Object.values(tickets)) if (ticket.issueId !== null && ticket.elsewhere === undefined && !(await ports.issues.clear(ticket.issueId, ticket.id).catch(unlessBusy))) issues += 1;
  const pages = head.page === null || (await ports.pages.unmark(head.page.id, APP).catch(unlessBusy)) ? 0 : 1;
  return { pages, issues };
}
/** What refuses for good is left; what asks to wait is waited for. */
function unlessBusy(error: unknown): false {
  if (error instanceof AppFailure && error.code === 'busy') throw error;
  return false;
}

/** Its alerts would be judged anew, were nobody to say that they have been: those that fire are left alone, of the others nothing stays. */
async function settleAlerts(ports: Ports, { head, alerts }: Incident): Promise<void> {
  // What came from a file has none of them.
  if (head.visibility === 'private' || head.imported !== undefined) return;
  for (const alert of linkedAlerts(alerts)) {
    const id = candidateId(head.conn, alert.id);
    if (alert.closedAt !== null) await ports.rows.remove('candidate', [id]);
    else await changeCandidate(ports, id, (known) => ({ schema: 1, id, conn: head.conn, alert: sightingOf(alert), state: 'dismissed', whyKey: 'candidate.why.erased', whyParams: {}, dismissedBy: known?.dismissedBy ?? null, openedAt: alert.openedAt }));
  }
}

/** One incident with what stands outside of it; its head last, so that whoever goes on still finds the rest. */
async function eraseRecord(ports: Ports, job: Erasure, incidentId: string): Promise<Erasure> {
  const incident = await ports.incidents.load(incidentId).catch((error: unknown) => {
    if (error instanceof RecordFailure) return null;
    throw error;
  });
  const stays = incident === null ? { pages: 0, issues: 0 } : await clearOutside(ports, incident);
  if (incident !== null && job.incidentId !== null) await settleAlerts(ports, incident);
  for (const { of, key } of ports.rows.keysOf(incidentId, incident?.head.chunks ?? null)) await ports.rows.remove(of, [key]);
  return { ...job, erased: job.erased + 1, left: { ...job.left, pages: job.left.pages + stays.pages, issues: job.left.issues + stays.issues } };
}

/** The next one that is there; the index may still tell of those that are gone. */
async function nextIncident(ports: Ports, conn: string): Promise<string | null> {
  for (const part of ['open', 'ended'] as const) {
    for (let cursor: string | null = null, more = true; more; ) {
      const { rows, next } = await ports.rows.scan({ of: 'incident', conn, part }, cursor);
      for (const { key, incidentId } of rows) if (incidentId !== null && (await ports.rows.has('incident', key))) return incidentId;
      cursor = next;
      more = next !== null;
    }
  }
  return null;
}
async function eraseIncidents(ports: Ports, job: Erasure): Promise<Erasure> {
  if (job.incidentId !== null) return { ...(await eraseRecord(ports, job, job.incidentId)), step: 'rows' };
  const next = await nextIncident(ports, job.conn);
  return next === null ? { ...job, step: 'rows' } : await eraseRecord(ports, job, next);
}

async function eraseRows(ports: Ports, job: Erasure): Promise<Erasure> {
  const kind = kindsOf(job)[job.turn];
  if (kind === undefined) return { ...job, step: 'done' };
  const { rows, next } = await ports.rows.scan(kind, job.cursor);
  const mine = job.incidentId === null ? rows : rows.filter(({ incidentId }) => incidentId === job.incidentId || kind.of === 'chunk');
  await ports.rows.remove(kind.of, mine.map(({ key }) => key));
  return advanced(job, mine.length, next, ports.clock.now());
}

async function part(ports: Ports, job: Erasure): Promise<Erasure> {
  switch (job.step) {
    case 'channel':
      return await closeChannel(ports, job);
    case 'doors':
      return await shutDoors(ports, job);
    case 'incidents':
      return await eraseIncidents(ports, job);
    case 'rows':
      return await eraseRows(ports, job);
    case 'done':
      return job;
  }
}

/** Part after part for a while, each stored when it is done. Nothing where somebody else is at it. */
export async function goOnErasing(ports: Ports): Promise<Erasure | null> {
  const row = await read(ports);
  const began = ports.clock.now();
  if (row === null || row.value.step === 'done' || row.value.busyUntil > began) return row?.value ?? null;
  let ver = row.ver;
  let job: Erasure = { ...row.value, attempts: row.value.attempts + 1, busyUntil: began + LEASE_MS };
  const store = async (next: Erasure): Promise<boolean> => {
    if (!(await ports.cells.put(CELL, 'erasing', next, ver))) return false;
    ver += 1;
    job = next;
    return true;
  };
  // Somebody else took it up in the same moment.
  if (!(await store(job))) return (await read(ports))?.value ?? null;
  try {
    for (;;) {
      const next = await part(ports, job);
      const now = ports.clock.now();
      // A round that found nothing, before the aftermath is over: somebody looks again later.
      const waits = next.step === 'rows' && next.turn === 0 && next.cursor === null && job.turn > 0 && job.found === 0;
      const rests = next.step === 'done' || waits || now - began >= WORK_MS;
      if (!(await store({ ...next, attempts: rests ? 0 : next.attempts, busyUntil: rests ? 0 : now + LEASE_MS }))) throw busy();
      if (rests) return job;
    }
  } catch (error) {
    await ports.cells.put(CELL, 'erasing', { ...job, busyUntil: 0 }, ver);
    throw error;
  }
}

async function withKey(ports: Ports, conn: string, key: string): Promise<string | null> {
  for (const state of ['open', 'ended'] as const) {
    for (let after: ListPosition | null = null, more = true; more; ) {
      const { heads, last } = await ports.incidents.page(conn, state, after, LISTED);
      const found = heads.find((head) => head.key === key);
      if (found !== undefined) return found.id;
      after = last;
      more = last !== null;
    }
  }
  return null;
}
/** The incident of that key, which has to be over. @throws AppFailure not-found where the caller may not see it */
async function endedWith(ports: Ports, caller: Caller, conn: string, key: string): Promise<string> {
  const id = await withKey(ports, conn, key);
  const proof = id === null ? null : await proveIncident(ports, caller, id).catch(unlessBusy);
  if (proof === null || proof === false) throw new AppFailure('not-found', 'error.erase-unknown', {}, 'typed');
  if (!ENDED.has(proof.head.status)) throw new AppFailure('conflict', 'error.erase-open', {}, 'typed');
  return proof.head.id;
}
/** What is typed to erase everything. */
const wordOf = ({ orgName }: Settings): string => orgName ?? 'Mackerel';

/** Administrators of Confluence only. The same press again finds its own. @throws AppFailure conflict while another one runs */
export async function beginErasing(ports: Ports, caller: Caller, p: { opId: string; of: EraseView['of']; typed: string }): Promise<EraseView> {
  await proveAdmin(ports);
  const row = await read(ports);
  if (row?.value.opId === p.opId) return eraseView(row.value);
  if (row !== null && row.value.step !== 'done') throw new AppFailure('conflict', 'error.erasing');
  const settings = await configured(ports);
  const typed = p.typed.trim();
  if (p.of === 'everything' && typed !== wordOf(settings)) throw badRequest('typed', 'error.erase-typed');
  const incidentId = p.of === 'everything' ? null : await endedWith(ports, caller, settings.conn, typed);
  const job = begun(p.opId, settings.conn, incidentId, ports.clock.now());
  if (!(await ports.cells.put(CELL, 'erasing', job, row?.ver ?? null))) throw busy();
  return eraseView(job);
}
export async function continueErasing(ports: Ports): Promise<EraseView | null> {
  await proveAdmin(ports);
  const job = await goOnErasing(ports);
  return job === null ? null : eraseView(job);
}
export async function erasing(ports: Ports): Promise<EraseView | null> {
  await proveAdmin(ports);
  const row = await read(ports);
  return row === null ? null : eraseView(row.value);
}
