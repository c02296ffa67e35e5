import type { RuleThen, RuleTime, RuleView, RuleWhen } from '../../src/contract';
import type { AlertSighting } from '../../src/domain/alert';
import { conditions, deciding, fits, homeOf, isZone, judge, passedOver, within } from '../../src/domain/rules';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
/** 02:11 in Tokyo on Tuesday 24 November 2026; 17:11 UTC on Monday. */
const OPENED = Date.UTC(2026, 10, 23, 17, 11);
const alert: AlertSighting = {
  id: 'a1', monitorId: 'm1', monitorName: 'checkout p95', monitorType: 'host', monitorMemo: null, host: { id: 'h1', name: 'web-01.example.com' }, service: 'shop', roles: ['shop:web', 'blog:app'], metricName: 'custom.checkout.p95', unit: null,
  operator: '>', warning: 500, critical: 800, message: null, openedAt: OPENED, closedAt: null, reason: null, status: 'WARNING', statusAt: OPENED, value: 600, factsAt: OPENED, logs: [],
};
const rule = (id: string, when: Partial<RuleWhen>, then: RuleThen): RuleView => ({ id, name: '', when: { ...ANY, ...when }, then });
const time = (part: Partial<RuleTime>): RuleTime => ({ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0, zone: 'Asia/Tokyo', ...part });

describe('a condition', () => {
  test.each<[keyof RuleWhen, Partial<RuleWhen>, Partial<AlertSighting>]>([
    ['monitor', { monitor: 'm1' }, { monitorId: 'm2' }],
    ['type', { type: 'host' }, { monitorType: 'service' }],
    ['service', { service: 'shop' }, { service: 'blog' }],
    ['role', { role: 'blog:app' }, { roles: ['blog:web'] }],
    ['host', { host: 'web-*' }, { host: { id: 'h2', name: 'db-01' } }],
    ['statuses', { statuses: ['WARNING', 'UNKNOWN'] }, { status: 'CRITICAL' }],
    ['name', { name: 'checkout*' }, { monitorName: 'old checkout' }],
    ['time', { time: time({ days: [2], from: 120, to: 180 }) }, { openedAt: OPENED + 3_600_000 }],
  ])('on %s holds for what it names and not for other things', (name, when, other) => {
    expect(conditions({ ...ANY, ...when }, alert)).toEqual([{ name, met: true }]);
    expect(conditions({ ...ANY, ...when }, { ...alert, ...other })).toEqual([{ name, met: false }]);
  });

  test.each<[keyof RuleWhen, Partial<RuleWhen>, Partial<AlertSighting>]>([
    ['monitor', { monitor: 'm1' }, { monitorId: null }],
    ['service', { service: 'shop' }, { service: null }],
    ['host', { host: '*' }, { host: null }],
    ['role', { role: 'shop:web' }, { roles: [] }],
  ])('on %s does not hold for an alert that has none', (name, when, other) => {
    expect(conditions({ ...ANY, ...when }, { ...alert, ...other })).toEqual([{ name, met: false }]);
  });

  test('on roles does not hold where roles were not read', () => {
    const { roles: _unread, ...old } = alert;
    expect(conditions({ ...ANY, role: 'shop:web' }, old)).toEqual([{ name: 'role', met: false }]);
  });

  test('on the status looks at the worst an alert ever was, recovered or not', () => {
    const log = (id: string, status: 'CRITICAL' | 'OK', at: number) => ({ id, status, trigger: 'monitoring', at, value: null });
    const over: AlertSighting = { ...alert, status: 'OK', closedAt: OPENED + 60_000, logs: [log('l1', 'CRITICAL', OPENED), log('l2', 'OK', OPENED + 60_000)] };
    expect(conditions({ ...ANY, statuses: ['CRITICAL'] }, over)).toEqual([{ name: 'statuses', met: true }]);
    expect(conditions({ ...ANY, statuses: ['WARNING'] }, over)).toEqual([{ name: 'statuses', met: false }]);
  });

  test('left open is none; set ones are told one by one, met or not', () => {
    expect(conditions(ANY, alert)).toEqual([]);
    expect(conditions({ ...ANY, type: 'host', service: 'blog', host: 'web-??.example.com' }, alert)).toEqual([{ name: 'type', met: true }, { name: 'service', met: false }, { name: 'host', met: true }]);
  });
});

