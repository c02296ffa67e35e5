/** Work that does not go on by itself: declarations that died, notices that were dropped, tickets and evidence that keep failing. */
import type { StuckView } from '../contract';
import type { Evidence } from '../domain/evidence';
import type { IncidentHead, Saga, Settings, TicketJob } from '../domain/model';
import { ENDED } from '../domain/incident';
import type { Notice, Ports } from '../ports';

const AT_MOST = 20;
/** A notice waits for its next attempt 15 minutes at most. */
const NOTICE_LATE_MS = 20 * 60_000;
/** Attempts after which it is no passing trouble. */
const FAILING = 5;
/** The longest wait between two attempts at a ticket. */
const TICKET_WAIT_MS = 15 * 60_000;
/** And at freezing. */
const EVIDENCE_WAIT_MS = 60 * 60_000;

/** Of a private incident nothing is told but that there is one. */
function named(head: IncidentHead | null, isPrivate: boolean): Pick<StuckView, 'incident' | 'isPrivate'> {
  const hidden = isPrivate || head?.visibility === 'private';
  return { incident: head === null || hidden ? null : { id: head.id, key: head.key, title: head.title }, isPrivate: hidden };
}

/** A rule's declaration whose page was refused: it was taken back, and can be made anew. */
export const isRetractedRule = ({ intent, state, discarding }: Saga, head: IncidentHead | null): boolean =>
  state === 'dead' && discarding !== true && intent.declaredBy === null && head?.status === 'cancelled' && head.page === null;

/** `caller`: the administrator's account. A person's declaration that was taken back cannot go on; a private one only by its declarer. */
function sagaView(saga: Saga, head: IncidentHead | null, caller: string): StuckView {
  const isPrivate = saga.intent.visibility === 'private';
  const mine = !isPrivate || saga.intent.declaredBy === caller;
  const over = saga.discarding === true || (head !== null && ENDED.has(head.status) && saga.intent.fromFile !== true && !isRetractedRule(saga, head));
  const state = saga.state === 'needs-person' ? 'needs-person' : 'dead';
  return { kind: 'saga', id: saga.intent.incidentId, state, ...named(head, isPrivate), attempts: saga.attempts, reasonKey: saga.lastError, can: { retry: mine && !over, discard: true } };
}
function noticeView(notice: Notice, head: IncidentHead | null): StuckView {
  const state = notice.state === 'dropped' ? 'dropped' : 'waiting';
  return { kind: 'notice', id: notice.id, state, ...named(head, false), attempts: notice.attempts, reasonKey: null, can: { retry: true, discard: true } };
}
function ticketView(job: TicketJob, head: IncidentHead | null): StuckView {
  const state = job.state === 'unsure' ? 'unsure' : 'failing';
  return { kind: 'ticket', id: job.id, state, ...named(head, false), attempts: job.attempts, reasonKey: null, can: { retry: true, discard: true } };
}

function evidenceView({ incidentId, work, attempts, trouble }: Evidence, head: IncidentHead | null): StuckView {
  const reasonKey = trouble === 'page' || trouble === 'mackerel' ? `error.evidence-${trouble}` : null;
  return { kind: 'evidence', id: incidentId, state: work === 'stuck' ? 'dead' : 'failing', ...named(head, false), attempts, reasonKey, can: { retry: true, discard: true } };
}

async function stuckEvidence(ports: Ports, conn: string, now: number): Promise<readonly Evidence[]> {
  const [due, stuck] = await Promise.all([ports.evidence.due(now + EVIDENCE_WAIT_MS, 100), ports.evidence.stuck(AT_MOST)]);
  return [...stuck, ...due.filter(({ attempts }) => attempts >= FAILING)].filter((one) => one.conn === conn).slice(0, AT_MOST);
}

async function stuckTickets(ports: Ports, conn: string, now: number): Promise<readonly TicketJob[]> {
  const [due, all] = await Promise.all([ports.tickets.due(now + TICKET_WAIT_MS, 100), ports.tickets.list(conn, 100)]);
  const failing = due.filter((job) => job.conn === conn && job.attempts >= FAILING);
  return [...failing, ...all.filter((job) => job.state === 'unsure')].slice(0, AT_MOST);
}

/** At most 20 of each kind, from indexes that may lag. `caller`: the administrator's account. */
export async function stuckWork(ports: Ports, settings: Settings, caller: string): Promise<readonly StuckView[]> {
  const now = ports.clock.now();
  const [sagas, notices, tickets, evidence] = await Promise.all([ports.sagas.stuck(AT_MOST), ports.notices.stuck(now - NOTICE_LATE_MS, AT_MOST), stuckTickets(ports, settings.conn, now), stuckEvidence(ports, settings.conn, now)]);
  const ids = new Set([...sagas.map((saga) => saga.intent.incidentId), ...notices.map((notice) => notice.incidentId), ...tickets.map((job) => job.incidentId), ...evidence.map((one) => one.incidentId)]);
  const heads = new Map(await Promise.all([...ids].map(async (id) => [id, await ports.incidents.head(id)] as const)));
  const of = (id: string): IncidentHead | null => heads.get(id) ?? null;
  return [
    ...sagas.filter((saga) => saga.intent.conn === settings.conn).map((saga) => sagaView(saga, of(saga.intent.incidentId), caller)),
    ...notices.slice(0, AT_MOST).map((notice) => noticeView(notice, of(notice.incidentId))),
    ...tickets.map((job) => ticketView(job, of(job.incidentId))),
    ...evidence.map((one) => evidenceView(one, of(one.incidentId))),
  ];
}
