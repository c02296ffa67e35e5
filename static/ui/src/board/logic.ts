/** Pure decisions of the board. */
import type { AlertView, EntryView, IncidentHeadView, IncidentStatus, RolesView, RoleView, SchemeView, StandardRole } from '../../../../src/contract';

export interface Phase {
  readonly id: 'detected' | 'declared' | IncidentStatus;
  /** When it began, epoch ms; null: not reached, skipped, or shown by the step before it. */
  readonly at: number | null;
  /** How long it lasted or lasts, ms; null: not reached, or it is where everything ends. */
  readonly ms: number | null;
  readonly state: 'done' | 'current' | 'ahead';
}

const FLOW = ['investigating', 'identified', 'mitigated', 'resolved'] as const;

/** The strip of phases at `now`, with a clock for each one that was reached. */
export function phases(head: IncidentHeadView, now: number): readonly Phase[] {
  const began: Record<(typeof FLOW)[number], number | null> = { investigating: head.declaredAt, identified: head.identifiedAt, mitigated: head.mitigatedAt, resolved: head.resolvedAt };
  const index = FLOW.findIndex((status) => status === head.status);
  const ended = index === -1;
  const reached = FLOW.filter((id, n) => began[id] !== null && (ended || n <= index));
  const lasted = (id: (typeof FLOW)[number]): number | null => {
    const from = began[id];
    const after = reached[reached.indexOf(id) + 1];
    if (from === null || id === 'resolved' || !reached.includes(id)) return null;
    return Math.max(0, (after === undefined ? (head.closedAt ?? now) : (began[after] ?? now)) - from);
  };
  const flow = FLOW.map((id, n): Phase => {
    const state = ended ? (head.status === 'closed' || reached.includes(id) ? 'done' : 'ahead') : n < index ? 'done' : n === index ? 'current' : 'ahead';
    return { id, at: id === 'investigating' || !reached.includes(id) ? null : began[id], ms: lasted(id), state };
  });
  return [
    { id: 'detected', at: head.detectedAt, ms: Math.max(0, head.declaredAt - head.detectedAt), state: 'done' },
    { id: 'declared', at: head.declaredAt, ms: null, state: 'done' },
    ...flow,
    ...(ended ? [{ id: head.status, at: head.closedAt, ms: null, state: 'current' as const }] : []),
  ];
}

export const STANDARD_ROLES = ['commander', 'operator', 'communicator', 'scribe'] as const satisfies readonly StandardRole[];

export const ENDED: ReadonlySet<IncidentStatus> = new Set(['closed', 'cancelled', 'merged']);

const MINUTE_MS = 60_000;
/** Until somebody has judged how severe it is. */
const PENDING_MINUTES = 30;
/** Epoch ms at which the next update to everybody is due; null: none is owed. */
export function nextUpdateAt(head: Pick<IncidentHeadView, 'severity' | 'status' | 'lastUpdateAt'>, { severities }: Pick<SchemeView, 'severities'>): number | null {
  const minutes = head.severity === 'pending' ? PENDING_MINUTES : severities[head.severity].updateMinutes;
  return minutes === null || head.status === 'resolved' || ENDED.has(head.status) ? null : head.lastUpdateAt + minutes * MINUTE_MS;
}
/** The clock to an update due at `due`; ms left, or ms it is overdue. */
export function countdown(due: number | null, now: number): { readonly overdue: boolean; readonly ms: number } | null {
  return due === null ? null : { overdue: now >= due, ms: Math.abs(due - now) };
}

/** Roles as they stand on a board: standard ones held or offered, then those every board offers by name, then the team's own. */
export function rolesShown(held: readonly RoleView[], { standard, named }: RolesView): readonly RoleView[] {
  const free = (id: string, name: string | null): RoleView => held.find((role) => role.id === id) ?? { id, name, person: null, since: null };
  const offered = [...STANDARD_ROLES.filter((id) => standard.includes(id) || held.some((role) => role.id === id && role.person !== null)).map((id) => free(id, null)), ...named.map((name) => free(`x:${name}`, name))];
  return [...offered, ...held.filter(({ id, person }) => person !== null && !offered.some((role) => role.id === id))];
}

/** How long the incident lasted or lasts: until resolved or ended. `running` while it does. */
export function elapsed(head: IncidentHeadView, now: number): { readonly ms: number; readonly running: boolean } {
  const end = head.resolvedAt ?? head.closedAt;
  return { ms: Math.max(0, (end ?? now) - head.detectedAt), running: end === null };
}

/** `0:23:41`; days are folded into hours so that the figure only grows. */
export function stopwatch(ms: number): string {
  const s = Math.floor(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
}

const RANK = { CRITICAL: 0, UNKNOWN: 1, WARNING: 2, OK: 3 } as const;

/** Firing ones first by urgency, the oldest first; recovered ones by the time they recovered, newest first. */
export function splitAlerts(alerts: readonly AlertView[]): { readonly firing: readonly AlertView[]; readonly recovered: readonly AlertView[] } {
  return {
    firing: alerts.filter((alert) => alert.open).sort((a, b) => RANK[a.status] - RANK[b.status] || a.openedAt - b.openedAt),
    recovered: alerts.filter((alert) => !alert.open).sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0)),
  };
}

/** The threshold the alert stands at: of its own state, else the one that exists. */
export function threshold(alert: AlertView): number | null {
  return alert.status === 'WARNING' ? (alert.warning ?? alert.critical) : (alert.critical ?? alert.warning);
}

/** Where the value went since opening: up, down or flat on the page. */
export function direction(alert: AlertView): 'up' | 'down' | 'flat' {
  if (alert.now === null || alert.valueAtOpening === null || alert.trend === 'same') return 'flat';
  return alert.now.value > alert.valueAtOpening ? 'up' : alert.now.value < alert.valueAtOpening ? 'down' : 'flat';
}

/** Newest first; of one instant, the later version first. */
export function timeline(entries: readonly EntryView[]): readonly EntryView[] {
  return [...entries].sort((a, b) => b.at - a.at || b.v - a.v || (a.id < b.id ? 1 : -1));
}
