import { kvs } from '@forge/kvs';
import { AppFailure, RecordFailure } from '../../domain/failure';
import type { Chunk, Incident, IncidentHead } from '../../domain/model';
import { newer, SCHEMA, upgradeHead, upgradeIncident, type StoredHead } from '../../domain/upgrade';
import type { Change, IncidentStore } from '../../ports';
import { CHUNK_FULL, chunkBytes, joinChunks, layoutFor, MAX_CHUNKS, NO_ROWS } from './chunks';
import { damaged, wrongInHead, wrongInRows } from './record-shape';
import { at, guarded, listRows, makeRow, readRow, rowsAfter, safeKey, standAside, type Row } from './storage';

const TRIES = 20;

interface HeadRow extends Row {
  readonly conn: string;
  readonly state: string;
  readonly declaredAt: number;
  readonly doc: StoredHead;
}
interface ChunkRow extends Row {
  readonly incidentId: string;
  /** Version of the head it was written with. */
  readonly ver: number;
  readonly doc: Chunk;
}
interface CounterRow extends Row {
  readonly kind: 'counter';
  readonly doc: { readonly last: number };
}

const headKey = (id: string): string => `incident:${id}`;
const chunkKey = (id: string, n: number): string => `chunk:${id}:${n}`;
const counterKey = (conn: string, year: number): string => `counter:${conn}:${year}`;

function headRow(head: IncidentHead): HeadRow {
  return { conn: head.conn, state: head.state, declaredAt: head.declaredAt, ver: head.ver, doc: head };
}
/** @throws RecordFailure for a record of a later version */
function mine(doc: unknown): StoredHead {
  if (typeof doc !== 'object' || doc === null || !('schema' in doc) || typeof doc.schema !== 'number') throw damaged('schema');
  if (newer(doc.schema)) throw new RecordFailure('error.record-newer', { theirs: doc.schema, ours: SCHEMA });
  return doc as StoredHead;
}
/** What an upgrade stumbles over is damage as well; it knows no place. */
function sound<T>(upgrade: () => T, wrong: (value: T) => string | null): T {
  let value: T;
  try {
    value = upgrade();
  } catch (error) {
    if (error instanceof RecordFailure) throw error;
    throw damaged('schema');
  }
  const where = wrong(value);
  if (where !== null) throw damaged(where);
  return value;
}
const headIn = (doc: unknown): IncidentHead => sound(() => upgradeHead(mine(doc)), wrongInHead);
const incidentIn = (head: StoredHead, rows: Chunk): Incident => sound(() => upgradeIncident(head, rows), (incident) => wrongInHead(incident.head) ?? wrongInRows(rowsOf(incident)));
const rowsOf = ({ head: _head, ...rows }: Incident): Chunk => rows;

/** @throws RecordFailure for a record that is damaged or of a later version; it is left as it is */
async function storedHead(id: string): Promise<StoredHead | null> {
  const row = await readRow<HeadRow>('incident', headKey(id));
  return row === null ? null : mine(row.doc);
}

function readable(doc: unknown): IncidentHead | { readonly refused: RecordFailure } {
  try {
    return headIn(doc);
  } catch (error) {
    if (error instanceof RecordFailure) return { refused: error };
    throw error;
  }
}

/** Also of one that cannot be read, so that a list goes on behind it. */
const readableId = (doc: unknown): string => (typeof doc === 'object' && doc !== null && 'id' in doc ? String(doc.id) : '');

type Transaction = ReturnType<typeof kvs.transact>;

/**
 * Chunks are only ever written in a transaction whose condition is the head's version, so the head serialises all writers
 * and a chunk needs no condition of its own: not to be current, and not to be absent either.
 */
function writeChunks(transaction: Transaction, head: IncidentHead, writes: ReadonlyMap<number, Chunk>): void {
  for (const [n, doc] of writes) {
    if (chunkBytes(doc) > CHUNK_FULL) throw new AppFailure('bad-request', 'error.record-full');
    const row: ChunkRow = { incidentId: head.id, ver: head.ver, doc };
    transaction.set(safeKey(chunkKey(head.id, n)), row, { entityName: 'chunk' });
  }
}

/** Rows of an incident change only with its version, so a warm instance need not read them again. Ids are random and never shared between sites. */
const warm = new Map<string, { readonly readAt: number; readonly incident: Incident }>();
const WARM_AT_MOST = 50;
const RECENT_MS = 1_000;
const reading = new Map<string, Promise<Incident | null>>();

function keepWarm(incident: Incident): Incident {
  warm.delete(incident.head.id);
  warm.set(incident.head.id, { readAt: Date.now(), incident });
  if (warm.size > WARM_AT_MOST) warm.delete(warm.keys().next().value ?? '');
  return incident;
}

