/** At-least-once deliveries that survive a crash: queue events and product events share it. */
import type { MovableClock } from '../core/clock';
import type { Limits } from '../core/limits';
import type { Database_ } from '../types';

export interface Delivery {
  readonly kind: 'queue' | 'event';
  readonly functionKey: string;
  /** Queue name or event type. */
  readonly name: string;
  readonly jobId: string;
  readonly eventId: string;
  /** JSON text of what the function receives, without retryContext. */
  readonly payload: string;
  /** ms from now. */
  readonly delayMs: number;
  readonly concurrency: { readonly key: string; readonly limit: number } | null;
  readonly depth: number;
}
export interface RetryContext {
  readonly retryCount: number;
  readonly retryReason: string;
  readonly retryData: unknown;
}
const SOON_MS = 20;
/** What running a delivery came to: done, or again after `afterMs` (null: the platform's own pause). */
export type Outcome = { readonly again: false } | { readonly again: true; readonly afterMs: number | null; readonly reason: string; readonly data: unknown };
interface Row {
  readonly id: number;
  readonly kind: Delivery['kind'];
  readonly function: string;
  readonly name: string;
  readonly job: string;
  readonly payload: string;
  readonly attempts: number;
  readonly retry: string | null;
  readonly ckey: string | null;
  readonly climit: number | null;
  readonly depth: number;
}
export interface Background {
  add(delivery: Delivery): void;
  /** Whether any runs, and when (epoch ms by the site's clock) the next that waits is due; null: none waits. */
  work(): { readonly running: boolean; readonly due: number | null };
  /** Deliveries waiting (also for a later time) or running, and those given up. */
  counts(kind: Delivery['kind']): { readonly pending: number; readonly failed: number };
  job(name: string, jobId: string): { readonly success: number; readonly inProgress: number; readonly failed: number } | null;
  cancel(name: string, jobId: string): boolean;
  start(): void;
  stop(): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS background (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, function TEXT NOT NULL, name TEXT NOT NULL, job TEXT NOT NULL,
  payload TEXT NOT NULL, due INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, retry TEXT, ckey TEXT, climit INTEGER, depth INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS background_due ON background (state, due, id);
CREATE TABLE IF NOT EXISTS background_jobs (name TEXT NOT NULL, job TEXT NOT NULL, success INTEGER NOT NULL, failed INTEGER NOT NULL, PRIMARY KEY (name, job)) WITHOUT ROWID;
`;

export function createBackground(
  db: Database_,
  clock: MovableClock,
  limits: Limits,
  run: (delivery: { kind: Delivery['kind']; functionKey: string; name: string; payload: string; depth: number; retry: RetryContext | null }) => Promise<Outcome>,
): Background {
  db.exec(SCHEMA);
  // What ran when the site died may or may not have had its effect: it runs again.
  db.exec("UPDATE background SET state = 'pending' WHERE state = 'running'");
  const insert = db.prepare(
    `INSERT INTO background (kind, function, name, job, payload, due, state, attempts, ckey, climit, depth) VALUES (?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?, ?)`,
  );
  const soonest = db.prepare("SELECT MIN(due) AS due FROM background WHERE state = 'pending'");
  const mark = db.prepare('UPDATE background SET state = ? WHERE id = ?');
  const again = db.prepare("UPDATE background SET state = 'pending', attempts = attempts + 1, due = ?, retry = ? WHERE id = ?");
  const remove = db.prepare('DELETE FROM background WHERE id = ?');
  const tally = db.prepare(
    `INSERT INTO background_jobs (name, job, success, failed) VALUES (?, ?, ?, ?)
     ON CONFLICT (name, job) DO UPDATE SET success = success + excluded.success, failed = failed + excluded.failed`,
  );
  const running = new Map<number, Row>();
  let on = false;
  let timer: NodeJS.Timeout | null = null;
  let pumping = false;

  const nextDue = (): number | null => (soonest.get([]) as { due: number | null }).due;
  function blockedKeys(): string[] {
    const uses = new Map<string, number>();
    for (const { ckey } of running.values()) if (ckey !== null) uses.set(ckey, (uses.get(ckey) ?? 0) + 1);
    return [...running.values()].flatMap(({ ckey, climit }) => (ckey !== null && (uses.get(ckey) ?? 0) >= (climit ?? 1) ? [ckey] : []));
  }
  function take(): Row | undefined {
    const blocked = [...new Set(blockedKeys())];
    const not = blocked.length === 0 ? '' : `AND (ckey IS NULL OR ckey NOT IN (${blocked.map(() => '?').join(',')}))`;
    return db
      .prepare(`SELECT id, kind, function, name, job, payload, attempts, retry, ckey, climit, depth FROM background WHERE state = 'pending' AND due <= ? ${not} ORDER BY due, id LIMIT 1`)
      .get([clock.now(), ...blocked]) as Row | undefined;
  }
  function pump(): void {
    if (!on || pumping) return;
    pumping = true;
    while (running.size < limits.concurrency) {
      const row = take();
      if (row === undefined) break;
      mark.run(['running', row.id]);
      running.set(row.id, row);
      void deliver(row);
    }
    pumping = false;
    arm();
  }
  function arm(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = nextDue();
    if (due === null) return;
    // What is due by now may have become so since `take` looked, or is blocked by a running one: soon again.
    timer = setTimeout(pump, Math.min(Math.max(due - clock.now(), SOON_MS), 2 ** 31 - 1)).unref();
  }
  async function deliver(row: Row): Promise<void> {
    const retry = row.retry === null ? null : (JSON.parse(row.retry) as RetryContext);
    const outcome = await run({ kind: row.kind, functionKey: row.function, name: row.name, payload: row.payload, depth: row.depth, retry });
    running.delete(row.id);
    // A stopping site leaves it marked as running; the next start takes it up.
    if (!on) return;
    if (!outcome.again) {
      tally.run([row.name, row.job, 1, 0]);
      remove.run([row.id]);
    } else if (row.attempts >= limits.retries) {
      tally.run([row.name, row.job, 0, 1]);
      mark.run(['failed', row.id]);
    } else {
      const context: RetryContext = { retryCount: row.attempts + 1, retryReason: outcome.reason, retryData: outcome.data };
      again.run([clock.now() + (outcome.afterMs ?? limits.retryMs * 2 ** row.attempts), JSON.stringify(context), row.id]);
    }
    pump();
  }
  clock.onChange(() => setImmediate(pump));

  return {
    add(delivery) {
      const { concurrency } = delivery;
      insert.run([
        delivery.kind, delivery.functionKey, delivery.name, delivery.jobId, delivery.payload,
        clock.now() + delivery.delayMs, concurrency?.key ?? null, concurrency?.limit ?? null, delivery.depth,
      ]);
      setImmediate(pump);
    },
    work: () => ({ running: running.size > 0, due: nextDue() }),
    counts(kind) {
      const rows = db.prepare('SELECT state, COUNT(*) AS n FROM background WHERE kind = ? GROUP BY state').all([kind]) as { state: string; n: number }[];
      const count = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
      return { pending: count('pending') + count('running'), failed: count('failed') };
    },
    job(name, jobId) {
      const done = db.prepare('SELECT success, failed FROM background_jobs WHERE name = ? AND job = ?').get([name, jobId]) as { success: number; failed: number } | undefined;
      const open = db.prepare("SELECT COUNT(*) AS n FROM background WHERE name = ? AND job = ? AND state <> 'failed'").get([name, jobId]) as { n: number };
      return done === undefined && open.n === 0 ? null : { success: done?.success ?? 0, inProgress: open.n, failed: done?.failed ?? 0 };
    },
    cancel: (name, jobId) => db.prepare("DELETE FROM background WHERE name = ? AND job = ? AND state = 'pending'").run([name, jobId]).changes > 0,
    start() {
      on = true;
      pump();
    },
    stop() {
      on = false;
      if (timer) clearTimeout(timer);
    },
  };
}
