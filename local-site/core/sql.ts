/** Prepared statements by their text, and changes that are one transaction however they nest. */
import type { Database_ } from '../types';

/** Runs `change` in one transaction; inside another one it joins that. */
export type Atomically = <T>(change: () => T) => T;
export function atomic(db: Database_): Atomically {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  let depth = 0;
  return (change) => {
    if (depth > 0) return change();
    begin.run([]);
    depth = 1;
    try {
      const result = change();
      commit.run([]);
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    } finally {
      depth = 0;
    }
  };
}

/** Rows of a query, typed once here. Parameters must be text, numbers, bytes or null. */
export type Param = string | number | Uint8Array | null;
export interface Sql {
  all<T>(sql: string, ...params: Param[]): T[];
  one<T>(sql: string, ...params: Param[]): T | null;
  run(sql: string, ...params: Param[]): number;
}
export function sql(db: Database_): Sql {
  const cache = new Map<string, ReturnType<Database_['prepare']>>();
  const prepared = (text: string): ReturnType<Database_['prepare']> => {
    const known = cache.get(text) ?? db.prepare(text);
    cache.set(text, known);
    return known;
  };
  return {
    all: <T>(text: string, ...params: Param[]) => prepared(text).all(params) as T[],
    one: <T>(text: string, ...params: Param[]) => (prepared(text).get(params) as T | undefined) ?? null,
    run: (text, ...params) => prepared(text).run(params).changes,
  };
}
