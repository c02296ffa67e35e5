import { timingSafeEqual, createHash } from 'node:crypto';
import * as z from 'zod';
import type { Ports } from '../ports';
import { receiveAlertHint } from '../usecases/receive-webhook';
import { logFailure } from './as-result';
import { compose } from './compose';

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

/** Only what is needed to know where to look; unknown keys are welcome, Mackerel adds some at any time. */
const alertSchema = z.object({
  alert: z.object({
    id: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
    isOpen: z.boolean().optional(),
    openedAt: z.number().nullish(),
    closedAt: z.number().nullish(),
    statusChangedAt: z.number().nullish(),
  }),
});

const eventSchema = z.object({ event: z.string() });
const NOT_ACTED_ON = new Set(['sample', 'alertGroup', 'hostRegister', 'hostRetire', 'hostStatus', 'monitorCreate', 'monitorUpdate', 'monitorDelete']);

function answer(statusCode: number, body: Record<string, string>): WebhookAnswer {
  return { statusCode, headers: { 'Content-Type': ['application/json'] }, body: JSON.stringify(body) };
}

function offeredSecret(request: WebhookRequest): string {
  const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1][0] ?? '';
  if (/^basic /i.test(header)) {
    const decoded = Buffer.from(header.slice(6), 'base64').toString('utf8');
    return decoded.slice(decoded.indexOf(':') + 1);
  }
  return request.queryParameters['secret']?.[0] ?? request.userPath.replace(/^\/+|\/+$/g, '');
}

/** Digests have one length, so the comparison takes the same time whatever was offered. */
function sameSecret(offered: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(expected));
}

function parseJson(body: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return null;
  }
}

async function accept(ports: Ports, conn: string, value: unknown): Promise<WebhookAnswer> {
  const event = eventSchema.safeParse(value);
  if (!event.success) return answer(400, { error: 'The body has no event.' });
  if (event.data.event !== 'alert') {
    return answer(202, { note: NOT_ACTED_ON.has(event.data.event) ? 'Received.' : 'This event is not known and was not acted on.' });
  }
  const parsed = alertSchema.safeParse(value);
  if (!parsed.success) return answer(400, { error: 'The alert has no usable id.' });
  const { alert } = parsed.data;
  const seconds = alert.statusChangedAt ?? alert.closedAt ?? alert.openedAt ?? 0;
  await receiveAlertHint(ports, {
    schema: 1, conn, alertId: alert.id, receivedAt: ports.clock.now(), changedAt: seconds * 1000, open: alert.isOpen ?? true,
  });
  return answer(202, { note: 'Received.' });
}

interface Door {
  readonly secret: string;
  readonly conn: string;
  readonly readAt: number;
}
const REMEMBERED_MS = 60_000;
/** What rarely changes is remembered on a warm instance, by installation; a secret that does not fit is looked up again. */
const doors = new Map<string, Door>();

async function readDoor(ports: Ports, installation: string): Promise<Door | null> {
  const [secret, settings] = await Promise.all([ports.settings.secret('webhook'), ports.settings.load()]);
  if (secret === null || settings === null) return null;
  const door = { secret, conn: settings.value.conn, readAt: ports.clock.now() };
  doors.set(installation, door);
  return door;
}

/** The connection whose secret was offered; null: none. */
async function open(ports: Ports, installation: string, offered: string): Promise<string | null> {
  const known = doors.get(installation);
  const fresh = known !== undefined && Math.abs(ports.clock.now() - known.readAt) < REMEMBERED_MS;
  if (fresh && sameSecret(offered, known.secret)) return known.conn;
  const door = await readDoor(ports, installation);
  return door !== null && sameSecret(offered, door.secret) ? door.conn : null;
}

/** Mackerel's webhook: checks the secret, keeps the hint, answers at once. Nothing is stored of what is refused. */
export async function webhook(raw: unknown, context?: { readonly installContext?: string }): Promise<WebhookAnswer> {
  const parsed = requestSchema.safeParse(raw);
  if (!parsed.success) return answer(400, { error: 'The request could not be read.' });
  const request = parsed.data;
  try {
    const { ports } = compose();
    const conn = await open(ports, context?.installContext ?? '', offeredSecret(request));
    if (conn === null) return answer(401, { error: 'The secret is missing or wrong.' });
    if (Buffer.byteLength(request.body) > MAX_BYTES) return answer(413, { error: 'The body is too large.' });
    const json = parseJson(request.body);
    if (json === null) return answer(400, { error: 'The body is not JSON.' });
    return await accept(ports, conn, json.value);
  } catch (error) {
    logFailure('webhook', error);
    return answer(503, { error: 'Not stored. Please send it again.' });
  }
}
