/** The work on one ticket, in steps that can all be repeated; the job's `nextAt` is the lease of whoever is at it. */
import { linkedAlerts } from '../domain/alert-record';
import { ENDED } from '../domain/incident';
import type { Incident, IncidentHead, TicketJob } from '../domain/model';
import { doubtTicket, foundTicket, isOn, putTicket, shownTicket, ticketOf } from '../domain/tickets';
import type { Actor, Held, Ports, TicketContext, TicketLink } from '../ports';
import { survivorOf } from './survivor';
import { updateIncident } from './update-incident';

/** How long whoever is at a job has it to themselves, ms. */
export const LEASE_MS = 20_000;
/** Jira's search lags: the answer that got lost is looked for at these times after it was missed, ms. */
const SEARCH_AT_MS = [5_000, 30_000, 120_000, 300_000] as const;
const WAIT_AT_MOST_MS = 15 * 60_000;

export interface IssueClaim extends Held {
  readonly ticketId: string;
}
/** An issue belongs to one incident at a time. */
export const issueClaim = (conn: string, issueId: string): string => `issue:${conn}:${issueId}`;
/** Which incident has an issue, and as which ticket: that of the claim, or the one it went on in; null: none. */
export async function issueHolder(ports: Ports, conn: string, issueId: string): Promise<IssueClaim | null> {
  const claim = await ports.claims.get<IssueClaim>(issueClaim(conn, issueId));
  return claim === null ? null : { ...claim, incidentId: await survivorOf(ports, claim.incidentId) };
}

export function linkOf(head: IncidentHead, job: Pick<TicketJob, 'id' | 'kind'>): TicketLink {
  const { visibility, key, title, severity, status, lang, page } = head;
  return { linkId: job.id, visibility, key, title, severity, status, over: status === 'resolved' || ENDED.has(status), kind: job.kind, lang, page: page === null ? null : { id: page.id, url: page.url } };
}
const fingerprint = (link: TicketLink): string => JSON.stringify(link);

/** What a reader of Jira is told of a public incident: the alerts as they opened, and the entry the ticket came from. */
export function contextOf(incident: Incident, entryId: string | null): TicketContext {
  const alerts = [...linkedAlerts(incident.alerts)].sort((a, b) => a.openedAt - b.openedAt).slice(0, 5);
  const entry = entryId !== null && Object.hasOwn(incident.entries, entryId) ? (incident.entries[entryId]?.text ?? null) : null;
  return { alerts, entry };
}

/** The answer got lost: the record says so, and the searches begin. */
async function lost(ports: Ports, job: TicketJob): Promise<TicketJob> {
  const now = ports.clock.now();
  const facts = { id: job.id, kind: job.kind, entryId: job.entryId, made: true, issue: null, summary: job.input?.summary ?? '' };
  const { head } = await updateIncident(ports, job.incidentId, (incident) => doubtTicket(putTicket(incident, facts, { opId: job.opId, by: job.by, now }), job.id, 'searching', now));
  return { ...job, incidentId: head.id, state: 'searching', lostAt: now, searches: 0, nextAt: now + SEARCH_AT_MS[0] };
}

/** `actors`: as whom to search; a person's own search may see what the app's does not. */
async function search(ports: Ports, job: TicketJob, actors: readonly Actor[]): Promise<TicketJob> {
  for (const actor of actors) {
    const [issue] = await ports.issues.findByLink(job.id, actor);
    if (issue !== undefined) return { ...job, state: 'linking', issue, nextAt: 0 };
  }
  const now = ports.clock.now();
  const searches = job.searches + 1;
  const next = SEARCH_AT_MS[searches];
  if (next !== undefined) return { ...job, searches, nextAt: (job.lostAt ?? now) + next };
  await updateIncident(ports, job.incidentId, (incident) => doubtTicket(incident, job.id, 'unsure', now));
  return { ...job, state: 'unsure', searches };
}

