/**
 * One look at Mackerel for all hints: open alerts are listed once, only those that changed or vanished are read singly,
 * and every incident is written once. Safe to run twice or concurrently: claims and versions settle who was first.
 */
import { joinAlert, sameAlert, type AlertSighting } from '../domain/alert';
import { alertOf, isLinked, linkedAlerts } from '../domain/alert-record';
import { sight } from '../domain/incident';
import type { Candidate, Hint, Incident, Settings } from '../domain/model';
import { homeOf, judge, type Verdict } from '../domain/rules';
import type { Ports, SourceAlert } from '../ports';
import { candidateId, changeCandidate, letGo, settleCandidate, settleLinked } from './candidates';
import { alertClaim, claimAlert, type AlertClaim, type IntentClaim } from './claims';
import { declareByRule } from './declare';
import { refreshLive } from './live';
import { AlertReader } from './read-alerts';
import { drainStarts, requestDrain, requestDrainLater } from './receive-webhook';
import { advance, ensureSaga } from './saga';
import { openIncidentOf } from './service-claim';
import { updateIncident } from './update-incident';

const HINTS_AT_ONCE = 500;
const OPEN_INCIDENTS = 100;
const CANDIDATES = 100;
/** Index reads lag: a hint stored just before this look may not be listed yet, so one more look follows. */
const TRAIL_SECONDS = 3;
/** The platform allows 100 outside requests per invocation and minute; an alert needs up to two, a host one. */
const ALERTS_AT_ONCE = 40;
const READS_AT_ONCE = 8;
/** A little longer than a saga's lease, so that whoever died holding one is taken over. */
const RESUME_SECONDS = 16;

interface Known {
  readonly incidents: readonly Incident[];
  readonly candidates: readonly Candidate[];
  /** Alert id to what is recorded of it. */
  readonly recorded: ReadonlyMap<string, AlertSighting>;
}

async function whatIsKnown(ports: Ports, conn: string): Promise<Known> {
  const heads = await ports.incidents.list(conn, 'open', OPEN_INCIDENTS);
  const incidents = (await Promise.all(heads.map((head) => ports.incidents.load(head.id)))).filter((incident) => incident !== null);
  const candidates = await ports.candidates.waiting(conn, CANDIDATES);
  const recorded = new Map<string, AlertSighting>(candidates.map((candidate) => [candidate.alert.id, candidate.alert]));
  for (const incident of incidents) for (const alert of linkedAlerts(incident.alerts)) recorded.set(alert.id, alert);
  return { incidents, candidates, recorded };
}

/** `toldAt`: since when a hint says it is in its state; one that changed and changed back has lines of its log to be read. */
function unchanged(recorded: AlertSighting | undefined, listed: SourceAlert, toldAt: number): boolean {
  return recorded !== undefined && recorded.status === listed.status && recorded.closedAt === null && recorded.logs.length > 0 && toldAt <= recorded.statusAt;
}

interface Wanted {
  readonly id: string;
  /** From the list of open alerts; null: it vanished and must be read singly. */
  readonly listed: SourceAlert | null;
}

/** What to read singly: changed among the open alerts, vanished among the known and the hinted. Oldest first. */
function wantedAlerts(known: Known, hints: readonly Hint[], open: readonly SourceAlert[]): readonly Wanted[] {
  const told = new Map(hints.map((hint) => [hint.alertId, hint.changedAt]));
  const openIds = new Set(open.map((alert) => alert.id));
  const stillOpen = [...known.recorded.values()].filter((alert) => alert.closedAt === null).map((alert) => alert.id);
  const vanished = [...new Set([...stillOpen, ...told.keys()])].filter((id) => !openIds.has(id) && known.recorded.get(id)?.closedAt == null);
  const changed = open.filter((alert) => !unchanged(known.recorded.get(alert.id), alert, told.get(alert.id) ?? 0));
  return [...vanished.map((id) => ({ id, listed: null })), ...changed.reverse().map((alert) => ({ id: alert.id, listed: alert }))];
}

type Why = Pick<Candidate, 'whyKey' | 'whyParams'>;
const UNMAPPED: Why = { whyKey: 'candidate.why.unmapped', whyParams: {} };

