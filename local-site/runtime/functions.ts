/** Runs the app's functions in one child process that may die at any time. */
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { MovableClock } from '../core/clock';
import type { Faults } from '../core/faults';
import type { Limits } from '../core/limits';
import type { SiteLog } from '../core/log';
import type { Usage } from '../core/usage';
import type { Installation, License } from '../site-deps';
import type { Built } from './build';
import type { Manifest } from './manifest';
import type { Ask, AskAnswer, FromChild, ToChild } from './protocol';
import { createReadable } from './readable';

/** One running call of a function, as the seams see it. */
export interface Invocation {
  readonly id: number;
  readonly functionKey: string;
  /** null: no user, as in web triggers, schedules, consumers and events. */
  readonly accountId: string | null;
  /** How many queue events led to this one. */
  readonly depth: number;
}
export interface Call {
  readonly functionKey: string;
  readonly payload: unknown;
  readonly accountId: string | null;
  readonly moduleKey: string;
  readonly moduleType: string;
  /** ms. */
  readonly limitMs: number;
  /** For faults and the log: the resolver verb. */
  readonly detail?: string;
  readonly depth?: number;
}
/** Why an invocation gave no result; `name` is the platform's word for it. */
export class FunctionFailure extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}
export interface Functions {
  /** The function's JSON result. Throws FunctionFailure. */
  invoke(call: Call): Promise<unknown>;
  readonly inFlight: number;
  /** Kills the process at once; the next call gets a new one. */
  kill(): void;
  stop(): Promise<void>;
}
export interface FunctionsOptions {
  readonly built: Built;
  readonly manifest: Manifest;
  readonly installation: Installation;
  readonly license: () => License | null;
  readonly limits: Limits;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly usage: Usage;
  readonly log: SiteLog;
  /** Answers what a function asks of the outside; null: it is never answered. */
  readonly onAsk: (invocation: Invocation, ask: Ask) => Promise<AskAnswer | null>;
}
interface Running {
  readonly invocation: Invocation;
  readonly timer: NodeJS.Timeout;
  resolve(result: string | undefined): void;
  reject(error: FunctionFailure): void;
}
interface Process {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly running: Map<number, Running>;
  answered: boolean;
}
const STUCK_MS = 2_000;

