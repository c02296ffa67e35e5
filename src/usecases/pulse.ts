/** The pulse of a connection, kept beside the intake. One write at most for each call; what fails here is nobody's failure. */
import { AppFailure } from '../domain/failure';
import type { WebhookSecret } from '../domain/model';
import { failedLook, heardWebhook, looked, NO_PULSE, type Look, type Pulse } from '../domain/pulse';
import { MackerelError, type Ports } from '../ports';
import { mackerelFailure } from './mackerel-failure';

const pulseKey = (conn: string): string => `pulse:${conn}`;
const TRIES = 3;

export async function pulseOf(ports: Ports, conn: string): Promise<Pulse> {
  return (await ports.cells.get<Pulse>(pulseKey(conn)))?.value ?? NO_PULSE;
}

async function note(ports: Ports, conn: string, change: (pulse: Pulse) => Pulse): Promise<void> {
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const row = await ports.cells.get<Pulse>(pulseKey(conn));
      const known = row?.value ?? NO_PULSE;
      const next = change(known);
      if (next === known || (await ports.cells.put(pulseKey(conn), 'pulse', next, row?.ver ?? null))) return;
    }
  } catch {
    // Storage is in trouble: whoever called meets that too, and says so.
  }
}

/** A delivery came that leaves no hint, e.g. a test notification. `at`: epoch ms. */
export const noteWebhook = (ports: Ports, conn: string, at: number, secret: WebhookSecret): Promise<void> => note(ports, conn, (pulse) => heardWebhook(pulse, at, secret));

/** A look at Mackerel, with the hints it answers: they are the webhooks that were heard. */
export const notePoll = (ports: Ports, conn: string, look: Look): Promise<void> => note(ports, conn, (pulse) => looked(pulse, look));

/** A scheduled look at everything came to its end. */
export const noteReconcile = (ports: Ports): Promise<void> => ofConnection(ports, (conn) => note(ports, conn, (pulse) => (pulse.pollAt === null ? pulse : { ...pulse, reconcileAt: ports.clock.now() })));

/** A look failed, in part or whole. */
export const noteFailure = (ports: Ports, error: unknown): Promise<void> =>
  ofConnection(ports, async (conn) => {
    const kind = error instanceof MackerelError ? error.kind : null;
    const failure = mackerelFailure(error);
    const { code, messageKey } = failure instanceof AppFailure ? failure : new AppFailure('internal');
    await note(ports, conn, (pulse) => failedLook(pulse, { at: ports.clock.now(), code, messageKey }, { key: kind === 'key', limited: kind === 'rate' }));
  });

async function ofConnection(ports: Ports, work: (conn: string) => Promise<void>): Promise<void> {
  const row = await ports.settings.load().catch(() => null);
  if (row !== null) await work(row.value.conn);
}
