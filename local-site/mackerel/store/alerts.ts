import { newId } from '../ids';
import type { Alert, AlertLog } from '../model';
import type { Sql } from '../../core/sql';

interface Row {
  readonly seq: number;
  readonly body: string;
}
/** Alerts from before series and outdated thresholds have neither. */
const fromRow = (row: Row): Alert => ({ series: null, outdated: false, ...(JSON.parse(row.body) as Omit<Alert, 'series' | 'outdated'>), seq: row.seq });
const logFromRow = (row: Row): AlertLog => ({ ...(JSON.parse(row.body) as AlertLog), seq: row.seq });

/** A page of `rows`, with `nextId` only when more exist. */
export interface PageOf<T> {
  readonly rows: readonly T[];
  readonly nextId: string | null;
}
function page<T extends { readonly id: string }>(rows: readonly T[], limit: number): PageOf<T> {
  const shown = rows.slice(0, limit);
  return { rows: shown, nextId: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** An alert's subject is what it is about besides its monitor, as text. At most one alert is open per monitor and subject. */
export function alertStore(sql: Sql) {
  const get = (id: string): Alert | null => {
    const row = sql.one<Row>('SELECT seq, body FROM alerts WHERE id = ?', id);
    return row && fromRow(row);
  };
  return {
    get,
    openOf(monitorId: string, subject: string): Alert | null {
      const row = sql.one<Row>('SELECT seq, body FROM alerts WHERE monitor = ? AND subject = ? AND closed_at IS NULL', monitorId, subject);
      return row && fromRow(row);
    },
    openOfMonitor: (monitorId: string): Alert[] => sql.all<Row>('SELECT seq, body FROM alerts WHERE monitor = ? AND closed_at IS NULL ORDER BY seq', monitorId).map(fromRow),
    open: (): Alert[] => sql.all<Row>('SELECT seq, body FROM alerts WHERE closed_at IS NULL ORDER BY seq').map(fromRow),
    /** Newest opening first. `before` is an alert's id: only older ones. null: there is no such alert. */
    list(options: { readonly withClosed: boolean; readonly before: string | null; readonly limit: number }): PageOf<Alert> | null {
      const mark = options.before === null ? null : get(options.before);
      if (options.before !== null && mark === null) return null;
      const where = [options.withClosed ? '1' : 'closed_at IS NULL', mark ? '(opened_at, seq) < (?, ?)' : '1'].join(' AND ');
      const rows = sql.all<Row>(`SELECT seq, body FROM alerts WHERE ${where} ORDER BY opened_at DESC, seq DESC LIMIT ?`, ...(mark ? [mark.openedAt, mark.seq] : []), options.limit + 1);
      return page(rows.map(fromRow), options.limit);
    },
    insert(alert: Omit<Alert, 'id' | 'seq'>, subject: string): Alert {
      const id = newId();
      const body = JSON.stringify({ ...alert, id });
      sql.run('INSERT INTO alerts (id, monitor, subject, host, opened_at, closed_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)', id, alert.monitorId, subject, alert.hostId, alert.openedAt, alert.closedAt, body);
      return get(id) as Alert;
    },
    save(alert: Alert): Alert {
      sql.run('UPDATE alerts SET closed_at = ?, body = ? WHERE id = ?', alert.closedAt, JSON.stringify(alert), alert.id);
      return alert;
    },
    addLog(alertId: string, log: Omit<AlertLog, 'id' | 'seq'>): void {
      const id = newId();
      sql.run('INSERT INTO alert_logs (id, alert, body) VALUES (?, ?, ?)', id, alertId, JSON.stringify({ ...log, id }));
    },
    /** Whether it ever was CRITICAL, or UNKNOWN, which counts as worse. */
    wasCritical: (alertId: string): boolean => sql.one(`SELECT 1 FROM alert_logs WHERE alert = ? AND json_extract(body, '$.status') IN ('CRITICAL', 'UNKNOWN')`, alertId) !== null,
    /** Newest first. null: `before` is no log of this alert. */
    logs(alertId: string, before: string | null, limit: number): PageOf<AlertLog> | null {
      const mark = before === null ? null : sql.one<Row>('SELECT seq, body FROM alert_logs WHERE alert = ? AND id = ?', alertId, before);
      if (before !== null && mark === null) return null;
      const rows = sql.all<Row>('SELECT seq, body FROM alert_logs WHERE alert = ? AND seq < ? ORDER BY seq DESC LIMIT ?', alertId, mark?.seq ?? Number.MAX_SAFE_INTEGER, limit + 1);
      return page(rows.map(logFromRow), limit);
    },
  };
}
export type AlertStore = ReturnType<typeof alertStore>;
