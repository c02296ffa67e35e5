/**
 * Bodies and payloads bent out of shape, thrown at the web trigger and at every verb. FUZZ_SEED replays a run, FUZZ_RUNS makes
 * it longer. Nothing runs in the background meanwhile, so that whatever changes in storage is the doing of one call.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import type { AppApi, Result } from '../../src/contract';
import { verbs } from '../../src/index';
import en from '../../locales/en-US.json';
import { vendorSpecs } from '../vendor-specs';
import { everyVerb, type VerbTable } from './every-verb';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { bends, bent, differing, leaks, MARK, type Bend } from './hostile';
import { deliver, mackerelApi, removeChannels, SAMPLE, secretOf, storedRows } from './inside';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env['FUZZ_RUNS'] ?? 600);
console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`);

let site: TestSite;
let real: VerbTable;
let url = '';
/** By a name that may be told. */
let secrets: Readonly<Record<string, string>> = {};
const QUIET = [{ target: 'queue' }, { target: 'schedule' }, { target: 'events', drop: true }] as const;

beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  ({ real } = await everyVerb(site));
  await site.control('POST', 'run/sweep');
  await site.rest();
  ({ url } = await site.ok('admin', 'webhook.setup', {}));
  secrets = {
    'the API key': site.site.mackerel?.apiKey ?? '',
    'the webhook secret': secretOf(url),
    'the Slack address': 'hooks.slack.com/services/LOCAL',
    'the pass secret': JSON.parse(Object.entries(storedRows(site)).find(([key]) => key.endsWith('secret:pass'))?.[1] ?? '""') as string,
  };
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(20);
  await site.faults([...QUIET]);
}, 180_000);
afterAll(async () => await site.stop());

const log = async (): Promise<readonly string[]> => (await site.control<{ text: string }[]>('GET', 'app-log')).map(({ text }) => text);
const drawn = <T>(arbitrary: fc.Arbitrary<T>, n: number): readonly T[] => fc.sample(arbitrary, { seed, numRuns: n });

describe('what is planted is caught', () => {
  test('a secret and a stack in a text', () => {
    expect(leaks('{"ok":false,"error":{"code":"bad-request"}}', secrets)).toEqual([]);
    expect(leaks(`{"note":"${secretOf(url)}"}`, secrets)).toEqual(['tells the webhook secret']);
    expect(leaks(`x ${site.site.mackerel?.apiKey ?? ''}`, secrets)).toEqual(['tells the API key']);
    for (const stack of ['at drain (/var/task/index.cjs:12:7)', 'TypeError: x is not a function', '    at async Object.webhook (src/handlers/webhook.ts:9:1)']) expect(leaks(stack, secrets)).toEqual(['tells a stack']);
  });

  test('a row that an accepted delivery leaves', async () => {
    const before = storedRows(site);
    expect((await deliver(url, { event: 'alert', alert: { id: '2bjPlanted' } })).status).toBe(202);
    expect(differing(before, storedRows(site)).map((key) => key.replace(/:[a-z]{8}:/, ':…:'))).toEqual(['e:hint hint:…:2bjPlanted:0:open']);
  });

  test('a bent payload is another one, and the same seed bends the same way', () => {
    const all = drawn(bends, 50);
    expect(drawn(bends, 50)).toEqual(all);
    const payload = { incidentId: 'i', notes: [{ text: 'a', at: null }] };
    expect(all.filter((each) => JSON.stringify(bent(payload, each)) === JSON.stringify(payload)).length).toBeLessThan(10);
  });
});

const ALERT = {
  orgName: 'local', event: 'alert', imageUrl: null, memo: 'memo', type: 'host', message: 'CPU % 6 > 5', user: null,
  host: { id: '22D4xxxxxxx', name: 'app01', url: 'https://mackerel.io/orgs/local/hosts/22D4xxxxxxx', status: 'working', memo: '', isRetired: false, roles: [{ fullname: 'Service: Role', serviceName: 'Service' }] },
  alert: { id: '2bjFuzzed', url: 'https://mackerel.io/orgs/local/alerts/2bjFuzzed', openedAt: 1_473_129_912, closedAt: null, createdAt: 1_473_129_912_693, status: 'critical', isOpen: true, trigger: 'monitor', monitorName: 'Monitor', metricValue: 2.2, statusChangedAt: 1_473_129_912 },
};
const GROUP = { orgName: 'local', event: 'alertGroup', imageUrl: null, alertGroup: { id: 'g', status: 'WARNING', createdAt: 1_693_211_901, closedAt: null }, alertGroupSetting: { id: 's', name: 'n', memo: '' } };

