/** Pictures of alerts' graphs, by the name in their public address. */
import type { Sql } from '../../core/sql';

export function imageStore(sql: Sql) {
  return {
    keep: (name: string, png: Uint8Array): void => void sql.run('INSERT INTO alert_images (name, png) VALUES (?, ?)', name, png),
    get: (name: string): Uint8Array | null => sql.one<{ png: Uint8Array }>('SELECT png FROM alert_images WHERE name = ?', name)?.png ?? null,
  };
}
export type ImageStore = ReturnType<typeof imageStore>;
