/** Small rows: claims, cells, hints, candidates, sagas, notices. */
import { randomInt } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { shelfOf } from '../../domain/candidate';
import type { Candidate, Hint, Saga, TicketJob } from '../../domain/model';
import type { CandidateStore, Cells, Claims, Held, HintStore, Notice, NoticeStore, SagaStore, TicketStore } from '../../ports';
import { dropRow, listRows, makeRow, readRow, removeRow, replaceRow, rowsAfter, safeKey, statusOf, writing, type EntityName, type Row } from './storage';

interface KindRow<T> extends Row {
  readonly kind: string;
  readonly doc: T;
}

/** A claim let go and made anew is another one: versions of claims are drawn, not counted. */
const drawn = (): number => randomInt(1, 2 ** 31 - 1);

export function createClaims(): Claims {
  const heldBy = async <T extends Held>(key: string, incidentId: string): Promise<KindRow<T> | null> => {
    const row = await readRow<KindRow<T>>('claim', key);
    return row?.doc.incidentId === incidentId ? row : null;
  };
  return {
    async make<T extends Held>(key: string, kind: string, value: T) {
      for (;;) {
        if (await makeRow<KindRow<T>>('claim', key, { kind, ver: drawn(), doc: value })) return { made: true };
        const row = await readRow<KindRow<T>>('claim', key);
        // Released between the two: try to be first again.
        if (row !== null) return { made: false, value: row.doc };
      }
    },
    async get<T extends Held>(key: string) {
      return (await readRow<KindRow<T>>('claim', key))?.doc ?? null;
    },
    async take<T extends Held>(key: string, kind: string, value: T, from: string) {
      const row = await heldBy(key, from);
      return row !== null && (await replaceRow<KindRow<T>>('claim', key, { kind, ver: drawn(), doc: value }, row.ver));
    },
    async release(key, incidentId) {
      const row = await heldBy(key, incidentId);
      if (row !== null) await dropRow('claim', key, row.ver);
    },
  };
}

export function createCells(): Cells {
  return {
    async get<T>(key: string) {
      const row = await readRow<KindRow<T>>('cell', key);
      return row === null ? null : { ver: row.ver, value: row.doc };
    },
    put<T>(key: string, kind: string, value: T, ver: number | null) {
      if (ver === null) return makeRow<KindRow<T>>('cell', key, { kind, ver: 1, doc: value });
      return replaceRow<KindRow<T>>('cell', key, { kind, ver: ver + 1, doc: value }, ver);
    },
    remove: (key) => removeRow('cell', key),
  };
}

/** Get and compare-and-set of documents whose index attributes follow from the document. */
function versioned<T>(entity: EntityName, attributes: (doc: T) => Readonly<Record<string, string | number>>) {
  const row = (doc: T, ver: number) => ({ ...attributes(doc), ver, doc });
  return {
    async get(key: string): Promise<{ readonly ver: number; readonly value: T } | null> {
      const found = await readRow<Row & { readonly doc: T }>(entity, key);
      return found === null ? null : { ver: found.ver, value: found.doc };
    },
    put(key: string, doc: T, ver: number | null): Promise<boolean> {
      return ver === null ? makeRow(entity, key, row(doc, 1)) : replaceRow(entity, key, row(doc, ver + 1), ver);
    },
    async list(query: Parameters<typeof listRows>[1]): Promise<readonly T[]> {
      return (await listRows<Row & { readonly doc: T }>(entity, query)).map((found) => found.doc);
    },
  };
}

export function createCandidateStore(): CandidateStore {
  const rows = versioned<Candidate>('candidate', (candidate) => ({ conn: candidate.conn, state: shelfOf(candidate), openedAt: candidate.openedAt }));
  return {
    get: rows.get,
    put: (candidate, ver) => rows.put(candidate.id, candidate, ver),
    list: (conn, shelf, limit) => rows.list({ index: 'by-state', partition: [conn, shelf], limit, newestFirst: true }),
    oldest: (conn, shelf, limit) => rows.list({ index: 'by-state', partition: [conn, shelf], limit }),
    page: async (conn, shelf, after, limit) =>
      (await rowsAfter<Row & { readonly doc: Candidate }>('candidate', { index: 'by-state', partition: [conn, shelf], limit }, after, { at: ({ doc }) => doc.openedAt, id: ({ doc }) => doc.id })).map(({ doc }) => doc),
  };
}

