import type { Hint } from '../domain/model';
import type { Ports } from '../ports';

/** After this long a "pending" flag whose push was lost is pushed again. */
const FLAG_STALE_MS = 30_000;
/** Alerts come in bursts: a drain begins this long after it was asked for and takes them together. */
const GATHER_SECONDS = 1;
/** Kept clear of the drain's beginning, for clocks and for a storage that is slow. */
const GATHER_MARGIN_MS = 250;
/** One that is to begin this soon may have begun: another one is asked for. */
const LATER_MARGIN_MS = 2_000;
const LATER_SLACK_MS = 1_000;
interface DrainFlag {
  /** Epoch ms until which the flag speaks for a drain that is on its way. */
  readonly until: number;
}
const flagKey = (conn: string): string => `drain-pending:${conn}`;

/** Asks for a drain now unless one is already asked for. A refused push is no loss: the sweeper drains. */
export async function requestDrain(ports: Ports, conn: string): Promise<void> {
  await request(ports, conn, 0);
}

const wholeKey = (conn: string): string => `whole:${conn}`;

/** The next look is at everything, whatever was hinted. */
export async function oweWholeLook(ports: Ports, conn: string): Promise<void> {
  await ports.cells.put(wholeKey(conn), 'whole-look', { at: ports.clock.now() }, null);
}

/** Asks for a look at everything now. */
export async function requestWholeLook(ports: Ports, conn: string): Promise<void> {
  await oweWholeLook(ports, conn);
  await requestDrain(ports, conn);
}

/** True when a whole look was asked for; the asking is taken back, so that whoever takes it has to do it. */
export async function takeWholeLook(ports: Ports, conn: string): Promise<boolean> {
  if ((await ports.cells.get(wholeKey(conn))) === null) return false;
  await ports.cells.remove(wholeKey(conn));
  return true;
}

const laterKey = (conn: string): string => `drain-later:${conn}`;

/**
 * Asks for one more look after a while, unless one is to come at about that time; does not hold back a drain that is wanted
 * sooner. Noted after it was pushed: whoever dies in between costs a look too many and never one too few.
 */
export async function requestDrainLater(ports: Ports, conn: string, delaySeconds: number): Promise<void> {
  const now = ports.clock.now();
  const at = now + delaySeconds * 1000;
  const known = await ports.cells.get<DrainFlag>(laterKey(conn));
  if (known !== null && known.value.until > now + LATER_MARGIN_MS && known.value.until <= at + LATER_SLACK_MS) return;
  if (await ports.queue.request(conn, delaySeconds)) await ports.cells.put<DrainFlag>(laterKey(conn), 'drain-flag', { until: at }, known?.ver ?? null);
}

/** True when this call pushed; false when somebody else's push stands, or the platform refused this one. */
async function request(ports: Ports, conn: string, delaySeconds: number): Promise<boolean> {
  const now = ports.clock.now();
  const key = flagKey(conn);
  // A look begins by taking the flag of the next one away. Read first: while much comes in, it mostly stands.
  const known = await ports.cells.get<DrainFlag>(key);
  if (known !== null && known.value.until > now) return false;
  const raise = (): Promise<boolean> => ports.cells.put<DrainFlag>(key, 'drain-flag', { until: now + FLAG_STALE_MS }, known?.ver ?? null);
  if (delaySeconds > 0) return await requestSoon(ports, conn, delaySeconds, raise);
  if (!(await raise())) return false;
  if (await ports.queue.request(conn, 0)) return true;
  await ports.cells.remove(key);
  return false;
}

/**
 * Whoever sends waits for this: flag and push go side by side, as the drain begins later than a flag takes to be raised. Two at
 * once may both push; the second drain finds nothing to do.
 */
async function requestSoon(ports: Ports, conn: string, delaySeconds: number, raise: () => Promise<boolean>): Promise<boolean> {
  const began = ports.clock.now();
  const [raised, pushed] = await Promise.all([raise(), ports.queue.request(conn, delaySeconds)]);
  // So slow that the drain may have begun before the flag stood: it would speak for a drain that is over.
  const late = ports.clock.now() - began >= delaySeconds * 1000 - GATHER_MARGIN_MS;
  if (raised && (!pushed || late)) await ports.cells.remove(flagKey(conn));
  return pushed;
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
  const began = ports.clock.now();
  // Side by side: the drain begins later than a hint takes to be stored, or is asked for again.
  await Promise.all([ports.hints.put(hint), askForDrain(ports, hint.conn)]);
  if (ports.clock.now() - began >= GATHER_SECONDS * 1000 - GATHER_MARGIN_MS) await askForDrain(ports, hint.conn);
}

async function askForDrain(ports: Ports, conn: string): Promise<void> {
  const asked = ports.clock.now();
  const begins = gathering.get(conn) ?? 0;
  // A clock that was set back would make "still to begin" last too long.
  if (asked < begins && begins - asked <= GATHER_SECONDS * 1000) return;
  if (await request(ports, conn, GATHER_SECONDS)) gathering.set(conn, asked + GATHER_SECONDS * 1000 - GATHER_MARGIN_MS);
}
