import type { Annotation } from '../model';
import type { Sql } from '../../core/sql';

const parse = (row: { body: string }): Annotation => JSON.parse(row.body) as Annotation;

export function annotationStore(sql: Sql) {
  return {
    get(id: string): Annotation | null {
      const row = sql.one<{ body: string }>('SELECT body FROM annotations WHERE id = ?', id);
      return row && parse(row);
    },
    /** Every annotation whose interval touches `from`–`to` (epoch seconds). */
    find: (service: string, from: number, to: number): Annotation[] =>
      sql.all<{ body: string }>('SELECT body FROM annotations WHERE service = ? AND from_s <= ? AND to_s >= ? ORDER BY from_s, id', service, to, from).map(parse),
    save(annotation: Annotation): Annotation {
      const { id, service, from, to } = annotation;
      sql.run('INSERT OR REPLACE INTO annotations (id, service, from_s, to_s, body) VALUES (?, ?, ?, ?, ?)', id, service, from, to, JSON.stringify(annotation));
      return annotation;
    },
    remove: (id: string): void => void sql.run('DELETE FROM annotations WHERE id = ?', id),
    removeService: (service: string): void => void sql.run('DELETE FROM annotations WHERE service = ?', service),
  };
}
export type AnnotationStore = ReturnType<typeof annotationStore>;
