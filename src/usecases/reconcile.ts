/**
 * Everything Mackerel has against everything that is recorded: what webhooks lost, told wrongly or never told (hosts on
 * standby, muted monitors) is repaired. Bounded by what may be read in a minute; what does not fit is owed and found again,
 * because it is looked for in the difference and not in a list of work.
 */
import { logsReadAt, owesReading, type AlertSighting } from '../domain/alert';
import { alertOf, linkedAlerts } from '../domain/alert-record';
import { isLeft } from '../domain/candidate';
import { RecordFailure } from '../domain/failure';
import { isFollowed } from '../domain/imported';
import type { Candidate, Incident, IncidentHead, Settings } from '../domain/model';
import { declareHome, judge } from '../domain/rules';
import { MackerelError, type AlertSource, type Ports, type SourceAlert } from '../ports';
import { candidateId } from './candidates';
import { alertClaim, holderOf, type AlertClaim } from './claims';
import { downtimesOnce, quietOf, type DowntimesRead } from './downtimes';
import { isRefused, wasRefused } from './refusals';
import { pageThrough, readAlerts } from './look-at-alerts';
import { placeAlerts, Troubles } from './place-alerts';
import type { Reads, Turn } from './turn';

const OPEN_INCIDENTS = 300;
/** Of so many everything is looked at; of those before them, what still fires. */
const WHOLE_INCIDENTS = 100;
const CANDIDATES = 1000;
const SINGLY_AT_MOST = 10;
/** Kept for what a board or a hint may ask in the same minute. */
const SPARED = 20;
const LOG_STALE_MS = 10 * 60_000;

/** null: there is none, or it cannot be read. */
async function readable(ports: Ports, incidentId: string): Promise<Incident | null> {
  return await ports.incidents.load(incidentId).catch((error: unknown) => {
    if (error instanceof RecordFailure) return null;
    throw error;
  });
}

/** What is recorded of alerts, wherever that is. */
class Records {
  private readonly known = new Map<string, AlertSighting>();

  private constructor(
    private readonly ports: Ports,
    private readonly conn: string,
    readonly heads: readonly IncidentHead[],
    incidents: readonly Incident[],
    readonly waiting: readonly Candidate[],
    /** In a downtime as far as was known. */
    readonly quiet: readonly Candidate[],
  ) {
    for (const { alert } of [...waiting, ...quiet]) this.known.set(alert.id, alert);
    for (const incident of incidents) for (const alert of linkedAlerts(incident.alerts)) this.known.set(alert.id, alert);
  }

  static async read(ports: Ports, conn: string): Promise<Records> {
    const [open, waiting, over, quiet] = await Promise.all([
      ports.incidents.list(conn, 'open', OPEN_INCIDENTS),
      ports.candidates.list(conn, 'waiting', CANDIDATES),
      ports.candidates.list(conn, 'over', CANDIDATES),
      ports.candidates.list(conn, 'downtime', CANDIDATES),
    ]);
    const heads = open.filter(isFollowed);
    const looked = heads.filter(({ openAlerts }, n) => n < WHOLE_INCIDENTS || openAlerts > 0);
    const incidents = await Promise.all(looked.map((head) => readable(ports, head.id)));
    return new Records(ports, conn, heads, incidents.filter((incident) => incident !== null), [...waiting, ...over], quiet);
  }

  /** Of open incidents, waiting candidates and those in a downtime. */
  all(): readonly AlertSighting[] {
    return [...this.known.values()];
  }

  /** Also of incidents that have ended and candidates that were judged. */
  async of(alertId: string): Promise<AlertSighting | null> {
    const known = this.known.get(alertId);
    if (known !== undefined) return known;
    const claim = await this.ports.claims.get<AlertClaim>(alertClaim(this.conn, alertId));
    const holder = await holderOf(this.ports, alertId, claim, (id) => readable(this.ports, id));
    const incident = holder === null ? null : await readable(this.ports, holder.incidentId);
    const found = (incident === null ? null : alertOf(incident, alertId)) ?? (await this.judged(alertId));
    if (found !== null) this.known.set(alertId, found);
    return found;
  }

  private async judged(alertId: string): Promise<AlertSighting | null> {
    const row = await this.ports.candidates.get(candidateId(this.conn, alertId));
    return row === null || (row.value.state === 'left' && !isLeft(row.value)) ? null : row.value.alert;
  }
}

const differs = (known: AlertSighting | null, there: SourceAlert): boolean => known === null || known.status !== there.status || (known.closedAt === null) !== (there.closedAt === null) || owesReading(known);

interface Listed {
  readonly open: readonly SourceAlert[];
  readonly there: ReadonlyMap<string, SourceAlert>;
  /** The opening time up to which every alert there is was listed; null: the list was not read to its end. */
  readonly completeTo: number | null;
}

/** All open alerts, and those opened since the last complete look, closed ones too. */
async function listAll(source: AlertSource, reads: Reads, completeTo: number | null): Promise<Listed> {
  const open = await source.openAlerts();
  reads.spend(Math.max(1, Math.ceil(open.length / 100)));
  const there = new Map(open.map((alert) => [alert.id, alert]));
  let newest = 0;
  const whole = await pageThrough(source, reads, (page) => {
    for (const alert of page) {
      newest = Math.max(newest, alert.openedAt);
      // Before the first look lies what was over before this app came: only what is open counts.
      if (completeTo !== null && alert.openedAt >= completeTo) there.set(alert.id, alert);
    }
    return completeTo === null || (page.at(-1)?.openedAt ?? 0) < completeTo ? 'enough' : 'more';
  });
  return { open, there, completeTo: whole ? newest : null };
}

