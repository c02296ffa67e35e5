/** Which alerts belong to the incident, by a person's word: linked ones, and what could be linked. */
import type { AttachableAlert, IncidentHeadView } from '../contract';
import { alreadyDone } from '../domain/change';
import { AppFailure, notFound } from '../domain/failure';
import { isLinked } from '../domain/incident';
import { attachAlert, detachAlert } from '../domain/linking';
import type { AlertSighting, Candidate, IncidentHead, Settings } from '../domain/model';
import type { AlertSource, Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { alertClaim, type AlertClaim } from './claims';
import { candidateId } from './candidates';
import { mackerelFailure } from './mackerel-failure';
import { accept, operation, type Pressed } from './press';
import { configured, proveEditor } from './prove';
import { AlertReader } from './read-alerts';
import { visibleServices } from './rights';
import { alertView, headView } from './views';

const LISTED = 100;

/** @throws AppFailure not-configured without a key, or what Mackerel's failure means */
export async function withMackerel<T>(ports: Ports, work: (source: AlertSource) => Promise<T>): Promise<T> {
  const source = await ports.mackerel();
  if (source === null) throw new AppFailure('not-configured');
  return await work(source).catch((error: unknown) => {
    throw mackerelFailure(error);
  });
}

/** Who has it: null when nobody, or an incident that took it off again. */
async function holderOf(ports: Ports, conn: string, alertId: string): Promise<IncidentHead | null> {
  const claim = await ports.claims.get<AlertClaim>(alertClaim(conn, alertId));
  const incident = claim === null ? null : await ports.incidents.load(claim.incidentId);
  const row = incident === null || !Object.hasOwn(incident.alerts, alertId) ? undefined : incident.alerts[alertId];
  return incident !== null && (row === undefined || isLinked(row)) ? incident.head : null;
}

/** Open and recent alerts of services the caller may see; those of this incident are left out. */
export async function attachableAlerts(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; pass: string; viewing?: string | undefined }): Promise<{ readonly alerts: readonly AttachableAlert[] }> {
  const { incident } = await readable(ports, passes, caller, p);
  const settings = await configured(ports);
  const services = await visibleServices(ports, settings);
  const seen = await withMackerel(ports, async (source) => {
    const [open, recent, hosts] = await Promise.all([source.openAlerts(), source.recentAlerts(), source.hosts(null)]);
    const reader = new AlertReader(source, settings, ports.clock.now());
    reader.knowHosts(hosts);
    const all = [...new Map([...recent, ...open].map((alert) => [alert.id, alert])).values()].sort((a, b) => b.openedAt - a.openedAt).slice(0, LISTED);
    return await Promise.all(all.map((alert) => reader.glance(alert)));
  });
  const mine = (alert: AlertSighting): boolean => Object.hasOwn(incident.alerts, alert.id) && isLinked(incident.alerts[alert.id]!);
  const offered = seen.filter((alert) => services.sees(alert.service) && !mine(alert));
  const holders = await Promise.all(offered.map((alert) => holderOf(ports, settings.conn, alert.id)));
  const pages = holders.flatMap((head) => (head?.page == null ? [] : [head.page.id]));
  const visible = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  return {
    alerts: offered.map((alert, index) => {
      const holder = holders[index] ?? null;
      const shown = holder?.page != null && visible.has(holder.page.id);
      return { alert: alertView(alert, null, settings.orgName), taken: holder !== null, takenBy: shown ? holder.key : null };
    }),
  };
}

async function claimAlert(ports: Ports, settings: Settings, head: IncidentHead, alertId: string): Promise<void> {
  const mine: AlertClaim = { incidentId: head.id };
  for (let tries = 0; tries < 3; tries += 1) {
    const claim = await ports.claims.make(alertClaim(settings.conn, alertId), 'alert', mine);
    if (claim.made || claim.value.incidentId === head.id) return;
    const holder = await holderOf(ports, settings.conn, alertId);
    if (holder !== null) {
      const shown = holder.page !== null && (await ports.access.page(holder.page.id)) !== null;
      throw shown ? new AppFailure('conflict', 'error.alert-taken', { key: holder.key }) : new AppFailure('conflict', 'error.alert-taken-hidden');
    }
    // Taken off there, but whoever did it died before letting go.
    await ports.claims.release(alertClaim(settings.conn, alertId));
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}

async function settleCandidate(ports: Ports, conn: string, alertId: string): Promise<void> {
  const row = await ports.candidates.get(candidateId(conn, alertId));
  if (row === null) return;
  const { heldFrom: _let, ...candidate } = row.value;
  await ports.candidates.put({ ...candidate, state: 'declared' }, row.ver);
}

/** Links one alert of Mackerel. A private incident takes no claim: for others the alert stays what it was. */
export async function pressAttach(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p.incidentId);
  const settings = await configured(ports);
  const services = await visibleServices(ports, settings);
  const sighting = await withMackerel(ports, async (source) => {
    const alert = await source.alert(p.alertId);
    return alert === null ? null : await new AlertReader(source, settings, ports.clock.now()).sighting(alert);
  });
  if (sighting === null || !services.sees(sighting.service)) throw new AppFailure('not-found', 'error.alert-gone');
  if (head.visibility === 'public') await claimAlert(ports, settings, head, sighting.id);
  const incident = await accept(ports, caller, p, (current, by) => attachAlert(current, sighting, by));
  if (head.visibility === 'public') await settleCandidate(ports, settings.conn, sighting.id);
  return headView(incident.head);
}

/** Puts the alert before people again before it is let go, so that a crash in between loses nothing. */
async function offerAgain(ports: Ports, settings: Settings, head: IncidentHead, alert: AlertSighting): Promise<void> {
  const id = candidateId(settings.conn, alert.id);
  const row = await ports.candidates.get(id);
  const candidate: Candidate = {
    schema: 1, id, conn: settings.conn, alert, state: 'waiting', whyKey: 'candidate.why.detached', whyParams: { key: head.key }, dismissedBy: null, heldFrom: head.id, openedAt: alert.openedAt,
  };
  await ports.candidates.put(candidate, row?.ver ?? null);
}

/** Takes an alert off. While it fires it waits for a person's judgement again. */
export async function pressDetach(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p.incidentId);
  const settings = await configured(ports);
  const before = await ports.incidents.load(p.incidentId);
  const alert = before !== null && Object.hasOwn(before.alerts, p.alertId) ? before.alerts[p.alertId] : undefined;
  if (before === null || alert === undefined) throw notFound();
  const repeated = alreadyDone(before, operation(caller, p, 0).opId);
  if (head.visibility === 'public' && alert.closedAt === null && !repeated) {
    const { v: _v, seen: _seen, links: _links, ...sighting } = alert;
    await offerAgain(ports, settings, head, sighting);
  }
  const incident = await accept(ports, caller, p, (current, by) => detachAlert(current, p.alertId, by));
  const key = alertClaim(settings.conn, p.alertId);
  const row = incident.alerts[p.alertId];
  const still = row !== undefined && isLinked(row);
  if (!still && (await ports.claims.get<AlertClaim>(key))?.incidentId === head.id) await ports.claims.release(key);
  return headView(incident.head);
}
