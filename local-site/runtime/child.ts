/**
 * The function process: loads the app's bundle as the platform's runtime does and runs its handlers side by side.
 * Everything they do to the outside goes to the site through the fork's channel.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { STATUS_CODES } from 'node:http';
import { loadCompiled, type Loaded } from './compiled';
import type { Ask, AskAnswer, ForgeMeta, FromChild, RuntimeContext, ToChild } from './protocol';

const bundleFile = process.argv[2] ?? '';
const RealDate = Date;
let offsetMs = 0;
const siteNow = (): number => RealDate.now() + offsetMs;
// The site's clock can be moved; functions must live in the same time.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget: new () => object) => Reflect.construct(target, args.length === 0 ? [siteNow()] : args, newTarget) as object,
  apply: () => new RealDate(siteNow()).toString(),
  get: (target, key, receiver) => (key === 'now' ? siteNow : (Reflect.get(target, key, receiver) as unknown)),
});

interface Invocation {
  readonly id: number;
  readonly runtime: unknown;
}
const invocations = new AsyncLocalStorage<Invocation>();
const waiting = new Map<number, { resolve(answer: Response): void; reject(error: Error): void }>();
let asks = 0;
const send = (message: FromChild): void => void process.send?.(message);

function ask(request: Ask): Promise<Response> {
  const invocation = invocations.getStore();
  if (invocation === undefined) return Promise.reject(new Error('Forge runtime not found.'));
  return new Promise((resolve, reject) => {
    const id = ++asks;
    waiting.set(id, { resolve, reject });
    send({ t: 'ask', ask: id, call: invocation.id, request });
  });
}
function settle(id: number, answer: AskAnswer): void {
  const pending = waiting.get(id);
  waiting.delete(id);
  if (pending === undefined) return;
  if ('error' in answer) {
    const error = Object.assign(new Error(answer.error.message), answer.error.status === undefined ? {} : { status: answer.error.status });
    error.name = answer.error.name;
    pending.reject(error);
    return;
  }
  const bytes = answer.base64 === undefined ? null : Buffer.from(answer.base64, 'base64');
  const bodiless = bytes === null && answer.body === '' || answer.status === 204 || answer.status === 205 || answer.status === 304;
  pending.resolve(new Response(bodiless ? null : (bytes ?? answer.body), { status: answer.status, statusText: STATUS_CODES[answer.status] ?? '', headers: answer.headers }));
}

/** What is no string is carried as bytes. */
async function carried(body: unknown): Promise<{ readonly body: string | null; readonly base64?: string }> {
  if (body === undefined || body === null || typeof body === 'string') return { body: body ?? null };
  return { body: null, base64: Buffer.from(await new Response(body as BodyInit).arrayBuffer()).toString('base64') };
}
const plain = (headers: Headers): Record<string, string> => Object.fromEntries(headers.entries());

interface Globals {
  __forge_fetch__(meta: ForgeMeta, path: string, init?: RequestInit): Promise<Response>;
  fetch: typeof fetch;
}
const globals = globalThis as unknown as Globals;
globals.__forge_fetch__ = async (meta, path, init) => {
  // The SDKs hand over plain objects, with undefined values: a real Headers object would send the word "undefined".
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries((init?.headers ?? {}) as Record<string, string | undefined>)) if (value !== undefined) headers[name.toLowerCase()] = value;
  return ask({ kind: 'forge', meta, path, method: init?.method ?? 'GET', headers, ...(await carried(init?.body)) });
};
globals.fetch = async (input, init) => {
  const request = new Request(input instanceof URL ? input.href : input, init);
  const body = request.body === null ? null : await request.text();
  const answer = ask({ kind: 'egress', url: request.url, method: request.method, headers: plain(request.headers), body });
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  return Promise.race([answer, new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))]);
};
Object.defineProperty(globalThis, '__forge_runtime__', { configurable: true, get: () => invocations.getStore()?.runtime });

const counter = { incr() {}, incrBy() {}, decr() {}, decrBy() {} };
const metrics = { counter: () => counter, timing: () => ({ measure: () => ({ stop() {} }) }), gauge: () => ({ set() {} }) };
function runtimeOf({ appCodeDir, ...context }: RuntimeContext, id: number, limitMs: number): unknown {
  const deadline = performance.now() + limitMs;
  return {
    ...context,
    container: { runtime: process.version, appCodeDir },
    proxy: { token: 'local', url: 'http://localhost' },
    lambdaContext: { awsRequestId: `local-${id}`, getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()) },
    tracing: { traceId: id.toString(16).padStart(16, '0'), spanId: id.toString(16).padStart(16, '0') },
    realtime: {},
    metrics,
    featureFlags: () => false,
  };
}

type Handler = (payload: unknown, context: unknown) => unknown;
let bundle: Loaded | null = null;
let handlers: Record<string, Handler> = {};
async function call(message: Extract<ToChild, { t: 'call' }>): Promise<void> {
  const { id } = message;
  try {
    const handler = Object.hasOwn(handlers, message.handler) ? handlers[message.handler] : undefined;
    if (typeof handler !== 'function') throw new Error(`The bundle does not export a function ${message.handler}.`);
    const runtime = runtimeOf(message.runtime, id, message.limitMs);
    const result = await invocations.run({ id, runtime }, async () => handler(message.payload, message.context));
    send({ t: 'done', id, result: JSON.stringify(result) });
    bundle?.keep();
  } catch (error) {
    const { name, message: text, stack } = error instanceof Error ? error : new Error(String(error));
    send({ t: 'failed', id, name, message: text, stack: stack ?? '' });
  }
}

process.on('message', (message: ToChild) => {
  switch (message.t) {
    case 'call':
      return void call(message);
    case 'answer':
      return settle(message.ask, message.answer);
    case 'clock':
      offsetMs = message.offsetMs;
      return;
    case 'ping':
      return send({ t: 'pong' });
  }
});
process.on('disconnect', () => process.exit(0));
// The platform's runtime outlives a promise nobody waited for; it only logs it.
process.on('unhandledRejection', (reason) => console.error('unhandled rejection', reason));
try {
  // After the globals above.
  bundle = loadCompiled(bundleFile);
  // Bundlers export through getters on the prototype-less namespace; read them once into own keys.
  handlers = Object.fromEntries(Object.entries(bundle.exports as Record<string, Handler>));
  send({ t: 'ready' });
} catch (error) {
  send({ t: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
