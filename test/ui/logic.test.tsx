import './bridge';
import fc from 'fast-check';
import { countdown, direction, elapsed, nextUpdateAt, phases, splitAlerts, stopwatch, threshold, timeline } from '../../static/ui/src/board/logic';
import { SCHEME } from '../../src/domain/scheme';
import { valueAt, withGaps, withLiveValue } from '../../static/ui/src/board/graphs/series';
import { applyDelta, mergeRows, newerHead, replaceBoard, withOlder } from '../../static/ui/src/board/merge';
import { alertOfLink, incidentOfPath, parseContext, parseVersion } from '../../static/ui/src/context';
import { changed, differs, draftOf, inputOf, moved, row, without } from '../../static/ui/src/settings/draft';
import { matching } from '../../static/ui/src/home/AllTab';
import { alert, board, delta, entry, head, MINUTE, T0 } from './samples';

test('the elapsed time runs until the incident is resolved', () => {
  expect(elapsed(head(), T0 + 23 * MINUTE)).toEqual({ ms: 23 * MINUTE, running: true });
  expect(elapsed(head({ resolvedAt: T0 + 10 * MINUTE }), T0 + 23 * MINUTE)).toEqual({ ms: 10 * MINUTE, running: false });
  expect([stopwatch(23 * MINUTE + 41_000), stopwatch(26 * 60 * MINUTE)]).toEqual(['0:23:41', '26:00:00']);
});

test('phases show where the incident stands, when each began and how long it lasted', () => {
  const at = (minutes: number): number => T0 + minutes * MINUTE;
  const strip = (part: Parameters<typeof head>[0], now: number) => phases(head(part), now).map(({ id, at: began, ms, state }) => [id, began === null ? null : (began - T0) / MINUTE, ms === null ? null : ms / MINUTE, state]);
  expect(strip({ status: 'mitigated', identifiedAt: at(9), mitigatedAt: at(12) }, at(20))).toEqual([
    ['detected', 0, 2, 'done'], ['declared', 2, null, 'done'], ['investigating', null, 7, 'done'], ['identified', 9, 3, 'done'], ['mitigated', 12, 8, 'current'], ['resolved', null, null, 'ahead'],
  ]);
  // A phase that was skipped has no clock.
  expect(strip({ status: 'resolved', resolvedAt: at(30) }, at(99)).slice(2)).toEqual([['investigating', null, 28, 'done'], ['identified', null, null, 'done'], ['mitigated', null, null, 'done'], ['resolved', 30, null, 'current']]);
  expect(strip({ status: 'cancelled', closedAt: at(5) }, at(99)).at(-1)).toEqual(['cancelled', 5, null, 'current']);
  expect(strip({ status: 'cancelled', closedAt: at(5) }, at(99))[2]).toEqual(['investigating', null, 3, 'done']);
});

test('the next update is counted down and, once past, counted up', () => {
  const next = nextUpdateAt(head({ lastUpdateAt: T0 }), SCHEME);
  expect(countdown(next, T0 + 23 * MINUTE)).toEqual({ overdue: false, ms: 7 * MINUTE });
  expect(countdown(next, T0 + 33 * MINUTE)).toEqual({ overdue: true, ms: 3 * MINUTE });
  expect(countdown(null, T0)).toBeNull();
  const slow = { severities: { ...SCHEME.severities, sev1: { ...SCHEME.severities.sev1, updateMinutes: 90 }, sev2: { ...SCHEME.severities.sev2, updateMinutes: null } } };
  expect((['sev1', 'sev2', 'sev4', 'pending'] as const).map((severity) => nextUpdateAt(head({ severity, lastUpdateAt: T0 }), slow))).toEqual([T0 + 90 * MINUTE, null, null, T0 + 30 * MINUTE]);
  for (const status of ['resolved', 'closed', 'cancelled', 'merged'] as const) expect(nextUpdateAt(head({ status }), SCHEME)).toBeNull();
});

