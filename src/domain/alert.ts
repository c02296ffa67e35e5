/**
 * Folding of what is heard about one alert. The fold is a join: commutative, associative and idempotent, so any order,
 * duplication or delay of the same sightings ends in the same record.
 */
import type { AlertStatus } from '../contract';
import type { AlertLog, AlertSighting } from './model';
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

function laterStatus(a: AlertSighting, b: AlertSighting): { status: AlertStatus; statusAt: number } {
  const first = a.statusAt > b.statusAt || (a.statusAt === b.statusAt && RANK[a.status] >= RANK[b.status]) ? a : b;
  return { status: first.status, statusAt: first.statusAt };
}

/** Descriptive facts of two readings at the same instant differ only by a bug; JSON order makes even that deterministic. */
function laterFacts(a: AlertSighting, b: AlertSighting): AlertSighting {
  if (a.factsAt !== b.factsAt) return a.factsAt > b.factsAt ? a : b;
  return JSON.stringify(content(a)) >= JSON.stringify(content(b)) ? a : b;
}

/** What `a` and `b` together say of the alert. A closed alert stays closed: Mackerel never opens one again. */
export function joinAlert(a: AlertSighting, b: AlertSighting): AlertSighting {
  const facts = laterFacts(a, b);
  const other = facts === a ? b : a;
  const logs = keepLogs(sortLogs([...a.logs, ...b.logs]));
  const closedAt = a.closedAt === null ? b.closedAt : b.closedAt === null ? a.closedAt : Math.max(a.closedAt, b.closedAt);
  const { status, statusAt } = closedAt === null ? laterStatus(a, b) : { status: 'OK' as const, statusAt: closedAt };
  return {
    ...facts,
    host: facts.host ?? other.host,
    service: facts.service ?? other.service,
    message: facts.message ?? other.message,
    reason: facts.reason ?? other.reason,
    openedAt: Math.min(a.openedAt, b.openedAt),
    closedAt,
    status,
    statusAt,
    logs,
  };
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

/** What an alert is, without when this app came to know it. */
function content(alert: AlertSighting): object {
  const { id, monitorId, monitorName, monitorType, monitorMemo, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value } = alert;
  const logs = alert.logs.map(({ id: line, status: state, trigger, at, value: measured }) => [line, state, trigger, at, measured]);
  return { id, monitorId, monitorName, monitorType, monitorMemo, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value, logs };
}

/** True when nothing a reader could see differs. */
export function sameAlert(a: AlertSighting, b: AlertSighting): boolean {
  return JSON.stringify(content(a)) === JSON.stringify(content(b));
}
