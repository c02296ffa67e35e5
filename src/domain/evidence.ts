/**
 * What Mackerel said, frozen beside the page: which copies there are, what each holds, and when the next is due. A row of its own
 * beside the record; the values themselves are files attached to the page. Pure; times are epoch ms.
 */
import type { FreezeAnswer, IncidentStatus } from '../contract';
import { linkedAlerts } from './alert-record';
import { overSince } from './continuing';
import type { Drawing } from './evidence-drawing';
import { wantedSeries, type WantedSeries } from './evidence-series';
import type { Incident } from './record';

/** A file as Confluence took it. */
export interface EvidenceFile {
  readonly id: string;
  /** Confluence's number of that version of the file. */
  readonly version: number;
  readonly name: string;
  /** Hexadecimal, of its bytes. */
  readonly sha256: string;
  readonly bytes: number;
}
/** What stands in a file of one metric, for finding it and for tables. */
export interface FrozenSeries {
  readonly key: string;
  readonly title: string;
  readonly unit: string | null;
  /** How many values. */
  readonly n: number;
  /** Times of the first and the last value; null: there are none. */
  readonly first: number | null;
  readonly last: number | null;
  readonly min: number | null;
  readonly max: number | null;
}
export interface EvidencePart {
  readonly data: EvidenceFile;
  readonly picture: EvidenceFile | null;
  readonly series: readonly FrozenSeries[];
}
/** The picture of an alert's graph, as Mackerel drew it when it told of the alert. */
export interface EvidenceImage {
  readonly alertId: string;
  readonly file: EvidenceFile;
}
/** `image`: it could not be fetched; `images`: pictures beyond a number; `reads`: it would have taken too many requests; `size`: too large; `empty`: Mackerel had no values; `older`: its beginning lies too far back; `many`: alerts beyond a number. */
export type LeftOutWhy = 'reads' | 'size' | 'empty' | 'older' | 'many' | 'image' | 'images';
export interface LeftOut {
  readonly why: LeftOutWhy;
  readonly n: number;
  /** The first ones. */
  readonly names: readonly string[];
}
/** A copy somebody wants now, whether or not there is anything new. */
export interface Wish {
  /** Operation, bound to its presser. */
  readonly opId: string;
  /** Account id. */
  readonly by: string;
  readonly at: number;
}
/** One freezing, in as many parts as Mackerel's requests allowed. */
export interface EvidenceCopy {
  readonly n: number;
  readonly at: number;
  /** Of whom asked for it; absent: it was made by itself. */
  readonly wish?: Wish;
  /** Values up to then. */
  readonly to: number;
  readonly phase: IncidentStatus;
  readonly alerts: readonly string[];
  readonly parts: readonly EvidencePart[];
  /** Absent: none. */
  readonly images?: readonly EvidenceImage[];
  /** Keys of metrics that were looked at and are in no part. */
  readonly passed: readonly string[];
  readonly left: readonly LeftOut[];
  /** Requests to Mackerel. */
  readonly reads: number;
  readonly done: boolean;
}
export interface Evidence {
  readonly schema: 1;
  readonly incidentId: string;
  readonly conn: string;
  /** The page the files are attached to; null: none yet. */
  readonly pageId: string | null;
  /** `stuck`: given up until something happens, or somebody lets it go on. */
  readonly work: 'due' | 'rest' | 'stuck';
  readonly nextAt: number;
  readonly attempts: number;
  /** Who is at it, and until when; `copy`: the one whose first part is being made. */
  readonly holder: { readonly id: string; readonly until: number; readonly copy?: number } | null;
  /** Waits for the next run; null or absent: nobody asked. */
  readonly wish?: Wish | null;
  /** Counts what happened to the incident; more than a run began with: another follows at once. */
  readonly woken: number;
  /** Oldest first. */
  readonly copies: readonly EvidenceCopy[];
  /** Pictures that browsers drew; absent: none. */
  readonly drawn?: readonly Drawing[];
  /** Why the last run came to nothing. `page`: Confluence does not let the app attach; `full`: no more is kept. */
  readonly trouble: 'page' | 'mackerel' | 'full' | null;
}

const MINUTE_MS = 60_000;
/** While the response goes on: how often somebody looks whether there is something new to freeze. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;
/** After the end graphs show so much more. */
export const TAIL_MS = 15 * MINUTE_MS;
/** Behind the last value, so that Mackerel has it. */
const SETTLE_MS = MINUTE_MS;
/** While it goes on, and in all: the end is always kept. */
const COPIES_BEFORE_END = 5;
const COPIES = 8;
const BYTES = 12_000_000;
export const ALERTS_KEPT = 300;
/** Requests to Mackerel of one copy. */
export const READS_A_COPY = 60;
const NAMES = 10;

