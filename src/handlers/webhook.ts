import { timingSafeEqual, createHash } from 'node:crypto';
import * as z from 'zod';
import type { WebhookSecret } from '../domain/model';
import type { Ports } from '../ports';
import { noteWebhook } from '../usecases/pulse';
import { receiveAlertHint } from '../usecases/receive-webhook';
import { secretsOf } from '../usecases/webhook-secret';
import { logFailure } from './as-result';
import { compose } from './compose';
import { hintOf, organizationOf } from './hook-payload';
import { parseBounded } from './json';
import { isPaused } from './license';
import { createWindow } from './window';

const MAX_BYTES = 256 * 1024;

const requestSchema = z.object({
  method: z.string().optional(),
  headers: z.record(z.string(), z.array(z.string())).default({}),
  body: z.string().default(''),
  userPath: z.string().default(''),
  queryParameters: z.record(z.string(), z.array(z.string())).default({}),
});
type WebhookRequest = z.output<typeof requestSchema>;
interface WebhookAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string[]>;
  readonly body: string;
}

const eventSchema = z.object({ event: z.string() });
const NOT_ACTED_ON = new Set(['alertGroup', 'hostRegister', 'hostRetire', 'hostStatus', 'monitorCreate', 'monitorUpdate', 'monitorDelete']);

function answer(statusCode: number, body: Record<string, string>, headers: Record<string, string[]> = {}): WebhookAnswer {
  return { statusCode, headers: { 'Content-Type': ['application/json'], ...headers }, body: JSON.stringify(body) };
}
const tooMany = (restMs: number): WebhookAnswer => answer(429, { error: 'Too many requests. Please send it again later.' }, { 'Retry-After': [String(Math.max(1, Math.ceil(restMs / 1000)))] });

function offeredSecret(request: WebhookRequest): string {
  const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1][0] ?? '';
  if (/^basic /i.test(header)) {
    const decoded = Buffer.from(header.slice(6), 'base64').toString('utf8');
    return decoded.slice(decoded.indexOf(':') + 1);
  }
  return request.queryParameters['secret']?.[0] ?? request.userPath.replace(/^\/+|\/+$/g, '');
}

