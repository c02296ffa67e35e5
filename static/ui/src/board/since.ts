/** What changed while a viewer was away, in at most five lines. Pure. */
import type { AlertView, BoardView, IncidentStatus, Severity } from '../../../../src/contract';
import { field, numberOf, textOf } from '../parts/kept';

export const AWAY_MS = 5 * 60_000;

/** What a viewer last saw of an incident. */
export interface Seen {
  /** Server time, epoch ms. */
  readonly at: number;
  readonly version: number;
  readonly status: string;
  readonly severity: string;
  /** Account ids by role id; only roles somebody has. */
  readonly roles: Readonly<Record<string, string>>;
  readonly situation: string;
}

export type SinceLine =
  | { readonly kind: 'state'; readonly status: { readonly from: string; readonly to: IncidentStatus } | null; readonly severity: { readonly from: string; readonly to: Severity } | null }
  | { readonly kind: 'roles'; readonly roles: readonly { readonly id: string; readonly name: string | null; readonly person: string | null }[] }
  /** Empty text: it was cleared. */
  | { readonly kind: 'situation'; readonly text: string; readonly by: string | null }
  | { readonly kind: 'alerts'; readonly opened: readonly string[]; readonly recovered: readonly string[] }
  | { readonly kind: 'notes'; readonly count: number; readonly people: readonly string[] };

function rolesOf(board: Pick<BoardView, 'incident'>): Seen['roles'] {
  return Object.fromEntries(board.incident.roles.flatMap(({ id, person }) => (person === null ? [] : [[id, person.accountId]])));
}

export function seenOf(board: Pick<BoardView, 'incident'>, at: number): Seen {
  const { version, status, severity, situation } = board.incident;
  return { at, version, status, severity, roles: rolesOf(board), situation: situation?.text ?? '' };
}

/** As stored by whatever version of this screen; null: unusable. */
export function parseSeen(raw: unknown): Seen | null {
  const [at, version] = [numberOf(field(raw, 'at')), numberOf(field(raw, 'version'))];
  const [status, severity, situation] = [textOf(field(raw, 'status')), textOf(field(raw, 'severity')), textOf(field(raw, 'situation'))];
  const roles = field(raw, 'roles');
  if (at === null || version === null || status === null || severity === null || situation === null || typeof roles !== 'object' || roles === null) return null;
  return { at, version, status, severity, situation, roles: Object.fromEntries(Object.entries(roles).filter(([, person]) => typeof person === 'string')) };
}

/** `me`: the viewer's own notes are no news. Empty: nothing worth telling. */
export function sinceLeft(then: Seen, board: Pick<BoardView, 'incident' | 'alerts' | 'entries'>, me: string | null): readonly SinceLine[] {
  const { incident } = board;
  if (incident.version <= then.version) return [];
  const lines: SinceLine[] = [];
  const status = incident.status === then.status ? null : { from: then.status, to: incident.status };
  const severity = incident.severity === then.severity ? null : { from: then.severity, to: incident.severity };
  if (status !== null || severity !== null) lines.push({ kind: 'state', status, severity });

  const named = (alert: AlertView): string => (alert.host === null ? alert.monitorName : `${alert.monitorName} ${alert.host.name}`);
  const news = board.alerts.filter((alert) => alert.linked && alert.v > then.version);
  const opened = news.filter((alert) => alert.openedAt > then.at).map(named);
  const recovered = news.filter((alert) => alert.closedAt !== null && alert.closedAt > then.at).map(named);
  if (opened.length + recovered.length > 0) lines.push({ kind: 'alerts', opened, recovered });

  const now = rolesOf(board);
  const ids = [...new Set([...Object.keys(then.roles), ...Object.keys(now)])].filter((id) => then.roles[id] !== now[id]);
  const nameOf = (id: string): string | null => incident.roles.find((role) => role.id === id)?.name ?? (id.startsWith('x:') ? id.slice(2) : null);
  if (ids.length > 0) lines.push({ kind: 'roles', roles: ids.map((id) => ({ id, name: nameOf(id), person: now[id] ?? null })) });

  const situation = incident.situation?.text ?? '';
  if (situation !== then.situation) lines.push({ kind: 'situation', text: situation, by: incident.situation?.by.accountId ?? null });

  const notes = board.entries.filter((entry) => entry.source === 'person' && !entry.removed && entry.recordedAt > then.at && entry.by?.accountId !== me);
  if (notes.length > 0) lines.push({ kind: 'notes', count: notes.length, people: [...new Set(notes.flatMap(({ by }) => by?.accountId ?? []))] });
  return lines;
}
