import type { Service } from '../model';
import type { Sql } from '../../core/sql';

export function serviceStore(sql: Sql) {
  const get = (name: string): Service | null => {
    const row = sql.one<{ body: string }>('SELECT body FROM services WHERE name = ?', name);
    return row && (JSON.parse(row.body) as Service);
  };
  return {
    get,
    all: (): Service[] => sql.all<{ body: string }>('SELECT body FROM services ORDER BY name').map((row) => JSON.parse(row.body) as Service),
    save(service: Service): Service {
      sql.run('INSERT INTO services (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body', service.name, JSON.stringify(service));
      return service;
    },
    remove: (name: string): void => void sql.run('DELETE FROM services WHERE name = ?', name),
  };
}
export type ServiceStore = ReturnType<typeof serviceStore>;