test('the value of a past time is the last one measured until then', () => {
  const points = [{ at: T0, value: 1 }, { at: T0 + MINUTE, value: 2 }];
  expect([valueAt(points, T0 - 1), valueAt(points, T0 + 59_000)?.value, valueAt(points, T0 + 9 * MINUTE)?.value]).toEqual([undefined, 1, 2]);
});

test('firing alerts come by urgency, then age; recovered ones newest first', () => {
  const rows = [
    alert({ id: 'w', status: 'WARNING' }), alert({ id: 'c2', openedAt: T0 + 2 }), alert({ id: 'c1', openedAt: T0 + 1 }),
    alert({ id: 'r1', open: false, status: 'OK', closedAt: T0 + 5 }), alert({ id: 'r2', open: false, status: 'OK', closedAt: T0 + 9 }),
  ];
  const { firing, recovered } = splitAlerts(rows);
  expect([firing.map(({ id }) => id), recovered.map(({ id }) => id)]).toEqual([['c1', 'c2', 'w'], ['r2', 'r1']]);
});

test('the threshold is that of the alert’s own state, and the arrow follows the value', () => {
  expect(threshold(alert({ status: 'WARNING', warning: 150, critical: 200 }))).toBe(150);
  expect(threshold(alert({ status: 'CRITICAL', warning: 150, critical: 200 }))).toBe(200);
  expect(threshold(alert({ status: 'CRITICAL', warning: 150, critical: null }))).toBe(150);
  const at = (value: number, trend: 'better' | 'worse' | 'same') => direction(alert({ valueAtOpening: 100, now: { value, at: T0 }, trend }));
  expect([at(120, 'worse'), at(80, 'better'), at(80, 'worse'), at(101, 'same')]).toEqual(['up', 'down', 'down', 'flat']);
});

test('a gap in the data stays a gap in the line', () => {
  const points = [0, 1, 2, 7, 8].map((minute) => ({ at: T0 + minute * MINUTE, value: minute }));
  const { x, y } = withGaps(points);
  expect(y).toEqual([0, 1, 2, null, 7, 8]);
  expect(x[3]).toBe((T0 + 3 * MINUTE) / 1000);
});

test('where a series begins to be posted more often there is no gap, and a later pause is one', () => {
  const minutes = Array.from({ length: 30 }, (_, n) => T0 + n * MINUTE);
  const often = Array.from({ length: 60 }, (_, n) => T0 + 29 * MINUTE + 20_000 + n * 5_000);
  const points = (times: readonly number[]) => times.map((at) => ({ at, value: 1 }));
  expect(withGaps(points([...minutes, ...often])).y).not.toContain(null);
  const { x, y } = withGaps(points([...minutes, ...often.filter((_, n) => n < 20 || n >= 24)]));
  expect(x.filter((_, i) => y[i] === null)).toEqual([((often[19] ?? 0) + 5_000) / 1000]);
});

test('the live value continues the line only when it is newer', () => {
  const points = [{ at: T0, value: 1 }];
  expect(withLiveValue(points, { at: T0 + 1, value: 2 })).toHaveLength(2);
  expect(withLiveValue(points, { at: T0, value: 2 })).toBe(points);
  expect(withLiveValue(points, null)).toBe(points);
});

test('a delta replaces rows by id and leaves all others the same object', () => {
  const old = board({ alerts: [alert({ id: 'a' }), alert({ id: 'b' })] });
  const next = applyDelta(old, delta({ alerts: [alert({ id: 'b', status: 'WARNING', v: 2 }), alert({ id: 'c' })] }));
  expect(next.alerts.map(({ id, status }) => [id, status])).toEqual([['a', 'CRITICAL'], ['b', 'WARNING'], ['c', 'CRITICAL']]);
  expect(next.alerts[0]).toBe(old.alerts[0]);
  expect([next.entries, next.hosts, next.live, next.incident]).toEqual([old.entries, old.hosts, old.live, old.incident]);
  expect(next.entries).toBe(old.entries);
  expect(next.incident).toBe(old.incident);
  expect(next.pass).toBe('pass-2');
});

