/** Any JSON under a name, for hosts, services and roles. An owner is `host:<id>`, `service:<name>` or `role:<service>:<role>`. */
import type { Sql } from '../../core/sql';

export interface Metadata {
  readonly json: string;
  /** Epoch seconds. */
  readonly updated_at: number;
}
export const roleOwner = (service: string, role: string): string => `role:${service}:${role}`;

export function metadataStore(sql: Sql) {
  return {
    get: (owner: string, namespace: string): Metadata | null => sql.one<Metadata>('SELECT json, updated_at FROM metadata WHERE owner = ? AND namespace = ?', owner, namespace),
    namespaces: (owner: string): string[] => sql.all<{ namespace: string }>('SELECT namespace FROM metadata WHERE owner = ? ORDER BY namespace', owner).map((row) => row.namespace),
    put(owner: string, namespace: string, json: string, at: number): void {
      sql.run('INSERT OR REPLACE INTO metadata (owner, namespace, json, updated_at) VALUES (?, ?, ?, ?)', owner, namespace, json, at);
    },
    remove: (owner: string, namespace: string): void => void sql.run('DELETE FROM metadata WHERE owner = ? AND namespace = ?', owner, namespace),
    removeOwner: (owner: string): void => void sql.run('DELETE FROM metadata WHERE owner = ?', owner),
  };
}
export type MetadataStore = ReturnType<typeof metadataStore>;