export function createIncidentStore(): IncidentStore {
  const headOf = async (id: string): Promise<IncidentHead | null> => {
    const stored = await storedHead(id);
    return stored === null ? null : headIn(stored);
  };

  async function load(id: string): Promise<Incident | null> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const head = await storedHead(id);
      if (head === null) return null;
      const known = warm.get(id)?.incident;
      // Erased and brought back from a file it has the same id and may have the same version, but not the same nonce.
      if (known !== undefined && known.head.ver === head.ver && known.head.nonce === head.nonce) return keepWarm(known);
      const rows = await Promise.all(Array.from({ length: head.chunks }, (_, n) => readRow<ChunkRow>('chunk', chunkKey(id, n))));
      // A chunk newer than the head was written after the head was read; its rows might have moved. Absent: nothing in it yet.
      if (rows.some((row) => row !== null && row.ver > head.ver)) continue;
      return keepWarm(incidentIn(head, joinChunks(rows.flatMap((row) => (row === null ? [] : [row.doc])))));
    }
    throw new AppFailure('busy', 'error.busy', {}, null, 1000);
  }

  async function create(incident: Incident, number: Parameters<IncidentStore['create']>[1]): Promise<Incident> {
    const { id } = incident.head;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (attempt > 0) await standAside(attempt);
      const known = await load(id);
      if (known !== null) return known;
      const transaction = kvs.transact();
      let key = incident.head.key;
      if (number !== null) {
        const name = counterKey(number.conn, number.year);
        let counter = await readRow<CounterRow>('cell', name);
        if (counter === null) {
          // Made beforehand, so that two firsts of a year meet at its version and not at its absence.
          await makeRow<CounterRow>('cell', name, { kind: 'counter', ver: 1, doc: { last: 0 } });
          counter = await readRow<CounterRow>('cell', name);
          if (counter === null) continue;
        }
        const last = counter.doc.last + 1;
        key = number.key(last);
        const next: CounterRow = { kind: 'counter', ver: counter.ver + 1, doc: { last } };
        transaction.set(safeKey(name), next, { entityName: 'cell', conditions: at(counter.ver) });
      }
      const layout = layoutFor(NO_ROWS, incident, 1);
      const head: IncidentHead = { ...incident.head, key, chunks: layout.chunks };
      transaction.set(safeKey(headKey(id)), headRow(head), { entityName: 'incident', conditions: at(null) });
      writeChunks(transaction, head, layout.writes);
      if (await guarded(() => transaction.execute(), { entity: 'incident', key: headKey(id), ver: null })) return { ...incident, head };
    }
    throw new AppFailure('busy', 'error.busy', {}, null, 1000);
  }

  async function recent(id: string, atLeast: number): Promise<Incident | null> {
    const known = warm.get(id);
    if (known !== undefined && known.incident.head.ver >= atLeast && Math.abs(Date.now() - known.readAt) < RECENT_MS) return known.incident;
    const shared = reading.get(id) ?? load(id).finally(() => reading.delete(id));
    reading.set(id, shared);
    const found = await shared;
    // Begun before that version was written: this one looks for itself.
    return found !== null && found.head.ver < atLeast ? await load(id) : found;
  }

  /** All in one transaction. The first may be laid out anew; others keep their layout, so that all of it fits one transaction. */
  async function store(changes: readonly Change[]): Promise<'saved' | 'conflict'> {
    if (changes.some(({ before, after }) => after.head.ver <= before.head.ver)) throw new Error('an accepted change raises the version');
    // The layout is the store's: callers chain saves with heads that do not know of a doubling.
    const stored = await Promise.all(changes.map(({ before }) => headOf(before.head.id)));
    const transaction = kvs.transact();
    const written: Incident[] = [];
    for (const [n, { before, after }] of changes.entries()) {
      const known = stored[n];
      if (known == null || known.ver !== before.head.ver) return 'conflict';
      const chunks = Math.min(MAX_CHUNKS, known.chunks);
      const layout = layoutFor(before, after, chunks, n === 0 ? MAX_CHUNKS : chunks);
      const head: IncidentHead = { ...after.head, chunks: layout.chunks };
      transaction.set(safeKey(headKey(head.id)), headRow(head), { entityName: 'incident', conditions: at(before.head.ver) });
      writeChunks(transaction, head, layout.writes);
      written.push({ ...after, head });
    }
    const guards = changes.map(({ before: { head } }) => ({ entity: 'incident' as const, key: headKey(head.id), ver: head.ver }));
    if (!(await guarded(() => transaction.execute(), ...guards))) return 'conflict';
    // Readers of the instance that wrote see at once what was written.
    for (const incident of written) keepWarm(incident);
    return 'saved';
  }

  return {
    head: headOf,
    load,
    recent,
    create,
    save: (before, after) => store([{ before, after }]),
    saveBoth: (first, second) => store([first, second]),
    async list(conn, state, limit) {
      const rows = await listRows<HeadRow>('incident', { index: 'by-state', partition: [conn, state], limit, newestFirst: true });
      // One that cannot be read must not take the whole list away; health tells of it.
      return rows.flatMap(({ doc }) => {
        const head = readable(doc);
        return 'refused' in head ? [] : [head];
      });
    },
    async page(conn, state, after, limit) {
      const rows = await rowsAfter<HeadRow>('incident', { index: 'by-state', partition: [conn, state], limit }, after, { at: ({ declaredAt }) => declaredAt, id: ({ doc }) => readableId(doc) });
      const heads = rows.flatMap(({ doc }) => {
        const head = readable(doc);
        return 'refused' in head ? [] : [head];
      });
      const last = rows.at(-1);
      return { heads, last: last === undefined ? null : { at: last.declaredAt, id: readableId(last.doc) } };
    },
    async troubled(conn, limit) {
      const both = await Promise.all((['open', 'ended'] as const).map((state) => listRows<HeadRow>('incident', { index: 'by-state', partition: [conn, state], limit, newestFirst: true })));
      const heads = both.flat().map(({ doc }) => readable(doc));
      return { unreadable: heads.flatMap((head) => ('refused' in head ? [head.refused] : [])), hidden: heads.filter((head) => !('refused' in head) && head.hidden !== undefined).length };
    },
  };
}
