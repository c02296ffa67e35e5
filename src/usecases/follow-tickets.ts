/** What happens to tickets by itself: news from Jira, reminders, what stands in Jira kept right. */
import { deletedTicket, droppedOf, heardOfTicket, isOn, remindTicket, dateAt, ticketOf, worthReminding } from '../domain/tickets';
import type { TicketJob } from '../domain/model';
import type { Ports } from '../ports';
import { updateIncident } from './update-incident';
import { issueClaim, type IssueClaim } from './ticket-job';
import { zoneOf } from './look-at-tickets';
import { wakeTickets } from './wake-tickets';

export interface IssueEvent {
  readonly kind: 'updated' | 'deleted';
  readonly issueId: string;
  /** Epoch ms by Jira. */
  readonly at: number;
}

/** An event only makes boards look sooner. That an issue is gone is believed when the app cannot find it either. */
export async function issueHappened(ports: Ports, event: IssueEvent): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const claim = await ports.claims.get<IssueClaim>(issueClaim(settings.value.conn, event.issueId));
  if (claim === null) return;
  const there = await ports.issues.issue(event.issueId, { as: 'app' });
  const now = ports.clock.now();
  if (there !== null) await updateIncident(ports, claim.incidentId, (incident) => heardOfTicket(incident, claim.ticketId, Math.min(event.at, now), there.key, now));
  else if (event.kind === 'deleted') await updateIncident(ports, claim.incidentId, (incident) => deletedTicket(incident, claim.ticketId, now));
}

const LOOKED_AT = 2000;

/** Once a day: open tickets due soon or overdue are said, once a week each; and links in Jira that fell behind are mended. */
export async function tendTickets(ports: Ports): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const jobs = await ports.tickets.list(settings.value.conn, LOOKED_AT);
  const linked = jobs.filter((job): job is TicketJob & { issue: { id: string; key: string } } => job.state === 'linked' && job.issue !== null);
  const issues = new Map((await ports.issues.read(linked.map((job) => job.issue.id), { as: 'app' })).map((issue) => [issue.id, issue]));
  const byIncident = new Map<string, (typeof linked)[number][]>();
  for (const job of linked) byIncident.set(job.incidentId, [...(byIncident.get(job.incidentId) ?? []), job]);
  const failures: unknown[] = [];
  for (const [incidentId, theirs] of byIncident) {
    await tend(ports, incidentId, theirs.map((job) => ({ id: job.id, issue: issues.get(job.issue.id) ?? null }))).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function tend(ports: Ports, incidentId: string, tickets: readonly { readonly id: string; readonly issue: { readonly dueDate: string | null; readonly done: boolean } | null }[]): Promise<void> {
  const incident = await ports.incidents.load(incidentId);
  if (incident === null) return;
  const now = ports.clock.now();
  const today = dateAt(now, zoneOf(incident.head.lang));
  const due = tickets.flatMap(({ id, issue }) => {
    const left = issue === null || issue.done ? null : worthReminding(issue.dueDate, today);
    const ticket = ticketOf(incident, id);
    return left === null || ticket === null || !isOn(ticket) || droppedOf(ticket) !== null ? [] : [{ id, left }];
  });
  if (due.length > 0) await updateIncident(ports, incidentId, (current) => due.reduce((known, { id, left }) => remindTicket(known, id, left, today, now), current));
  await wakeTickets(ports, incident);
}