export function createSagaStore(): SagaStore {
  const rows = versioned<Saga>('saga', ({ state, nextAt }) => ({ state, nextAt }));
  return {
    get: rows.get,
    put: (saga, ver) => rows.put(saga.intent.incidentId, saga, ver),
    due: (now, limit) => rows.list({ index: 'by-state', partition: ['running'], upTo: now, limit }),
    stuck: async (limit) =>
      (await Promise.all((['dead', 'needs-person'] as const).map((state) => rows.list({ index: 'by-state', partition: [state], limit, newestFirst: true })))).flat(),
  };
}

export function createNoticeStore(): NoticeStore {
  const rows = versioned<Notice>('notice', ({ state, nextAt }) => ({ state, nextAt }));
  return {
    get: rows.get,
    put: (notice, ver) => rows.put(notice.id, notice, ver),
    due: (now, limit) => rows.list({ index: 'by-state', partition: ['waiting'], upTo: now, limit }),
    stuck: async (before, limit) =>
      (await Promise.all([
        rows.list({ index: 'by-state', partition: ['dropped'], limit, newestFirst: true }),
        rows.list({ index: 'by-state', partition: ['waiting'], upTo: before, limit }),
      ])).flat(),
  };
}

/** Nothing is to be done about these by itself. */
const SETTLED = new Set<TicketJob['state']>(['unsure', 'linked', 'off']);
export function createTicketStore(): TicketStore {
  const rows = versioned<TicketJob>('ticket', ({ conn, state, nextAt, at: since }) => ({ conn, work: SETTLED.has(state) ? 'none' : 'due', nextAt, shelf: state === 'off' ? 'off' : 'on', madeAt: since }));
  return {
    get: (id) => rows.get(`ticket:${id}`),
    put: (job, ver) => rows.put(`ticket:${job.id}`, job, ver),
    remove: (id, ver) => dropRow('ticket', `ticket:${id}`, ver),
    due: (now, limit) => rows.list({ index: 'by-work', partition: ['due'], upTo: now, limit }),
    list: (conn, limit) => rows.list({ index: 'by-shelf', partition: [conn, 'on'], limit, newestFirst: true }),
  };
}

interface HintRow extends Row {
  readonly conn: string;
  readonly receivedAt: number;
  readonly doc: Hint;
}
/** One for each state told: what an alert went through between two looks must not overwrite itself. */
const hintKey = ({ conn, alertId, changedAt, open, told }: Hint): string => `hint:${conn}:${alertId}:${changedAt}:${told?.status ?? (open ? 'open' : 'closed')}`;
/** Forge's limit of operations a transaction. */
const AT_ONCE = 25;

/** A hint is removed only as it was listed: a newer one under the same key says that there is more to see. */
async function removeHints(hints: readonly Hint[]): Promise<void> {
  const transaction = kvs.transact();
  for (const hint of hints) {
    const conditions = new Filter<HintRow>().and('receivedAt', FilterConditions.equalTo(hint.receivedAt));
    transaction.delete(safeKey(hintKey(hint)), { entityName: 'hint', conditions });
  }
  try {
    await writing(() => transaction.execute());
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (status < 400 || status >= 500) throw error;
    // One of them was replaced or is gone already; each for itself then.
    if (hints.length > 1) for (const hint of hints) await removeHints([hint]);
    else if (status !== 409) await dropIfUnchanged(hints[0]!, error);
  }
}
async function dropIfUnchanged(hint: Hint, error: unknown): Promise<void> {
  const row = await readRow<HintRow>('hint', hintKey(hint));
  if (row !== null && row.receivedAt === hint.receivedAt) throw error;
}

export function createHintStore(): HintStore {
  return {
    async put(hint) {
      const row: HintRow = { conn: hint.conn, receivedAt: hint.receivedAt, ver: 1, doc: hint };
      await writing(() => kvs.entity<HintRow>('hint').set(safeKey(hintKey(hint)), row));
    },
    async list(conn, limit) {
      const rows = await listRows<HintRow>('hint', { index: 'by-conn', partition: [conn], limit });
      return rows.map((row) => row.doc);
    },
    async remove(hints) {
      const byKey = new Map(hints.map((hint) => [safeKey(hintKey(hint)), hint]));
      const all = [...byKey.values()];
      for (let start = 0; start < all.length; start += AT_ONCE) await removeHints(all.slice(start, start + AT_ONCE));
    },
  };
}
