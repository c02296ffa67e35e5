/** Rows of Forge storage and its indexes in the site's database. */
import { atomic } from '../core/sql';
import type { Database_, SiteClock } from '../types';
import { KvsRefusal, meets, type EntityQuery } from './kvs-rules';
import type { Entity } from './manifest';

export interface Row {
  readonly key: string;
  /** JSON text. */
  readonly value: string;
  readonly created: number;
  readonly updated: number;
  readonly expires: number | null;
}
export interface Page {
  readonly rows: readonly Row[];
  readonly cursor: string | null;
  /** Bytes of every row the store looked at, filtered ones included: that is what reading costs. */
  readonly bytes: number;
}
/** How far indexes lag behind writes, and how long expired keys stay readable, in ms. */
export interface StoreSwitches {
  indexLagMs: number;
  keepExpiredMs: number;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS kvs (space TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
  expires INTEGER, PRIMARY KEY (space, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kvs_indexed (idx TEXT NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL, range NOT NULL, PRIMARY KEY (idx, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kvs_indexed_by_range ON kvs_indexed (idx, part, range, key);
CREATE TABLE IF NOT EXISTS kvs_stale (entity TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (entity, key)) WITHOUT ROWID;
`;
const RANGE_SQL: Record<NonNullable<EntityQuery['range']>['condition'], string> = {
  EQUAL_TO: 'i.range = ?',
  GREATER_THAN: 'i.range > ?',
  GREATER_THAN_EQUAL_TO: 'i.range >= ?',
  LESS_THAN: 'i.range < ?',
  LESS_THAN_EQUAL_TO: 'i.range <= ?',
  BETWEEN: 'i.range BETWEEN ? AND ?',
  BEGINS_WITH: 'i.range >= ? AND i.range < ?',
};
/** After every string that starts with it. */
const past = (prefix: string): string => `${prefix}\u{10FFFF}`;
const cell = (value: string | number | boolean): string | number => (typeof value === 'boolean' ? Number(value) : value);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function decode<T>(cursor: string): T {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as T;
  } catch {
    throw new KvsRefusal(400, 'INVALID_CURSOR', 'The cursor is not one this API gave out.');
  }
}

export function createKvsStore(db: Database_, clock: SiteClock, entities: ReadonlyMap<string, Entity>) {
  db.exec(SCHEMA);
  const atomically = atomic(db);
  const switches: StoreSwitches = { indexLagMs: 0, keepExpiredMs: 0 };
  const statements = new Map<string, ReturnType<Database_['prepare']>>();
  const sql = (text: string): ReturnType<Database_['prepare']> => {
    const known = statements.get(text);
    if (known) return known;
    const made = db.prepare(text);
    statements.set(text, made);
    return made;
  };
  const entityOf = (space: string): Entity | null => (space.startsWith('e:') ? (entities.get(space.slice(2)) ?? null) : null);
  const alive = (row: Row | undefined): Row | undefined =>
    row === undefined || row.expires === null || row.expires + switches.keepExpiredMs > clock.now() ? row : undefined;

  const reindex = (entity: Entity, key: string, value: Record<string, unknown> | undefined): void => {
    for (const index of entity.indexes.values()) {
      const idx = `${entity.name}/${index.name}`;
      const partition = index.partition.map((name) => value?.[name]);
      const range = index.range === null ? '' : value?.[index.range];
      // A row without an attribute of the index is not in the index.
      if (value === undefined || partition.includes(undefined) || range === undefined) sql('DELETE FROM kvs_indexed WHERE idx = ? AND key = ?').run([idx, key]);
      else {
        sql('INSERT INTO kvs_indexed (idx, key, part, range) VALUES (?, ?, ?, ?) ON CONFLICT (idx, key) DO UPDATE SET part = excluded.part, range = excluded.range').run([
          idx, key, JSON.stringify(partition), cell(range as string | number | boolean),
        ]);
      }
    }
  };
  const touch = (space: string, key: string, value: Record<string, unknown> | undefined): void => {
    const entity = entityOf(space);
    if (entity === null) return;
    if (switches.indexLagMs === 0) reindex(entity, key, value);
    else sql('INSERT OR IGNORE INTO kvs_stale (entity, key, due) VALUES (?, ?, ?)').run([entity.name, key, Date.now() + switches.indexLagMs]);
  };
  const catchUp = (entity: Entity): void => {
    const due = sql('SELECT key FROM kvs_stale WHERE entity = ? AND due <= ?').all([entity.name, Date.now()]) as { key: string }[];
    for (const { key } of due) {
      const row = sql('SELECT value FROM kvs WHERE space = ? AND key = ?').get([`e:${entity.name}`, key]) as { value: string } | undefined;
      reindex(entity, key, row === undefined ? undefined : (JSON.parse(row.value) as Record<string, unknown>));
      sql('DELETE FROM kvs_stale WHERE entity = ? AND key = ?').run([entity.name, key]);
    }
  };

  return {
    switches,
    get: (space: string, key: string): Row | undefined =>
      alive(sql('SELECT key, value, created, updated, expires FROM kvs WHERE space = ? AND key = ?').get([space, key]) as Row | undefined),

    /** `value` is the parsed form of `json`, used for the indexes of an entity. */
    set(space: string, key: string, json: string, value: unknown, expires: number | null): void {
      const now = clock.now();
      atomically(() => {
        sql(
          `INSERT INTO kvs (space, key, value, created, updated, expires) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, updated = excluded.updated, expires = excluded.expires`,
        ).run([space, key, json, now, now, expires]);
        touch(space, key, value as Record<string, unknown>);
      });
    },

    delete(space: string, key: string): boolean {
      return atomically(() => {
        const gone = sql('DELETE FROM kvs WHERE space = ? AND key = ?').run([space, key]).changes > 0;
        if (gone) touch(space, key, undefined);
        return gone;
      });
    },

    /** Everything or nothing. */
    atomically,

    query(space: string, prefix: string, after: string | null, limit: number): Page {
      const rows = sql(
        'SELECT key, value, created, updated, expires FROM kvs WHERE space = ? AND key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?',
      ).all([space, prefix, past(prefix), after === null ? '' : decode<string>(after), limit + 1]) as Row[];
      const page = rows.slice(0, limit);
      return {
        rows: page.filter((row) => alive(row) !== undefined),
        cursor: rows.length > limit ? encode(page.at(-1)?.key) : null,
        bytes: page.reduce((sum, row) => sum + row.value.length, 0),
      };
    },

    /** Filters are applied after the page is read, as the vendor does: a page may hold fewer rows than `limit` and still go on. */
    queryIndex(entity: Entity, request: EntityQuery): Page {
      const index = entity.indexes.get(request.indexName);
      if (index === undefined) throw new KvsRefusal(400, 'INVALID_INDEX', `Entity ${entity.name} has no index ${request.indexName}.`);
      const partition = request.partition ?? [];
      if (partition.length !== index.partition.length) {
        throw new KvsRefusal(400, 'INVALID_PARTITION', `Index ${index.name} needs ${index.partition.length} partition values, got ${partition.length}.`);
      }
      if (request.range !== undefined && index.range === null) throw new KvsRefusal(400, 'INVALID_RANGE', `Index ${index.name} has no range attribute.`);
      catchUp(entity);
      const limit = request.limit ?? 10;
      const descending = request.sort === 'DESC';
      const where = ['i.idx = ?', 'i.part = ?'];
      const values: (string | number)[] = [`${entity.name}/${index.name}`, JSON.stringify(partition)];
      if (request.range !== undefined) {
        const { condition, values: operands } = request.range;
        where.push(RANGE_SQL[condition]);
        const first = cell(operands[0] ?? '');
        values.push(first);
        if (condition === 'BETWEEN') values.push(cell(operands[1] ?? ''));
        if (condition === 'BEGINS_WITH') values.push(past(String(first)));
      }
      if (request.cursor !== undefined) {
        const [range, key] = decode<[string | number, string]>(request.cursor);
        where.push(descending ? '(i.range, i.key) < (?, ?)' : '(i.range, i.key) > (?, ?)');
        values.push(range, key);
      }
      const order = descending ? 'DESC' : 'ASC';
      const rows = sql(
        `SELECT i.range AS range, k.key AS key, k.value AS value, k.created AS created, k.updated AS updated, k.expires AS expires
         FROM kvs_indexed i JOIN kvs k ON k.space = ? AND k.key = i.key WHERE ${where.join(' AND ')} ORDER BY i.range ${order}, i.key ${order} LIMIT ?`,
      ).all([`e:${entity.name}`, ...values, limit + 1]) as (Row & { range: string | number })[];
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const { filters } = request;
      const kept = page.filter((row) => alive(row) !== undefined && (filters === undefined || meets(JSON.parse(row.value) as Record<string, unknown>, filters)));
      return {
        rows: kept,
        cursor: rows.length > limit && last !== undefined ? encode([last.range, last.key]) : null,
        bytes: page.reduce((sum, row) => sum + row.value.length, 0),
      };
    },
  };
}
export type KvsStore = ReturnType<typeof createKvsStore>;