/** Open alerts whose log was not read for a while: worse and better again leaves no trace in a list. The longest unread first. */
function unreadLongest(records: Records, there: ReadonlyMap<string, SourceAlert>, chosen: readonly SourceAlert[], now: number): readonly SourceAlert[] {
  const taken = new Set(chosen.map((alert) => alert.id));
  return records
    .all()
    .filter((known) => known.closedAt === null && !taken.has(known.id) && now - logsReadAt(known) > LOG_STALE_MS)
    .sort((a, b) => logsReadAt(a) - logsReadAt(b))
    .flatMap((known) => there.get(known.id) ?? []);
}

/** Candidates whose downtime is over, or runs longer than was known. */
async function noLongerQuiet(quiet: readonly Candidate[], downtimes: () => Promise<DowntimesRead>, now: number): Promise<readonly string[]> {
  if (quiet.length === 0) return [];
  const read = await downtimes();
  const untilOf = (candidate: Candidate): unknown => quietOf(read, candidate.alert, candidate, now)?.params['until'];
  return quiet.filter((candidate) => untilOf(candidate) !== candidate.whyParams['until']).map(({ alert }) => alert.id);
}

/** Candidates whose page was refused and may be tried again: an administrator said so, or the rules name another space by now. */
async function noLongerRefused(ports: Ports, settings: Settings, waiting: readonly Candidate[]): Promise<readonly string[]> {
  const free: string[] = [];
  for (const candidate of waiting) {
    if (!wasRefused(candidate)) continue;
    const verdict = judge(settings, candidate.alert);
    const home = verdict.action === 'declare' ? declareHome(settings, candidate.alert.service ?? '', verdict) : null;
    if (home !== null && !(await isRefused(ports, candidate, home.spaceKey))) free.push(candidate.alert.id);
  }
  return free;
}

/** Those that are to be read: new, changed, vanished, `anew`, or taken at a webhook's word. `owed`: some vanished ones found no room. */
async function different(source: AlertSource, reads: Reads, records: Records, there: ReadonlyMap<string, SourceAlert>, anew: ReadonlySet<string>): Promise<{ readonly alerts: readonly SourceAlert[]; readonly owed: boolean }> {
  const alerts: SourceAlert[] = [];
  for (const alert of there.values()) if (anew.has(alert.id) || differs(await records.of(alert.id), alert)) alerts.push(alert);
  const away = records.all().filter((known) => !there.has(known.id) && (known.closedAt === null || owesReading(known)));
  const singly = away.slice(0, Math.min(SINGLY_AT_MOST, reads.left));
  reads.spend(singly.length);
  for (const known of singly) {
    const alert = await source.alert(known.id);
    if (alert !== null) alerts.push(alert);
  }
  return { alerts, owed: singly.length < away.length };
}

export interface Reconciled {
  /** As in the turn; null: not all was seen. */
  readonly completeTo: number | null;
  readonly owed: boolean;
  /** All open alerts; null: they were not listed. */
  readonly open: readonly SourceAlert[] | null;
  readonly failure: MackerelError | null;
  /** Worth going on before the next sweep: what kept it was room, not Mackerel. */
  readonly soon: boolean;
}

/** One whole look, or as much of it as there is room for. Without a key, or with Mackerel away, nothing is owed less than before. */
export async function reconcile(ports: Ports, settings: Settings, turn: Turn): Promise<Reconciled> {
  const source = await ports.mackerel();
  if (source === null) return { completeTo: null, owed: false, soon: false, open: null, failure: null };
  const downtimes = downtimesOnce(ports, settings.conn, source, () => turn.reads.spend(1));
  let records: Records;
  let listed: Listed;
  let read: { readonly sightings: readonly AlertSighting[]; readonly owed: boolean };
  let owed: boolean;
  try {
    listed = await listAll(source, turn.reads, turn.completeTo);
    records = await Records.read(ports, settings.conn);
    const quiet = await noLongerQuiet(records.quiet, downtimes, ports.clock.now());
    const anew = new Set([...quiet, ...(await noLongerRefused(ports, settings, records.waiting))]);
    const wanted = await different(source, turn.reads, records, listed.there, anew);
    read = await readAlerts(ports, source, settings, turn.reads, wanted.alerts);
    owed = read.owed || wanted.owed || listed.completeTo === null;
    // With what room is left; monitors and hosts may have to be read for it.
    const spare = owed ? 0 : Math.max(0, turn.reads.left - SPARED);
    const stale = unreadLongest(records, listed.there, wanted.alerts, ports.clock.now()).slice(0, spare);
    read = { owed, sightings: [...read.sightings, ...(await readAlerts(ports, source, settings, turn.reads, stale)).sightings] };
  } catch (error) {
    if (error instanceof MackerelError) return { completeTo: null, owed: true, soon: false, open: null, failure: error };
    throw error;
  }
  const troubles = new Troubles();
  const placed = await placeAlerts(ports, { settings, heads: records.heads, sightings: read.sightings, downtimes, live: false, candidates: true }, troubles);
  troubles.throwFirst();
  const left = owed || placed.elsewhere || placed.more;
  return { completeTo: left ? null : listed.completeTo, owed: left, soon: left, open: listed.open, failure: null };
}
