/** Dispatches what a function asks of the outside, `__forge_fetch__` and `fetch` alike, with faults, usage and the log around it. */
import type { Faults, Verdict } from '../core/faults';
import type { OutsideCall, SiteLog } from '../core/log';
import type { Usage } from '../core/usage';
import type { Fault, ProductAnswer, ProductCall, ProductName, Products, SiteClock } from '../types';
import type { Egress } from './egress';
import type { Invocation } from './functions';
import type { Kvs } from './kvs';
import type { Ask, AskAnswer } from './protocol';
import type { Realtime } from './realtime';
import type { Stargate } from './stargate';

type ForgeAsk = Extract<Ask, { kind: 'forge' }>;
export interface ForgeFetchOptions {
  readonly products: Products;
  readonly kvs: Kvs;
  readonly realtime: Realtime;
  readonly stargate: Stargate;
  readonly egress: Egress;
  readonly faults: Faults;
  readonly usage: Usage;
  readonly log: SiteLog;
  readonly clock: SiteClock;
  /** Kills the function process. */
  readonly kill: () => void;
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}): AskAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const carried = ({ bytes, ...answer }: ProductAnswer): AskAnswer => ({ ...answer, headers: { ...answer.headers }, ...(bytes === undefined ? {} : { base64: Buffer.from(bytes).toString('base64') }) });
const proxyError = (status: number, code: string): AskAnswer => json(status, { code }, { 'forge-proxy-error': code });
const faultAnswer = (status: number): AskAnswer =>
  json(status, { code: status === 429 ? 'RATE_LIMIT_EXCEEDED' : 'FAULT', message: `fault ${status}` }, status === 429 ? { 'retry-after': '1' } : {});