test('what is older never overwrites what is newer', () => {
  const old = board({ incident: head({ version: 9, severity: 'sev2' }) });
  const late = applyDelta(old, delta({ incident: head({ version: 8 }), now: old.now - 1, live: { asOf: T0, state: 'stale', since: T0, reasonKey: null } }));
  expect([late.incident.severity, late.live.state]).toEqual(['sev2', 'live']);
  expect(newerHead(head({ version: 9 }), head({ version: 8 })).version).toBe(9);
  expect(mergeRows([alert({ v: 3 })], [alert({ v: 2, status: 'OK' })])[0]?.status).toBe('CRITICAL');
});

test('a whole new board drops rows that are gone and keeps those that stayed the same', () => {
  const old = board({ alerts: [alert({ id: 'a' }), alert({ id: 'b' })] });
  const next = replaceBoard(old, board({ alerts: [alert({ id: 'b' })] }));
  expect(next.alerts).toHaveLength(1);
  expect(next.alerts[0]).toBe(old.alerts[1]);
});

test('an alert taken off and a note removed leave the board; late news of them do not bring them back', () => {
  const old = board({ alerts: [alert({ id: 'a' }), alert({ id: 'b' })], entries: [entry({ id: 'n1' }), entry({ id: 'n2' })] });
  const next = applyDelta(old, delta({ alerts: [alert({ id: 'b', linked: false, v: 8 }), alert({ id: 'c', linked: false, v: 8 })], entries: [entry({ id: 'n2', removed: true, v: 8 })] }));
  expect([next.alerts.map(({ id }) => id), next.entries.map(({ id }) => id)]).toEqual([['a'], ['n1']]);
  const older = withOlder({ ...next, olderEntries: 2 }, [entry({ id: 'n2', v: 3 }), entry({ id: 'n0', v: 1 })], new Map([['n2', 8]]));
  expect([older.entries.map(({ id }) => id), older.olderEntries]).toEqual([['n1', 'n0'], 0]);
});

test('entries that were asked for stay when the whole board is read anew', () => {
  const old = board({ entries: [entry({ id: 'n2' }), entry({ id: 'n1' })], olderEntries: 0 });
  const next = replaceBoard(old, board({ entries: [entry({ id: 'n3' }), entry({ id: 'n2' })], olderEntries: 1 }));
  expect([next.entries.map(({ id }) => id), next.olderEntries]).toEqual([['n2', 'n1', 'n3'], 0]);
});

test('applying the same rows twice changes nothing more', () => {
  const rows = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), v: fc.nat(5) }), { selector: (one) => one.id });
  fc.assert(fc.property(rows, rows, (old, fresh) => {
    const once = mergeRows(old, fresh);
    return mergeRows(once, fresh) === once && new Set(once.map(({ id }) => id)).size === once.length;
  }));
});

test('the timeline is newest first', () => {
  expect(timeline([entry({ id: 'x', at: 1 }), entry({ id: 'y', at: 3 }), entry({ id: 'z', at: 3, v: 2 })]).map(({ id }) => id)).toEqual(['z', 'y', 'x']);
});

test.each([
  [{ ver: 8 }, 8], ['{"ver":9}', 9], [{ version: 3 }, 3], [4, 4], ['x', null], [{ ver: -1 }, null], [{ ver: '8' }, null], [null, null], [{ ver: 1.5 }, null],
])('the live message %j announces version %j', (message, version) => {
  expect(parseVersion(message)).toBe(version);
});

test.each([['/board/i1', 'i1'], ['/', null], ['#/board/i%2F1', 'i/1'], ['board/i2?x=1', 'i2'], ['/dashboard', null]])('the path %s names incident %j', (path, id) => {
  expect(incidentOfPath(path)).toBe(id);
});