interface Key {
  readonly name: WebhookSecret;
  readonly digest: Buffer;
  /** Epoch ms, exclusive; null: without end. */
  readonly until: number | null;
}
interface Door {
  readonly keys: readonly Key[];
  readonly conn: string;
  readonly orgName: string | null;
  readonly readAt: number;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** The secret that was offered. Digests have one length and all are compared: it takes the same time whatever was offered. */
function fitting(offered: string, door: Door, now: number): WebhookSecret | null {
  const given = digest(offered);
  const fit = door.keys.filter((key) => timingSafeEqual(given, key.digest));
  return fit.find(({ until }) => until === null || now < until)?.name ?? null;
}

/** An acceptable request, with what came with it. */
interface Delivery {
  readonly door: Door;
  readonly secret: WebhookSecret;
  readonly installation: string;
}

/** Deliveries turned away since the last that was kept, by installation; told with the next one. */
const turnedAway = new Map<string, { limited: number; foreign: number }>();
function turnAway(installation: string, why: 'limited' | 'foreign'): void {
  const known = turnedAway.get(installation) ?? { limited: 0, foreign: 0 };
  turnedAway.set(installation, { ...known, [why]: known[why] + 1 });
}

const SAMPLE_MS = 1_000;
/** One test notification a second is noted; each costs storage. */
const samples = createWindow(SAMPLE_MS, 1);

/**
 * Deliveries whose hint this warm instance stored within the last minute: the very same one again tells nothing that the look
 * to come does not find. By installation, secret and body; values are epoch ms.
 */
const stored = new Map<string, number>();
const SAME_MS = 60_000;
const STORED_AT_MOST = 2_000;
function keepStored(delivery: string, now: number): void {
  stored.delete(delivery);
  stored.set(delivery, now);
  if (stored.size > STORED_AT_MOST) stored.delete(stored.keys().next().value ?? '');
}
const isStored = (delivery: string, now: number): boolean => Math.abs(now - (stored.get(delivery) ?? -Infinity)) < SAME_MS;

async function accept(ports: Ports, { door, secret, installation }: Delivery, value: unknown, body: string): Promise<WebhookAnswer> {
  const event = eventSchema.safeParse(value);
  if (!event.success) return answer(400, { error: 'The body has no event.' });
  const now = ports.clock.now();
  if (event.data.event === 'sample') {
    if (samples.take(`${installation}:${secret}`, now) === null) await noteWebhook(ports, door.conn, now, secret);
    return answer(202, { note: 'Received.' });
  }
  if (event.data.event !== 'alert') {
    return answer(202, { note: NOT_ACTED_ON.has(event.data.event) ? 'Received.' : 'This event is not known and was not acted on.' });
  }
  const hint = hintOf(value, door.conn, now);
  if (hint === null) return answer(400, { error: 'The alert has no usable id.' });
  const orgName = organizationOf(value);
  if (door.orgName !== null && orgName !== null && orgName !== door.orgName) {
    turnAway(installation, 'foreign');
    return answer(202, { note: 'This alert is of another organization and was not acted on.' });
  }
  const delivery = `${installation} ${door.conn} ${secret} ${digest(body).toString('base64')}`;
  const more = turnedAway.get(installation);
  // Without a time of the change, the same words may tell that it happened again.
  if (more === undefined && hint.changedAt > 0 && isStored(delivery, now)) return answer(202, { note: 'Received.' });
  await receiveAlertHint(ports, { ...hint, secret, ...(more === undefined ? {} : { turnedAway: more }) });
  keepStored(delivery, now);
  if (turnedAway.get(installation) === more) turnedAway.delete(installation);
  return answer(202, { note: 'Received.' });
}

const REMEMBERED_MS = 60_000;
/** What rarely changes is remembered on a warm instance, by installation; a secret that does not fit is looked up again. */
const doors = new Map<string, Door>();
const MINUTE_MS = 60_000;
/** A little less than the platform lets through, so that whoever is refused is told when to come again. */
const knocks = createWindow(MINUTE_MS, 6_000);
/** Looking a secret up costs storage: more strangers than that a minute wait. */
const lookUps = createWindow(MINUTE_MS, 120);

async function readDoor(ports: Ports, installation: string): Promise<Door | null> {
  const settings = await ports.settings.load();
  if (settings === null) return null;
  const accepted = await secretsOf(ports, settings.value);
  const keys = accepted.map(({ name, secret, until }) => ({ name, digest: digest(secret), until }));
  const door = { keys, conn: settings.value.conn, orgName: settings.value.orgName, readAt: ports.clock.now() };
  doors.set(installation, door);
  return door;
}

/** Who may come in; a number: ms after which to look again. null: the secret opens nothing. */
async function open(ports: Ports, installation: string, offered: string): Promise<Delivery | number | null> {
  const now = ports.clock.now();
  const known = doors.get(installation);
  const fresh = known !== undefined && Math.abs(now - known.readAt) < REMEMBERED_MS;
  const secret = fresh ? fitting(offered, known, now) : null;
  if (fresh && secret !== null) return { door: known, secret, installation };
  const rest = lookUps.take(installation, now);
  if (rest !== null) return rest;
  const door = await readDoor(ports, installation);
  const found = door === null ? null : fitting(offered, door, now);
  return door === null || found === null ? null : { door, secret: found, installation };
}

/**
 * Mackerel's webhook: checks the secret, keeps the hint, answers at once. Nothing is stored of what is refused, nor while the app
 * is paused: the look at Mackerel after that finds what is missing.
 */
export async function webhook(raw: unknown, context?: { readonly installContext?: string }): Promise<WebhookAnswer> {
  const parsed = requestSchema.safeParse(raw);
  if (!parsed.success) return answer(400, { error: 'The request could not be read.' });
  const request = parsed.data;
  const installation = context?.installContext ?? '';
  try {
    const { ports } = compose();
    const rest = knocks.take(installation, ports.clock.now());
    const delivery = rest ?? (await open(ports, installation, offeredSecret(request)));
    if (typeof delivery === 'number') {
      turnAway(installation, 'limited');
      return tooMany(delivery);
    }
    if (delivery === null) return answer(401, { error: 'The secret is missing or wrong.' });
    if (isPaused(context)) return answer(202, { note: 'The license of the app is not active. Nothing was stored.' });
    if (Buffer.byteLength(request.body) > MAX_BYTES) return answer(413, { error: 'The body is too large.' });
    const json = parseBounded(request.body);
    if (json === 'too-deep') return answer(400, { error: 'The body is nested too deeply.' });
    if (json === 'not-json') return answer(400, { error: 'The body is not JSON.' });
    return await accept(ports, delivery, json.value, request.body);
  } catch (error) {
    logFailure('webhook', error);
    return answer(503, { error: 'Not stored. Please send it again.' });
  }
}
