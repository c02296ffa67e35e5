/** Which alerts belong to the incident, by a person's word: linked ones, and what could be linked. */
import type { AttachableAlert, IncidentHeadView } from '../contract';
import { alertOf, isLinked } from '../domain/alert-record';
import { AppFailure, notFound } from '../domain/failure';
import { attachAlert, detachAlert } from '../domain/linking';
import type { AlertSighting, Incident, IncidentHead, Settings } from '../domain/model';
import { WHY } from '../domain/why';
import type { AlertSource, Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { holdAlert, letGo } from './candidates';
import { alertClaim, claimAlert, holderOf, type AlertClaim } from './claims';
import { mackerelFailure } from './mackerel-failure';
import { accept, acceptedBefore, proveEditor, type Pressed } from './press';
import { configured } from './prove';
import { AlertReader } from './read-alerts';
import { visibleServices } from './rights';
import { alertView, headView } from './views';

/** Check monitors are read singly, and the platform allows 100 outside requests per invocation and minute. */
const LISTED = 80;

/** @throws AppFailure not-configured without a key, or what Mackerel's failure means */
export async function withMackerel<T>(ports: Ports, work: (source: AlertSource) => Promise<T>): Promise<T> {
  const source = await ports.mackerel();
  if (source === null) throw new AppFailure('not-configured');
  return await work(source).catch((error: unknown) => {
    throw mackerelFailure(error);
  });
}

/** Loads each incident once, however many alerts lead to it. */
function loadingOnce(ports: Ports): (id: string) => Promise<Incident | null> {
  const loads = new Map<string, Promise<Incident | null>>();
  return (id) => {
    const known = loads.get(id) ?? ports.incidents.load(id);
    loads.set(id, known);
    return known;
  };
}

async function listed(ports: Ports, settings: Settings): Promise<readonly AlertSighting[]> {
  return await withMackerel(ports, async (source) => {
    const [open, recent, hosts] = await Promise.all([source.openAlerts(), source.alertsPage(null), source.hosts(null)]);
    const reader = new AlertReader(source, settings, ports.clock.now());
    reader.knowAllHosts(hosts);
    const all = [...new Map([...recent.alerts, ...open].map((alert) => [alert.id, alert])).values()].sort((a, b) => b.openedAt - a.openedAt).slice(0, LISTED);
    return await Promise.all(all.map((alert) => reader.glance(alert)));
  });
}

/** Open and recent alerts of services the caller may see; those of this incident are left out. */
export async function attachableAlerts(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; pass: string; viewing?: string | undefined }): Promise<{ readonly alerts: readonly AttachableAlert[] }> {
  const { incident } = await readable(ports, passes, caller, p);
  const settings = await configured(ports);
  const services = await visibleServices(ports, settings);
  const mine = (alert: AlertSighting): boolean => {
    const row = alertOf(incident, alert.id);
    return row !== null && isLinked(row);
  };
  const offered = (await listed(ports, settings)).filter((alert) => services.sees(alert.service) && !mine(alert));
  const load = loadingOnce(ports);
  const holders = await Promise.all(offered.map(async (alert) => await holderOf(ports, alert.id, await ports.claims.get<AlertClaim>(alertClaim(settings.conn, alert.id)), load)));
  const pages = holders.flatMap((holder) => (holder?.head?.page == null ? [] : [holder.head.page.id]));
  const visible = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  return {
    alerts: offered.map((alert, index) => {
      const holder = holders[index] ?? null;
      const page = holder?.head?.page ?? null;
      return { alert: alertView(alert, null, settings.orgName), taken: holder !== null, takenBy: page !== null && visible.has(page.id) ? (holder?.head?.key ?? null) : null };
    }),
  };
}

async function refuseTaken(ports: Ports, head: IncidentHead | null): Promise<never> {
  const shown = head !== null && head.page !== null && (await ports.access.page(head.page.id)) !== null;
  throw shown ? new AppFailure('conflict', 'error.alert-taken', { key: head.key }) : new AppFailure('conflict', 'error.alert-taken-hidden');
}

/**
 * Links one alert of Mackerel: claimed, recorded, and then made sure of once more, because somebody may be taking it off at
 * the same time. A private incident takes no claim: for others the alert stays what it was.
 */
export async function pressAttach(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p);
  const before = await acceptedBefore(ports, caller, p);
  if (before !== null) {
    const row = alertOf(before, p.alertId);
    if (row !== null && isLinked(row)) await holdAlert(ports, head, p.alertId);
    return headView(before.head);
  }
  const settings = await configured(ports);
  const services = await visibleServices(ports, settings);
  const sighting = await withMackerel(ports, async (source) => {
    const alert = await source.alert(p.alertId);
    return alert === null ? null : await new AlertReader(source, settings, ports.clock.now()).sighting(alert);
  });
  if (sighting === null || !services.sees(sighting.service)) throw new AppFailure('not-found', 'error.alert-gone');
  if (head.visibility === 'public') {
    const claim = await claimAlert(ports, settings.conn, head.id, sighting.id);
    if (!claim.mine) await refuseTaken(ports, claim.holder.head);
  }
  const incident = await accept(ports, caller, p, (current, by) => attachAlert(current, sighting, by, WHY.person));
  await holdAlert(ports, head, sighting.id);
  return headView(incident.head);
}

/** Takes an alert off. While it fires it waits for a person's judgement again. */
export async function pressDetach(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  const incident = await accept(ports, caller, p, (current, by) => {
    if (alertOf(current, p.alertId) === null) throw notFound();
    return detachAlert(current, p.alertId, by);
  });
  await letGo(ports, p.incidentId, p.alertId);
  return headView(incident.head);
}
