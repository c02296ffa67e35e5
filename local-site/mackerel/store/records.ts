import type { Sql } from '../../core/sql';

/** Few records of one kind, in the order they were made. */
export function recordStore<T extends { readonly id: string }>(sql: Sql, kind: string) {
  const parse = (row: { body: string }): T => JSON.parse(row.body) as T;
  return {
    get(id: string): T | null {
      const row = sql.one<{ body: string }>('SELECT body FROM records WHERE kind = ? AND id = ?', kind, id);
      return row && parse(row);
    },
    all: (): T[] => sql.all<{ body: string }>('SELECT body FROM records WHERE kind = ? ORDER BY seq', kind).map(parse),
    save(record: T): T {
      sql.run('INSERT INTO records (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body', kind, record.id, JSON.stringify(record));
      return record;
    },
    remove: (id: string): void => void sql.run('DELETE FROM records WHERE kind = ? AND id = ?', kind, id),
  };
}
export type RecordStore<T extends { readonly id: string }> = ReturnType<typeof recordStore<T>>;