export const freshEvidence = (incidentId: string, conn: string, nextAt: number): Evidence => ({
  schema: 1, incidentId, conn, pageId: null, work: 'due', nextAt, attempts: 0, holder: null, woken: 0, copies: [], trouble: null,
});

/** Something happened that may be worth freezing, at the latest at `at`. */
export const woken = (evidence: Evidence, at: number): Evidence => ({
  ...evidence, work: 'due', nextAt: evidence.work === 'due' ? Math.min(evidence.nextAt, at) : at, woken: evidence.woken + 1, attempts: 0,
});

const filesOf = ({ copies }: Pick<Evidence, 'copies'>): readonly EvidenceFile[] => copies.flatMap(({ parts, images = [] }) => [...parts.flatMap(({ data, picture }) => (picture === null ? [data] : [data, picture])), ...images.map(({ file }) => file)]);
export const bytesOf = (evidence: Pick<Evidence, 'copies'>): number => filesOf(evidence).reduce((sum, { bytes }) => sum + bytes, 0);

/** Of one copy. */
export const IMAGES_A_COPY = 5;
const IMAGES_BYTES = 4_000_000;
/** Bytes that pictures may still take: values come first. */
export const roomForImages = ({ copies }: Pick<Evidence, 'copies'>): number => copies.flatMap(({ images = [] }) => images).reduce((room, { file }) => room - file.bytes, IMAGES_BYTES);

export type NextFreeze =
  /** Nothing more will come by itself. */
  | { readonly so: 'rest'; readonly full: boolean }
  | { readonly so: 'wait'; readonly until: number }
  /** `copy`: begun now, or gone on with. */
  | { readonly so: 'freeze'; readonly copy: EvidenceCopy; readonly todo: readonly WantedSeries[] };

