import { newId } from '../ids';
import type { Host, HostStatus } from '../model';
import type { Sql } from '../../core/sql';

interface Row {
  readonly heard_at: number | null;
  readonly body: string;
}
const fromRow = (row: Row): Host => ({ ...(JSON.parse(row.body) as Host), heardAt: row.heard_at });

export interface HostFilter {
  readonly service?: string;
  readonly roles?: readonly string[];
  readonly name?: string;
  readonly statuses?: readonly HostStatus[];
  readonly customIdentifier?: string;
}
export type NewHost = Partial<Omit<Host, 'id' | 'heardAt'>> & { readonly name: string; readonly createdAt: number };

export function hostStore(sql: Sql) {
  const get = (id: string): Host | null => {
    const row = sql.one<Row>('SELECT heard_at, body FROM hosts WHERE id = ?', id);
    return row && fromRow(row);
  };
  const save = (host: Host): Host => {
    sql.run('UPDATE hosts SET body = ? WHERE id = ?', JSON.stringify(host), host.id);
    return host;
  };
  /** Every host, retired ones too, oldest first. */
  const all = (): Host[] => sql.all<Row>('SELECT heard_at, body FROM hosts ORDER BY seq').map(fromRow);
  return {
    get,
    save,
    all,
    /** Mackerel's rules: working and standby unless statuses are given; roles count only with a service and are ORed. */
    find(filter: HostFilter): Host[] {
      const statuses = filter.statuses?.length ? filter.statuses : (['working', 'standby'] as const);
      return all().filter((host) => {
        if (host.isRetired || !statuses.includes(host.status)) return false;
        if (filter.name !== undefined && host.name !== filter.name) return false;
        if (filter.customIdentifier !== undefined && host.customIdentifier !== filter.customIdentifier) return false;
        if (filter.service === undefined) return true;
        const roles = host.roles[filter.service];
        return roles !== undefined && (!filter.roles?.length || filter.roles.some((role) => roles.includes(role)));
      });
    },
    /** `simulated` names the profile whose metrics the stand-in itself posts for this host; null: somebody else posts them. */
    create(input: NewHost, simulated: string | null = null): Host {
      const host: Host = {
        displayName: null,
        customIdentifier: null,
        memo: '',
        status: 'working',
        size: 'standard',
        isRetired: false,
        retiredAt: null,
        roles: {},
        meta: {},
        interfaces: [],
        ...input,
        id: newId(),
        heardAt: null,
      };
      sql.run('INSERT INTO hosts (id, seq, heard_at, simulated, body) VALUES (?, (SELECT COUNT(*) FROM hosts), NULL, ?, ?)', host.id, simulated, JSON.stringify(host));
      return host;
    },
    heard(id: string, at: number): void {
      sql.run('UPDATE hosts SET heard_at = ? WHERE id = ?', at, id);
    },
    simulated(): { host: Host; profile: string }[] {
      const rows = sql.all<Row & { simulated: string }>('SELECT heard_at, body, simulated FROM hosts WHERE simulated IS NOT NULL ORDER BY seq');
      return rows.map((row) => ({ host: fromRow(row), profile: row.simulated })).filter(({ host }) => !host.isRetired);
    },
  };
}
export type HostStore = ReturnType<typeof hostStore>;
