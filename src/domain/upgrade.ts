/** Older stored records, brought to the present shape when read. A newer one is refused: see `newer`. */
import { alertFacts } from './alert-record';
import { coursePatch } from './incident';
import type { AlertRecord, Chunk, Entry, HeadPatch, HeadState, Incident, IncidentHead } from './record';

export const SCHEMA = 2;
/** True for a record only a later version of this app can read. */
export const newer = (schema: unknown): boolean => typeof schema !== 'number' || schema > SCHEMA;

/** What a head of schema 1 had in common with the present one. */
type OldHead = Omit<IncidentHead, 'schema' | 'changedAt' | 'linkedAlerts' | 'page' | keyof NewState> & {
  readonly schema: 1;
  readonly page: { readonly id: string; readonly url: string } | null;
  readonly ops: unknown;
};
type NewState = Pick<HeadState, 'begunAt' | 'identifiedAt' | 'roles' | 'situation' | 'impact' | 'places' | 'cause' | 'graphs' | 'lastUpdateAt'>;
export type StoredHead = IncidentHead | OldHead;
const NOTHING_YET = { identifiedAt: null, roles: [], situation: null, impact: null, places: null, cause: null, graphs: [] } as const;

/** Schema 1 knew no roles, lines, causes or graphs, and did not say when it learned things: their own time is the best guess. */
export function upgradeHead(stored: StoredHead): IncidentHead {
  if (stored.schema === SCHEMA) return stored;
  const { ops: _ops, page, ...head } = stored;
  const known = Math.max(head.declaredAt, head.firstResponse?.at ?? 0, head.mitigatedAt ?? 0, head.resolvedAt ?? 0, head.closedAt ?? 0);
  return {
    ...head,
    ...NOTHING_YET,
    schema: SCHEMA,
    changedAt: known,
    begunAt: head.detectedAt,
    lastUpdateAt: known,
    linkedAlerts: head.openAlerts,
    page: page === null ? null : { ...page, state: 'current' },
  };
}

const isOldEntry = (entry: Entry): boolean => !('recordedAt' in entry);
const isOldAlert = (alert: AlertRecord): boolean => !('changes' in alert);
const isSeverity = (entry: Entry): boolean => entry.messageKey?.startsWith('entry.severity') === true;

/** What an entry of schema 1 said by its words alone. `before`: the state it was accepted in. */
function setOf(entry: Entry, before: HeadState): HeadPatch | null {
  const { messageKey, at, by } = entry;
  const to = entry.params['to'];
  switch (messageKey) {
    case 'entry.declared':
    case 'entry.declared.rule':
      return before;
    case 'entry.severity':
      return { severity: to as HeadState['severity'], lastUpdateAt: at };
    case 'entry.status':
      return coursePatch(before, to as Parameters<typeof coursePatch>[1], at);
    case 'entry.responded':
      return by === null ? null : { firstResponse: { at, by } };
    default:
      return null;
  }
}

function upgradeEntries(entries: Incident['entries'], head: IncidentHead): Incident['entries'] {
  const inOrder = Object.values(entries).sort((a, b) => a.v - b.v);
  const first = inOrder.find(isSeverity)?.params['from'] ?? head.severity;
  const { declaredAt } = head;
  let state: HeadState = { ...NOTHING_YET, severity: first as HeadState['severity'], status: 'investigating', state: 'open', begunAt: head.begunAt, firstResponse: null, mitigatedAt: null, resolvedAt: null, closedAt: null, lastUpdateAt: declaredAt };
  const upgraded: Record<string, Entry> = {};
  for (const entry of inOrder) {
    const { id, at, source, messageKey, params, text, by, alertId, v } = entry;
    const next = isOldEntry(entry) ? { id, at, source, messageKey, params, text, by, alertId, recordedAt: at, set: setOf(entry, state), revisions: [], v } : entry;
    state = { ...state, ...next.set };
    upgraded[id] = next;
  }
  return upgraded;
}

function upgradeAlert(alert: AlertRecord): AlertRecord {
  if (!isOldAlert(alert)) return alert;
  const firing = alert.logs.findLast((log) => log.status !== 'OK');
  const was = { status: firing?.status ?? 'UNKNOWN', statusAt: firing?.at ?? alert.openedAt, closedAt: null, reason: null } as const;
  return {
    ...alert,
    logs: alert.logs.map((log) => ({ ...log, knownAt: log.at })),
    changes: alert.closedAt === null ? [] : [{ recordedAt: alert.closedAt, was }],
    links: [{ recordedAt: alert.openedAt, on: true, by: null }],
  };
}

/**
 * Head and rows together. A head is stored in its present shape with the first change after an upgrade, a row with the first
 * one that touches its chunk: any load may meet old rows.
 */
export function upgradeIncident(stored: StoredHead, rows: Chunk): Incident {
  const head = upgradeHead(stored);
  if (stored.schema === SCHEMA && !Object.values(rows.entries).some(isOldEntry) && !Object.values(rows.alerts).some(isOldAlert)) return { head, ...rows };
  const entries = upgradeEntries(rows.entries, head);
  const alerts = Object.fromEntries(Object.entries(rows.alerts).map(([id, alert]) => [id, upgradeAlert(alert)]));
  if (stored.schema === SCHEMA) return { head, ...rows, entries, alerts };
  const told = Object.values(entries).reduce<HeadPatch>((state, { set }) => ({ ...state, ...set }), {});
  const { identifiedAt = null, lastUpdateAt = head.lastUpdateAt } = told;
  return { head: { ...head, identifiedAt, lastUpdateAt, ...alertFacts(head.begunAt, alerts) }, ...rows, entries, alerts };
}