/** The record has it, and Jira shows it. */
async function link(ports: Ports, job: TicketJob): Promise<TicketJob> {
  const { issue } = job;
  if (issue === null) throw new Error('a ticket is linked to an issue');
  const now = ports.clock.now();
  const claim: IssueClaim = { incidentId: job.incidentId, ticketId: job.id };
  const held = await ports.claims.make(issueClaim(job.conn, issue.id), 'issue', claim);
  // Taken by another incident meanwhile: theirs stays.
  if (!held.made && (held.value as IssueClaim).ticketId !== job.id) return { ...job, state: 'off' };
  const facts = { id: job.id, kind: job.kind, entryId: job.entryId, made: job.input !== null, issue, summary: job.input?.summary ?? '' };
  const incident = await updateIncident(ports, job.incidentId, (current) => foundTicket(putTicket(current, facts, { opId: job.opId, by: job.by, now }), job.id, issue, now));
  const record = ticketOf(incident, job.id);
  if (record !== null && !isOn(record)) return { ...job, state: 'unlinking', nextAt: 0 };
  const wanted = linkOf(incident.head, job);
  const shown = job.shown === fingerprint(wanted) || (await ports.issues.show(issue.id, wanted));
  const after = await updateIncident(ports, job.incidentId, (current) => shownTicket(current, job.id, shown, ports.clock.now()));
  const done: TicketJob = { ...job, incidentId: after.head.id, state: 'linked', shown: shown ? fingerprint(wanted) : null };
  // Changed while it was written: once more.
  return fingerprint(linkOf(after.head, job)) === fingerprint(wanted) ? done : { ...done, state: 'linking' };
}

async function unlink(ports: Ports, job: TicketJob): Promise<TicketJob> {
  if (job.issue !== null) {
    await ports.issues.clear(job.issue.id, job.id);
    const claim = await ports.claims.get<IssueClaim>(issueClaim(job.conn, job.issue.id));
    if (claim?.ticketId === job.id) await ports.claims.release(issueClaim(job.conn, job.issue.id), claim.incidentId);
  }
  return { ...job, state: 'off', shown: null };
}

async function step(ports: Ports, job: TicketJob, actors: readonly Actor[]): Promise<TicketJob> {
  switch (job.state) {
    case 'creating':
      return await lost(ports, job);
    case 'searching':
      return await search(ports, job, actors);
    case 'linking':
      return await link(ports, job);
    case 'unlinking':
      return await unlink(ports, job);
    default:
      return job;
  }
}

const SETTLED = new Set<TicketJob['state']>(['unsure', 'linked', 'off']);

/**
 * Does what is due, until the job rests or waits for its time. Without a person `actors` is the app alone.
 * A failure leaves the job to be taken up again, later each time.
 */
export async function workOn(ports: Ports, id: string, actors: readonly Actor[] = [{ as: 'app' }]): Promise<TicketJob | null> {
  const row = await ports.tickets.get(id);
  const now = ports.clock.now();
  if (row === null || SETTLED.has(row.value.state) || row.value.nextAt > now) return row?.value ?? null;
  let ver = row.ver;
  let job: TicketJob = { ...row.value, attempts: row.value.attempts + 1, nextAt: now + LEASE_MS };
  const store = async (next: TicketJob): Promise<boolean> => {
    if (!(await ports.tickets.put(next, ver))) return false;
    ver += 1;
    job = next;
    return true;
  };
  if (!(await store(job))) return job;
  try {
    do {
      const next = await step(ports, job, actors);
      const rests = SETTLED.has(next.state);
      const nextAt = rests || next.state === 'searching' ? next.nextAt : ports.clock.now() + LEASE_MS;
      if (!(await store({ ...next, attempts: rests ? 0 : next.attempts, nextAt }))) return null;
      if (rests) return job;
    } while (job.state !== 'searching');
    await ports.ticketQueue.request(id, (job.nextAt - ports.clock.now()) / 1000);
    return job;
  } catch (error) {
    const wait = Math.min(WAIT_AT_MOST_MS, 2_000 * 2 ** Math.min(job.attempts, 10));
    await store({ ...job, nextAt: ports.clock.now() + wait });
    await ports.ticketQueue.request(id, wait / 1000);
    throw error;
  }
}

/** Takes up everything that is due. One that fails does not keep the others. */
export async function workOnDue(ports: Ports): Promise<void> {
  const failures: unknown[] = [];
  for (const job of await ports.tickets.due(ports.clock.now(), 100)) await workOn(ports, job.id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
