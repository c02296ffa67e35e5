/** Prepared statements by their text, and writes that are one transaction however they nest. */
import type { Database_ } from '../types';

export type Value = string | number | null;
export interface Sql {
  get<T>(text: string, ...values: Value[]): T | null;
  all<T>(text: string, ...values: Value[]): T[];
  run(text: string, ...values: Value[]): void;
  /** Everything `work` writes is stored, or (when it throws) nothing. */
  write<T>(work: () => T): T;
  /** Next id of the one series pages, properties and labels share. */
  nextId(): number;
}

export function openSql(db: Database_): Sql {
  type Statement = ReturnType<Database_['prepare']>;
  const statements = new Map<string, Statement>();
  const prepared = (text: string): Statement => {
    const known = statements.get(text) ?? db.prepare(text);
    statements.set(text, known);
    return known;
  };
  let depth = 0;
  const sql: Sql = {
    get: <T>(text: string, ...values: Value[]) => (prepared(text).get(values) as T | undefined) ?? null,
    all: <T>(text: string, ...values: Value[]) => prepared(text).all(values) as T[],
    run: (text, ...values) => void prepared(text).run(values),
    write<T>(work: () => T): T {
      if (depth > 0) return work();
      db.exec('BEGIN IMMEDIATE');
      depth = 1;
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        depth = 0;
      }
    },
    nextId() {
      sql.run('UPDATE product_ids SET next = next + 1');
      return sql.get<{ next: number }>('SELECT next FROM product_ids')?.next ?? 0;
    },
  };
  return sql;
}
