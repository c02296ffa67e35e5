/**
 * Folding of what is heard about one alert. The fold is a join: commutative, associative and idempotent, so any order,
 * duplication or delay of the same sightings ends in the same record.
 */
import type { AlertStatus } from '../contract';
import type { AlertImage, AlertLog, AlertSighting, StateRead } from './model';
export type { AlertSighting };

const RANK: Readonly<Record<AlertStatus, number>> = { OK: 0, WARNING: 1, UNKNOWN: 2, CRITICAL: 3 };

/** Within one second (Mackerel's grain) an alert is taken to have worsened first and recovered last. */
const STEP: Readonly<Record<AlertStatus, number>> = { ...RANK, OK: 9 };

/** Oldest first, each line once, in one order whatever order they came in. A line is known since it was first heard of. */
export function sortLogs(logs: readonly AlertLog[]): readonly AlertLog[] {
  const byId = new Map<string, AlertLog>();
  for (const log of logs) {
    const known = byId.get(log.id);
    byId.set(log.id, known?.knownAt !== undefined && (log.knownAt ?? Infinity) > known.knownAt ? { ...log, knownAt: known.knownAt } : log);
  }
  return [...byId.values()].sort((x, y) => x.at - y.at || STEP[x.status] - STEP[y.status] || (x.id < y.id ? -1 : 1));
}

const LOGS_KEPT = 200;
/** The line that opened the alert and its newest ones. `sorted` as `sortLogs` gives them; keeping loses nothing a later join would keep. */
export function keepLogs(sorted: readonly AlertLog[]): readonly AlertLog[] {
  const [opening] = sorted;
  return opening === undefined || sorted.length <= LOGS_KEPT ? sorted : [opening, ...sorted.slice(1 - LOGS_KEPT)];
}

const isTold = (log: AlertLog): boolean => log.heardAt !== undefined;
/** When the log was last read whole, epoch ms; 0: never. */
export const logsReadAt = (alert: AlertSighting): number => alert.logsAt ?? (alert.logs.some((log) => !isTold(log)) ? alert.factsAt : 0);

/** Told lines give way to the line they tell of, and to any reading of the log that began after they were heard. */
function joinLogs(a: AlertSighting, b: AlertSighting): readonly AlertLog[] {
  const readAt = Math.max(logsReadAt(a), logsReadAt(b));
  const all = sortLogs([...a.logs, ...b.logs]);
  const real = new Set(all.filter((log) => !isTold(log)).map((log) => `${log.status}@${log.at}`));
  return keepLogs(all.filter((log) => log.heardAt === undefined || (log.heardAt > readAt && !real.has(`${log.status}@${log.at}`))));
}

const later = (a: StateRead, b: StateRead): StateRead => (a.statusAt > b.statusAt || (a.statusAt === b.statusAt && RANK[a.status] >= RANK[b.status]) ? a : b);
const stateOf = ({ status, statusAt, closedAt }: StateRead): StateRead => ({ status, statusAt, closedAt });
const readState = (alert: AlertSighting): StateRead | null => (alert.read === undefined ? stateOf(alert) : alert.read);

/** What both readings say: the later one's state, dated by the log where that tells. A closed alert stays closed: Mackerel never opens one again. */
function joinRead(a: AlertSighting, b: AlertSighting, logs: readonly AlertLog[]): StateRead | null {
  const [x, y] = [readState(a), readState(b)];
  const known = x === null ? y : y === null ? x : a.factsAt === b.factsAt ? later(x, y) : a.factsAt > b.factsAt ? x : y;
  if (known === null) return null;
  const closed = [x?.closedAt, y?.closedAt].filter((at) => at != null);
  if (closed.length > 0) {
    const closedAt = Math.max(...closed);
    return { status: 'OK', statusAt: closedAt, closedAt };
  }
  const line = logs.findLast((log) => !isTold(log) && log.status === known.status);
  return { ...known, statusAt: line?.at ?? known.statusAt };
}

/** What was read, and what webhooks have told since the reading. */
function withTold(read: StateRead | null, factsAt: number, logs: readonly AlertLog[]): StateRead {
  const told = logs.findLast((log) => log.heardAt !== undefined && log.heardAt > factsAt);
  const state: StateRead | null = told === undefined ? null : { status: told.status, statusAt: told.at, closedAt: told.status === 'OK' ? told.at : null };
  if (read === null) return state ?? { status: 'UNKNOWN', statusAt: 0, closedAt: null };
  if (state === null || read.closedAt !== null) return read;
  return state.statusAt > read.statusAt || (state.statusAt === read.statusAt && STEP[state.status] >= STEP[read.status]) ? state : read;
}

/** Facts of two readings at the same instant differ only by a bug, those of two tellings by a reminder; JSON order makes even that deterministic. */
function laterFacts(a: AlertSighting, b: AlertSighting): AlertSighting {
  if (a.factsAt !== b.factsAt) return a.factsAt > b.factsAt ? a : b;
  const [x, y] = [a.toldAt ?? 0, b.toldAt ?? 0];
  if (x !== y) return x > y ? a : b;
  return JSON.stringify(description(a)) >= JSON.stringify(description(b)) ? a : b;
}

