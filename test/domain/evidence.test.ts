import { READS_A_COPY, bytesOf, freshEvidence, granted, isUnderWay, leaveOut, nextFreeze, whereKept, wished, withCopy, woken, type Evidence, type EvidenceCopy, type LeftOut, type NextFreeze } from '../../src/domain/evidence';
import { claimDrawing, fits, keepDrawing, undrawn } from '../../src/domain/evidence-drawing';
import { evidencePicture } from '../../src/domain/evidence-picture';
import { evidenceText, frozenOf, hostIn, seriesIn, type ReadSeries } from '../../src/domain/evidence-file';
import { readsFor, seriesKey, slicesIn, wantedSeries } from '../../src/domain/evidence-series';
import type { AlertRecord, Incident } from '../../src/domain/model';
import { FULL, T0 } from './reported';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const host = (id: string) => ({ id, name: `host ${id}` });
const [any] = Object.values(FULL.alerts);
const alert = (id: string, part: Partial<AlertRecord> = {}): AlertRecord => ({ ...(any as AlertRecord), id, monitorName: 'p95', host: host(id), service: 'shop', metricName: 'custom.p95', operator: '>', openedAt: T0, closedAt: null, logs: [], links: [{ recordedAt: T0, on: true, by: null }], ...part });
const incident = (alerts: readonly AlertRecord[], head: Partial<Incident['head']> = {}): Incident => ({
  ...FULL, alerts: Object.fromEntries(alerts.map((one) => [one.id, one])), head: { ...FULL.head, status: 'investigating', detectedAt: T0, resolvedAt: null, closedAt: null, graphs: [], linkedAlerts: alerts.length, ...head },
});
const read = (key: string, part: Partial<ReadSeries> = {}): ReadSeries => ({ key, title: 'p95 · web', unit: null, host: host('h'), service: null, metric: 'custom.p95', operator: null, from: T0, to: T0 + HOUR, reads: 1, points: [], ...part });
const file = (name: string, bytes = 10) => ({ id: name, version: 1, name, sha256: '00', bytes });
const began = (next: NextFreeze): EvidenceCopy => {
  if (next.so !== 'freeze') throw new Error(next.so);
  return next.copy;
};
/** Everything of the copy kept, in one part. */
const whole = (of: Incident, copy: EvidenceCopy, bytes = 10): EvidenceCopy => ({ ...copy, done: true, parts: [{ data: file(`${copy.n}.json`, bytes), picture: null, series: wantedSeries(of, copy.to).map((series) => frozenOf({ ...series, points: [{ at: T0, value: 1 }] })) }] });
const kept = (of: Incident, now: number, evidence: Evidence = freshEvidence('i', 'c', 0)): Evidence => withCopy(evidence, whole(of, began(nextFreeze(of, evidence, now))));

test('values come out of the file as they went in, with every digit and every gap', () => {
  const points = [[0, 0.1 + 0.2], [60, -1e-12], [3660, 1e21], [3661.5, 0]].map(([s, value]) => ({ at: T0 + (s ?? 0) * 1000, value: value ?? 0 }));
  const of = incident([alert('a')]);
  const text = evidenceText(of, began(nextFreeze(of, freshEvidence('i', 'c', 0), T0)), [read('k', { points })], { monitors: [], hosts: [{ id: 'h', name: 'web', status: 'working', memo: '', agent: null, roles: [], interfaces: [] }], deploys: [] });
  expect(JSON.stringify(seriesIn(text)?.get('k'))).toBe(JSON.stringify(points));
  expect([seriesIn(text)?.get('other'), seriesIn('{"all":"fine"}'), seriesIn('no JSON')]).toEqual([undefined, null, null]);
  expect([hostIn(text, 'h')?.name, hostIn(text, 'x'), hostIn('[]', 'h')]).toEqual(['web', null, null]);
});

test('no account stands in the file', () => {
  const of = incident([alert('a', { links: [{ recordedAt: T0, on: true, by: 'acc-alice' }] })], { declaredBy: 'acc-bob' });
  const text = evidenceText(of, began(nextFreeze(of, freshEvidence('i', 'c', 0), T0)), [], { monitors: [], hosts: [], deploys: [] });
  expect(text).toContain('"monitorName":"p95"');
  expect(text).not.toContain('acc-');
});

