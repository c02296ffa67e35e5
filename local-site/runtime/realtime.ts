/** Realtime channels: signed tokens, scopes, fifty operations a second. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { windowLimit, type Limits } from '../core/limits';
import type { SiteCells } from '../core/store';
import type { Usage } from '../core/usage';
import type { RealtimeHub, RealtimeSubscription } from '../site-deps';
import type { SiteClock } from '../types';

interface TokenBody {
  /** Epoch seconds. */
  readonly exp: number;
  readonly channel: { readonly name: string };
  readonly claims: unknown;
  readonly permissions: readonly string[] | null;
}
export interface Realtime extends RealtimeHub {
  /** `expiresAt` in epoch seconds, as the vendor gives it; null: rate limited. */
  sign(channel: string, claims: unknown, permissions: readonly string[] | null): { readonly jwt: string; readonly expiresAt: number } | null;
  readonly subscribers: number;
  stop(): void;
}

const REPLAY_KEPT = 200;
/** The same claims in any key order give the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createRealtime(cells: SiteCells, clock: SiteClock, usage: Usage, limits: Limits): Realtime {
  const secret = cells.once('realtime-secret', () => randomBytes(32).toString('hex'));
  const operations = windowLimit(1_000, limits.realtimePerSecond);
  const signature = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const live = new Set<{ readonly stream: string; readonly expires: number | null; readonly to: RealtimeSubscription }>();
  const recent: { stream: string; payload: string; eventId: string; eventTimestamp: number }[] = [];

  const operation = (): boolean => {
    usage.realtime();
    return operations.take(1);
  };
  function read(token: string): TokenBody | string {
    const [head, body, sign] = token.split('.');
    if (head === undefined || body === undefined || sign === undefined) return 'INVALID_TOKEN';
    const given = Buffer.from(sign, 'base64url');
    const right = signature(`${head}.${body}`);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'INVALID_TOKEN';
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as TokenBody;
  }
  /** The stream a message or a subscriber belongs to: who holds another token, or none, is on another one. */
  function streamOf(at: { channel: string; isGlobal: boolean; token: string | null; scope: string }, permission: string): { stream: string; expires: number | null } | string {
    const base = at.isGlobal ? `global\n${at.channel}` : `scoped\n${at.scope}\n${at.channel}`;
    if (at.token === null) return { stream: base, expires: null };
    const body = read(at.token);
    if (typeof body === 'string') return body;
    if (clock.now() / 1000 >= body.exp) return 'TOKEN_EXPIRED';
    if (body.channel.name !== at.channel) return 'CHANNEL_NAME_MISMATCH';
    if (body.permissions !== null && !body.permissions.includes(permission)) return 'MISSING_PERMISSION';
    return { stream: `${base}\n${canonical(body.claims)}`, expires: body.exp };
  }
  const sweep = setInterval(() => {
    for (const entry of live) {
      if (entry.expires === null || clock.now() / 1000 < entry.expires) continue;
      live.delete(entry);
      entry.to.onRefused('TOKEN_EXPIRED');
    }
  }, 1_000).unref();

  return {
    sign(channel, claims, permissions) {
      if (!operation()) return null;
      const exp = Math.floor(clock.now() / 1000) + limits.realtimeTokenSeconds;
      const body: TokenBody = { exp, channel: { name: channel }, claims, permissions };
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(body)}`;
      return { jwt: `${text}.${signature(text).toString('base64url')}`, expiresAt: exp };
    },
    publish({ payload, ...at }) {
      if (!operation()) return { eventId: null, eventTimestamp: null, errors: [{ message: 'RATE_LIMIT_EXCEEDED' }] };
      const found = streamOf(at, 'publish');
      if (typeof found === 'string') return { eventId: null, eventTimestamp: null, errors: [{ message: found }] };
      const message = { stream: found.stream, payload, eventId: randomUUID(), eventTimestamp: clock.now() };
      recent.push(message);
      if (recent.length > REPLAY_KEPT) recent.shift();
      let heard = false;
      for (const entry of live) {
        if (entry.stream !== found.stream || (entry.expires !== null && clock.now() / 1000 >= entry.expires)) continue;
        heard = true;
        entry.to.onEvent(payload, message);
      }
      return heard ? { eventId: message.eventId, eventTimestamp: message.eventTimestamp } : { eventId: null, eventTimestamp: null };
    },
    subscribe(to) {
      const found = operation() ? streamOf(to, 'subscribe') : 'RATE_LIMIT_EXCEEDED';
      if (typeof found === 'string') {
        to.onRefused(found);
        return { unsubscribe: () => undefined };
      }
      const entry = { ...found, to };
      live.add(entry);
      const since = clock.now() - to.replaySeconds * 1000;
      for (const message of recent) if (message.stream === found.stream && message.eventTimestamp > since) to.onEvent(message.payload, message);
      return { unsubscribe: () => void live.delete(entry) };
    },
    get subscribers() {
      return live.size;
    },
    stop: () => clearInterval(sweep),
  };
}
