import fc from 'fast-check';
import type { RuleView } from '../../src/contract';
import { atWorst, closedBy, joinAlert, sortLogs, trend, valueAtOpening, worstStatus, type AlertSighting } from '../../src/domain/alert';
import { declared, respond, setSeverity, setStatus, sight } from '../../src/domain/incident';
import type { AlertLog, DeclareIntent } from '../../src/domain/model';
import { ANY, judge } from '../../src/domain/rules';
import { plainLine } from '../../src/domain/text';
import { metricPlan } from '../../src/domain/metric';

const base: AlertSighting = {
  id: 'a1', monitorId: 'm1', monitorName: 'checkout p95', monitorType: 'host', monitorMemo: null, host: { id: 'h1', name: 'web-01' }, service: 'shop', metricName: 'custom.checkout.p95', unit: null, operator: '>', warning: 500, critical: 800, message: null, openedAt: 1000, closedAt: null, reason: null, status: 'CRITICAL', statusAt: 1000, value: 1120, factsAt: 1000, logs: [],
};
const opened: AlertLog = { id: 'l1', status: 'WARNING', trigger: 'monitoring', at: 1000, value: 600 };
const worse: AlertLog = { id: 'l2', status: 'CRITICAL', trigger: 'monitoring', at: 2000, value: 1120 };
const recovered: AlertLog = { id: 'l3', status: 'OK', trigger: 'monitoring', at: 5000, value: 300 };
const byHand: AlertLog = { id: 'l3', status: 'OK', trigger: 'manual', at: 5000, value: null };

const intent: DeclareIntent = {
  incidentId: 'i1', nonce: 'n1', conn: 'c', title: 'checkout p95 (web-01)', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'ja', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: 1000, declaredAt: 1500, declaredBy: null, candidateId: null, alerts: [base],
};