export function createForgeFetch(options: ForgeFetchOptions): (invocation: Invocation, ask: Ask) => Promise<AskAnswer | null> {
  const { products, kvs, realtime, stargate, egress, faults, usage, log, clock } = options;

  /** Runs `perform` under the faults of `target`. null: the process was killed after the effect, nobody hears the answer. */
  async function under(
    invocation: Invocation,
    at: { target: OutsideCall['target']; fault: Fault['target'] | null; method: string; path: string },
    perform: (verdict: Verdict) => Promise<AskAnswer> | AskAnswer,
    /** Drop, duplicate and delay belong to the delivery, not to the call. */
    delivers = false,
  ): Promise<AskAnswer | null> {
    const verdict: Verdict = at.fault === null ? { status: null, delayMs: 0, drop: false, duplicate: false, kill: false, lose: false } : faults.strike(at.fault, at.method, at.path);
    const note = (status: number): void => log.outside({ at: clock.now(), function: invocation.functionKey, target: at.target, method: at.method, path: at.path, status });
    if (!delivers && verdict.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
    if (!delivers && verdict.drop) {
      note(0);
      return { error: { name: 'FetchError', message: `network failure (fault) on ${at.method} ${at.path}` } };
    }
    if (verdict.status !== null) {
      note(verdict.status);
      return faultAnswer(verdict.status);
    }
    if (!delivers && verdict.duplicate) await perform(verdict);
    const answer = await perform(verdict);
    note('error' in answer ? (answer.error.status ?? 0) : answer.status);
    if (!delivers && verdict.lose) return { error: { name: 'FetchError', message: `time-out (fault) on ${at.method} ${at.path}` } };
    if (!verdict.kill) return answer;
    options.kill();
    return null;
  }

  function product(invocation: Invocation, ask: ForgeAsk, name: ProductName): Promise<AskAnswer | null> {
    const { provider, accountId } = ask.meta;
    let as: ProductCall['as'];
    if (provider === 'app') as = { type: 'app' };
    else if (provider === 'none') as = { type: 'anonymous' };
    else {
      // asUser() needs the caller; asUser(id) of another account needs allowImpersonation, which no scope here grants.
      const id = accountId ?? invocation.accountId;
      if (id === null || id !== invocation.accountId) return Promise.resolve(proxyError(401, 'NEEDS_AUTHENTICATION_ERR'));
      as = { type: 'user', accountId: id };
    }
    const call: ProductCall = { product: name, as, via: 'function', method: ask.method.toUpperCase(), path: ask.path, headers: ask.headers, body: ask.body, ...(ask.base64 === undefined ? {} : { bytes: Buffer.from(ask.base64, 'base64') }) };
    return under(invocation, { target: name, fault: name, method: call.method, path: call.path }, async () => {
      const answer = await products.call(call);
      const { location } = answer.headers;
      // The platform follows to where a file's bytes are.
      if (answer.status !== 302 || location === undefined) return carried(answer);
      const { pathname, search } = new URL(location);
      return carried(await products.call({ product: name, as, via: 'function', method: 'GET', path: `${pathname}${search}`, headers: ask.headers, body: null }));
    });
  }

  function realtimeRequest(ask: ForgeAsk): AskAnswer {
    const { query = '', variables = {} } = JSON.parse(ask.body ?? '{}') as { query?: string; variables?: Record<string, unknown> };
    if (query.includes('publishRealtimeChannel')) {
      const { eventId, eventTimestamp, errors } = realtime.publish({
        channel: String(variables['name']),
        isGlobal: variables['isGlobal'] === true,
        token: typeof variables['token'] === 'string' ? variables['token'] : null,
        // A function's own scope would come with its UI context token, which web triggers and consumers do not have.
        scope: ask.headers['x-forge-context-token'] ?? '',
        payload: String(variables['payload']),
      });
      if (errors?.some(({ message }) => message === 'RATE_LIMIT_EXCEEDED')) return json(429, { message: 'RATE_LIMIT_EXCEEDED' });
      return errors ? json(200, { errors }) : json(200, { data: { ecosystem: { publishRealtimeChannel: { eventId, eventTimestamp } } } });
    }
    if (query.includes('signRealtimeToken')) {
      const permissions = Array.isArray(variables['permissions']) ? (variables['permissions'] as string[]) : null;
      const token = realtime.sign(String(variables['channelName']), variables['claims'] ?? {}, permissions);
      if (token === null) return json(429, { message: 'RATE_LIMIT_EXCEEDED' });
      return json(200, { data: { ecosystem: { signRealtimeToken: { success: true, errors: null, forgeRealtimeToken: token } } } });
    }
    log.unmodelled('realtime operation');
    return json(501, { message: 'This realtime operation is not modelled by the local site.' });
  }

  function forge(invocation: Invocation, ask: ForgeAsk): Promise<AskAnswer | null> {
    const { type, remote } = ask.meta;
    if (type === 'kvs') {
      return under(invocation, { target: 'kvs', fault: 'kvs', method: 'POST', path: ask.path }, () => {
        const { status, body } = kvs.request(ask.path, ask.body ?? '{}');
        return { status, headers: { 'content-type': 'application/json' }, body };
      });
    }
    if (type === 'fpp' && (remote === 'confluence' || remote === 'jira')) return product(invocation, ask, remote);
    if (type === 'fpp' && remote === 'stargate') {
      const queue = ask.path.startsWith('/webhook/queue/');
      const name = queue ? `${ask.path.split('/')[3] ?? ''} ${(JSON.parse(ask.body ?? '{}') as { queueName?: string }).queueName ?? ''}` : ask.path;
      const at = { target: queue ? 'queue' : 'stargate', fault: queue ? 'queue' : null, method: ask.method, path: name } as const;
      return under(invocation, at, (verdict) => stargate.request(ask.path, ask.body, invocation.depth, verdict), true);
    }
    if (type === 'realtime') {
      const operation = ask.body?.includes('signRealtimeToken') ? 'sign' : 'publish';
      return under(invocation, { target: 'realtime', fault: 'realtime', method: 'POST', path: operation }, () => realtimeRequest(ask));
    }
    const what = `forge ${type}${remote === undefined ? '' : `/${remote}`} ${ask.method} ${ask.path}`;
    log.unmodelled(what);
    return Promise.resolve(json(501, { code: 'NOT_MODELLED', message: `${what} is not modelled by the local site.` }));
  }

  return (invocation, ask) => {
    if (ask.kind === 'forge') return forge(invocation, ask);
    const destination = egress.destination(ask.url);
    const { to, path } = destination;
    if (to === 'mackerel') usage.mackerel();
    return under(invocation, { target: to, fault: to === 'blocked' ? null : to, method: ask.method, path }, () => egress.send(destination, ask));
  };
}