test('a context of unexpected shape becomes safe defaults', () => {
  expect(parseContext({ locale: 'ja_JP', timezone: 'Nowhere/None', extension: { content: { id: 12 }, isEditing: 'yes' } })).toMatchObject({ lang: 'ja', timeZone: 'UTC', pageId: '12', isEditing: false, isConfiguring: false });
  expect(parseContext(null)).toMatchObject({ lang: 'en', locale: 'en-US', pageId: null, config: { incidentId: null, sections: null, compact: false }, templateId: null, autoConvertLink: null });
});

test('the macro’s settings come as strings; unknown parts are left out', () => {
  const config = (given: object) => parseContext({ extension: { config: given } }).config;
  expect(config({ incidentId: 'i1', sections: 'timeline, alerts,weather', compact: 'true' })).toEqual({ incidentId: 'i1', sections: ['alerts', 'timeline'], compact: true });
  expect(config({ sections: 'weather', compact: 'false' })).toEqual({ incidentId: null, sections: null, compact: false });
  expect(parseContext({ extension: { template: { id: 't1' }, macro: { isConfiguring: true }, autoConvertLink: 'https://mackerel.io/x' } })).toMatchObject({ templateId: 't1', isConfiguring: true, autoConvertLink: 'https://mackerel.io/x' });
});

test.each([
  ['https://mackerel.io/orgs/demo/alerts/2b3C4d', '2b3C4d'], ['https://mackerel.io/my/alerts/2b3C4d/', '2b3C4d'],
  ['https://mackerel.io.evil.example/orgs/demo/alerts/1', null], ['http://mackerel.io/orgs/demo/alerts/1?tab=log', '1'], ['javascript:alert(1)//mackerel.io/orgs/demo/alerts/2wp', null], ['https://evil.example/https://mackerel.io/orgs/demo/alerts/2wp', null], ['https://mackerel.io/orgs/demo/hosts/1', null], ['no address', null], [null, null],
])('the address %s names alert %j', (link, id) => {
  expect(alertOfLink(link)).toBe(id);
});

test('settings: empty secrets keep what is stored, and rows keep their identity', () => {
  const stored = { apiKeyLast4: 'x9Qz', orgName: 'demo', canWrite: false, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' as const, parent: null }], rules: [], fallback: 'candidate' as const, grouping: { by: 'service' as const, monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: true, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: null, guide: { settled: null, webhook: true, sample: null }, version: 3 };
  const draft = draftOf(stored, 'Asia/Tokyo');
  expect(inputOf(draft, 3)).toEqual({ services: stored.services, rules: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, scheme: SCHEME, templates: [], version: 3 });
  expect(differs(draft, stored)).toBe(false);
  expect(inputOf({ ...draft, removeSlack: true, apiKey: ' k ' }, 3)).toMatchObject({ slackUrl: '', apiKey: 'k' });
  const rows = [row('a'), row('b'), row('c')].map((one) => ({ ...one, value: { name: one.value } }));
  const [first, second] = rows;
  expect(moved(rows, second?.id ?? 0, -1).map(({ value }) => value.name)).toEqual(['b', 'a', 'c']);
  expect(moved(rows, first?.id ?? 0, -1)).toBe(rows);
  expect(without(changed(rows, first?.id ?? 0, { name: 'z' }), second?.id ?? 0).map(({ value }) => value.name)).toEqual(['z', 'c']);
});

test('the list finds by number, title and service, whatever the width of the letters', () => {
  const rows = [head(), head({ id: 'i2', key: '2026-041', title: 'バッチの遅延', service: 'batch', declaredAt: T0 + 9 * MINUTE })];
  expect(matching(rows, '', '').map(({ id }) => id)).toEqual(['i2', 'i1']);
  expect(matching(rows, 'ﾊﾞｯﾁ', '').map(({ id }) => id)).toEqual(['i2']);
  expect(matching(rows, '２０２６－０４２', 'investigating').map(({ id }) => id)).toEqual(['i1']);
});
