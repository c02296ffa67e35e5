/**
 * Improvement tickets as the incident's record knows them: that one is linked, since when, from which entry, and whether it was
 * decided not to do it. What a ticket says of itself is Jira's and is never copied here.
 */
import { alreadyDone, entryOf, observed, pressed, type Press } from './change';
import { staysHere } from './merged-away';
import type { Incident, OutboxItem, TicketRecord } from './record';

/** Read in one bulk call by every board. */
export const TICKETS_AT_MOST = 100;
export const SUMMARY_MAX = 255;
export const DROP_REASON_MAX = 500;

export interface Issue {
  readonly id: string;
  readonly key: string;
}
export type NewTicket = Pick<TicketRecord, 'id' | 'kind' | 'entryId' | 'made'> & {
  /** null: whether Jira made it is not known. */
  readonly issue: Issue | null;
  readonly summary: string;
};

export function ticketOf(incident: Incident, id: string): TicketRecord | null {
  return Object.hasOwn(incident.tickets, id) ? (incident.tickets[id] ?? null) : null;
}
const last = (ticket: TicketRecord): TicketRecord['states'][number] | undefined => ticket.states.at(-1);
export const isOn = (ticket: TicketRecord): boolean => last(ticket)?.on === true;
/** Why it is deliberately not done, with who decided and when; null: it is to be done. Taking it off in between decides nothing. */
export function droppedOf(ticket: TicketRecord): { readonly reason: string; readonly by: string; readonly at: number } | null {
  const on = ticket.states.filter((state) => state.on);
  const reason = on.at(-1)?.dropped ?? null;
  if (reason === null) return null;
  const decided = on[on.findLastIndex((state) => state.dropped !== reason) + 1];
  return decided === undefined ? null : { reason, by: decided.by, at: decided.recordedAt };
}
export const ticketsOn = ({ tickets }: Pick<Incident, 'tickets'>): readonly TicketRecord[] => Object.values(tickets).filter(isOn);
export const ticketsFull = (incident: Incident): boolean => ticketsOn(incident).length >= TICKETS_AT_MOST;

/**
 * Takes a ticket in, once per press. One taken off before comes back with who brought it first and what was decided of it.
 * @throws MergedAway when its tickets are another incident's by now, as all that follows here but what people press
 */
export function putTicket(incident: Incident, ticket: NewTicket, press: Press): Incident {
  staysHere(incident.head);
  const { id, issue, summary, kind, entryId, made } = ticket;
  const known = ticketOf(incident, id);
  // Of one that came with a merge the press stands on the other's timeline.
  if (alreadyDone(incident, press.opId) || known?.states.some(({ op }) => op === press.opId) === true) return incident;
  return pressed(incident, press, (v, recordedAt) => {
    const state = { op: press.opId, recordedAt, by: press.by, on: true, dropped: known === null ? null : (droppedOf(known)?.reason ?? null) };
    const row: TicketRecord = {
      id, kind, entryId, made, v,
      issueId: issue?.id ?? null, issueKey: issue?.key ?? null, summary: issue === null ? summary : null,
      doubt: issue === null ? 'searching' : null, by: known?.by ?? press.by, at: known?.at ?? recordedAt, heardAt: recordedAt, deletedAt: null, shown: true,
      states: [...(known?.states ?? []), state],
    };
    const said = issue === null ? { messageKey: null, params: {} } : { messageKey: made && known === null ? 'entry.ticket.created' : 'entry.ticket.linked', params: { key: issue.key } };
    return { tickets: { [id]: row }, said };
  });
}

/** A change the app saw by itself; `null`: nothing new. */
function seen(incident: Incident, id: string, now: number, change: (ticket: TicketRecord, recordedAt: number) => Partial<TicketRecord> | null, said?: (ticket: TicketRecord) => { readonly name: string; readonly messageKey: string; readonly params: Readonly<Record<string, string | number>>; readonly by?: string | null }): Incident {
  staysHere(incident.head);
  const ticket = ticketOf(incident, id);
  if (ticket === null) return incident;
  return observed(incident, now, (v, recordedAt) => {
    const changed = change(ticket, recordedAt);
    if (changed === null) return null;
    const row = { ...ticket, ...changed, v };
    const words = said?.(row);
    const entryId = `ticket:${id}:${words?.name ?? ''}`;
    const own = words === undefined ? {} : { entries: { [entryId]: entryOf(entryId, words, words.by ?? null, recordedAt, v, null) } };
    return { tickets: { [id]: row }, ...own };
  });
}

/** Jira has it after all. */
export function foundTicket(incident: Incident, id: string, issue: Issue, now: number): Incident {
  return seen(
    incident, id, now,
    (ticket) => (ticket.issueId === null ? { issueId: issue.id, issueKey: issue.key, summary: null, doubt: null } : null),
    (ticket) => ({ name: 'found', messageKey: 'entry.ticket.created', params: { key: issue.key }, by: ticket.by }),
  );
}
/** Looked for long enough: whether to make it again is for a person to decide. `searching`: it is looked for again. */
export const doubtTicket = (incident: Incident, id: string, doubt: 'searching' | 'unsure', now: number): Incident =>
  seen(incident, id, now, (ticket) => (ticket.issueId === null && ticket.doubt !== doubt ? { doubt } : null));
