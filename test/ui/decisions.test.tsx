import './bridge';
import fc from 'fast-check';
import { suspects } from '../../static/ui/src/board/alerts/suspects';
import { drawnGraphs } from '../../static/ui/src/board/graphs/targets';
import { bounding, dragged, panned, shades, zoomed } from '../../static/ui/src/board/graphs/window';
import { dueHints, parseDismissed, wantedHints } from '../../static/ui/src/board/head/hints';
import { sparkPath, thinned } from '../../static/ui/src/board/hosts/spark-path';
import { SCHEME } from '../../src/domain/scheme';
import { alert, head, MINUTE, role, T0 } from './samples';

const at = (minutes: number): number => T0 + minutes * MINUTE;

test('hints wait for their time and come by urgency', () => {
  const bare = head({ severity: 'pending', declaredAt: T0, lastUpdateAt: T0 });
  expect(dueHints(bare, SCHEME, at(2) - 1)).toEqual([]);
  expect(dueHints(bare, SCHEME, at(2))).toEqual(['commander']);
  expect(dueHints(bare, SCHEME, at(5))).toEqual(['commander', 'severity']);
  expect(dueHints(bare, SCHEME, at(30))).toEqual(['commander', 'severity', 'update']);
  expect(dueHints(head({ declaredAt: T0, severity: 'sev4', roles: [role({ person: { accountId: 'a' } })] }), SCHEME, at(60))).toEqual([]);
});

test('resolved is proposed only when every linked alert is OK and nobody has called it resolved', () => {
  const quiet = { severity: 'sev4' as const, roles: [role({ person: { accountId: 'a' } })], openAlerts: 0 };
  expect(dueHints(head(quiet), SCHEME, at(9))).toEqual(['recovered']);
  expect(dueHints(head({ ...quiet, linkedAlerts: 0 }), SCHEME, at(9))).toEqual([]);
  expect(dueHints(head({ ...quiet, openAlerts: 1 }), SCHEME, at(9))).toEqual([]);
  for (const status of ['resolved', 'closed', 'cancelled', 'merged'] as const) expect(dueHints(head({ ...quiet, status, severity: 'pending', lastUpdateAt: T0 }), SCHEME, at(99))).toEqual([]);
});

test('a dismissed hint stays away for half an hour, the others do not', () => {
  expect(wantedHints(['commander', 'update'], { commander: at(5) }, at(34))).toEqual(['update']);
  expect(wantedHints(['commander', 'update'], { commander: at(5) }, at(35))).toEqual(['commander', 'update']);
  expect(parseDismissed({ commander: 5, weather: 6, update: 'x' })).toEqual({ commander: 5 });
  expect([parseDismissed(null), parseDismissed('x')]).toEqual([null, null]);
});

test('deploys that ended within an hour before the first alert come first, the latest on top', () => {
  const mark = (id: string, from: number, to: number) => ({ id, title: id, from: at(from), to: at(to) });
  const alerts = [alert({ openedAt: at(20) }), alert({ id: 'b', openedAt: T0 })];
  const { likely, others } = suspects([mark('just', -10, -5), mark('running', -2, 3), mark('hour', -70, -60), mark('older', -90, -61), mark('after', 5, 6)], alerts);
  expect(likely.map(({ id }) => id)).toEqual(['running', 'just', 'hour']);
  expect(others.map(({ id }) => id)).toEqual(['after', 'older']);
  expect(suspects([mark('any', -5, -1)], [])).toEqual({ likely: [], others: [mark('any', -5, -1)] });
});

test('one graph for each metric that alerts, then the team’s own, then what recovered', () => {
  const of = (id: string, metric: string | null, part = {}) => alert({ id, metricLabel: metric, ...part });
  const pick = (id: string, metric: string, host: string | null = 'h1') => ({ id, host: host === null ? null : { id: host, name: host }, service: host === null ? 'shop' : null, metric, unit: null });
  const drawn = drawnGraphs([of('a1', 'cpu'), of('a2', 'cpu'), of('a3', null), of('a4', 'cpu', { host: { id: 'h2', name: 'web-02' } })], [of('a5', 'disk'), of('a6', 'load')], [pick('g1', 'load'), pick('g2', 'cpu'), pick('g3', 'orders', null)]);
  expect(drawn.map(({ target, title, alert: drawnFor, pick: own }) => [target, title, drawnFor?.id ?? null, own?.id ?? null])).toEqual([
    [{ alertId: 'a1' }, 'cpu · web-01', 'a1', 'g2'],
    [{ alertId: 'a4' }, 'cpu · web-02', 'a4', null],
    [{ alertId: 'a6' }, 'load · web-01', 'a6', 'g1'],
    [{ graphId: 'g3' }, 'orders · shop', null, 'g3'],
    [{ alertId: 'a5' }, 'disk · web-01', 'a5', null],
  ]);
});

