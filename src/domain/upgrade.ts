/** Older stored records, brought to the present shape when read. A newer one is refused: see `newer`. */
import type { AlertRecord, Chunk, Entry, IncidentHead } from './record';

type Stored = Readonly<Record<string, unknown>>;
type OldHead = Omit<IncidentHead, 'schema'> & { readonly schema: number };

/** True for a record only a later version of this app can read. */
export const newer = (schema: unknown): boolean => typeof schema !== 'number' || schema > 2;

/** Schema 1 knew no roles, lines, causes or graphs, and did not say when it learned things: their own time is the best guess. */
export function upgradeHead(stored: Stored): IncidentHead {
  const head = stored as unknown as OldHead;
  if (head.schema === 2) return { ...head, schema: 2 };
  const known = Math.max(head.declaredAt, head.mitigatedAt ?? 0, head.resolvedAt ?? 0, head.closedAt ?? 0);
  return {
    ...head,
    schema: 2,
    changedAt: known,
    begunAt: head.detectedAt,
    identifiedAt: null,
    roles: [],
    situation: null,
    impact: null,
    places: null,
    cause: null,
    graphs: [],
    hosts: [],
    lastUpdateAt: known,
    linkedAlerts: head.openAlerts,
    page: head.page === null ? null : { ...head.page, state: 'current' },
  };
}

function upgradeEntry(entry: Entry): Entry {
  if ('recordedAt' in (entry as unknown as Stored)) return entry;
  const { id, at, source, messageKey, params, text, by, alertId, v } = entry;
  const { to } = params;
  const set = messageKey === 'entry.severity' ? { severity: to } : messageKey === 'entry.status' ? { status: to } : messageKey === 'entry.responded' && by !== null ? { firstResponse: { at, by } } : null;
  const declared = messageKey?.startsWith('entry.declared') === true ? { status: 'investigating' } : null;
  return { id, at, source, messageKey, params, text, by, alertId, recordedAt: at, set: (set ?? declared) as Entry['set'], revisions: [], v };
}

function upgradeAlert(alert: AlertRecord): AlertRecord {
  if ('links' in (alert as unknown as Stored)) return alert;
  const logs = (alert as AlertRecord).logs.map((log) => ({ ...log, knownAt: log.at }));
  const first = { recordedAt: alert.openedAt, status: alert.closedAt === null ? alert.status : ('CRITICAL' as const), closedAt: null };
  const seen = alert.closedAt === null ? [first] : [first, { recordedAt: alert.closedAt, status: alert.status, closedAt: alert.closedAt }];
  return { ...alert, logs, seen, links: [{ recordedAt: alert.openedAt, on: true, by: null }] };
}

export function upgradeChunk(stored: Stored): Chunk {
  const chunk = stored as unknown as Partial<Chunk>;
  const each = <T>(rows: Readonly<Record<string, T>> | undefined, work: (row: T) => T): Record<string, T> => Object.fromEntries(Object.entries(rows ?? {}).map(([id, row]) => [id, work(row)]));
  return { entries: each(chunk.entries, upgradeEntry), alerts: each(chunk.alerts, upgradeAlert), pins: chunk.pins ?? {} };
}
