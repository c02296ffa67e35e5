/** Rules tried before they are saved, on the local site's alerts; and what saving refuses. */
import type { DescribedAlert, RulesTrialInput, RuleThen, RuleView, RuleWhen, ServiceView, SettingsView } from '../../src/contract';
import { startTestSite, type TestSite } from './harness';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
const rule = (id: string, when: Partial<RuleWhen>, then: RuleThen): RuleView => ({ id, name: '', when: { ...ANY, ...when }, then });
const declare = (spaceKey: string | null): RuleThen => ({ action: 'declare', severity: 'sev2', kind: 'incident', spaceKey });

let site: TestSite;
let settings: SettingsView;
let services: readonly ServiceView[];
let critical: { readonly id: string };
let recovered: { readonly id: string };
let monitorId = '';

async function tried(part: Partial<RulesTrialInput>) {
  const { trials, left } = await site.ok('admin', 'rules.test', { rules: [], fallback: 'candidate', services, of: null, ...part });
  return { left, trials, of: (id: string) => trials.find(({ alert }) => alert.id === id) };
}

beforeAll(async () => {
  site = await startTestSite();
  settings = await site.ok('admin', 'settings.get', {});
  services = settings.services;
  // Nothing of the stored rules may matter.
  settings = await site.ok('admin', 'settings.save', { services, rules: [rule('hush', {}, { action: 'ignore' })], version: settings.version });
  recovered = await site.raise('blog response time', 'blog-01', 'CRITICAL', 1600);
  await site.recoverAll();
  critical = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.rest();
}, 120_000);
afterAll(async () => await site.stop());

test('what Mackerel raised is judged by the rules of the form, firing first, each with what was passed over', async () => {
  const rules = [
    rule('r1', { service: 'blog', statuses: ['CRITICAL'] }, { action: 'attach' }),
    rule('r2', { host: 'db-*', name: 'checkout*' }, { action: 'ignore' }),
    rule('r3', { role: 'shop:web', statuses: ['CRITICAL'] }, declare(null)),
  ];
  const { trials, of, left } = await tried({ rules });
  expect(trials.map(({ alert }) => alert.id)).toEqual([critical.id, recovered.id]);
  expect(left).toEqual({ more: 0, hidden: 0 });
  const mine = of(critical.id);
  expect(mine).toMatchObject({ decidedBy: 2, unmet: [['service'], ['host']], outcome: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: 'OPS', problem: null } });
  expect(mine?.alert).toMatchObject({ name: 'checkout p95', type: 'host', service: 'shop', roles: ['shop:web'], host: 'web-01', status: 'CRITICAL', open: true });
  expect(mine?.alert.url).toMatch(/^https:\/\/mackerel\.io\/orgs\/[^/]+\/alerts\//);
  monitorId = mine?.alert.monitor ?? '';
  // It is over, and judged by the worst it was.
  expect(of(recovered.id)).toMatchObject({ decidedBy: 0, unmet: [], outcome: { action: 'attach' }, alert: { status: 'CRITICAL', open: false } });
});

test('without a rule the fallback of the form decides', async () => {
  const { of } = await tried({ rules: [rule('r1', { type: 'external' }, { action: 'attach' })], fallback: 'ignore' });
  expect(of(critical.id)).toMatchObject({ decidedBy: null, unmet: [['type']], outcome: { action: 'ignore' } });
  expect((await tried({})).of(critical.id)).toMatchObject({ decidedBy: null, unmet: [], outcome: { action: 'candidate', times: 1, minutes: 60, seen: 1, asks: true } });
});

test('declaring says where, and why it could not', async () => {
  const shop = (then: RuleThen, mapped: readonly ServiceView[] = services) => tried({ rules: [rule('r1', { service: 'shop' }, then)], services: mapped }).then(({ of }) => of(critical.id)?.outcome);
  expect(await shop(declare('SRE'))).toMatchObject({ spaceKey: 'SRE', problem: null });
  expect(await shop(declare('NOWHERE'))).toMatchObject({ spaceKey: 'NOWHERE', problem: 'space-unknown' });
  expect(await shop(declare(null), [])).toMatchObject({ spaceKey: null, problem: 'unmapped' });
  expect(await shop(declare(null), [{ name: 'shop', spaceKey: 'NOWHERE', lang: 'en', parent: null }])).toMatchObject({ spaceKey: 'NOWHERE', problem: 'space-unknown' });
  expect(await shop(declare(null), [{ name: 'shop', spaceKey: 'SRE', lang: 'en', parent: null }])).toMatchObject({ spaceKey: 'SRE', problem: null });
});

