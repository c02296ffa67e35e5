/**
 * Reading in Mackerel what hints or the record ask about, with as few requests as will do: lists before single alerts, and
 * an alert's log only while there is room. What cannot be read now is owed and goes by the webhook's word until then.
 */
import { joinAlert, logsReadAt, withImage, type AlertSighting } from '../domain/alert';
import type { Hint, Settings } from '../domain/model';
import { isIgnored } from '../domain/rules';
import { toldSighting } from '../domain/told';
import { MackerelError, type AlertSource, type Ports, type SourceAlert } from '../ports';
import { AlertReader } from './read-alerts';
import { remembered } from './remembered';
import type { Reads } from './turn';

/** Below this many, each alert is read singly; above, lists are. */
const SINGLY = 4;
const PAGES_OF_ONE_LOOK = 12;
const AT_ONCE = 8;
const FACTS_FRESH_MS = 60_000;

export interface Look {
  readonly sightings: readonly AlertSighting[];
  /** Something is left to be read later. */
  readonly owed: boolean;
  /** Why Mackerel could not be read; null: it could. */
  readonly failure: MackerelError | null;
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) done.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(work))));
  return done;
}

/** What the hints say of each alert, together; null: only where to look. */
export function tellings(hints: readonly Hint[], settings: Settings): ReadonlyMap<string, AlertSighting | null> {
  const mapped = settings.services.map((service) => service.name);
  const told = new Map<string, AlertSighting | null>();
  for (const hint of hints) {
    const seen = toldSighting(hint, mapped);
    const known = told.get(hint.alertId) ?? null;
    told.set(hint.alertId, known === null ? seen : seen === null ? known : joinAlert(known, seen));
  }
  return told;
}

/** Alerts, the last opened first, page by page until `enough`, the room or the list ends. True: nothing was left unread. */
export async function pageThrough(source: AlertSource, reads: Reads, take: (page: readonly SourceAlert[]) => 'more' | 'enough'): Promise<boolean> {
  let nextId: string | null = null;
  for (let page = 0; page < PAGES_OF_ONE_LOOK && reads.left > 0; page += 1) {
    reads.spend(1);
    const answer: { readonly alerts: readonly SourceAlert[]; readonly nextId: string | null } = await source.alertsPage(nextId);
    if (take(answer.alerts) === 'enough' || answer.nextId === null) return true;
    nextId = answer.nextId;
  }
  return false;
}

/** A reader for so many alerts: a few are looked at freshly, for many what is known of monitors and hosts may be a minute old. */
async function readerFor(ports: Ports, source: AlertSource, settings: Settings, reads: Reads, count: number): Promise<AlertReader> {
  const now = ports.clock.now();
  const reader = new AlertReader(source, settings, now);
  if (count <= SINGLY) {
    reads.spend(1 + count);
    return reader;
  }
  const fresh = <T>(what: string, read: () => Promise<T>): Promise<T> =>
    remembered(`${what}:${settings.conn}`, now, FACTS_FRESH_MS, () => {
      reads.spend(1);
      return read();
    });
  const [monitors, hosts] = await Promise.all([fresh('monitors', () => source.monitors()), fresh('hosts', () => source.hosts(null))]);
  reader.knowMonitors(monitors);
  reader.knowAllHosts(hosts);
  return reader;
}

/** Whether the log must be read before the alert can be judged: what it went through is in nothing else. */
const needsLog = (alert: SourceAlert): boolean => alert.closedAt !== null;

/** Reads facts of all, and the logs there is room for: first of those that cannot do without. */
export async function readAlerts(ports: Ports, source: AlertSource, settings: Settings, reads: Reads, alerts: readonly SourceAlert[]): Promise<{ readonly sightings: readonly AlertSighting[]; readonly owed: boolean }> {
  if (alerts.length === 0) return { sightings: [], owed: false };
  const reader = await readerFor(ports, source, settings, reads, alerts.length);
  const ordered = [...alerts].sort((a, b) => Number(needsLog(b)) - Number(needsLog(a)) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const glances = await inBatches(ordered, async (alert) => ({ alert, glance: await reader.glance(alert) }));
  const wanted = glances.filter(({ glance }) => !isIgnored(settings, glance)).map(({ alert }) => alert.id);
  const withLog = new Set(wanted.slice(0, reads.left));
  reads.spend(withLog.size);
  const sightings = await inBatches(glances, async ({ alert, glance }) => (withLog.has(alert.id) ? await reader.sighting(alert) : needsLog(alert) ? null : glance));
  return { sightings: sightings.filter((seen) => seen !== null), owed: withLog.size < wanted.length };
}

/** The hinted alerts among Mackerel's; ids it does not know are left out. `missing`: there was no room to ask for these. */
async function find(source: AlertSource, reads: Reads, told: ReadonlyMap<string, AlertSighting | null>): Promise<{ readonly found: readonly SourceAlert[]; readonly missing: ReadonlySet<string> }> {
  const found = new Map<string, SourceAlert>();
  const wanted = new Set(told.keys());
  if (wanted.size > SINGLY) {
    const oldest = Math.min(...[...told.values()].map((seen) => seen?.openedAt ?? 0));
    await pageThrough(source, reads, (page) => {
      for (const alert of page) if (wanted.delete(alert.id)) found.set(alert.id, alert);
      return wanted.size === 0 || (page.at(-1)?.openedAt ?? 0) < oldest ? 'enough' : 'more';
    });
  }
  const singly = [...wanted].slice(0, Math.min(SINGLY, reads.left));
  reads.spend(singly.length);
  for (const alert of await inBatches(singly, (id) => source.alert(id))) if (alert !== null) found.set(alert.id, alert);
  for (const id of singly) wanted.delete(id);
  return { found: [...found.values()], missing: wanted };
}

/** What there is to know of the hinted alerts now. With Mackerel away, or no key to ask it with, the webhooks' word. */
export async function lookAtHinted(ports: Ports, source: AlertSource | null, settings: Settings, reads: Reads, hints: readonly Hint[]): Promise<Look> {
  const told = tellings(hints, settings);
  const words = (ids: Iterable<string>): readonly AlertSighting[] => [...ids].flatMap((id) => told.get(id) ?? []);
  if (source === null || told.size === 0) return { sightings: words(told.keys()), owed: false, failure: null };
  try {
    const { found, missing } = await find(source, reads, told);
    const { sightings, owed } = await readAlerts(ports, source, settings, reads, found);
    const read = new Set(sightings.map((seen) => seen.id));
    // What was told of an alert whose log was not read is all there is of its course.
    const joined = sightings.map((seen) => {
      const word = told.get(seen.id) ?? null;
      return word === null ? seen : logsReadAt(seen) > 0 ? withImage(seen, word) : joinAlert(seen, word);
    });
    const unread = found.filter((alert) => !read.has(alert.id)).map((alert) => alert.id);
    return { sightings: [...joined, ...words([...missing, ...unread])], owed: owed || missing.size > 0, failure: null };
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    return { sightings: words(told.keys()), owed: true, failure: error };
  }
}