class Sorter {
  readonly forIncident = new Map<string, AlertSighting[]>();
  readonly toDeclare = new Map<string, { readonly alerts: readonly AlertSighting[]; readonly verdict: Verdict & { action: 'declare' } }>();
  private readonly toOffer: { readonly alert: AlertSighting; readonly why: Why; readonly held: boolean }[] = [];
  private readonly loads = new Map<string, Promise<Incident | null>>();

  constructor(
    private readonly ports: Ports,
    private readonly settings: Settings,
    private readonly known: Known,
  ) {}

  private join(incidentId: string, alert: AlertSighting): void {
    this.forIncident.set(incidentId, [...(this.forIncident.get(incidentId) ?? []), alert]);
  }

  /** Links the alert to an incident unless it already belongs to another; there it is then. */
  async attach(incidentId: string, alert: AlertSighting): Promise<void> {
    const claim = await claimAlert(this.ports, this.settings.conn, incidentId, alert.id);
    this.join(claim.mine ? incidentId : claim.holder.incidentId, alert);
    await settleCandidate(this.ports, this.settings.conn, alert.id);
  }

  private incident(id: string): Promise<Incident | null> {
    const known = this.loads.get(id) ?? this.ports.incidents.load(id);
    this.loads.set(id, known);
    return known;
  }

  /** True when a person took the alert off the incident that claims it; what they could not finish is finished here. */
  private async takenOff(incidentId: string, alertId: string): Promise<boolean> {
    const incident = await this.incident(incidentId);
    const row = incident === null ? null : alertOf(incident, alertId);
    return row !== null && !isLinked(row) && (await letGo(this.ports, incidentId, alertId));
  }

  private holders(alertId: string): readonly Incident[] {
    return this.known.incidents.filter((incident) => {
      const row = alertOf(incident, alertId);
      return row !== null && isLinked(row);
    });
  }
  private homeOf(alertId: string): Incident | null {
    return this.holders(alertId).find((incident) => incident.head.visibility === 'public') ?? null;
  }

  async place(alert: AlertSighting): Promise<void> {
    const home = this.homeOf(alert.id);
    if (home !== null) return this.join(home.head.id, alert);
    for (const incident of this.holders(alert.id)) this.join(incident.head.id, alert);
    const claim = await this.ports.claims.get<AlertClaim>(alertClaim(this.settings.conn, alert.id));
    if (claim !== null && !(await this.takenOff(claim.incidentId, alert.id))) return this.join(claim.incidentId, alert);
    const row = await this.ports.candidates.get(candidateId(this.settings.conn, alert.id));
    if (row !== null && row.value.state === 'dismissed') return;
    // A person took it off an incident: it waits for a person again.
    if (row?.value.heldFrom !== undefined) return void this.toOffer.push({ alert, why: row.value, held: true });
    const verdict = judge(this.settings.rules, alert);
    if (verdict.action === 'ignore') return;
    const open = alert.service === null ? null : await openIncidentOf(this.ports, this.settings.conn, alert.service);
    if (open !== null) return await this.attach(open.incidentId, alert);
    if (verdict.action === 'declare' && homeOf(this.settings, alert.service) !== null && alert.service !== null) {
      const alerts = [...(this.toDeclare.get(alert.service)?.alerts ?? []), alert];
      this.toDeclare.set(alert.service, { alerts, verdict });
      return;
    }
    this.toOffer.push({ alert, why: verdict.action === 'candidate' ? verdict : UNMAPPED, held: false });
  }

  /** After all declaring: what waits joins the incident its service has by now, whichever of them was seen first. */
  async settle(): Promise<void> {
    const open = new Map<string, Promise<IntentClaim | null>>();
    const openOf = (alert: AlertSighting): Promise<IntentClaim | null> => {
      if (alert.service === null) return Promise.resolve(null);
      const known = open.get(alert.service) ?? openIncidentOf(this.ports, this.settings.conn, alert.service);
      open.set(alert.service, known);
      return known;
    };
    for (const { alert, why, held } of this.toOffer) {
      const claim = held ? null : await openOf(alert);
      await (claim === null ? this.offer(alert, why) : this.attach(claim.incidentId, alert));
    }
    for (const { id, alert } of this.known.candidates) {
      const home = this.homeOf(alert.id);
      if (home !== null) await settleLinked(this.ports, home.head.id, alert.id);
      if (home !== null || (await openOf(alert)) === null) continue;
      // Judged, or taken off an incident, since the list was read.
      const row = await this.ports.candidates.get(id);
      const claim = row?.value.state === 'waiting' && row.value.heldFrom === undefined ? await openOf(alert) : null;
      if (claim !== null) await this.attach(claim.incidentId, alert);
    }
  }

