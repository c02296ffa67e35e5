import type { Hint } from '../domain/model';
import type { Ports } from '../ports';

/** After this long a "pending" flag whose push was lost is pushed again. */
const FLAG_STALE_MS = 30_000;
interface DrainFlag {
  /** Epoch ms until which the flag speaks for a drain that is on its way. */
  readonly until: number;
}
const flagKey = (conn: string): string => `drain-pending:${conn}`;

/** Asks for a drain now unless one is already asked for. A refused push is no loss: the sweeper drains. */
export async function requestDrain(ports: Ports, conn: string): Promise<void> {
  await request(ports, conn, flagKey(conn), 0);
}

/** Asks for one more look after a while; does not hold back a drain that is wanted sooner. */
export async function requestDrainLater(ports: Ports, conn: string, delaySeconds: number): Promise<void> {
  await request(ports, conn, `drain-later:${conn}`, delaySeconds);
}

async function request(ports: Ports, conn: string, key: string, delaySeconds: number): Promise<void> {
  const now = ports.clock.now();
  const flag: DrainFlag = { until: now + (delaySeconds > 0 ? delaySeconds * 1000 : FLAG_STALE_MS) };
  if (await ports.cells.put(key, 'drain-flag', flag, null)) {
    if (!(await ports.queue.request(conn, delaySeconds))) await ports.cells.remove(key);
    return;
  }
  const known = await ports.cells.get<DrainFlag>(key);
  if (known === null || known.value.until > now) return;
  if (await ports.cells.put(key, 'drain-flag', flag, known.ver)) await ports.queue.request(conn, delaySeconds);
}

/** Called first by a drain: hints that come from now on ask for another one. */
export async function drainStarts(ports: Ports, conn: string): Promise<void> {
  await ports.cells.remove(flagKey(conn));
}

/** Stores the hint and sees that somebody will look. Duplicates overwrite each other. */
export async function receiveAlertHint(ports: Ports, hint: Hint): Promise<void> {
  await ports.hints.put(hint);
  await requestDrain(ports, hint.conn);
}
