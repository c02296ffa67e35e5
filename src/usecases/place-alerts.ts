/** Sightings into incidents: each alert finds its place, what rules say is declared, every incident is written once. */
import { sight } from '../domain/incident';
import type { AlertSighting } from '../domain/alert';
import { AppFailure, RecordFailure } from '../domain/failure';
import type { IncidentHead, Settings } from '../domain/model';
import { WHY } from '../domain/why';
import type { Ports } from '../ports';
import { declareByRule } from './declare';
import type { DowntimesRead } from './downtimes';
import { refreshLive } from './live';
import { advance, ensureSaga } from './saga';
import { openIncidentOf } from './service-claim';
import { Sorter } from './sorter';
import { updateIncident } from './update-incident';

/** Of those that fire, and of those that are over. */
const CANDIDATES = 1000;

/**
 * One thing's trouble must not keep the others from being done; what failed is thrown when all is done. A record that cannot
 * be read is passed over: health tells of it, and what Mackerel knows of its alerts is read again once it can be.
 */
export class Troubles {
  private readonly failures: unknown[] = [];

  async each<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
    for (const item of items) await work(item).catch((error: unknown) => {
        if (!(error instanceof RecordFailure)) this.failures.push(error);
      });
  }

  throwFirst(): void {
    if (this.failures.length > 0) throw this.failures[0];
  }
}

/**
 * An incident without a record yet: another run is declaring it, or died right after its claim. The claim holds the whole
 * intent, so the saga can be begun from it. True when the record exists now; else the next look takes the alerts in.
 */
async function takeUp(ports: Ports, conn: string, incidentId: string, alerts: readonly AlertSighting[]): Promise<boolean> {
  const service = alerts[0]?.service ?? null;
  const claim = service === null ? null : await openIncidentOf(ports, conn, service);
  if (claim?.incidentId === incidentId) await ensureSaga(ports, claim.intent);
  await advance(ports, incidentId, { as: 'app' });
  return (await ports.incidents.head(incidentId)) !== null;
}

export interface Placing {
  readonly settings: Settings;
  /** Of the open incidents. */
  readonly heads: readonly IncidentHead[];
  readonly sightings: readonly AlertSighting[];
  readonly downtimes: () => Promise<DowntimesRead>;
  /** Whether values and hosts are read for the boards too. */
  readonly live: boolean;
  /** Whether candidates kept before are looked at again although nothing was declared. */
  readonly candidates: boolean;
}

export interface Placed {
  /** An incident is still being made elsewhere, and its alerts are to be told again. */
  readonly elsewhere: boolean;
  /** More candidates have an incident to join than there was time for. */
  readonly more: boolean;
}

/** Every alert to its place, and every incident that one came to written once. What fails goes to `troubles`; the rest is done. */
export async function placeAlerts(ports: Ports, { settings, heads, sightings, downtimes, live, candidates }: Placing, troubles: Troubles): Promise<Placed> {
  const inOrder = [...sightings].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const sorter = new Sorter(ports, settings, heads, downtimes);
  await troubles.each(inOrder, (alert) => sorter.place(alert));
  await troubles.each(sorter.toDeclare, async ([service, { alerts, verdict }]) => {
    const incidentId = await declareByRule(ports, settings, alerts, verdict).catch(async (error: unknown) => {
      if (!(error instanceof AppFailure) || error.code !== 'page-refused') throw error;
      await sorter.askInstead(alerts, verdict, error);
      return null;
    });
    if (incidentId === null) return;
    for (const alert of alerts) await sorter.attach(incidentId, alert, WHY.service(service));
  });
  const again = candidates || sorter.toDeclare.size > 0 ? await Promise.all((['waiting', 'over'] as const).map((shelf) => ports.candidates.list(settings.conn, shelf, CANDIDATES))) : [];
  let more = false;
  await troubles.each([sorter], async (all) => {
    more = await all.settle(again.flat());
  });
  let elsewhere = false;
  await troubles.each(sorter.forIncident, async ([incidentId, joining]) => {
    const alerts = joining.map(({ alert }) => alert);
    if ((await ports.incidents.head(incidentId)) === null && !(await takeUp(ports, settings.conn, incidentId, alerts))) {
      elsewhere = true;
      return;
    }
    const why = new Map(joining.flatMap(({ alert, why: reason }) => (reason === null ? [] : [[alert.id, reason] as const])));
    const incident = await updateIncident(ports, incidentId, (current) => sight(current, alerts, ports.clock.now(), why));
    // The first board to open finds values and hosts already read.
    if (live) await refreshLive(ports, incident);
  });
  return { elsewhere, more };
}
