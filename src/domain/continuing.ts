/** Whether an alert goes on with an incident that people took for over: the same fires again. Pure. */
import type { AlertSighting } from './alert';
import { linkedAlerts } from './alert-record';
import { entryOf, observed } from './change';
import { coursePatch, sight } from './incident';
import { staysHere } from './merged-away';
import type { AlertRecord, Incident, IncidentHead, OutboxItem, Why } from './record';
import { subjectOf } from './recurrence';
import type { Verdict } from './rules';
import { WHY } from './why';

const MINUTE_MS = 60_000;

/** When people took it for over, epoch ms; null: they do not, or for another reason than that it was. */
export function overSince({ status, resolvedAt, closedAt }: Pick<IncidentHead, 'status' | 'resolvedAt' | 'closedAt'>): number | null {
  return status === 'resolved' ? resolvedAt : status === 'closed' ? closedAt : null;
}

const GROUPED: ReadonlySet<string> = new Set([WHY.service(''), WHY.role(''), WHY.monitor('', 0)].map(({ key }) => key));
/** One that only stood beside what the incident was about opens nothing again by itself. */
const isSubject = (alert: AlertRecord): boolean => !GROUPED.has(alert.links.at(-1)?.why?.key ?? '');

/**
 * True when the same monitor fired on the same host or service in this incident, and fires again within `minutes` of its end;
 * for alerts that rules declare, and for those the incident was declared for or people had linked. 0 minutes: never.
 */
export function goesOn(incident: Incident, alert: AlertSighting, verdict: Verdict, minutes: number): boolean {
  const { head } = incident;
  const over = overSince(head);
  if (over === null || head.visibility === 'private' || head.page?.state !== 'current' || verdict.action === 'ignore') return false;
  // Practice must not go on with what is real, nor the other way round.
  if ((head.kind === 'drill') !== (verdict.action === 'declare' && verdict.kind === 'drill')) return false;
  if (minutes === 0 || alert.openedAt > over + minutes * MINUTE_MS) return false;
  const same = linkedAlerts(incident.alerts).filter((known) => known.id !== alert.id && known.openedAt <= alert.openedAt && subjectOf(known) === subjectOf(alert));
  return verdict.action === 'declare' ? same.length > 0 : same.some(isSubject);
}

/**
 * Takes an alert in that goes on with the incident, which is under investigation again if the alert outlasts its end. Each
 * alert does that once: people may end the incident again while it fires.
 * @throws MergedAway when its alerts are another incident's by now
 */
export function firedAgain(incident: Incident, alert: AlertSighting, now: number): Incident {
  staysHere(incident.head);
  const over = overSince(incident.head);
  const id = `again:${alert.id}`;
  const why: ReadonlyMap<string, Why> = new Map([[alert.id, WHY.flap]]);
  const joined = sight(incident, [alert], now, why);
  if (over === null || (alert.closedAt ?? Infinity) <= over || Object.hasOwn(incident.entries, id)) return joined;
  const { head } = joined;
  return observed(joined, now, (v, at) => {
    const set = coursePatch(head, 'investigating', at);
    const params = { from: head.status, monitor: alert.monitorName, host: alert.host?.name ?? '' };
    const owed: readonly OutboxItem[] = [{ id, kind: 'reopened', by: null, at }, ...(Object.keys(joined.tickets).length > 0 ? [{ id: `${id}:tickets`, kind: 'tickets' as const, by: null, at }] : [])];
    return { set, head: { outbox: [...head.outbox, ...owed] }, entries: { [id]: entryOf(id, { messageKey: 'entry.reopened', params, alertId: alert.id }, null, at, v, set) } };
  });
}
