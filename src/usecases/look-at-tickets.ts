/** Reads around tickets: the form's beginning, all tickets of all incidents, and what an issue has to do with an incident. */
import type { IssueIncidentView, OverviewTicket, OverviewView, TicketFormView } from '../contract';
import { notFound } from '../domain/failure';
import type { Incident } from '../domain/model';
import { ticketDays } from '../domain/scheme';
import { dateAt, dueIn, isOn, ticketOf, ticketsOn } from '../domain/tickets';
import type { Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { configured, proveIncident } from './prove';
import { declareGroupMissing } from './rights';
import { headView } from './views';
import { issueHolder } from './ticket-job';
import { alertsNow, firedAgain, recentAlerts } from './recent-alerts';
import { ticketView } from './ticket-views';

const LISTED = 500;

/** Dates are those of the people of the space. */
export const zoneOf = (lang: 'ja' | 'en'): string => (lang === 'ja' ? 'Asia/Tokyo' : 'UTC');

export async function ticketForm(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; pass: string; viewing?: string | undefined }): Promise<TicketFormView> {
  const [{ incident }, settings, isAdmin] = await Promise.all([readable(ports, passes, caller, p), configured(ports), ports.access.isAdmin()]);
  const { head } = incident;
  return { project: settings.tickets, dueDate: dueIn(ticketDays(settings.scheme, head.severity), dateAt(ports.clock.now(), zoneOf(head.lang))), isPrivate: head.visibility === 'private', isAdmin };
}

/** Tickets of incidents whose page the caller may see, proven in bulk. */
export async function ticketsOverview(ports: Ports): Promise<OverviewView> {
  const settings = await ports.settings.load();
  const now = ports.clock.now();
  if (settings === null) return { tickets: [], more: false, now };
  const { conn } = settings.value;
  const [jobs, recent] = await Promise.all([ports.tickets.list(conn, LISTED), recentAlerts(ports, conn)]);
  const ids = [...new Set(jobs.map((job) => job.incidentId))];
  const incidents = (await Promise.all(ids.map((id) => ports.incidents.recent(id, 0)))).filter((incident): incident is Incident => incident !== null);
  const pages = incidents.flatMap(({ head }) => (head.page === null ? [] : [head.page.id]));
  const seen = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  const shown = new Map(incidents.filter(({ head }) => head.page !== null && seen.has(head.page.id)).map((incident) => [incident.head.id, incident]));
  const tickets = jobs.flatMap((job): readonly OverviewTicket[] => {
    const incident = shown.get(job.incidentId);
    const ticket = incident === undefined ? null : ticketOf(incident, job.id);
    if (incident === undefined || ticket === null || !isOn(ticket)) return [];
    const { head } = incident;
    const about = { id: head.id, key: head.key, title: head.title, severity: head.severity, service: head.service, url: head.page?.url ?? null, isPrivate: head.visibility === 'private' };
    return [{ ticket: ticketView(ticket), incident: about, firedAgain: recent === null ? null : firedAgain(incident, recent, ticket.at) }];
  });
  return { tickets, more: jobs.length === LISTED, now };
}

/** For Jira's panel and context. That there is a link anybody can see who sees the issue; of which incident, only who sees its page. */
export async function issueIncident(ports: Ports, caller: Caller, issueId: string): Promise<IssueIncidentView> {
  const issue = await ports.issues.issue(issueId, { as: 'user' });
  if (issue === null) throw notFound();
  const settings = await ports.settings.load();
  if (settings === null) return { state: 'none', spaces: [], configured: false, scheme: null };
  const { conn } = settings.value;
  const claim = await issueHolder(ports, conn, issue.id);
  if (claim === null) {
    const keys = [...new Set(settings.value.services.map((service) => service.spaceKey))];
    const keptOut = (await declareGroupMissing(ports, settings.value, caller)) !== null;
    const spaces = keys.length === 0 || keptOut ? [] : await ports.access.spaces(keys);
    return { state: 'none', spaces: spaces.filter((space) => space.canCreate).map(({ key, name }) => ({ key, name })), configured: true, scheme: settings.value.scheme };
  }
  const proof = await proveIncident(ports, caller, claim.incidentId).catch(() => null);
  const incident = proof === null ? null : await ports.incidents.load(claim.incidentId);
  const ticket = incident === null ? null : ticketOf(incident, claim.ticketId);
  if (proof === null || incident === null || ticket === null) return { state: 'hidden' };
  const recent = await recentAlerts(ports, conn);
  return {
    state: 'shown',
    scheme: settings.value.scheme,
    incident: headView(incident.head),
    ticket: ticketView(ticket),
    siblings: ticketsOn(incident).filter((other) => other.id !== ticket.id).map(ticketView),
    alerts: recent === null ? null : alertsNow(incident, recent, ticket.at),
    canEdit: proof.canEdit,
    now: ports.clock.now(),
  };
}