export function createFunctions(options: FunctionsOptions): Functions {
  const { built, manifest, installation, limits, clock, faults, usage, log } = options;
  const readable = createReadable(built.bundle);
  let current: Process | null = null;
  let stopped = false;
  let ids = 0;
  let inFlight = 0;

  function start(): Process {
    const { PATH, APP_NODE } = process.env;
    const variables = Object.entries(process.env).filter(([name]) => name.startsWith('FORGE_USER_VAR_'));
    const env = { ...(PATH === undefined ? {} : { PATH }), TZ: 'UTC', NODE_ENV: 'production', ...Object.fromEntries(variables) };
    const child = fork(built.child, [built.bundle], {
      execPath: APP_NODE ?? process.execPath,
      execArgv: [],
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const running = new Map<number, Running>();
    for (const [level, stream] of [['log', child.stdout], ['error', child.stderr]] as const) {
      if (stream) createInterface({ input: stream }).on('line', (text) => log.app({ at: clock.now(), level, text: readable(text) }));
    }
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromChild) => {
        if (message.t === 'ready') resolve();
        else if (message.t === 'broken') reject(new FunctionFailure('FUNCTION_LOAD_ERROR', message.message));
        else hear(process_, message);
      });
      child.on('exit', () => {
        if (current === process_) current = null;
        const crash = new FunctionFailure('FUNCTION_CRASHED', 'The function process ended before it answered.');
        reject(crash);
        for (const call of running.values()) call.reject(crash);
      });
      child.on('error', (error) => reject(new FunctionFailure('FUNCTION_LOAD_ERROR', error.message)));
    });
    ready.catch(() => undefined);
    const process_: Process = { child, ready, running, answered: true };
    if (clock.offsetMs !== 0) post(process_, { t: 'clock', offsetMs: clock.offsetMs });
    return process_;
  }
  const post = ({ child }: Process, message: ToChild): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  clock.onChange((offsetMs) => current && post(current, { t: 'clock', offsetMs }));

  function hear(from: Process, message: FromChild): void {
    switch (message.t) {
      case 'ask': {
        const call = from.running.get(message.call);
        // The platform freezes what goes on after the return: such a request is never sent.
        if (call === undefined) return log.app({ at: clock.now(), level: 'error', text: 'a function called out after it had ended; the platform would not send this' });
        void options
          .onAsk(call.invocation, message.request)
          .catch((error: unknown): AskAnswer => ({ error: { name: 'SiteError', message: error instanceof Error ? error.message : String(error) } }))
          .then((answer) => answer && post(from, { t: 'answer', ask: message.ask, answer }));
        return;
      }
      case 'done':
        return from.running.get(message.id)?.resolve(message.result);
      case 'failed':
        log.app({ at: clock.now(), level: 'error', text: readable(message.stack) || `${message.name}: ${message.message}` });
        return from.running.get(message.id)?.reject(new FunctionFailure(message.name, message.message));
      case 'pong':
        from.answered = true;
        return;
      default:
        return;
    }
  }

  function timedOut(at: Process, call: Call): FunctionFailure {
    at.answered = false;
    post(at, { t: 'ping' });
    // A busy loop blocks every other call too; only a kill ends it.
    setTimeout(() => at.answered || at.child.kill('SIGKILL'), STUCK_MS).unref();
    return new FunctionFailure('FUNCTION_TIME_OUT', `${call.functionKey} took longer than ${call.limitMs} ms.`);
  }

  async function run(call: Call): Promise<unknown> {
    const fn = manifest.functions.get(call.functionKey);
    if (fn === undefined) throw new FunctionFailure('FUNCTION_NOT_FOUND', `manifest.yml has no function ${call.functionKey}.`);
    if (stopped) throw new FunctionFailure('SITE_STOPPED', 'The site is stopping.');
    const at = (current ??= start());
    await at.ready;
    const { accountId } = call;
    const invocation: Invocation = { id: ++ids, functionKey: call.functionKey, accountId, depth: call.depth ?? 0 };
    const license = options.license();
    const licensed = license === null ? {} : { license };
    const about = { ari: `ari:cloud:ecosystem::installation/${installation.installationId}`, contexts: [installation.contextAri] };
    const text = await new Promise<string | undefined>((resolve, reject) => {
      const end = <T>(settle: (value: T) => void) => (value: T): void => {
        clearTimeout(timer);
        at.running.delete(invocation.id);
        settle(value);
      };
      const timer = setTimeout(() => at.running.get(invocation.id)?.reject(timedOut(at, call)), call.limitMs);
      at.running.set(invocation.id, { invocation, timer, resolve: end(resolve), reject: end(reject) });
      if (!at.child.connected) return end(reject)(new FunctionFailure('FUNCTION_CRASHED', 'The function process ended before it answered.'));
      post(at, {
        t: 'call',
        id: invocation.id,
        handler: fn.handler.split('.').at(-1) ?? fn.handler,
        payload: call.payload,
        context: { installContext: installation.contextAri, ...(accountId === null ? {} : { principal: { accountId } }), installation: about, ...licensed },
        runtime: {
          contextAri: installation.contextAri,
          ...(accountId === null ? {} : { aaid: accountId }),
          appCodeDir: built.codeDir,
          appContext: {
            appId: installation.appId,
            appVersion: installation.appVersion,
            environmentId: installation.environmentId,
            environmentType: installation.environmentType,
            installationId: installation.installationId,
            invocationId: `${invocation.id}`,
            functionKey: call.functionKey,
            moduleKey: call.moduleKey,
            moduleType: call.moduleType,
            installation: about,
            ...licensed,
            permissions: { scopes: manifest.scopes, external: { fetch: { backend: manifest.egress } } },
          },
        },
        limitMs: call.limitMs,
      });
    });
    if (text !== undefined && text.length > limits.payloadOut) throw new FunctionFailure('PAYLOAD_TOO_LARGE', `${call.functionKey} returned more than ${limits.payloadOut} bytes.`);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  async function faulted(call: Call): Promise<unknown> {
    const verdict = faults.strike('function', 'INVOKE', call.detail === undefined ? call.functionKey : `${call.functionKey}/${call.detail}`);
    if (verdict.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
    if (verdict.drop) throw new FunctionFailure('FUNCTION_TIME_OUT', `${call.functionKey} did not answer (fault).`);
    if (verdict.status !== null) throw new FunctionFailure('FUNCTION_FAILED', `${call.functionKey} failed with ${verdict.status} (fault).`);
    if (verdict.duplicate) await run(call);
    const result = await run(call);
    if (!verdict.kill) return result;
    current?.child.kill('SIGKILL');
    throw new FunctionFailure('FUNCTION_CRASHED', 'The function process ended before it answered.');
  }

  return {
    async invoke(call) {
      const began = performance.now();
      inFlight += 1;
      let failed = true;
      try {
        const result = await faulted(call);
        failed = false;
        return result;
      } finally {
        inFlight -= 1;
        usage.invocation(call.functionKey, performance.now() - began, failed);
      }
    },
    get inFlight() {
      return inFlight;
    },
    kill: () => void current?.child.kill('SIGKILL'),
    async stop() {
      stopped = true;
      const at = current;
      if (at === null) return;
      const gone = new Promise((resolve) => at.child.once('exit', resolve));
      if (at.child.connected) at.child.disconnect();
      const hard = setTimeout(() => at.child.kill('SIGKILL'), STUCK_MS);
      await gone;
      clearTimeout(hard);
    },
  };
}
