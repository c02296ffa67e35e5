/**
 * What people change in Mackerel from a board: an alert closed, its memo, a host's status. The outside is changed first and
 * each change can be repeated, so a crash before the record is written is made good by pressing again.
 */
import type { HostStatus, IncidentHeadView } from '../contract';
import { alreadyDone } from '../domain/change';
import { AppFailure, notFound } from '../domain/failure';
import { isLinked, sight } from '../domain/incident';
import { actedOnAlert, setHostStatus } from '../domain/linking';
import type { AlertRecord, Incident, Settings } from '../domain/model';
import { plainLine } from '../domain/text';
import type { AlertSource, Ports } from '../ports';
import type { Caller } from './caller';
import { writeFailure } from './mackerel-failure';
import { accept, operation, type Pressed } from './press';
import { configured, proveEditor } from './prove';
import { AlertReader } from './read-alerts';
import { proveMackerelWriter } from './rights';
import { headView } from './views';

interface Door {
  readonly settings: Settings;
  readonly source: AlertSource;
  readonly incident: Incident;
  /** The same press was accepted before: nothing is to be done again. */
  readonly done: boolean;
}

async function enter(ports: Ports, caller: Caller, p: Pressed): Promise<Door> {
  await proveEditor(ports, caller, p.incidentId);
  const settings = await configured(ports);
  await proveMackerelWriter(ports, settings, caller);
  const [source, incident] = await Promise.all([ports.mackerel(), ports.incidents.load(p.incidentId)]);
  if (source === null) throw new AppFailure('not-configured');
  if (incident === null) throw notFound();
  return { settings, source, incident, done: alreadyDone(incident, operation(caller, p, 0).opId) };
}

function linkedAlert(incident: Incident, alertId: string): AlertRecord {
  const alert = Object.hasOwn(incident.alerts, alertId) ? incident.alerts[alertId] : undefined;
  if (alert === undefined || !isLinked(alert)) throw notFound();
  return alert;
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  return await work().catch((error: unknown) => {
    throw writeFailure(error);
  });
}

/** Closes a linked alert in Mackerel with a reason. */
export async function pressCloseAlert(ports: Ports, caller: Caller, p: Pressed & { alertId: string; reason: string }): Promise<IncidentHeadView> {
  const { settings, source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  linkedAlert(incident, p.alertId);
  const reason = plainLine(p.reason, 500);
  const sighting = await writing(async () => {
    const known = await source.alert(p.alertId);
    const closed = known === null || known.closedAt !== null ? known : await source.closeAlert(p.alertId, reason);
    return closed === null ? null : await new AlertReader(source, settings, ports.clock.now()).sighting(closed);
  });
  if (sighting === null) throw new AppFailure('not-found', 'error.alert-gone');
  const after = await accept(ports, caller, p, (current, by) => actedOnAlert(sight(current, [sighting], by.now), p.alertId, 'entry.alert.closed-here', { reason }, by));
  return headView(after.head);
}

/** Writes the page's address into the alert's memo. A memo with anything else in it is a person's and stays. */
export async function pressMemo(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  const { source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  linkedAlert(incident, p.alertId);
  const { page, lang, key, visibility } = incident.head;
  if (page === null || visibility === 'private') throw new AppFailure('forbidden');
  const memo = `${ports.texts.say(lang, 'page.key', { key })}\n${page.url}`;
  await writing(async () => {
    const known = await source.alert(p.alertId);
    if (known === null) throw new AppFailure('not-found', 'error.alert-gone');
    const written = known.memo?.trim() ?? '';
    if (written === memo) return;
    if (written !== '') throw new AppFailure('conflict', 'error.memo-taken');
    if ((await source.setAlertMemo(p.alertId, memo)) === null) throw new AppFailure('not-found', 'error.alert-gone');
  });
  return headView((await accept(ports, caller, p, (current, by) => actedOnAlert(current, p.alertId, 'entry.alert.memo', {}, by))).head);
}

/** Sets the status of a host of this incident. */
export async function pressHostStatus(ports: Ports, caller: Caller, p: Pressed & { hostId: string; status: Exclude<HostStatus, 'retired' | 'unknown'> }): Promise<IncidentHeadView> {
  const { source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  const host = incident.head.hosts.find((row) => row.id === p.hostId);
  if (host === undefined) throw notFound();
  if ((await writing(() => source.setHostStatus(host.id, p.status))) === null) throw new AppFailure('not-found', 'error.host-gone');
  return headView((await accept(ports, caller, p, (current, by) => setHostStatus(current, { ...host, status: p.status }, by))).head);
}
