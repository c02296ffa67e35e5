import type { Channel } from '../model';
import type { Sql } from '../../core/sql';

const parse = (row: { body: string }): Channel => JSON.parse(row.body) as Channel;

export function channelStore(sql: Sql) {
  return {
    get(id: string): Channel | null {
      const row = sql.one<{ body: string }>('SELECT body FROM channels WHERE id = ?', id);
      return row && parse(row);
    },
    all: (): Channel[] => sql.all<{ body: string }>('SELECT body FROM channels ORDER BY seq').map(parse),
    save(channel: Channel): Channel {
      sql.run('INSERT INTO channels (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body', channel.id, JSON.stringify(channel));
      return channel;
    },
    remove: (id: string): void => void sql.run('DELETE FROM channels WHERE id = ?', id),
  };
}
export type ChannelStore = ReturnType<typeof channelStore>;

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'dropped';
export interface Delivery {
  readonly seq: number;
  readonly id: string;
  readonly channel: string;
  /** Deliveries of one lane are sent in order. */
  readonly lane: string;
  readonly event: string;
  readonly payload: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Last HTTP status answered, null when none came. */
  readonly status: number | null;
  readonly error: string | null;
  readonly created_ms: number;
  readonly done_ms: number | null;
}

export function deliveryStore(sql: Sql) {
  return {
    add(delivery: Pick<Delivery, 'id' | 'channel' | 'lane' | 'event' | 'payload' | 'created_ms'>): void {
      const { id, channel, lane, event, payload, created_ms } = delivery;
      sql.run(`INSERT INTO deliveries (id, channel, lane, event, payload, state, created_ms) VALUES (?, ?, ?, ?, ?, 'pending', ?)`, id, channel, lane, event, payload, created_ms);
    },
    /** The oldest pending delivery of each lane, oldest first: those that may be sent now. */
    heads: (): Delivery[] => sql.all<Delivery>(`SELECT * FROM deliveries WHERE seq IN (SELECT MIN(seq) FROM deliveries WHERE state = 'pending' GROUP BY channel, lane) ORDER BY seq`),
    pending: (): number => sql.one<{ n: number }>(`SELECT COUNT(*) AS n FROM deliveries WHERE state = 'pending'`)?.n ?? 0,
    tried(id: string, status: number | null, error: string | null): void {
      sql.run('UPDATE deliveries SET attempts = attempts + 1, status = ?, error = ? WHERE id = ?', status, error, id);
    },
    done(id: string, state: DeliveryState, at: number): void {
      sql.run('UPDATE deliveries SET state = ?, done_ms = ? WHERE id = ?', state, at, id);
    },
    dropAll(channel: string, at: number): void {
      sql.run(`UPDATE deliveries SET state = 'dropped', done_ms = ? WHERE channel = ? AND state = 'pending'`, at, channel);
    },
    /** Newest first. */
    latest: (limit: number): Delivery[] => sql.all<Delivery>('SELECT * FROM deliveries ORDER BY seq DESC LIMIT ?', limit),
  };
}
export type DeliveryStore = ReturnType<typeof deliveryStore>;
