/** Rows of every entity, for erasing: found by the indexes they have, removed by their stored keys. */
import { kvs, WhereConditions } from '@forge/kvs';
import type { RowKind } from '../../domain/erasure';
import type { RowStore } from '../../ports';
import { MAX_CHUNKS } from './chunks';
import { evidenceKey } from './evidence';
import { reviewKey } from './reviews';
import { readRow, reading, safeKey, writing, type Row } from './storage';

const PAGE = 100;
/** Forge's limit of operations a transaction. */
const AT_ONCE = 25;

/** By a partition, or by the one value an index of a single attribute is asked for. */
type Lookup = { readonly index: string; readonly partition: readonly string[] } | { readonly index: string; readonly is: string };
function lookupOf(kind: RowKind): Lookup {
  switch (kind.of) {
    case 'chunk':
      return { index: 'incidentId', is: kind.incidentId };
    case 'incident':
    case 'candidate':
      return { index: 'by-state', partition: [kind.conn, kind.part] };
    case 'ticket':
    case 'review':
      return { index: 'by-shelf', partition: [kind.conn, kind.part] };
    case 'hint':
      return { index: 'by-conn', partition: [kind.conn] };
    case 'evidence':
      return { index: 'by-work', partition: [kind.part] };
    case 'saga':
    case 'notice':
      return { index: 'by-state', partition: [kind.part] };
    case 'claim':
    case 'cell':
      return { index: 'kind', is: kind.part };
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
/** Heads say it as their own id, sagas in their intent, all others by name. */
function incidentOf({ of }: RowKind, doc: unknown): string | null {
  if (typeof doc !== 'object' || doc === null) return null;
  const { id, incidentId, intent } = doc as { id?: unknown; incidentId?: unknown; intent?: { incidentId?: unknown } };
  return of === 'incident' ? text(id) : (text(incidentId) ?? text(intent?.incidentId));
}

export function createRowStore(): RowStore {
  return {
    async scan(kind, cursor) {
      const lookup = lookupOf(kind);
      const query = kvs.entity<Row>(kind.of).query();
      const builder = 'is' in lookup ? query.index(lookup.index).where(WhereConditions.equalTo(lookup.is)) : query.index(lookup.index, { partition: [...lookup.partition] });
      builder.limit(PAGE);
      if (cursor !== null) builder.cursor(cursor);
      const page = await reading(() => builder.getMany());
      return { rows: page.results.map(({ key, value }) => ({ key, incidentId: incidentOf(kind, value.doc) })), next: page.nextCursor ?? null };
    },
    has: async (of, key) => (await readRow(of, key)) !== null,
    async remove(of, keys) {
      for (let start = 0; start < keys.length; start += AT_ONCE) {
        const transaction = kvs.transact();
        for (const key of keys.slice(start, start + AT_ONCE)) transaction.delete(safeKey(key), { entityName: of });
        await writing(() => transaction.execute());
      }
    },
    keysOf: (incidentId, chunks) => [
      ...Array.from({ length: chunks ?? MAX_CHUNKS }, (_, n) => ({ of: 'chunk' as const, key: `chunk:${incidentId}:${n}` })),
      { of: 'saga', key: incidentId },
      { of: 'review', key: reviewKey(incidentId) },
      { of: 'evidence', key: evidenceKey(incidentId) },
      { of: 'cell', key: `viewing:${incidentId}` },
      { of: 'cell', key: `live:${incidentId}` },
      { of: 'cell', key: `reports:${incidentId}` },
      { of: 'incident', key: `incident:${incidentId}` },
    ],
  };
}
