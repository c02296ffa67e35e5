/** What a team forgets under pressure. Pure. */
import type { IncidentHeadView, IncidentStatus, SchemeView } from '../../../../../src/contract';
import { nextUpdateAt } from '../logic';

/** `recovered`: all its alerts are OK and nobody has called it resolved; that is a person's word alone. */
export type HintKind = 'recovered' | 'commander' | 'severity' | 'update';
export const HINTS: readonly HintKind[] = ['recovered', 'commander', 'severity', 'update'];

const COMMANDER_MS = 2 * 60_000;
const SEVERITY_MS = 5 * 60_000;
/** A dismissed kind stays away for so long. */
export const QUIET_MS = 30 * 60_000;
const OVER: ReadonlySet<IncidentStatus> = new Set(['resolved', 'closed', 'cancelled', 'merged']);

/** Hints that hold at `now`, the most urgent first. */
export function dueHints(head: IncidentHeadView, scheme: SchemeView, now: number): readonly HintKind[] {
  if (OVER.has(head.status)) return [];
  const due = nextUpdateAt(head, scheme);
  const since = now - head.declaredAt;
  const holds: Record<HintKind, boolean> = {
    recovered: head.linkedAlerts > 0 && head.openAlerts === 0,
    commander: scheme.roles.standard.includes('commander') && since >= COMMANDER_MS && head.roles.every((role) => role.id !== 'commander' || role.person === null),
    severity: since >= SEVERITY_MS && head.severity === 'pending',
    update: due !== null && now >= due,
  };
  return HINTS.filter((kind) => holds[kind]);
}

/** When this viewer dismissed each kind, epoch ms. */
export type Dismissed = Readonly<Partial<Record<HintKind, number>>>;

export function wantedHints(due: readonly HintKind[], dismissed: Dismissed, now: number): readonly HintKind[] {
  return due.filter((kind) => now - (dismissed[kind] ?? 0) >= QUIET_MS);
}

export function parseDismissed(value: unknown): Dismissed | null {
  if (typeof value !== 'object' || value === null) return null;
  const rows = HINTS.flatMap((kind) => {
    const at = (value as Record<string, unknown>)[kind];
    return typeof at === 'number' ? [[kind, at] as const] : [];
  });
  return Object.fromEntries(rows);
}