describe('a pattern', () => {
  test.each([
    ['web-01', 'web-01', true], ['web-01', 'web-011', false], ['web-01', 'x web-01', false],
    ['*', '', true], ['*', 'anything', true], ['**', 'x', true], ['?', '', false], ['?', 'x', true], ['?', 'xy', false], ['*?', '', false], ['?*', 'x', true],
    ['web-*', 'web-', true], ['web-*', 'web', false], ['*-01', 'web-01', true], ['*-01', 'web-01-old', false], ['w*b*1', 'web-b-11', true], ['w*b*1', 'web-b-10', false],
    ['*a*b', 'ab-aab', true], ['a*a', 'a', false], ['???-01', 'web-01', true], ['???-01', 'db-01', false],
    ['WEB-*', 'web-01', true], ['web-*', 'WEB-01', true], ['ＷＥＢ－＊', 'web-01', true], ['決済*', '決済 API', true], ['ﾊﾞｯﾁ？', 'バッチ1', true],
    ['😀?', '😀😀', true], ['a.c', 'abc', false], ['(a+)+$', '(a+)+$', true], ['[ab]', 'a', false], ['\\*', '\\x', true],
  ])('%j over %j: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  test('of the worst kind is slow on no name', () => {
    const text = 'a'.repeat(199) + 'b';
    const worst = ['*a'.repeat(99) + '*c', 'a*'.repeat(99) + 'c', '*?'.repeat(99) + 'c', '(a+)+$', '*'.repeat(200) + 'c'];
    const began = performance.now();
    for (let round = 0; round < 20; round += 1) for (const pattern of worst) expect(fits(pattern, text)).toBe(false);
    // A hundred of them; a pattern that tried every way would not be done with one before the test ends.
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('hours', () => {
  const tokyo = (day: number, hour: number, minute: number): number => Date.UTC(2026, 10, day, hour - 9, minute);

  test.each([
    ['Monday 09:00', tokyo(23, 9, 0), true], ['Monday 08:59', tokyo(23, 8, 59), false], ['Monday 17:59', tokyo(23, 17, 59), true], ['Monday 18:00', tokyo(23, 18, 0), false], ['Sunday 12:00', tokyo(22, 12, 0), false],
  ])('from 09:00 to 18:00 on weekdays: %s %s', (_what, at, expected) => {
    expect(within(time({ days: [1, 2, 3, 4, 5], from: 540, to: 1080 }), at)).toBe(expected);
  });

  test.each([
    ['Friday 22:00', tokyo(27, 22, 0), true], ['Friday 21:59', tokyo(27, 21, 59), false], ['Saturday 05:59', tokyo(28, 5, 59), true], ['Saturday 06:00', tokyo(28, 6, 0), false],
    ['Saturday 22:00', tokyo(28, 22, 0), false], ['Friday 03:00', tokyo(27, 3, 0), false],
  ])('past midnight they belong to the day they began on, Friday 22:00 to 06:00: %s %s', (_what, at, expected) => {
    expect(within(time({ days: [5], from: 1320, to: 360 }), at)).toBe(expected);
  });

  test('of a Saturday night end on Sunday, where the week begins anew', () => {
    expect([tokyo(29, 5, 59), tokyo(29, 6, 0), tokyo(28, 23, 0)].map((at) => within(time({ days: [6], from: 1320, to: 360 }), at))).toEqual([true, false, true]);
  });

  test('from and to the same are the whole day', () => {
    expect([tokyo(24, 0, 0), tokyo(24, 23, 59), tokyo(25, 0, 0), tokyo(23, 23, 59)].map((at) => within(time({ days: [2], from: 600, to: 600 }), at))).toEqual([true, true, false, false]);
  });

  test('go by the wall clock of the zone where summer time begins and ends', () => {
    const hours = (from: number, to: number): RuleTime => time({ days: [0], from, to, zone: 'America/New_York' });
    // On 8 March 2026 there is no 02:00 to 03:00: one minute after 01:59 it is 03:00.
    expect([Date.UTC(2026, 2, 8, 6, 59), Date.UTC(2026, 2, 8, 7, 0)].map((at) => within(hours(120, 180), at))).toEqual([false, false]);
    expect([Date.UTC(2026, 2, 8, 6, 59), Date.UTC(2026, 2, 8, 7, 0)].map((at) => within(hours(60, 240), at))).toEqual([true, true]);
    // On 1 November 2026 01:30 comes twice.
    expect([Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30), Date.UTC(2026, 10, 1, 7, 30)].map((at) => within(hours(60, 120), at))).toEqual([true, true, false]);
  });

  test('in a zone nobody knows never come, and it is no zone', () => {
    expect(within(time({ zone: 'Mars/Olympus' }), OPENED)).toBe(false);
    expect(['Asia/Tokyo', 'UTC', 'Asia/Kolkata', 'Mars/Olympus', '', '+09:00', '__proto__'].map(isZone)).toEqual([true, true, true, false, false, false, false]);
  });
});

describe('judging', () => {
  const sev1: RuleThen = { action: 'declare', severity: 'sev1', kind: 'incident', spaceKey: null };
  const third: RuleThen = { action: 'candidate', times: 3, minutes: 30 };
  const rules = [rule('r1', { service: 'blog', type: 'host' }, { action: 'ignore' }), rule('r2', { service: 'shop', statuses: ['CRITICAL'] }, sev1), rule('r3', { service: 'shop' }, third), rule('r4', {}, { action: 'attach' })];

  test('the first rule that fits decides, whatever stands after it', () => {
    expect(judge({ rules, fallback: 'ignore' }, { ...alert, status: 'CRITICAL' })).toEqual(sev1);
    expect(judge({ rules: [...rules].reverse(), fallback: 'ignore' }, { ...alert, status: 'CRITICAL' })).toEqual({ action: 'attach' });
    expect(judge({ rules, fallback: 'ignore' }, alert)).toEqual({ ...third, whyKey: 'candidate.why.rule', whyParams: { n: 3 } });
    expect([deciding(rules, alert), deciding(rules, { ...alert, service: null }), deciding(rules.slice(0, 2), alert), deciding([], alert)]).toEqual([2, 3, -1, -1]);
  });

  test('without a rule that fits the fallback decides', () => {
    expect(judge({ rules: rules.slice(0, 2), fallback: 'ignore' }, alert)).toEqual({ action: 'ignore' });
    expect(judge({ rules: [], fallback: 'candidate' }, alert)).toEqual({ action: 'candidate', times: 1, minutes: 60, whyKey: 'candidate.why.default', whyParams: {} });
  });

  test('of the rules passed over it says what the alert does not meet', () => {
    expect(passedOver(rules, alert)).toEqual([['service'], ['statuses']]);
    expect(passedOver(rules.slice(0, 2), { ...alert, service: null, monitorType: 'check' })).toEqual([['type', 'service'], ['service', 'statuses']]);
    expect(passedOver([], alert)).toEqual([]);
  });

  test('a service has the home it is mapped to', () => {
    const services = [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' as const, parent: null }];
    expect([homeOf({ services }, 'shop')?.spaceKey, homeOf({ services }, 'blog'), homeOf({ services }, null)]).toEqual(['OPS', null, null]);
  });
});