describe('folding what is heard of an alert', () => {
  /** What Mackerel would say of one alert at some moment of its life. */
  const life: AlertSighting[] = [
    { ...base, status: 'WARNING', statusAt: 1000, logs: [opened], value: 600, factsAt: 1100 },
    { ...base, status: 'CRITICAL', statusAt: 2000, logs: [opened, worse], factsAt: 2100 },
    { ...base, status: 'OK', statusAt: 5000, closedAt: 5000, logs: [opened, worse, recovered], factsAt: 5100 },
    { ...base, status: 'CRITICAL', statusAt: 2000, logs: [], factsAt: 3000 },
  ];

  test('any order and duplication of sightings ends in the same record', () => {
    const whole = life.reduce(joinAlert);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), fc.array(fc.nat(3), { maxLength: 8 }), (order, again) => {
        const seen = [...order, ...again].map((index) => life[index] ?? base);
        expect(seen.reduce(joinAlert)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
    expect(whole).toMatchObject({ status: 'OK', closedAt: 5000, openedAt: 1000, statusAt: 5000 });
    expect(whole.logs.map((log) => log.id)).toEqual(['l1', 'l2', 'l3']);
  });

  test('log lines stand in one order however they come; within a second worse comes later and recovery last', () => {
    const sameSecond: AlertLog[] = [{ ...recovered, at: 1000 }, { ...worse, at: 1000 }, opened];
    fc.assert(fc.property(fc.shuffledSubarray(sameSecond, { minLength: 3 }), (lines) => expect(sortLogs(lines).map((log) => log.id)).toEqual(['l1', 'l2', 'l3'])));
  });

  test('a late reading of an open alert does not open a closed one again', () => {
    const closed = life[2] ?? base;
    const late = { ...(life[1] ?? base), factsAt: 9000 };
    expect(joinAlert(closed, late)).toMatchObject({ status: 'OK', closedAt: 5000 });
  });

  test('only a genuine recovery counts as one', () => {
    expect(closedBy({ ...base, closedAt: 5000, logs: [opened, recovered] })).toBeNull();
    expect(closedBy({ ...base, closedAt: 5000, logs: [opened, byHand] })).toBe('manual');
  });

  test('rules judge the worst state an alert was ever in', () => {
    const over = { ...base, status: 'OK' as const, closedAt: 5000, logs: [opened, worse, recovered] };
    expect(worstStatus(over)).toBe('CRITICAL');
    const sev2 = { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } as const;
    const rules: RuleView[] = [{ id: 'r1', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: sev2 }];
    expect(judge({ rules, fallback: 'candidate' }, over)).toEqual(sev2);
    expect(judge({ rules, fallback: 'candidate' }, { ...over, service: 'blog' })).toEqual({ action: 'candidate', times: 1, minutes: 60, whyKey: 'candidate.why.default', whyParams: {} });
  });

  test('value at opening comes from the log that opened it', () => {
    expect(valueAtOpening({ ...base, logs: [opened, worse] })).toBe(600);
    expect(valueAtOpening(base)).toBe(1120);
  });

  test('at its worst an alert has the value and the threshold of that state, recovered or not', () => {
    expect(atWorst({ ...base, logs: [opened, worse, recovered], status: 'OK', closedAt: 5000 })).toEqual({ status: 'CRITICAL', value: 1120, threshold: 800 });
    expect(atWorst({ ...base, logs: [opened], status: 'WARNING' })).toEqual({ status: 'WARNING', value: 600, threshold: 500 });
  });

  test.each([
    ['>', 1120, 2310, 'worse'],
    ['>', 1120, 700, 'better'],
    ['<', 10, 4, 'worse'],
    ['>', 176, 178, 'same'],
    [null, 1, 2, null],
  ] as const)('trend with operator %s from %d to %d is %s', (operator, before, now, expected) => {
    expect(trend(operator, before, now)).toBe(expected);
  });
});

describe('one incident', () => {
  const press = (opId: string, now: number) => ({ opId, by: 'acc-alice', now });

  test('a retried press finds its own effect', () => {
    const start = declared(intent, '2026-001');
    const once = respond(start, press('op1', 2000));
    expect(once.head.firstResponse).toEqual({ at: 2000, by: 'acc-alice' });
    expect(respond(once, press('op1', 3000))).toBe(once);
    expect(respond(once, press('op2', 3000))).toBe(once);
    expect(once.head.outbox.map((item) => item.kind)).toEqual(['declared', 'responded']);
  });

  test('phase times are set once and taken back with the phase', () => {
    const mitigated = setStatus(declared(intent, '2026-001'), 'mitigated', press('op1', 2000));
    const resolved = setStatus(mitigated, 'resolved', press('op2', 3000));
    expect(resolved.head).toMatchObject({ mitigatedAt: 2000, resolvedAt: 3000, closedAt: null, state: 'open' });
    const back = setStatus(resolved, 'investigating', press('op3', 4000));
    expect(back.head).toMatchObject({ mitigatedAt: null, resolvedAt: null, status: 'investigating' });
    const closed = setStatus(resolved, 'closed', press('op4', 5000));
    expect(closed.head).toMatchObject({ mitigatedAt: 2000, resolvedAt: 3000, closedAt: 5000, state: 'ended' });
  });

  test('a private incident owes no notice', () => {
    const hidden = setSeverity(declared({ ...intent, visibility: 'private' }, 'abcdefgh'), 'sev1', press('op1', 2000));
    expect(hidden.head.outbox).toEqual([]);
    expect(hidden.head.severity).toBe('sev1');
  });

  test('seeing the same again changes nothing', () => {
    const read = { ...base, status: 'WARNING' as const, logs: [opened] };
    const start = declared({ ...intent, alerts: [read] }, '2026-001');
    expect(sight(start, [{ ...read, factsAt: 99_999 }], 2000)).toBe(start);
    const more = sight(start, [{ ...base, id: 'a2', openedAt: 400 }], 2000);
    expect(more.head).toMatchObject({ ver: 2, openAlerts: 2, detectedAt: 400 });
  });
});

test('hostile text loses what cannot be seen and keeps what can', () => {
  expect(plainLine('<img onerror=alert(1)>\u202e\u200bevil\nname', 100)).toBe('<img onerror=alert(1)>evil name');
  expect(plainLine('あいうえお', 3)).toBe('あい…');
});

test('cpu% is the busy share of all modes, whatever scale they are posted in', () => {
  const plan = metricPlan('cpu%');
  const values = new Map([['cpu.user.percentage', 120], ['cpu.system.percentage', 40], ['cpu.idle.percentage', 40]]);
  expect(plan.combine(values)).toBe(80);
  expect(plan.combine(new Map())).toBeNull();
});

test('disk% is the share of the file system nearest to the threshold', () => {
  const names = ['filesystem.root.size', 'filesystem.root.used', 'filesystem.data.size', 'filesystem.data.used', 'filesystem.odd.size', 'loadavg5'];
  const values = new Map([['filesystem.root.size', 200], ['filesystem.root.used', 50], ['filesystem.data.size', 1000], ['filesystem.data.used', 910], ['filesystem.odd.size', 1]]);
  const fullest = metricPlan('disk%', { names, operator: '>' });
  expect([fullest.parts, fullest.unit]).toEqual([['filesystem.root.used', 'filesystem.root.size', 'filesystem.data.used', 'filesystem.data.size'], 'percentage']);
  expect([fullest.combine(values), metricPlan('disk%', { names, operator: '<' }).combine(values)]).toEqual([91, 25]);
  expect([fullest.combine(new Map()), metricPlan('disk%').parts]).toEqual([null, []]);
});