test('names in the picture are text, whatever they say', () => {
  const svg = evidencePicture([read('k', { title: '<script>alert("1")</script> & \u202e', points: [{ at: T0, value: 1 }, { at: T0 + HOUR, value: 2 }] })]);
  expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;');
  expect(svg).not.toContain('<script');
  // An hour without values is no line.
  expect(svg).toMatch(/<path d="M64 96M752 22"/);
  expect(evidencePicture([read('k')])).toBeNull();
});

test('long times are asked for in slices of twenty hours, and a metric of many parts is known to take many requests', () => {
  expect([slicesIn(T0, T0 + 6 * HOUR), slicesIn(T0, T0 + 20 * HOUR - 1000), slicesIn(T0, T0 + 20 * HOUR), slicesIn(T0, T0 + 59 * HOUR)]).toEqual([1, 1, 2, 3]);
  expect(['custom.p95', 'memory%', 'cpu%', 'disk%'].map((metric) => readsFor({ host: host('h'), metric }, T0, T0 + HOUR))).toEqual([1, 2, 9, 12]);
});

test('each metric is wanted once, the cheapest first, and no more than sixty hours of it', () => {
  const of = incident([alert('a', { metricName: 'cpu%' }), alert('b', { host: host('h') }), alert('c', { host: host('h') }), alert('d', { metricName: null })]);
  const wanted = wantedSeries(of, T0 + 100 * HOUR);
  expect(wanted.map(({ metric, reads }) => [metric, reads])).toEqual([['custom.p95', 3], ['cpu%', 27]]);
  expect((wanted[0]?.to ?? 0) - (wanted[0]?.from ?? 0)).toBe(60 * HOUR - 1000);
  const key = { host: host('h'), service: 'shop', metric: 'custom.p95', operator: '>' as const };
  expect(seriesKey(key)).toBe(seriesKey({ ...key, service: 'blog', operator: null }));
  expect(seriesKey({ ...key, metric: 'disk%' })).not.toBe(seriesKey({ ...key, metric: 'disk%', operator: '<' }));
});

