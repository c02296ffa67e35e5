/** Pure transitions of which alerts belong to an incident by a person's word, and of what the app sees of hosts, deploys and the page. */
import { joinAlert } from './alert';
import { alreadyDone, observed, pressed, type Press } from './change';
import { alertFacts, isLinked, takeIn } from './incident';
import type { AlertRecord, AlertSighting, Deploy, HostSeen, Incident, PageState } from './record';

const HOSTS_KEPT = 20;

function relinked(known: AlertRecord, on: boolean, recordedAt: number, by: string, v: number): AlertRecord {
  return { ...known, links: [...known.links, { recordedAt, on, by }], v };
}

/** Links an alert a person chose. The same incident when it is linked already. */
export function attachAlert(incident: Incident, seen: AlertSighting, press: Press): Incident {
  const known = Object.hasOwn(incident.alerts, seen.id) ? incident.alerts[seen.id] : undefined;
  if (alreadyDone(incident, press.opId) || (known !== undefined && isLinked(known))) return incident;
  return pressed(incident, press, (v, recordedAt) => {
    const fresh = takeIn(known === undefined ? seen : joinAlert(known, seen), recordedAt, v, press.by);
    const alert = known === undefined ? fresh : { ...fresh, seen: [...known.seen, ...fresh.seen], links: [...known.links, ...fresh.links] };
    const alerts = { ...incident.alerts, [seen.id]: alert };
    return { alerts, head: alertFacts(incident.head.begunAt, alerts), said: { messageKey: 'entry.alert.attached', params: alertParams(alert), alertId: seen.id } };
  });
}

/** Takes an alert off the incident; its history stays. */
export function detachAlert(incident: Incident, alertId: string, press: Press): Incident {
  const known = Object.hasOwn(incident.alerts, alertId) ? incident.alerts[alertId] : undefined;
  if (alreadyDone(incident, press.opId) || known === undefined || !isLinked(known)) return incident;
  return pressed(incident, press, (v, recordedAt) => {
    const alerts = { ...incident.alerts, [alertId]: relinked(known, false, recordedAt, press.by, v) };
    return { alerts, head: alertFacts(incident.head.begunAt, alerts), said: { messageKey: 'entry.alert.detached', params: alertParams(known), alertId } };
  });
}
const alertParams = (alert: AlertSighting): Record<string, string> => ({ monitor: alert.monitorName, host: alert.host?.name ?? '' });

/** A host whose status differs from what was known leaves an entry; a host seen first does not. */
export function seeHosts(incident: Incident, hosts: readonly HostSeen[], now: number): Incident {
  const merged = new Map(incident.head.hosts.map((host) => [host.id, host]));
  let current = incident;
  for (const host of hosts) {
    const known = merged.get(host.id);
    merged.set(host.id, host);
    if (known === undefined || known.status === host.status) continue;
    const id = `host:${host.id}:${current.head.ver + 1}`;
    current = observed(current, id, now, { messageKey: 'entry.host.status', params: { host: host.name, from: known.status, to: host.status } }, { hosts: [...merged.values()].slice(-HOSTS_KEPT) });
  }
  const all = [...merged.values()].slice(-HOSTS_KEPT);
  if (JSON.stringify(all) === JSON.stringify(current.head.hosts)) return current;
  return observed(current, `hosts:${current.head.ver + 1}`, now, { messageKey: null, params: {} }, { hosts: all });
}

/** Each deploy mark is one entry, whenever it is heard of. */
export function seeDeploys(incident: Incident, deploys: readonly Deploy[], now: number): Incident {
  return deploys.reduce(
    (current, mark) => observed(current, `deploy:${mark.id}`, now, { source: 'deploy', at: mark.from, messageKey: 'entry.deploy', params: { title: mark.title, to: mark.to } }, null),
    incident,
  );
}

/** What became of the incident's own page; `url` where the page moved to. `eventId` makes a repeated event one entry. */
export function seePage(incident: Incident, state: PageState | 'moved', url: string | null, eventId: string, by: string | null, now: number): Incident {
  const { page } = incident.head;
  if (page === null || (state !== 'moved' && page.state === state) || (state === 'moved' && (url === null || url === page.url))) return incident;
  const next = { ...page, url: url ?? page.url, state: state === 'moved' ? page.state : state };
  const key = state === 'current' ? 'restored' : state;
  return observed(incident, `page:${eventId}`, now, { messageKey: `entry.page.${key}`, params: {}, by }, null, { page: next });
}

/** A host status somebody set in Mackerel from the board. */
export function setHostStatus(incident: Incident, host: HostSeen, press: Press): Incident {
  const known = incident.head.hosts.find((row) => row.id === host.id);
  if (alreadyDone(incident, press.opId)) return incident;
  const hosts = [...incident.head.hosts.filter((row) => row.id !== host.id), host].slice(-HOSTS_KEPT);
  return pressed(incident, press, () => ({ set: { hosts }, said: { messageKey: 'entry.host.set', params: { host: host.name, from: known?.status ?? 'unknown', to: host.status } } }));
}

/** Something done to an alert in Mackerel from the board: closed, or its memo written. */
export function actedOnAlert(incident: Incident, alertId: string, messageKey: 'entry.alert.closed-here' | 'entry.alert.memo', params: Record<string, string>, press: Press): Incident {
  const alert = Object.hasOwn(incident.alerts, alertId) ? incident.alerts[alertId] : undefined;
  if (alert === undefined || alreadyDone(incident, press.opId)) return incident;
  return pressed(incident, press, () => ({ said: { messageKey, params: { ...alertParams(alert), ...params }, alertId } }));
}
