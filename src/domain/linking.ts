/** Pure transitions of which alerts belong to an incident by a person's word, and of what the app sees of hosts, deploys and the page. */
import { alertFacts, alertOf, isLinked, linkedNow, relinked, sightingOf } from './alert-record';
import { alreadyDone, entryOf, observed, pressed, type Effect, type Press } from './change';
import { staysHere } from './merged-away';
import type { AlertRecord, AlertSighting, Deploy, Incident, PageState, Why } from './record';
import { plainLine } from './text';
import { WHY } from './why';

function linkEffect(incident: Incident, alert: AlertRecord, messageKey: string, more: Readonly<Record<string, string>> = {}): Effect {
  const head = alertFacts(incident.head.begunAt, { ...incident.alerts, [alert.id]: alert });
  return { alerts: { [alert.id]: alert }, head, said: { messageKey, params: { ...alertParams(alert), ...more }, alertId: alert.id } };
}

/**
 * Links an alert a person chose. The same incident when it is linked already.
 * @throws MergedAway when its alerts are another incident's by now
 */
export function attachAlert(incident: Incident, seen: AlertSighting, press: Press, why?: Why): Incident {
  staysHere(incident.head);
  const known = alertOf(incident, seen.id);
  if (alreadyDone(incident, press.opId) || (known !== null && isLinked(known))) return incident;
  return pressed(incident, press, (v, recordedAt) => linkEffect(incident, linkedNow(known, seen, { recordedAt, by: press.by, why }, v), 'entry.alert.attached'));
}

/** Takes an alert off the incident; its history stays. */
export function detachAlert(incident: Incident, alertId: string, press: Press): Incident {
  const known = alertOf(incident, alertId);
  if (alreadyDone(incident, press.opId) || known === null || !isLinked(known)) return incident;
  return pressed(incident, press, (v, recordedAt) => linkEffect(incident, relinked(known, { recordedAt, on: false, by: press.by }, v), 'entry.alert.detached'));
}

/** Takes a linked alert from one incident to another. The two are to be stored together. */
export function moveAlert(source: Incident, target: Incident, alertId: string, press: Press): { readonly source: Incident; readonly target: Incident } {
  const known = alertOf(source, alertId);
  if (known === null || !isLinked(known)) throw new Error('only a linked alert can be moved');
  const [from, to] = [source.head, target.head];
  const left = pressed(source, press, (v, recordedAt) => linkEffect(source, relinked(known, { recordedAt, on: false, by: press.by, to: to.id }, v), 'entry.alert.moved-away', { key: to.key, incident: to.id }));
  const there = alertOf(target, alertId);
  const arrived = pressed(target, press, (v, recordedAt) => {
    const alert = there !== null && isLinked(there) ? there : linkedNow(there, sightingOf(known), { recordedAt, by: press.by, why: WHY.moved(from.key) }, v);
    return { ...linkEffect(target, alert, 'entry.alert.moved-here', { key: from.key, incident: from.id }), work: { kind: 'moved', params: { alert: alertId } } };
  });
  return { source: left, target: arrived };
}
const alertParams = (alert: AlertSighting): Record<string, string> => ({ monitor: alert.monitorName, host: alert.host?.name ?? '' });

/** Each deploy mark is one entry, whenever it is heard of. */
export function seeDeploys(incident: Incident, deploys: readonly Deploy[], now: number): Incident {
  return observed(incident, now, (v, recordedAt) => {
    const fresh = deploys.filter((mark) => !Object.hasOwn(incident.entries, `deploy:${mark.id}`));
    const entry = ({ id, title, from, to }: Deploy) => entryOf(`deploy:${id}`, { source: 'deploy', at: from, messageKey: 'entry.deploy', params: { title, to } }, null, recordedAt, v, null);
    return fresh.length === 0 ? null : { entries: Object.fromEntries(fresh.map((mark) => [`deploy:${mark.id}`, entry(mark)])) };
  });
}

/** What is seen of the incident's page: there, at this address, or in the trash; `deleted` is known from its event only. */
export interface PageSeen {
  readonly state: PageState;
  readonly url: string | null;
}
/** A change of the page's state, or with `moved` of its place, is one entry however often it is heard of. */
export function seePage(incident: Incident, pageId: string, seen: PageSeen, moved: boolean, by: string | null, now: number): Incident {
  const { page } = incident.head;
  if (page === null || page.id !== pageId) return incident;
  const next = { ...page, state: seen.state, url: seen.url ?? page.url };
  const said = next.state !== page.state ? (next.state === 'current' ? 'restored' : next.state) : moved && next.url !== page.url ? 'moved' : null;
  if (said === null) return incident;
  return observed(incident, now, (v, recordedAt) => {
    const id = `page:${pageId}:${v}`;
    return { head: { page: next }, entries: { [id]: entryOf(id, { messageKey: `entry.page.${said}`, params: {} }, by, recordedAt, v, null) } };
  });
}

/** A new page took the place of one that is gone. */
export function rehomed(incident: Incident, page: { readonly id: string; readonly url: string }, press: Press): Incident {
  if (incident.head.page?.id === page.id) return incident;
  return pressed(incident, press, () => ({ head: { page: { ...page, state: 'current' } }, said: { messageKey: 'entry.page.rehomed', params: { was: incident.head.page?.url ?? '', url: page.url } } }));
}

/** What its page says of the record was brought up to date by a person. */
export const refreshed = (incident: Incident, press: Press): Incident => pressed(incident, press, () => ({ said: { messageKey: 'entry.page.refreshed', params: {} } }));

/** Its page could not be made below the page it belongs to; said once of each page. */
export function toldAtRoot(incident: Incident, pageId: string, parent: string, now: number): Incident {
  const id = `${incident.head.id}:at-root:${pageId}`;
  if (Object.hasOwn(incident.entries, id)) return incident;
  return observed(incident, now, (v, recordedAt) => ({ entries: { [id]: entryOf(id, { messageKey: 'entry.page.at-root', params: { parent: plainLine(parent, 100) } }, null, recordedAt, v, null) } }));
}

/** Something done to an alert in Mackerel from the board: closed, which happens to an alert once, or its memo written. */
export function actedOnAlert(incident: Incident, alertId: string, messageKey: 'entry.alert.closed-here' | 'entry.alert.memo', params: Record<string, string>, press: Press): Incident {
  const alert = alertOf(incident, alertId);
  const closed = messageKey === 'entry.alert.closed-here' && Object.values(incident.entries).some((entry) => entry.messageKey === messageKey && entry.alertId === alertId);
  if (alert === null || closed || alreadyDone(incident, press.opId)) return incident;
  return pressed(incident, press, () => ({ said: { messageKey, params: { ...alertParams(alert), ...params }, alertId } }));
}
