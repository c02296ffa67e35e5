import type { Hint } from '../domain/model';
import type { Ports } from '../ports';

/** After this long a "pending" flag whose push was lost is pushed again. */
const FLAG_STALE_MS = 30_000;
/** Alerts come in bursts: a drain begins this long after it was asked for and takes them together. */
const GATHER_SECONDS = 1;
/** Kept clear of the drain's beginning, for clocks and for a storage that is slow. */
const GATHER_MARGIN_MS = 250;
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

/** True when this call pushed; false when somebody else's push stands, or the platform refused this one. */
async function request(ports: Ports, conn: string, key: string, delaySeconds: number): Promise<boolean> {
  const now = ports.clock.now();
  const flag: DrainFlag = { until: now + (delaySeconds > GATHER_SECONDS ? delaySeconds * 1000 : FLAG_STALE_MS) };
  if (await ports.cells.put(key, 'drain-flag', flag, null)) {
    if (await ports.queue.request(conn, delaySeconds)) return true;
    await ports.cells.remove(key);
    return false;
  }
  const known = await ports.cells.get<DrainFlag>(key);
  if (known === null || known.value.until > now) return false;
  return (await ports.cells.put(key, 'drain-flag', flag, known.ver)) && (await ports.queue.request(conn, delaySeconds));
}

/** Called first by a drain: hints that come from now on ask for another one. */
export async function drainStarts(ports: Ports, conn: string): Promise<void> {
  await ports.cells.remove(flagKey(conn));
}

/** Epoch ms before which the drain this warm instance pushed cannot have begun, by connection. */
const gathering = new Map<string, number>();

/**
 * Stores the hint and sees that somebody will look. Duplicates overwrite each other. While a drain this instance asked for
 * is still to begin, a stored hint is all it takes; the flag is for what other instances asked for.
 */
export async function receiveAlertHint(ports: Ports, hint: Hint): Promise<void> {
  await ports.hints.put(hint);
  const asked = ports.clock.now();
  const begins = gathering.get(hint.conn) ?? 0;
  // A clock that was set back would make "still to begin" last too long.
  if (asked < begins && begins - asked <= GATHER_SECONDS * 1000) return;
  if (await request(ports, hint.conn, flagKey(hint.conn), GATHER_SECONDS)) gathering.set(hint.conn, asked + GATHER_SECONDS * 1000 - GATHER_MARGIN_MS);
}