/** How a text is broken once it is one. */
const breaks = fc.constantFrom<(text: string) => string>(
  (text) => text, (text) => text, (text) => text,
  (text) => text.slice(0, text.length / 2), (text) => `\ufeff${text}`, (text) => `${text}${text}`, (text) => text.replace('{', '{"event":"sample",'), () => '', (text) => JSON.stringify(text),
  () => '['.repeat(200_000), () => `{"event":"alert","alert":${'{"a":'.repeat(5_000)}`, (text) => text.replace(/"id":"[^"]*"/, `"id":"${'a'.repeat(41)}"`), (text) => `${text}${' '.repeat(300_000)}`, () => '\u0000\u0001', (text) => text.replace(/\d+/g, '9'.repeat(400)),
);
const offers = fc.constantFrom<'right' | 'wrong' | 'none' | 'twice' | 'path' | 'garbage'>('right', 'right', 'right', 'right', 'right', 'right', 'wrong', 'none', 'twice', 'path', 'garbage');
const knocks = fc.record({ base: fc.constantFrom<unknown>(ALERT, ALERT, ALERT, GROUP, SAMPLE), bend: bends, breaks, offer: offers, method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE'), type: fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-unheard-of') });

function knock({ offer, method, type }: { offer: string; method: string; type: string }, body: string): Promise<Response> {
  const at = new URL(url);
  const secret = secretOf(url);
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const authorization = { right: basic(`mackerel:${secret}`), wrong: basic(`mackerel:${MARK}`), none: undefined, twice: basic(`mackerel:${secret}:${secret}`), path: undefined, garbage: 'Basic \u00ff\u00fe%%%' }[offer];
  at.username = '';
  at.password = '';
  if (offer === 'path') at.pathname += `/${secret}/`;
  return fetch(at, { method, body, headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) } });
}

test('the web trigger answers whatever is sent in its own words, and keeps nothing of what it refuses', async () => {
  let kept = 0;
  let before = storedRows(site);
  const told = await log();
  for (const [n, one] of drawn(knocks, runs).entries()) {
    // A minute has its limit of strangers.
    if (n % 100 === 99) await site.later(60_001);
    const body = one.breaks(JSON.stringify(bent(one.base, one.bend)));
    const answer = await knock(one, body);
    const text = await answer.text();
    const what = `FUZZ_SEED=${seed} delivery ${n}: ${one.offer} ${one.method} ${body.slice(0, 300)} → ${answer.status} ${text.slice(0, 300)}`;
    if (![202, 400, 401, 413, 429].includes(answer.status)) throw new Error(what);
    expect([what, leaks(text, secrets), text.includes(MARK)]).toEqual([what, [], false]);
    const after = storedRows(site);
    const rows = differing(before, after);
    const acted = answer.status === 202 && text === '{"note":"Received."}';
    const allowed = acted ? rows.filter((key) => !/^e:hint (hint|sha256):|^e:cell pulse:|^e:cell drain-/.test(key)) : rows;
    expect([what, allowed]).toEqual([what, []]);
    if (rows.some((key) => key.startsWith('e:hint'))) kept += 1;
    before = after;
  }
  // Some were good enough to be kept: the rest were refused for what was bent.
  expect(kept).toBeGreaterThan(runs / 50);
  expect(await log()).toEqual(told);
}, 120_000);

test('a body of ten megabytes is refused and the next delivery comes in', async () => {
  const before = storedRows(site);
  const huge = await knock({ offer: 'right', method: 'POST', type: 'application/json' }, JSON.stringify({ ...ALERT, pad: 'x'.repeat(10 * 1024 * 1024) }));
  expect([huge.status, differing(before, storedRows(site))]).toEqual([413, []]);
  expect((await deliver(url, ALERT)).status).toBe(202);
});

const names = Object.keys(verbs) as (keyof AppApi)[];
/** These tell an administrator the webhook's address, which is what they are for. */
const TELLS_ADDRESS = new Set<keyof AppApi>(['settings.get', 'settings.save', 'webhook.setup', 'webhook.rotate', 'webhook.remove']);
const presses = fc.record({ user: fc.constantFrom('admin', 'admin', 'admin', 'alice', 'alice', 'viewer', 'mallory'), bend: bends, whole: fc.constantFrom(false, false, false, false, true), value: fc.jsonValue({ maxDepth: 2 }) });