const bounds = { from: T0, to: at(60) };
test('zooming keeps what is under the pointer where it is', () => {
  expect(zoomed(bounds, 0.5, at(30), bounds)).toEqual({ from: at(15), to: at(45) });
  expect(zoomed(bounds, 0.5, T0, bounds)).toEqual({ from: T0, to: at(30) });
  expect(zoomed({ from: at(10), to: at(20) }, 4, at(15), bounds)).toEqual({ from: T0, to: at(40) });
  expect(zoomed({ from: at(10), to: at(20) }, 100, at(15), bounds)).toEqual(bounds);
  expect(zoomed({ from: at(10), to: at(13) }, 0.1, at(10), bounds)).toEqual({ from: at(10), to: at(12) });
});

test('moving ends at the edges; a drag is taken in either direction, too short a one is none', () => {
  expect(panned({ from: at(10), to: at(20) }, 5 * MINUTE, bounds)).toEqual({ from: at(15), to: at(25) });
  expect(panned({ from: at(10), to: at(20) }, -99 * MINUTE, bounds)).toEqual({ from: T0, to: at(10) });
  expect(dragged(at(40), at(20), bounds)).toEqual({ from: at(20), to: at(40) });
  expect(dragged(at(20), at(20) + 30_000, bounds)).toEqual({ from: at(20) + 15_000 - MINUTE, to: at(20) + 15_000 + MINUTE });
  expect(dragged(at(20), at(20) + 9_000, bounds)).toBeNull();
  expect([bounding([]), bounding([{ from: 3, to: 5 }, { from: 1, to: 4 }])]).toEqual([null, { from: 1, to: 5 }]);
});

test('whatever is done, the view stays inside and never turns round', () => {
  const step = fc.record({ zoom: fc.boolean(), by: fc.double({ min: 0.01, max: 50, noNaN: true }), where: fc.integer({ min: 0, max: 60 }) });
  fc.assert(fc.property(fc.array(step), (steps) => {
    const end = steps.reduce((span, { zoom, by, where }) => (zoom ? zoomed(span, by, at(where), bounds) : panned(span, (by - 25) * MINUTE, bounds)), bounds);
    expect(end.from).toBeGreaterThanOrEqual(bounds.from - 1);
    expect(end.to).toBeLessThanOrEqual(bounds.to + 1);
    expect(end.to - end.from).toBeGreaterThanOrEqual(2 * MINUTE - 1);
  }));
});

test('phases are shaded from one to the next, up to now or the end', () => {
  const base = { declaredAt: T0, identifiedAt: null, mitigatedAt: null, resolvedAt: null, closedAt: null };
  expect(shades(base, at(9))).toEqual([{ phase: 'investigating', from: T0, to: at(9) }]);
  expect(shades({ ...base, mitigatedAt: at(4), resolvedAt: at(8) }, at(99))).toEqual([{ phase: 'investigating', from: T0, to: at(4) }, { phase: 'mitigated', from: at(4), to: at(8) }]);
  expect(shades({ ...base, identifiedAt: at(2), closedAt: at(3) }, at(99))).toEqual([{ phase: 'investigating', from: T0, to: at(2) }, { phase: 'identified', from: at(2), to: at(3) }]);
});

test('a sparkline fills its box and leaves gaps open', () => {
  const points = [0, 1, 2, 9, 10].map((minute) => ({ at: at(minute), value: minute }));
  expect(sparkPath(points, 100, 20)).toBe('M0.0 20.0L10.0 18.0L20.0 16.0M90.0 2.0L100.0 0.0');
  expect(sparkPath([{ at: T0, value: 5 }], 100, 20)).toBe('M50.0 10.0');
  expect(sparkPath([], 100, 20)).toBe('');
});

test('many points of a sparkline become few, gaps stay gaps', () => {
  const points = [...Array(120).keys()].filter((n) => n < 40 || n >= 80).map((n) => ({ at: T0 + n * 1000, value: n % 2 }));
  const few = thinned(points, 12);
  expect(few).toHaveLength(8);
  expect(few.every(({ value }) => Math.abs(value - 0.5) < 0.06)).toBe(true);
  expect(few[4]?.at).toBeGreaterThan(T0 + 79_000);
  expect(thinned(points, 500)).toBe(points);
});