test('a candidate after several says how many there were', async () => {
  const again = await site.raise('checkout p95', 'web-02', 'WARNING', 600);
  await site.console('POST', `alerts/${again.id}/close`, {});
  await site.later(2_000); // Mackerel tells times to the second
  const third = await site.raise('checkout p95', 'web-02', 'WARNING', 700);
  const rules = [rule('r1', { monitor: monitorId }, { action: 'candidate', times: 3, minutes: 30 })];
  const { of } = await tried({ rules });
  expect([of(third.id)?.outcome, of(again.id)?.outcome, of(critical.id)?.outcome]).toEqual([
    { action: 'candidate', times: 3, minutes: 30, seen: 2, asks: false }, { action: 'candidate', times: 3, minutes: 30, seen: 1, asks: false }, { action: 'candidate', times: 3, minutes: 30, seen: 1, asks: false },
  ]);
});

test('one alert is tried by its id; one Mackerel does not know is said to be gone', async () => {
  const { trials } = await tried({ of: { alertId: recovered.id } });
  expect(trials.map(({ alert }) => [alert.id, alert.name])).toEqual([[recovered.id, 'blog response time']]);
  expect(await site.invoke('admin', 'rules.test', { rules: [], fallback: 'candidate', services, of: { alertId: 'nothing' } })).toMatchObject({ ok: false, error: { code: 'not-found', messageKey: 'error.alert-gone' } });
});

test('a described alert is tried without asking Mackerel', async () => {
  const alert: DescribedAlert = { monitor: 'm-any', type: 'external', service: 'blog', role: null, host: null, status: 'UNKNOWN', name: 'front page', openedAt: Date.UTC(2026, 10, 23, 17, 11) };
  const rules = [rule('r1', { host: '*' }, { action: 'ignore' }), rule('r2', { monitor: 'm-any', type: 'external', statuses: ['UNKNOWN'], name: 'front*', time: { days: [2], from: 120, to: 180, zone: 'Asia/Tokyo' } }, declare(null))];
  await site.faults([{ target: 'mackerel', path: '/', status: 500 }]);
  const { trials } = await tried({ rules, of: { alert } });
  expect(trials).toEqual([{
    alert: { id: null, url: null, monitor: 'm-any', name: 'front page', type: 'external', service: 'blog', roles: [], host: null, status: 'UNKNOWN', open: true, openedAt: 1_795_453_860_000 },
    decidedBy: 1, unmet: [['host']], outcome: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: 'SRE', problem: null }, downtime: null,
  }]);
  const homeless = await tried({ rules: [rule('r1', {}, declare('OPS'))], of: { alert: { ...alert, service: null } } });
  expect(homeless.trials[0]?.outcome).toMatchObject({ spaceKey: 'OPS', problem: 'no-service' });
  expect(await site.outcome('admin', 'rules.test', { rules, fallback: 'candidate', services, of: null })).toBe('mackerel-unreachable');
  await site.faults([]);
});

test('trying leaves nothing behind and reads within bounds', async () => {
  for (let n = 0; n < 12; n += 1) await site.raiseStorm(n, 'WARNING');
  await site.rest();
  const before = await site.control<readonly unknown[]>('GET', 'outside');
  await tried({ rules: [rule('r1', {}, declare(null))] });
  const calls = (await site.control<{ target: string; method: string; path: string }[]>('GET', 'outside')).slice(before.length);
  expect(calls.filter(({ target }) => target === 'mackerel').length).toBeGreaterThan(5);
  expect(calls.length).toBeLessThan(100);
  expect(calls.filter(({ target, method }) => target === 'mackerel' && method !== 'GET')).toEqual([]);
  await site.rest();
  const home = await site.ok('admin', 'home.load', {});
  expect([home.candidates, home.incidents]).toEqual([[], []]);
  expect(await site.ok('admin', 'settings.get', {})).toMatchObject({ rules: [{ id: 'hush' }], version: settings.version });
});

