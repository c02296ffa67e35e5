import type { AlertGroup, AlertStatus } from '../model';
import type { Sql } from '../../core/sql';

const parse = (row: { body: string }): AlertGroup => JSON.parse(row.body) as AlertGroup;

/** Alert groups and the alerts that belong to them. At most one group is open per setting. */
export function alertGroupStore(sql: Sql) {
  return {
    openOf(settingId: string): AlertGroup | null {
      const row = sql.one<{ body: string }>('SELECT body FROM alert_groups WHERE setting = ? AND closed_at IS NULL', settingId);
      return row && parse(row);
    },
    open: (): AlertGroup[] => sql.all<{ body: string }>('SELECT body FROM alert_groups WHERE closed_at IS NULL ORDER BY seq').map(parse),
    save(group: AlertGroup): AlertGroup {
      const { id, settingId, closedAt } = group;
      sql.run('INSERT INTO alert_groups (id, setting, closed_at, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at, body = excluded.body', id, settingId, closedAt, JSON.stringify(group));
      return group;
    },
    join: (groupId: string, alertId: string): void => void sql.run('INSERT OR IGNORE INTO alert_group_members (grp, alert) VALUES (?, ?)', groupId, alertId),
    /** Whether an alert belongs to any group, open or closed. */
    holds: (alertId: string): boolean => sql.one('SELECT 1 FROM alert_group_members WHERE alert = ?', alertId) !== null,
    openWith: (alertId: string): AlertGroup[] =>
      sql.all<{ body: string }>('SELECT g.body FROM alert_groups g JOIN alert_group_members m ON m.grp = g.id WHERE m.alert = ? AND g.closed_at IS NULL', alertId).map(parse),
    /** Statuses of the group's open alerts, each once. */
    statuses: (groupId: string): AlertStatus[] =>
      sql
        .all<{ status: AlertStatus }>(`SELECT DISTINCT json_extract(a.body, '$.status') AS status FROM alerts a JOIN alert_group_members m ON m.alert = a.id WHERE m.grp = ? AND a.closed_at IS NULL`, groupId)
        .map(({ status }) => status),
  };
}
export type AlertGroupStore = ReturnType<typeof alertGroupStore>;