  /** Keeps the alert as a candidate for a person to judge. */
  private async offer(alert: AlertSighting, { whyKey, whyParams }: Why): Promise<void> {
    const id = candidateId(this.settings.conn, alert.id);
    await changeCandidate(this.ports, id, (known) => {
      const joined = known === null ? alert : joinAlert(known.alert, alert);
      if (known !== null && (known.state !== 'waiting' || sameAlert(known.alert, joined))) return null;
      return { ...known, schema: 1, id, conn: this.settings.conn, alert: joined, state: 'waiting', whyKey, whyParams, dismissedBy: null, openedAt: joined.openedAt };
    });
  }
}

/** One thing's trouble must not keep the others from being done; what failed is thrown when all is done. */
class Troubles {
  private readonly failures: unknown[] = [];

  async each<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
    for (const item of items) await work(item).catch((error: unknown) => this.failures.push(error));
  }

  throwFirst(): void {
    if (this.failures.length > 0) throw this.failures[0];
  }
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let i = 0; i < items.length; i += READS_AT_ONCE) done.push(...(await Promise.all(items.slice(i, i + READS_AT_ONCE).map(work))));
  return done;
}

/** Takes up sagas nobody holds. True when one is still on its way. */
async function resumeSagas(ports: Ports, troubles: Troubles): Promise<boolean> {
  let underWay = false;
  await troubles.each(await ports.sagas.due(ports.clock.now() + RESUME_SECONDS * 1000, 25), async (saga) => {
    if ((await advance(ports, saga.intent.incidentId, { as: 'app' })) === 'elsewhere') underWay = true;
  });
  return underWay;
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

/** Runs one drain for the configured connection. Throws when Mackerel or storage fail, leaving the hints for the next. */
export async function drain(ports: Ports): Promise<void> {
  const row = await ports.settings.load();
  if (row === null) return;
  const settings = row.value;
  await drainStarts(ports, settings.conn);
  const source = await ports.mackerel();
  if (source === null) return;
  const hints = await ports.hints.list(settings.conn, HINTS_AT_ONCE);
  const [known, open] = await Promise.all([whatIsKnown(ports, settings.conn), source.openAlerts()]);
  const wanted = wantedAlerts(known, hints, open);
  const now = wanted.slice(0, ALERTS_AT_ONCE);
  const alerts = await inBatches(now, async (want) => want.listed ?? (await source.alert(want.id)));
  const reader = new AlertReader(source, settings, ports.clock.now());
  const sightings = [...(await inBatches(alerts.filter((alert) => alert !== null), async (alert) => await reader.sighting(alert)))];
  sightings.sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const sorter = new Sorter(ports, settings, known);
  const troubles = new Troubles();
  await troubles.each(sightings, (alert) => sorter.place(alert));
  await troubles.each(sorter.toDeclare.values(), async ({ alerts: group, verdict }) => {
    const incidentId = await declareByRule(ports, settings, group, verdict.severity);
    for (const alert of group) await sorter.attach(incidentId, alert);
  });
  await troubles.each([sorter], (all) => all.settle());
  let again = false;
  await troubles.each(sorter.forIncident, async ([incidentId, group]) => {
    if ((await ports.incidents.head(incidentId)) === null && !(await takeUp(ports, settings.conn, incidentId, group))) again = true;
    // The first board to open finds values and hosts already read.
    else await refreshLive(ports, await updateIncident(ports, incidentId, (incident) => sight(incident, group, ports.clock.now())));
  });
  if (await resumeSagas(ports, troubles)) again = true;
  const left = new Set(wanted.slice(ALERTS_AT_ONCE).map((want) => want.id));
  troubles.throwFirst();
  if (!again) await ports.hints.remove(hints.filter((hint) => !left.has(hint.alertId)));
  if (left.size > 0 || hints.length === HINTS_AT_ONCE) await requestDrain(ports, settings.conn);
  else if (again) await requestDrainLater(ports, settings.conn, RESUME_SECONDS);
  else if (hints.length > 0) await requestDrainLater(ports, settings.conn, TRAIL_SECONDS);
}