test('what rules can be made of is offered by name', async () => {
  const { monitors, services: names, roles } = await site.ok('admin', 'rules.choices', {});
  expect(monitors.find(({ name }) => name === 'checkout p95')).toEqual({ id: monitorId, name: 'checkout p95', type: 'host' });
  expect(names).toEqual(expect.arrayContaining(['blog', 'shop']));
  expect(roles).toEqual(expect.arrayContaining(['blog:app', 'shop:batch', 'shop:db', 'shop:web']));
});

describe('saving', () => {
  const save = (rules: readonly unknown[], more: object = {}) => site.invokeRaw('admin', 'settings.save', { services, rules, version: settings.version, ...more });
  const full = rule('r1', { monitor: 'm1', type: 'host', service: 'shop', role: 'shop:web', host: 'web-*', statuses: ['CRITICAL'], name: '*', time: { days: [1], from: 1320, to: 360, zone: 'Asia/Tokyo' } }, declare('OPS'));

  test.each<[string, unknown, string]>([
    ['a space that is not there', [full, { ...full, id: 'r2', then: declare('NOWHERE') }], 'rules.1.then.spaceKey'],
    ['an id twice', [full, full], 'rules'],
    ['a zone nobody knows', [{ ...full, when: { ...full.when, time: { days: [1], from: 0, to: 0, zone: 'Mars/Olympus' } } }], 'rules.0.when.time.zone'],
    ['a day after Saturday', [{ ...full, when: { ...full.when, time: { days: [7], from: 0, to: 0, zone: 'UTC' } } }], 'rules.0.when.time.days.0'],
    ['no day at all', [{ ...full, when: { ...full.when, time: { days: [], from: 0, to: 0, zone: 'UTC' } } }], 'rules.0.when.time.days'],
    ['the minute after the last of the day', [{ ...full, when: { ...full.when, time: { days: [1], from: 0, to: 1440, zone: 'UTC' } } }], 'rules.0.when.time.to'],
    ['an action nobody knows', [{ ...full, then: { action: 'page' } }], 'rules.0.then.action'],
    ['no times', [{ ...full, then: { action: 'candidate', times: 0, minutes: 5 } }], 'rules.0.then.times'],
    ['an empty pattern', [{ ...full, when: { ...full.when, host: '' } }], 'rules.0.when.host'],
    ['a role without its service', [{ ...full, when: { ...full.when, role: 'web' } }], 'rules.0.when.role'],
    ['a field nobody knows', [{ ...full, when: { ...full.when, weather: 'rain' } }], 'rules.0.when'],
  ])('refuses %s and says where', async (_what, rules, field) => {
    expect(await save(rules as unknown[])).toMatchObject({ ok: false, error: { code: 'bad-request', field } });
  });

  test('refuses more than storage holds in one piece', async () => {
    const long = Array.from({ length: 200 }, (_, n) => ({ ...full, id: `r${n}`, name: '重'.repeat(100), when: { ...full.when, host: `${'鯖'.repeat(100)}*` } }));
    expect(await save(long)).toMatchObject({ ok: false, error: { messageKey: 'error.rules-too-large', field: 'rules' } });
    expect(await save([...long, { ...full, id: 'one-more' }])).toMatchObject({ ok: false, error: { messageKey: 'error.bad-request', field: 'rules' } });
  });

  test('keeps every field of a rule, the fallback and the grouping', async () => {
    const more = { fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 0, flapMinutes: 30 } };
    const ask = rule('r2', {}, { action: 'candidate', times: 2, minutes: 10 });
    expect(await save([full, ask], more)).toMatchObject({ ok: true, value: { rules: [full, ask], ...more } });
    const after = await site.ok('admin', 'settings.get', {});
    expect(after).toMatchObject({ rules: [full, ask], ...more });
    // Saved without them, they stay.
    settings = await site.ok('admin', 'settings.save', { services, rules: [ask], version: after.version });
    expect(settings).toMatchObject({ rules: [ask], ...more });
  });
});
