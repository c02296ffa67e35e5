/**
 * Sends the outbox. A delivery answered 2xx is written down as delivered before anything else and is never sent again;
 * one without an answer is tried again, also after a restart. Mackerel publishes neither its time-out nor its retries nor
 * when it suspends a channel: all three are settings.
 */
import type { Delivery } from '../store/channels';
import type { World } from '../world';

export interface SenderSettings {
  readonly timeoutMs: number;
  /** Attempts per delivery, the first included. */
  readonly attempts: number;
  /** Wait before the second attempt; doubles each time up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Deliveries given up in a row before the channel is suspended. */
  readonly suspendAfter: number;
  readonly connections: number;
}
export const SENDER_DEFAULTS: SenderSettings = { timeoutMs: 5_000, attempts: 8, firstWaitMs: 500, longestWaitMs: 15_000, suspendAfter: 10, connections: 8 };

/** fetch refuses credentials inside a URL; they belong into the header. */
export function webhookRequest(channelUrl: string): { readonly url: string; readonly headers: Record<string, string> } {
  const url = new URL(channelUrl);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  return { url: url.href, headers };
}

type Outcome = { readonly status: number | null; readonly error: string | null };
async function post(channelUrl: string, body: string, timeoutMs: number): Promise<Outcome> {
  try {
    const { url, headers } = webhookRequest(channelUrl);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    // The status decides; waiting for the body would only widen the moment in which a crash forgets the answer.
    void answer.body?.cancel().catch(() => undefined);
    return { status: answer.status, error: answer.ok ? null : `HTTP ${answer.status}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: null, error: cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : 'network error' };
  }
}

export function sender(world: Pick<World, 'channels' | 'deliveries' | 'clock' | 'atomically'>, settings: SenderSettings) {
  /** Deliveries on the wire or waiting for their next attempt. */
  const busy = new Set<string>();
  const waits = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let onWire = 0;
  let stopping = false;
  let closed = false;
  const now = (): number => Math.floor(world.clock.now());

  /** Writes the answer down; true when the delivery is to be tried again. */
  function record(delivery: Delivery, outcome: Outcome): boolean {
    return world.atomically(() => {
      const channel = world.channels.get(delivery.channel);
      world.deliveries.tried(delivery.id, outcome.status, outcome.error);
      if (outcome.error === null) {
        world.deliveries.done(delivery.id, 'delivered', now());
        if (channel && channel.failures > 0) world.channels.save({ ...channel, failures: 0 });
        return false;
      }
      if (channel === null || channel.suspendedAt !== null) {
        world.deliveries.done(delivery.id, 'dropped', now());
        return false;
      }
      if (delivery.attempts + 1 < settings.attempts) return true;
      world.deliveries.done(delivery.id, 'failed', now());
      const failures = channel.failures + 1;
      const suspend = failures >= settings.suspendAfter;
      world.channels.save({ ...channel, failures, suspendedAt: suspend ? Math.floor(now() / 1000) : null });
      if (suspend) world.deliveries.dropAll(channel.id, now());
      return false;
    });
  }

  async function send(delivery: Delivery, url: string): Promise<void> {
    onWire += 1;
    const outcome = await post(url, delivery.payload, settings.timeoutMs);
    onWire -= 1;
    if (closed) return;
    if (!record(delivery, outcome)) {
      busy.delete(delivery.id);
      return kick();
    }
    if (stopping) return;
    const wait = setTimeout(() => {
      waits.delete(wait);
      busy.delete(delivery.id);
      kick();
    }, Math.min(settings.longestWaitMs, settings.firstWaitMs * 2 ** delivery.attempts));
    waits.add(wait);
    kick();
  }

  /** Starts what may be sent now: the oldest pending delivery of each lane. */
  function kick(): void {
    if (stopping || onWire >= settings.connections) return;
    for (const delivery of world.deliveries.heads()) {
      if (onWire >= settings.connections) return;
      if (busy.has(delivery.id)) continue;
      const channel = world.channels.get(delivery.channel);
      if (channel === null) {
        world.deliveries.done(delivery.id, 'dropped', now());
        continue;
      }
      busy.add(delivery.id);
      const work: Promise<void> = send(delivery, channel.url).finally(() => running.delete(work));
      running.add(work);
    }
  }

  return {
    kick,
    /** Waits for requests on the wire; what has no answer yet is sent again at the next start. */
    async close(): Promise<void> {
      stopping = true;
      for (const wait of waits) clearTimeout(wait);
      // Answers that come while closing are still written down.
      await Promise.race([Promise.allSettled([...running]), new Promise((done) => setTimeout(done, 500).unref())]);
      closed = true;
    },
  };
}
export type Sender = ReturnType<typeof sender>;