/** Whether the app could leave its link in Jira. */
export const shownTicket = (incident: Incident, id: string, shown: boolean, now: number): Incident =>
  seen(incident, id, now, (ticket) => (ticket.shown === shown ? null : { shown }));

/** Jira said at `at` (epoch ms) that the issue changed. What changed is not kept; late and repeated news change nothing. */
export const heardOfTicket = (incident: Incident, id: string, at: number, key: string | null, now: number): Incident =>
  seen(incident, id, now, (ticket) => (at <= ticket.heardAt && (key === null || key === ticket.issueKey) ? null : { heardAt: Math.max(at, ticket.heardAt), issueKey: key ?? ticket.issueKey }));
export const deletedTicket = (incident: Incident, id: string, now: number): Incident =>
  seen(
    incident, id, now,
    (ticket, recordedAt) => (ticket.deletedAt === null ? { deletedAt: recordedAt } : null),
    (ticket) => ({ name: 'deleted', messageKey: 'entry.ticket.deleted', params: { key: ticket.issueKey ?? '' } }),
  );

/** Takes it off the incident. Jira keeps the issue. */
export function unlinkTicket(incident: Incident, id: string, press: Press): Incident {
  const ticket = ticketOf(incident, id);
  if (ticket === null || alreadyDone(incident, press.opId) || !isOn(ticket)) return incident;
  return pressed(incident, press, (v, recordedAt) => ({
    tickets: { [id]: { ...ticket, states: [...ticket.states, { op: press.opId, recordedAt, by: press.by, on: false, dropped: null }], v } },
    said: { messageKey: 'entry.ticket.unlinked', params: { key: ticket.issueKey ?? ticket.summary ?? '' } },
  }));
}
/** `reason` null: it is to be done after all. */
export function dropTicket(incident: Incident, id: string, reason: string | null, press: Press): Incident {
  const ticket = ticketOf(incident, id);
  if (ticket === null || alreadyDone(incident, press.opId) || !isOn(ticket) || (droppedOf(ticket)?.reason ?? null) === reason) return incident;
  const params = { key: ticket.issueKey ?? ticket.summary ?? '' };
  return pressed(incident, press, (v, recordedAt) => ({
    tickets: { [id]: { ...ticket, states: [...ticket.states, { op: press.opId, recordedAt, by: press.by, on: true, dropped: reason }], v } },
    said: reason === null ? { messageKey: 'entry.ticket.undropped', params } : { messageKey: 'entry.ticket.dropped', params: { ...params, reason } },
  }));
}
/** A decision can be changed often, but not without end. */
const STATES_AT_MOST = 100;
export const decidedEnough = (ticket: TicketRecord): boolean => ticket.states.length >= STATES_AT_MOST;

/** The record of this issue as it was last taken off, to be taken up again; null: there is none, or its history is full. */
export function takenOff(incident: Incident, issueId: string): TicketRecord | null {
  const before = Object.values(incident.tickets).filter((ticket) => ticket.issueId === issueId && ticket.elsewhere === undefined && !isOn(ticket) && !decidedEnough(ticket));
  return before.sort((a, b) => b.v - a.v)[0] ?? null;
}

const DAY_MS = 86_400_000;
/** Days since the epoch of a calendar date YYYY-MM-DD. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
/** The date at `at` (epoch ms) where people of this zone are, YYYY-MM-DD. */
export const dateAt = (at: number, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);

const SOON_DAYS = 3;
/** Whole days left (negative: overdue) when that is worth saying; null otherwise. */
export function worthReminding(dueDate: string | null, today: string): number | null {
  if (dueDate === null) return null;
  const left = dayOf(dueDate) - dayOf(today);
  return left <= SOON_DAYS ? left : null;
}
/** Said once per ticket and week (Monday to Sunday), in the timeline and, of public incidents, as a notice. */
export function remindTicket(incident: Incident, id: string, left: number, today: string, now: number): Incident {
  staysHere(incident.head);
  const ticket = ticketOf(incident, id);
  const week = Math.floor((dayOf(today) + 3) / 7);
  const entryId = `ticket:${id}:week:${week}`;
  if (ticket === null || !isOn(ticket) || droppedOf(ticket) !== null || Object.hasOwn(incident.entries, entryId)) return incident;
  const name = left < 0 ? 'overdue' : 'due';
  const params = { key: ticket.issueKey ?? '', days: Math.abs(left) };
  return observed(incident, now, (v, recordedAt) => {
    const owed: readonly OutboxItem[] = incident.head.visibility === 'public' ? [{ id: `${incident.head.id}:${entryId}`, kind: `ticket-${name}`, by: null, at: recordedAt, params: { ticket: params.key, days: params.days } }] : [];
    return {
      entries: { [entryId]: entryOf(entryId, { messageKey: `entry.ticket.${name}`, params }, null, recordedAt, v, null) },
      head: { outbox: [...incident.head.outbox, ...owed] },
    };
  });
}

/** Due date of a ticket that has so many days from `today`, YYYY-MM-DD. */
export const dueIn = (days: number, today: string): string => new Date((dayOf(today) + days) * DAY_MS).toISOString().slice(0, 10);
