/** The products' statements: one series of ids for pages, properties and labels. */
import { atomic, sql, type Param } from '../core/sql';
import type { Database_ } from '../types';

export type Value = Param;
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
  const { all, one, run } = sql(db);
  return {
    get: one,
    all,
    run,
    write: atomic(db),
    nextId() {
      run('UPDATE product_ids SET next = next + 1');
      return one<{ next: number }>('SELECT next FROM product_ids')?.next ?? 0;
    },
  };
}
