/**
 * What people change in Mackerel from a board: an alert closed, its memo, a host's status. The outside is changed first and
 * each change can be repeated, so a crash before the record is written is made good by pressing again.
 */
import type { HostStatus, IncidentHeadView } from '../contract';
import { alertOf, isLinked } from '../domain/alert-record';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import { hostOf, setHostStatus } from '../domain/hosts';
import { sight } from '../domain/incident';
import { actedOnAlert } from '../domain/linking';
import type { AlertRecord, Incident, Settings } from '../domain/model';
import type { AlertSource, Ports } from '../ports';
import type { Caller } from './caller';
import { writeFailure } from './mackerel-failure';
import { accept, acceptedBefore, proveEditor, type Pressed } from './press';
import { configured } from './prove';
import { AlertReader } from './read-alerts';
import { proveMackerelWriter } from './rights';
import { typedLine } from './typed';
import { headView } from './views';

const REASON_MAX = 500;

interface Door {
  readonly settings: Settings;
  readonly source: AlertSource;
  readonly incident: Incident;
  /** The same press was accepted before: nothing is to be done again. */
  readonly done: boolean;
}

async function enter(ports: Ports, caller: Caller, p: Pressed): Promise<Door> {
  await proveEditor(ports, caller, p);
  const settings = await configured(ports);
  await proveMackerelWriter(ports, settings, caller);
  const [source, before] = await Promise.all([ports.mackerel(), acceptedBefore(ports, caller, p)]);
  if (source === null) throw new AppFailure('not-configured');
  const incident = before ?? (await ports.incidents.load(p.incidentId));
  if (incident === null) throw notFound();
  return { settings, source, incident, done: before !== null };
}

function linkedAlert(incident: Incident, alertId: string): AlertRecord {
  const alert = alertOf(incident, alertId);
  if (alert === null || !isLinked(alert)) throw notFound();
  return alert;
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  return await work().catch((error: unknown) => {
    throw writeFailure(error);
  });
}

/** Closes a linked alert in Mackerel with a reason. One that has closed otherwise meanwhile is only seen to have. */
export async function pressCloseAlert(ports: Ports, caller: Caller, p: Pressed & { alertId: string; reason: string }): Promise<IncidentHeadView> {
  const reason = typedLine(p.reason, REASON_MAX, 'reason');
  if (reason === '') throw badRequest('reason');
  const { settings, source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  linkedAlert(incident, p.alertId);
  const closed = await writing(async () => {
    const known = await source.alert(p.alertId);
    const after = known === null || known.closedAt !== null ? known : await source.closeAlert(p.alertId, reason);
    return after === null ? null : { after, sighting: await new AlertReader(source, settings, ports.clock.now()).sighting(after) };
  });
  if (closed === null) throw new AppFailure('not-found', 'error.alert-gone');
  // Closed by this press if its reason stands there, also when a crash kept that from being recorded.
  const here = closed.after.reason?.trim() === reason;
  const recorded = await accept(ports, caller, p, (current, by) => {
    const seen = sight(current, [closed.sighting], by.now);
    return here ? actedOnAlert(seen, p.alertId, 'entry.alert.closed-here', { reason }, by) : seen;
  });
  return headView(recorded.head);
}

/** True for what this app wrote of this incident: two lines, the second an address. Anything else is a person's. */
function isOurMemo(memo: string, title: string): boolean {
  const [first, address, ...more] = memo.split('\n');
  return first === title && address !== undefined && more.length === 0 && /^https?:\/\/\S+$/.test(address);
}

/** Writes the page's address into the alert's memo. A memo with anything else in it is a person's and stays. */
export async function pressMemo(ports: Ports, caller: Caller, p: Pressed & { alertId: string }): Promise<IncidentHeadView> {
  const { source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  linkedAlert(incident, p.alertId);
  const { page, lang, key, visibility } = incident.head;
  if (page === null || visibility === 'private') throw new AppFailure('forbidden');
  const title = ports.texts.say(lang, 'board.key', { key });
  const memo = `${title}\n${page.url}`;
  await writing(async () => {
    const known = await source.alert(p.alertId);
    if (known === null) throw new AppFailure('not-found', 'error.alert-gone');
    const written = known.memo?.trim() ?? '';
    if (written === memo) return;
    if (written !== '' && !isOurMemo(written, title)) throw new AppFailure('conflict', 'error.memo-taken');
    if ((await source.setAlertMemo(p.alertId, memo)) === null) throw new AppFailure('not-found', 'error.alert-gone');
  });
  return headView((await accept(ports, caller, p, (current, by) => actedOnAlert(current, p.alertId, 'entry.alert.memo', {}, by))).head);
}

/** Sets the status of a host of this incident. */
export async function pressHostStatus(ports: Ports, caller: Caller, p: Pressed & { hostId: string; status: Exclude<HostStatus, 'retired' | 'unknown'> }): Promise<IncidentHeadView> {
  const { source, incident, done } = await enter(ports, caller, p);
  if (done) return headView(incident.head);
  if (hostOf(incident, p.hostId) === null) throw notFound();
  if ((await writing(() => source.setHostStatus(p.hostId, p.status))) === null) throw new AppFailure('not-found', 'error.host-gone');
  return headView((await accept(ports, caller, p, (current, by) => setHostStatus(current, p.hostId, p.status, by))).head);
}
