/** Incidents that turn out to be one. The record of the merged one is left as it was and says where it went on. Pure. */
import { joinAlert } from './alert';
import { alertFacts, alertOf, hear, isLinked, linkedAlerts, linkedNow, sightingOf } from './alert-record';
import { pressed, type Press } from './change';
import { ENDED } from './incident';
import type { AlertRecord, HeadPatch, Incident, OutboxItem, TicketRecord } from './record';
import { TICKETS_AT_MOST, ticketsOn } from './tickets';
import { WHY } from './why';

/** Whoever looks for what was merged follows at most so many merges. */
export const MERGES_IN_A_ROW = 8;

/** Why `merged` cannot go on in `survivor`; null: it can. Said of the first that holds. */
export type MergeRefusal = 'survivor-merged' | 'survivor-ended' | 'merged' | 'ended' | 'visibility' | 'kind' | 'no-page' | 'deep' | 'tickets';
export function mergeRefusal(survivor: Incident, merged: Incident): MergeRefusal | null {
  const [to, from] = [survivor.head, merged.head];
  if (to.status === 'merged') return 'survivor-merged';
  if (ENDED.has(to.status)) return 'survivor-ended';
  if (from.status === 'merged') return 'merged';
  if (ENDED.has(from.status)) return 'ended';
  if (to.visibility !== from.visibility) return 'visibility';
  if (to.kind !== from.kind || to.conn !== from.conn) return 'kind';
  // A declaration that has not come to its page yet may still be taken back.
  if (to.page === null || from.page === null) return 'no-page';
  if ((from.mergeDepth ?? 0) + 1 > MERGES_IN_A_ROW) return 'deep';
  return ticketsOn(survivor).length + ticketsOn(merged).length > TICKETS_AT_MOST ? 'tickets' : null;
}

/** Each merge of one press is a change of its own. */
export const mergeOp = (opId: string, mergedId: string): string => `${opId}:${mergedId}`;

/** Linked alerts come over, also those that were taken off the survivor before: the merge is the later word. Of one that both have the two accounts are joined. */
function alertsFrom(survivor: Incident, merged: Incident, by: string, recordedAt: number, v: number): readonly AlertRecord[] {
  const why = WHY.merged(merged.head.key);
  return linkedAlerts(merged.alerts).flatMap((alert) => {
    const known = alertOf(survivor, alert.id);
    const seen = sightingOf(alert);
    if (known === null || !isLinked(known)) return [linkedNow(known, seen, { recordedAt, by, why }, v)];
    const heard = hear(known, joinAlert(known, seen), recordedAt, v);
    return heard === known ? [] : [heard];
  });
}

/** Its tickets, of which this incident knew nothing before. What they came from stays on the timeline of the other. */
function ticketsFrom(merged: Incident, recordedAt: number, v: number): Incident['tickets'] {
  return Object.fromEntries(ticketsOn(merged).map((ticket): [string, TicketRecord] => [ticket.id, { ...ticket, entryId: null, cameAt: recordedAt, v }]));
}

/** What the merged one still owed for merges and moves of its own, and for having become private or public, the survivor owes. Its tickets are looked after with the merge itself. */
function debts(outbox: readonly OutboxItem[]): { readonly come: readonly OutboxItem[]; readonly stay: readonly OutboxItem[] } {
  const goes = ({ kind }: OutboxItem): boolean => kind === 'merged' || kind === 'moved' || kind === 'visibility';
  return { come: outbox.filter(goes), stay: outbox.filter((item) => !goes(item) && item.kind !== 'tickets') };
}
const owing = (incident: Incident, outbox: readonly OutboxItem[]): Incident => ({ ...incident, head: { ...incident.head, outbox } });

/**
 * `merged` goes on in `survivor`, which takes its alerts and tickets and begins when the earlier of both did. Everything else
 * of it stays its own. The two are to be stored together; `mergeRefusal` says whether they may be.
 */
export function merge(survivor: Incident, merged: Incident, press: Press): { readonly survivor: Incident; readonly merged: Incident } {
  const own = { ...press, opId: mergeOp(press.opId, merged.head.id) };
  const [to, from] = [survivor.head, merged.head];
  const { come: owed, stay } = debts(from.outbox);
  const after = pressed(owing(survivor, [...to.outbox, ...owed]), own, (v, recordedAt) => {
    const come = alertsFrom(survivor, merged, press.by, recordedAt, v);
    const alerts = Object.fromEntries(come.map((alert) => [alert.id, alert]));
    const tickets = ticketsFrom(merged, recordedAt, v);
    const begunAt = Math.min(to.begunAt, from.begunAt);
    return {
      alerts,
      tickets,
      set: { begunAt },
      head: { ...alertFacts(begunAt, { ...survivor.alerts, ...alerts }), mergeDepth: Math.max(to.mergeDepth ?? 0, (from.mergeDepth ?? 0) + 1) },
      said: { messageKey: 'entry.merged.from', params: { key: from.key, incident: from.id, alerts: linkedAlerts(merged.alerts).length, tickets: Object.keys(tickets).length } },
      work: { kind: 'merged', params: { from: from.id, merged: from.key } },
    };
  });
  const over = (at: number): HeadPatch => ({ status: 'merged', state: 'ended', closedAt: at });
  const left = pressed(owing(merged, stay), own, (_v, at) => ({ set: over(at), head: { mergedInto: to.id, openAlerts: 0 }, said: { messageKey: 'entry.merged.into', params: { key: to.key, incident: to.id } } }));
  return { survivor: after, merged: left };
}