const problem = (answer: unknown): string | null => {
  const result = answer as Result<unknown>;
  if (typeof result !== 'object' || result === null || typeof result.ok !== 'boolean') return 'no answer of ours';
  if (result.ok) return null;
  const { code, messageKey, params, field, retryAfterMs } = result.error;
  if (code === 'internal') return 'an internal error';
  if (!Object.hasOwn(en, messageKey)) return `no text for ${messageKey}`;
  if (JSON.stringify(params).length > 2_000 || (field ?? '').length > 2_000) return 'too much of what was sent comes back';
  return retryAfterMs === null || Number.isFinite(retryAfterMs) ? null : 'a wait that is no number';
};

test('every verb answers whatever is sent in the contract’s words, and a refusal changes no row', async () => {
  const told = await log();
  const answered = new Map<string, number>();
  const count = (key: string): void => void answered.set(key, (answered.get(key) ?? 0) + 1);
  const perVerb = Math.max(4, Math.ceil((runs * 1.3) / names.length));
  const all = drawn(presses, perVerb * names.length);
  for (const [n, { user, bend, whole, value }] of all.entries()) {
    const name = names[n % names.length] ?? 'home.load';
    const payload = whole ? value : bent(await real[name].payload(), bend as readonly Bend[]);
    const before = storedRows(site);
    const sent = JSON.stringify(payload).slice(0, 400);
    const what = `FUZZ_SEED=${seed} press ${n}: ${name} as ${user} ${sent}`;
    const bytes = await site.bytes(user, name, payload).catch((error: unknown) => {
      throw new Error(`${what}\n${String(error)}`);
    });
    const answer = JSON.parse(bytes) as Result<unknown>;
    expect([what, problem(answer)]).toEqual([what, null]);
    const { 'the webhook secret': _address, ...others } = secrets;
    expect([what, leaks(bytes, user === 'admin' && TELLS_ADDRESS.has(name) ? others : secrets)]).toEqual([what, []]);
    count(answer.ok ? 'ok' : answer.error.code);
    if (!answer.ok) expect([what, bytes.slice(0, 300), differing(before, storedRows(site))]).toEqual([what, bytes.slice(0, 300), []]);
  }
  // Refused for different reasons, and some went through.
  for (const code of ['ok', 'bad-request', 'forbidden', 'not-found']) expect([code, (answered.get(code) ?? 0) > 0]).toEqual([code, true]);
  expect(await log()).toEqual(told);
}, 240_000);

// Real payloads, where the vendors' descriptions are at hand; test/run.ts says when they are not.
const samples = path.join(vendorSpecs() ?? '', 'mackerel-webhooks');
if (vendorSpecs() !== null && existsSync(samples)) {
  describe('a recorded payload with a field nobody knows', () => {
    const recorded = (name: string): Record<string, unknown> & { event: string; alert?: { id: string } } => JSON.parse(readFileSync(path.join(samples, name), 'utf8')) as never;
    // Of its own: nobody has judged an alert there before.
    let site: TestSite;
    beforeAll(async () => {
      site = await startTestSite(WITHOUT_QUOTA);
      await removeChannels(site);
    }, 180_000);
    afterAll(async () => await site.stop());
    test.each(readdirSync(samples).filter((name) => name.endsWith('.json')))('%s is accepted and has its effect', async (name) => {
      const payload = recorded(name);
      await site.rest();
      const unknown = { addedIn2027: { since: [1, 2, { more: null }] } };
      const isAlert = payload.event === 'alert';
      // Mackerel is asked what is so: the alert has to be there. Names in the record are left out by their authors.
      const id = isAlert ? (await site.raise('blog response time', 'blog-01', 'WARNING', 900)).id : '';
      const before = storedRows(site);
      const { now } = await site.ok('admin', 'webhook.wait', { since: null });
      const sent = { ...payload, ...unknown, ...(payload['orgName'] === undefined ? {} : { orgName: 'local' }), ...(isAlert ? { alert: { ...payload.alert, ...unknown, id } } : {}) };
      const answer = await deliver((await site.ok('admin', 'settings.get', {})).webhookUrl ?? '', sent);
      expect([answer.status, answer.text]).toEqual([202, '{"note":"Received."}']);
      await site.rest();
      if (isAlert) {
        await site.until(async () => ((await site.ok('admin', 'home.load', {})).candidates.some(({ alert }) => alert.id === id) ? true : null));
        for (const { id: open } of (await mackerelApi<{ alerts: { id: string }[] }>(site, 'GET', 'alerts')).alerts) await site.console('POST', `alerts/${open}/close`, {});
        await site.control('POST', 'run/sweep');
      } else if (payload.event === 'sample') expect((await site.ok('admin', 'webhook.wait', { since: now })).heardAt).toBeGreaterThanOrEqual(now);
      else expect(differing(before, storedRows(site))).toEqual([]);
    });
  });
} else console.log('Recorded payloads of Mackerel are not at hand: not tried.');