/** The newer one; of one moment the one whose name is greater, whichever came first. */
function joinImage(a: AlertImage | undefined, b: AlertImage | undefined): AlertImage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.at > b.at || (a.at === b.at && a.name >= b.name) ? a : b;
}
/** What was read, with the picture a webhook told of: Mackerel's API tells of none. */
export function withImage(alert: AlertSighting, told: AlertSighting): AlertSighting {
  const image = joinImage(alert.image, told.image);
  return image === undefined ? alert : { ...alert, image };
}

/** What `a` and `b` together say of the alert. */
export function joinAlert(a: AlertSighting, b: AlertSighting): AlertSighting {
  const first = laterFacts(a, b);
  const other = first === a ? b : a;
  const { read: _read, logsAt: _logsAt, image: _image, ...facts } = first;
  const image = joinImage(a.image, b.image);
  const logs = joinLogs(a, b);
  const read = joinRead(a, b, logs);
  const now = withTold(read, facts.factsAt, logs);
  const logsAt = Math.max(logsReadAt(a), logsReadAt(b));
  return {
    ...facts,
    monitorId: facts.monitorId ?? other.monitorId,
    host: facts.host ?? other.host,
    service: facts.service ?? other.service,
    message: facts.message ?? other.message,
    reason: facts.reason ?? other.reason,
    openedAt: Math.min(a.openedAt, b.openedAt),
    ...now,
    ...(logsAt === 0 ? {} : { logsAt }),
    ...(image === undefined ? {} : { image }),
    ...(read !== null && read.status === now.status && read.statusAt === now.statusAt ? {} : { read }),
    logs,
  };
}

/** True while what stands here is a webhook's word that nobody has read in Mackerel. */
export const isUnverified = (alert: AlertSighting): boolean => alert.read !== undefined;

/** What is recorded goes by a webhook's word, or its log was not read since it came into its state, or since it ended. */
export function owesReading(alert: AlertSighting): boolean {
  if (isUnverified(alert) || alert.logs.some((log) => log.heardAt !== undefined)) return true;
  return logsReadAt(alert) < alert.factsAt && (alert.closedAt !== null || alert.logs.at(-1)?.status !== alert.status);
}

/** The worst state the alert was ever in: what rules judge, so that a late look decides as an early one. */
export function worstStatus(alert: AlertSighting): AlertStatus {
  return [alert.status, ...alert.logs.map((log) => log.status)].reduce((worst, s) => (RANK[s] > RANK[worst] ? s : worst), 'OK');
}

/** The log trigger that closed it when that was no genuine recovery, else null. */
export function closedBy(alert: AlertSighting): string | null {
  if (alert.closedAt === null) return null;
  const last = alert.logs.filter((log) => log.status === 'OK').at(-1);
  return last === undefined || last.trigger === 'monitoring' ? null : last.trigger;
}

/** The value Mackerel judged when it opened the alert. */
export function valueAtOpening(alert: AlertSighting): number | null {
  return alert.logs.find((log) => log.status !== 'OK')?.value ?? alert.value;
}

/** The alert at its worst: that state, the value first judged so, and the threshold it crossed. */
export function atWorst(alert: AlertSighting): { readonly status: AlertStatus; readonly value: number | null; readonly threshold: number | null } {
  const status = worstStatus(alert);
  const threshold = status === 'WARNING' ? (alert.warning ?? alert.critical) : (alert.critical ?? alert.warning);
  return { status, value: alert.logs.find((log) => log.status === status)?.value ?? alert.value, threshold };
}

/** Better or worse than at opening, on the side of the threshold's operator; within 2 % it is the same. */
export function trend(operator: '>' | '<' | null, atOpening: number | null, now: number | null): 'better' | 'worse' | 'same' | null {
  if (operator === null || atOpening === null || now === null) return null;
  const rise = now - atOpening;
  if (Math.abs(rise) <= Math.abs(atOpening) * 0.02) return 'same';
  return rise > 0 === (operator === '>') ? 'worse' : 'better';
}

function description({ monitorId, monitorName, monitorType, monitorMemo, host, service, roles, metricName, unit, operator, warning, critical, message, reason, value }: AlertSighting): object {
  return { monitorId, monitorName, monitorType, monitorMemo, host, service, roles: roles ?? [], metricName, unit, operator, warning, critical, message, reason, value };
}

/** What an alert is, without when this app came to know it. */
function content(alert: AlertSighting): object {
  const { id, openedAt, closedAt, status, statusAt } = alert;
  const logs = alert.logs.map(({ id: line, status: state, trigger, at, value: measured }) => [line, state, trigger, at, measured]);
  return { id, ...description(alert), openedAt, closedAt, status, statusAt, logs, unverified: isUnverified(alert), image: alert.image?.name };
}

/** A reading without the log does not show what lies between it and the one before; that it was made counts for words heard earlier. */
const readTo = (alert: AlertSighting): number => (logsReadAt(alert) < alert.factsAt ? alert.factsAt : 0);

/** True when nothing a reader could see differs, now or once a word comes that was on its way. */
export function sameAlert(a: AlertSighting, b: AlertSighting): boolean {
  return readTo(a) === readTo(b) && JSON.stringify(content(a)) === JSON.stringify(content(b));
}