function begun(incident: Incident, n: number, now: number): EvidenceCopy {
  const alerts = [...linkedAlerts(incident.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const left = alerts.slice(ALERTS_KEPT).reduce<readonly LeftOut[]>((known, alert) => leaveOut(known, 'many', alert.monitorName), []);
  const over = overSince(incident.head);
  const to = over === null ? now : Math.min(now, endOf(incident));
  return { n, at: now, to, phase: incident.head.status, alerts: alerts.slice(0, ALERTS_KEPT).map(({ id }) => id), parts: [], passed: [], left, reads: 0, done: false };
}

/** Up to then graphs of an incident that is over show values. */
function endOf({ head, alerts }: Incident): number {
  const times = [head.resolvedAt ?? 0, head.closedAt === null || head.resolvedAt !== null ? 0 : head.closedAt, ...linkedAlerts(alerts).map(({ closedAt }) => closedAt ?? 0)];
  return Math.max(...times) + TAIL_MS;
}

/** What a copy still lacks. */
export function todoOf(incident: Incident, copy: EvidenceCopy): readonly WantedSeries[] {
  const has = new Set([...copy.passed, ...copy.parts.flatMap(({ series }) => series.map(({ key }) => key))]);
  return wantedSeries(incident, copy.to).filter(({ key }) => !has.has(key));
}

/** A copy is being made, or half of it is there. */
export const isUnderWay = ({ holder, copies }: Evidence, now: number): boolean => copies.at(-1)?.done === false || (holder?.copy !== undefined && holder.until > now);

/** Whether something is to be frozen now, by what the record says, what is kept already and what somebody asked for. */
export function nextFreeze(incident: Incident, evidence: Evidence, now: number): NextFreeze {
  const { head } = incident;
  const last = evidence.copies.at(-1);
  const wish = evidence.wish ?? null;
  // Its alerts are another one's by now, or it never was one.
  if (head.mergedInto !== undefined || (head.status === 'cancelled' && wish === null)) return { so: 'rest', full: false };
  if (last !== undefined && !last.done) return { so: 'freeze', copy: last, todo: todoOf(incident, last) };
  const linked = linkedAlerts(incident.alerts);
  const over = overSince(head) !== null;
  const later: NextFreeze = over ? { so: 'rest', full: false } : { so: 'wait', until: now + LOOK_EVERY_MS };
  if (linked.length === 0 && head.graphs.length === 0) return later;
  const known = new Set(last?.alerts ?? []);
  const isNew = last === undefined || phaseOf(last.phase) !== phaseOf(head.status) || linked.some(({ id }) => !known.has(id) && known.size < ALERTS_KEPT) || wantedSeries(incident, now).some(({ key }) => !holds(last, key));
  const end = endOf(incident);
  const tailAt = end + SETTLE_MS;
  const lacksTail = over && last !== undefined && last.to < end;
  const tailToCome = !isNew && lacksTail && now < tailAt;
  if (wish === null && tailToCome) return { so: 'wait', until: tailAt };
  if (wish === null && !isNew && !lacksTail) return later;
  // However much is asked for, there is room for the last of it.
  const most = over ? COPIES - (tailToCome ? 1 : 0) : COPIES_BEFORE_END;
  if (evidence.copies.length >= most || bytesOf(evidence) >= BYTES) return over || wish !== null ? { so: 'rest', full: true } : { so: 'wait', until: now + LOOK_EVERY_MS };
  const copy = { ...begun(incident, (last?.n ?? 0) + 1, now), ...(wish === null ? {} : { wish }) };
  return { so: 'freeze', copy, todo: todoOf(incident, copy) };
}
/** Without a wish that cannot be granted: it must not keep from its turn what is due by itself. */
export function granted(incident: Incident, evidence: Evidence, now: number): Evidence {
  return evidence.wish == null || nextFreeze(incident, evidence, now).so === 'freeze' ? evidence : { ...evidence, wish: null };
}

export interface Wished {
  readonly so: FreezeAnswer;
  /** As it is to be stored; null: as it is. */
  readonly evidence: Evidence | null;
}
/** What becomes of a wish: one copy of it, however often it is pressed, and none beside one that is coming. */
export function wished(incident: Incident, evidence: Evidence, wish: Wish): Wished {
  const { at, opId } = wish;
  if (evidence.copies.some((copy) => copy.wish?.opId === opId)) return { so: 'coming', evidence: null };
  // Whoever was at it may have died, or given up.
  if (evidence.wish != null) return { so: evidence.wish.opId === opId ? 'coming' : 'under-way', evidence: woken(evidence, at) };
  if (isUnderWay(evidence, at)) return { so: 'under-way', evidence: evidence.work === 'due' ? null : woken(evidence, at) };
  const next = nextFreeze(incident, { ...evidence, wish }, at);
  if (next.so !== 'freeze') return { so: next.so === 'rest' && next.full ? 'full' : 'nothing', evidence: null };
  return { so: 'coming', evidence: { ...woken(evidence, at), wish } };
}
/** Closing what was resolved changes no value. */
const phaseOf = (status: IncidentStatus): IncidentStatus => (status === 'closed' ? 'resolved' : status);
const holds = ({ parts, passed }: EvidenceCopy, key: string): boolean => passed.includes(key) || parts.some(({ series }) => series.some((one) => one.key === key));

/** One more that is not kept; the first are named. */
export function leaveOut(left: readonly LeftOut[], why: LeftOutWhy, name: string): readonly LeftOut[] {
  const known = left.find((one) => one.why === why);
  if (known === undefined) return [...left, { why, n: 1, names: [name] }];
  const names = known.names.length < NAMES ? [...known.names, name] : known.names;
  return left.map((one) => (one === known ? { ...known, n: known.n + 1, names } : one));
}

/** The copy in place of the one of its number, or behind the others. */
export function withCopy(evidence: Evidence, copy: EvidenceCopy): Evidence {
  const others = evidence.copies.filter(({ n }) => n !== copy.n);
  const isGranted = evidence.wish != null && evidence.wish.opId === copy.wish?.opId;
  return { ...evidence, ...(isGranted ? { wish: null } : {}), copies: [...others, copy] };
}

/** Files with the facts of alerts, monitors and hosts, newest first: of each copy the first. */
export const factFiles = ({ copies }: Pick<Evidence, 'copies'>): readonly { readonly file: EvidenceFile; readonly at: number }[] =>
  [...copies].reverse().flatMap(({ at, parts }) => (parts[0] === undefined ? [] : [{ file: parts[0].data, at }]));

export interface Found {
  readonly file: EvidenceFile;
  readonly series: FrozenSeries;
  /** When it was frozen. */
  readonly at: number;
}
/** Where values of a metric are kept, newest first. */
export function whereKept({ copies }: Pick<Evidence, 'copies'>, key: string): readonly Found[] {
  return [...copies].reverse().flatMap(({ at, parts }) => parts.flatMap(({ data, series }) => series.filter((one) => one.key === key && one.n > 0).map((one) => ({ file: data, series: one, at }))));
}