describe('what is frozen next', () => {
  const of = incident([alert('a')]);
  const now = T0 + 5 * MINUTE;

  test('nothing while there is nothing, then what came, then only what is new', () => {
    expect(nextFreeze(incident([]), freshEvidence('i', 'c', 0), now)).toEqual({ so: 'wait', until: now + 10 * MINUTE });
    const evidence = kept(of, now);
    expect(nextFreeze(of, evidence, now)).toEqual({ so: 'wait', until: now + 10 * MINUTE });
    expect(began(nextFreeze(incident([alert('a'), alert('b')]), evidence, now))).toMatchObject({ n: 2, alerts: ['a', 'b'] });
    expect(began(nextFreeze(incident([alert('a')], { status: 'mitigated' }), evidence, now))).toMatchObject({ n: 2, phase: 'mitigated' });
  });

  test('the end at once, its tail a quarter of an hour later, then nothing until something happens', () => {
    const over = incident([alert('a', { closedAt: now - MINUTE })], { status: 'resolved', resolvedAt: now });
    const first = kept(over, now);
    const tailAt = now + 16 * MINUTE;
    expect(nextFreeze(over, first, now + MINUTE)).toEqual({ so: 'wait', until: tailAt });
    const second = kept(over, tailAt, first);
    expect(second.copies.map(({ n, to }) => [n, to])).toEqual([[1, now], [2, now + 15 * MINUTE]]);
    expect(nextFreeze(over, second, tailAt)).toEqual({ so: 'rest', full: false });
    expect(nextFreeze(incident(Object.values(over.alerts), { status: 'closed', resolvedAt: now, closedAt: tailAt }), second, tailAt)).toEqual({ so: 'rest', full: false });
  });

  test('what was merged away or cancelled rests; a copy that was begun is ended before', () => {
    expect(nextFreeze(incident([alert('a')], { status: 'merged', mergedInto: 'j' }), freshEvidence('i', 'c', 0), now)).toEqual({ so: 'rest', full: false });
    const copy = began(nextFreeze(of, freshEvidence('i', 'c', 0), now));
    const begun = withCopy(freshEvidence('i', 'c', 0), { ...copy, passed: wantedSeries(of, copy.to).map(({ key }) => key) });
    expect(nextFreeze(of, begun, now)).toMatchObject({ so: 'freeze', copy: { n: 1 }, todo: [] });
  });

  test('while it goes on five copies are kept, eight in all, and twelve megabytes', () => {
    let evidence = freshEvidence('i', 'c', 0);
    const phase = (n: number): Incident => incident([alert('a')], { status: n % 2 === 0 ? 'mitigated' : 'identified' });
    for (let n = 0; n < 5; n += 1) evidence = kept(phase(n), now, evidence);
    expect(nextFreeze(phase(5), evidence, now).so).toBe('wait');
    const over = (n: number): Incident => incident([alert('a')], { status: 'resolved', resolvedAt: now + n * HOUR });
    for (let n = 0; n < 3; n += 1) evidence = kept(over(n), now + n * HOUR + 20 * MINUTE, evidence);
    expect(evidence.copies.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(nextFreeze(over(3), evidence, now + 4 * HOUR)).toEqual({ so: 'rest', full: true });
    const heavy = withCopy(freshEvidence('i', 'c', 0), whole(of, began(nextFreeze(of, freshEvidence('i', 'c', 0), now)), 12_000_000));
    expect([bytesOf(heavy), nextFreeze(over(0), heavy, now).so]).toEqual([12_000_000, 'rest']);
    expect(READS_A_COPY).toBe(60);
  });

  test('of more alerts than are kept the rest is named, the first ten', () => {
    const many = incident(Array.from({ length: 312 }, (_, n) => alert(String(n).padStart(3, '0'), { monitorName: `m${n}` })));
    const copy = began(nextFreeze(many, freshEvidence('i', 'c', 0), now));
    expect([copy.alerts.length, copy.left.map(({ why, n, names }) => [why, n, names.length, names[0]])]).toEqual([300, [['many', 12, 10, 'm300']]]);
    const left: readonly LeftOut[] = leaveOut(leaveOut([], 'reads', 'a'), 'empty', 'b');
    expect(leaveOut(left, 'reads', 'c')).toEqual([{ why: 'reads', n: 2, names: ['a', 'c'] }, { why: 'empty', n: 1, names: ['b'] }]);
  });
});

describe('a copy that somebody asks for', () => {
  const now = T0 + 10 * MINUTE;
  const of = incident([alert('a')]);
  const wish = (n: number, by = 'acc-alice') => ({ opId: `${by}:operation-${n}`, by, at: now });
  const stored = ({ evidence }: { readonly evidence: Evidence | null }): Evidence => evidence ?? freshEvidence('nothing', 'stored', 0);

  test('is made where nothing is new, with who asked, and once for one press', () => {
    const first = kept(of, now);
    expect(nextFreeze(of, first, now).so).toBe('wait');
    const asked = wished(of, { ...first, work: 'rest', nextAt: 0 }, wish(1));
    expect([asked.so, stored(asked)]).toMatchObject(['coming', { work: 'due', nextAt: now, wish: wish(1), woken: 1 }]);
    const again = kept(of, now, stored(asked));
    expect([again.copies.map(({ n, wish: by }) => [n, by?.by]), again.wish]).toEqual([[[1, undefined], [2, 'acc-alice']], null]);
    expect(wished(of, again, wish(1))).toEqual({ so: 'coming', evidence: null });
    expect(nextFreeze(of, again, now).so).toBe('wait');
  });

  test('is one, however many ask while it is waited for or being made; who asked is woken again', () => {
    const asked = stored(wished(of, kept(of, now), wish(1)));
    const second = wished(of, { ...asked, work: 'rest' }, wish(2, 'acc-bob'));
    expect([second.so, stored(second)]).toMatchObject(['under-way', { wish: wish(1), work: 'due', woken: 2 }]);
    expect(wished(of, asked, wish(1)).so).toBe('coming');
    const making: Evidence = { ...kept(of, now), holder: { id: 'x', until: now + 1, copy: 2 } };
    expect([isUnderWay(making, now), wished(of, making, wish(1))]).toEqual([true, { so: 'under-way', evidence: null }]);
    // A look that has begun no copy, or one that died, is no reason.
    expect([isUnderWay({ ...making, holder: { id: 'x', until: now + 1 } }, now), isUnderWay(making, now + 2)]).toEqual([false, false]);
  });

  test('is refused where no more are kept, and leaves room for the end', () => {
    let evidence = kept(of, now);
    for (let n = 2; n <= 5; n += 1) evidence = kept(of, now, { ...evidence, wish: wish(n) });
    expect([evidence.copies.length, wished(of, evidence, wish(6))]).toEqual([5, { so: 'full', evidence: null }]);
    const waiting: Evidence = { ...evidence, wish: wish(6) };
    expect([granted(of, waiting, now).wish, nextFreeze(of, granted(of, waiting, now), now).so]).toEqual([null, 'wait']);
    const ended = incident([alert('a')], { status: 'resolved', resolvedAt: now });
    evidence = kept(ended, now + MINUTE, evidence);
    evidence = kept(ended, now + MINUTE, { ...evidence, wish: wish(7) });
    expect([evidence.copies.length, wished(ended, evidence, { ...wish(8), at: now + MINUTE }).so]).toEqual([7, 'full']);
    evidence = kept(ended, now + 20 * MINUTE, evidence);
    expect([evidence.copies.length, nextFreeze(ended, evidence, now + 21 * MINUTE)]).toEqual([8, { so: 'rest', full: false }]);
  });

  test('is of nothing where there is nothing, and of what was taken for nothing', () => {
    expect(wished(incident([]), freshEvidence('i', 'c', 0), wish(1))).toEqual({ so: 'nothing', evidence: null });
    const cancelled = incident([alert('a')], { status: 'cancelled' });
    expect([nextFreeze(cancelled, freshEvidence('i', 'c', 0), now).so, wished(cancelled, freshEvidence('i', 'c', 0), wish(1)).so]).toEqual(['rest', 'coming']);
  });
});

test('one browser draws a part at a time; one that dies gives way, and there is an end to it', () => {
  const of = incident([alert('a')]);
  const copy = whole(of, began(nextFreeze(of, freshEvidence('i', 'c', 0), T0)));
  const evidence = withCopy(freshEvidence('i', 'c', 0), { ...copy, parts: copy.parts.map((part) => ({ ...part, picture: file('1.svg') })) });
  const part = { n: 1, part: 0 };
  const mine = (id: string, at: number) => ({ id, by: `acc-${id}`, at });
  expect(undrawn(evidence)).toEqual([{ ...part, width: 760, height: 120 }]);
  const claimed = claimDrawing(evidence, part, mine('a', T0), 10).evidence ?? evidence;
  expect([claimDrawing(claimed, part, mine('b', T0 + 14_999), 10).so, undrawn(claimed).length]).toEqual(['coming', 1]);
  const next = claimDrawing(claimed, part, mine('b', T0 + 15_000), 10);
  expect([next.so, next.evidence?.drawn?.map(({ id }) => id), keepDrawing(next.evidence ?? evidence, 'a', file('1.png'))]).toEqual(['mine', ['b'], null]);
  const kept = keepDrawing(next.evidence ?? evidence, 'b', file('1.png', 6_000_000)) ?? evidence;
  expect([undrawn(kept), claimDrawing(kept, part, mine('c', T0 + 99_999), 10)]).toEqual([[], { so: 'there', evidence: null }]);
  const two = withCopy(kept, { ...copy, n: 2, parts: evidence.copies[0]?.parts ?? [] });
  expect([claimDrawing(two, { n: 2, part: 0 }, mine('c', T0), 10).so, claimDrawing(kept, { n: 9, part: 0 }, mine('c', T0), 10).so]).toEqual(['none', 'none']);
  const svg = { width: 760, height: 360 };
  expect([[760, 360], [380, 180], [571, 270], [760, 362], [100, 47], [2000, 947]].map(([width = 0, height = 0]) => fits({ width, height }, svg))).toEqual([true, true, true, false, false, false]);
});

test('what happens brings the next look forward, never back, and is counted', () => {
  const evidence = { ...freshEvidence('i', 'c', 100), attempts: 3 };
  expect(woken(evidence, 50)).toMatchObject({ nextAt: 50, work: 'due', woken: 1, attempts: 0 });
  expect(woken(evidence, 200)).toMatchObject({ nextAt: 100 });
  expect(woken({ ...evidence, work: 'rest' }, 200)).toMatchObject({ nextAt: 200, work: 'due' });
});

test('the newest copy of a metric is found first', () => {
  const of = incident([alert('a')]);
  const evidence = kept(incident([alert('a')], { status: 'mitigated' }), T0 + HOUR, kept(of, T0 + MINUTE));
  const key = wantedSeries(of, T0)[0]?.key ?? '';
  expect(whereKept(evidence, key).map(({ file: { name } }) => name)).toEqual(['2.json', '1.json']);
  expect(whereKept(evidence, 'other')).toEqual([]);
});
