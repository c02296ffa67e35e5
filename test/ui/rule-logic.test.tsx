import './bridge';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleTrial, RuleView, RuleWhen, SettingsView } from '../../src/contract';
import { payloads } from '../../src/handlers/payloads';
import { SCHEME } from '../../src/domain/scheme';
import { after, differs, draftOf, inputOf, movedTo, problemsOf, row, setOf } from '../../static/ui/src/settings/draft';
import { checkFile, checkTyped, type RuleSet } from '../../static/ui/src/settings/rules/rule-check';
import { draftOfRule, freshRule, numberOf, ruleOf } from '../../static/ui/src/settings/rules/rule-draft';
import { fileText, readRules } from '../../static/ui/src/settings/rules/rule-file';
import { daysText, placeText, thenText, whenText } from '../../static/ui/src/settings/rules/rule-words';
import { freshTrial, momentOn, outcomeTexts, trialOf, unmetTexts } from '../../static/ui/src/settings/rules/trial';
import { words } from './samples';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
const night = { days: [1, 2, 3, 4, 5], from: 1320, to: 360, zone: 'Asia/Tokyo' };
const full: RuleView = {
  id: 'r1', name: 'Night', when: { monitor: 'm1', type: 'host', service: 'shop', role: 'shop:web', host: 'web-*', statuses: ['CRITICAL', 'UNKNOWN'], name: 'checkout?', time: night },
  then: { action: 'declare', severity: 'sev2', kind: 'drill', spaceKey: 'OPS' },
};
const plain: RuleView = { id: 'r2', name: '', when: ANY, then: { action: 'candidate', times: 3, minutes: 30 } };
const set: RuleSet = { rules: [full, plain], fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 0, flapMinutes: 1440 } };
const stored: SettingsView = { apiKeyLast4: 'x9Qz', orgName: 'demo', canWrite: true, services: [], ...set, slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: null, guide: { settled: null, webhook: true, sample: null }, version: 3 };

describe('the draft of a rule', () => {
  test.each([full, plain, { ...plain, then: { action: 'attach' } }, { ...plain, then: { action: 'ignore' } }, { ...plain, then: { action: 'declare', severity: 'sev1', kind: 'incident', spaceKey: null, template: 'security' } }, { ...full, then: { action: 'declare', severity: 'pending', kind: 'incident', spaceKey: null } }] as RuleView[])('says the same rule again: %j', (rule) => {
    expect(ruleOf(draftOfRule(rule, 'UTC'))).toEqual(rule);
  });

  test('keeps what was typed for another action and for hours that are off', () => {
    const draft = { ...draftOfRule(full, 'UTC'), action: 'candidate' as const, timed: false };
    expect(ruleOf(draft)).toMatchObject({ when: { time: null }, then: { action: 'candidate', times: 1, minutes: 60 } });
    expect(ruleOf({ ...draft, action: 'declare', timed: true })).toEqual(full);
  });

  test('takes blanks off, leaves out what is empty and reads wide digits', () => {
    const draft = { ...freshRule('UTC'), id: 'r', service: ' shop ', host: '   ', times: ' １２ ', minutes: '5' };
    expect(ruleOf(draft)).toEqual({ id: 'r', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'candidate', times: 12, minutes: 5 } });
    expect(['7', '', '1.5', '-1', 'x', '1e3'].map(numberOf)).toEqual([7, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  test('of the stored settings changes nothing until something is changed', () => {
    const draft = draftOf(stored, 'UTC');
    expect([differs(draft, stored), problemsOf(draft)]).toEqual([false, []]);
    expect(inputOf(draft, 3)).toMatchObject({ ...set, version: 3 });
    expect([differs({ ...draft, fallback: 'candidate' }, stored), differs({ ...draft, grouping: { ...draft.grouping, flapMinutes: '0' } }, stored), differs({ ...draft, rules: [...draft.rules].reverse() }, stored)]).toEqual([true, true, true]);
  });

  test('says where something is wrong', () => {
    const draft = draftOf(stored, 'UTC');
    const [first, second] = draft.rules.map(({ value }) => value);
    if (first === undefined || second === undefined) throw new Error('two rules are in the draft');
    const bad = { ...draft, rules: [row({ ...first, days: [], from: '', role: 'web' }), row({ ...second, times: '0', minutes: 'soon' })], grouping: { ...draft.grouping, monitorMinutes: '1441' } };
    expect(problemsOf(bad).map(({ path, key }) => [path, key])).toEqual([
      ['rules.0.when.role', 'settings.rules.problem.role'], ['rules.0.when.time.days', 'settings.rules.problem.few'], ['rules.0.when.time.from', 'settings.rules.problem.number'],
      ['rules.1.then.times', 'settings.rules.problem.least'], ['rules.1.then.minutes', 'settings.rules.problem.number'], ['grouping.monitorMinutes', 'settings.rules.problem.most'],
    ]);
  });
});

describe('the order', () => {
  const rows = ['a', 'b', 'c', 'd'].map((name, index) => ({ id: index, value: name }));
  const names = (list: readonly { value: string }[]): string => list.map(({ value }) => value).join('');

  test.each([[0, 2, 'above', 'bacd'], [0, 2, 'below', 'bcad'], [3, 0, 'above', 'dabc'], [3, 0, 'below', 'adbc'], [1, 2, 'below', 'acbd'], [2, 1, 'above', 'acbd']] as const)('row %d dropped on row %d, %s: %s', (id, other, edge, expected) => {
    expect(names(movedTo(rows, id, other, edge))).toBe(expected);
  });

  test('stays the same list where nothing moves', () => {
    expect([movedTo(rows, 1, 1, 'above'), movedTo(rows, 1, 0, 'below'), movedTo(rows, 1, 2, 'above'), movedTo(rows, 9, 0, 'above'), movedTo(rows, 0, 9, 'above')].every((list) => list === rows)).toBe(true);
    expect(names(after(rows, 1, { id: 7, value: 'x' }))).toBe('abxcd');
  });
});

describe('a file of rules', () => {
  const text = fileText(set);
  const read = (content: string, size = content.length) => readRules(size, () => Promise.resolve(content));
  const faults = async (content: unknown): Promise<unknown> => {
    const checked = await read(typeof content === 'string' ? content : JSON.stringify(content));
    return checked.ok ? 'fine' : checked.problems.map(({ path, key, params }) => [path, key.replace('settings.rules.', ''), ...Object.values(params)]);
  };
  const file = { schema: 1, ...set };

  test('is what it was made from', async () => {
    expect(JSON.parse(text)).toEqual(file);
    expect(await read(text)).toEqual({ ok: true, value: set });
    expect(await read(`\uFEFF${text}`)).toEqual({ ok: true, value: set });
  });

  test.each<[string, unknown, unknown]>([
    ['no JSON', '{\n  "schema": 1,\n  oops\n}', [['', 'import.no-json', 3]]],
    ['nothing', '', [['', 'import.no-json', 0]]],
    ['a list', [], [['', 'problem.object']]],
    ['another schema', { ...file, schema: 2 }, [['schema', 'problem.one-of', '1']]],
    ['parts missing', { schema: 1, rules: [] }, [['fallback', 'problem.missing'], ['grouping', 'problem.missing']]],
    ['parts nobody knows', { ...file, mood: 'good', rules: [{ ...plain, when: { ...ANY, weather: 'rain' } }] }, [['rules.0.when', 'problem.unknown', 'weather'], ['', 'problem.unknown', 'mood']]],
    ['wrong kinds', { ...file, rules: [{ ...plain, name: 7, when: { ...ANY, statuses: 'CRITICAL' } }, 'rule'] }, [['rules.0.name', 'problem.text'], ['rules.0.when.statuses', 'problem.list'], ['rules.1', 'problem.object']]],
    ['wrong words', { ...file, fallback: 'page', rules: [{ ...plain, when: { ...ANY, statuses: ['RED'] }, then: { action: 'shout' } }] }, [['rules.0.when.statuses.0', 'problem.one-of', 'OK, WARNING, CRITICAL, UNKNOWN'], ['rules.0.then.action', 'problem.one-of', 'ignore, candidate, declare, attach'], ['fallback', 'problem.one-of', 'ignore, candidate']]],
    ['too much and too little', { ...file, rules: [{ ...full, name: 'x'.repeat(101), when: { ...full.when, host: '' }, then: { action: 'candidate', times: 21, minutes: 0 } }] }, [['rules.0.name', 'problem.long', 100], ['rules.0.when.host', 'problem.empty'], ['rules.0.then.times', 'problem.most', 20], ['rules.0.then.minutes', 'problem.least', 1]]],
    ['a zone nobody knows', { ...file, rules: [{ ...full, when: { ...full.when, time: { ...night, zone: 'Mars/Olympus' } } }] }, [['rules.0.when.time.zone', 'problem.zone']]],
    ['a service with a blank', { ...file, rules: [{ ...full, when: { ...full.when, service: 'my shop' } }] }, [['rules.0.when.service', 'problem.service']]],
    ['an id twice', { ...file, rules: [full, full] }, [['rules', 'problem.id-twice']]],
    ['too many', { ...file, rules: Array.from({ length: 201 }, (_, n) => ({ ...plain, id: `r${n}` })) }, [['rules', 'problem.many', 200]]],
    ['hours that are no number', { ...file, rules: [{ ...full, when: { ...full.when, time: { ...night, from: '22:00', to: 1.5 } } }] }, [['rules.0.when.time.from', 'problem.number'], ['rules.0.when.time.to', 'problem.number']]],
    ['a prototype', '{"schema":1,"rules":[],"fallback":"ignore","grouping":{"by":"role","monitorMinutes":0,"flapMinutes":0},"__proto__":{"a":1}}', [['', 'problem.unknown', '__proto__']]],
  ])('with %s is refused, and every fault has its place', async (_what, content, expected) => {
    expect(await faults(file)).toBe('fine');
    expect(await faults(content)).toEqual(expected);
  });

  test('of more than 400 kB is not even read; one that cannot be read says so', async () => {
    let asked = 0;
    expect(await readRules(400_001, () => Promise.resolve(String((asked += 1))))).toEqual({ ok: false, problems: [{ path: '', key: 'settings.rules.import.large', params: { kb: 400 } }] });
    expect(asked).toBe(0);
    expect(await readRules(1, () => Promise.reject(new Error('gone')))).toMatchObject({ problems: [{ key: 'settings.rules.import.unreadable' }] });
  });
});

test.each<[string, RuleSet]>([
  ['nothing', { rules: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 } }], ['everything', set],
  ...([
    [{ id: '' }, {}, {}], [{ id: 'x'.repeat(61) }, {}, {}], [{ name: 'x'.repeat(100) }, {}, {}], [{ name: 'x'.repeat(101) }, {}, {}],
    [{}, { monitor: '' }, {}], [{}, { monitor: 'x'.repeat(201) }, {}], [{}, { type: 'x'.repeat(61) }, {}], [{}, { service: 'a' }, {}], [{}, { service: 'a'.repeat(63) }, {}], [{}, { service: 'a'.repeat(64) }, {}], [{}, { service: '-shop' }, {}],
    [{}, { role: 'shop:' }, {}], [{}, { role: 'a:web:x' }, {}], [{}, { host: 'x'.repeat(200) }, {}], [{}, { host: 'x'.repeat(201) }, {}], [{}, { name: '' }, {}], [{}, { statuses: ['OK', 'OK', 'OK', 'OK', 'OK'] }, {}],
    [{}, { time: { ...night, days: [7] } }, {}], [{}, { time: { ...night, days: [-1] } }, {}], [{}, { time: { ...night, from: 1440 } }, {}], [{}, { time: { ...night, to: -1 } }, {}], [{}, { time: { ...night, zone: '+09:00' } }, {}], [{}, { time: { ...night, zone: 'Asia/Kolkata' } }, {}], [{}, { time: { ...night, from: 0.5 } }, {}],
    [{}, {}, { times: 20, minutes: 1440 }], [{}, {}, { times: 21 }], [{}, {}, { minutes: 1441 }], [{}, {}, { times: 0 }],
  ] as const).map(([own, when, then]): [string, RuleSet] => [JSON.stringify([own, when, then]).slice(0, 60), { ...set, rules: [{ ...plain, ...own, when: { ...full.when, ...when } as RuleWhen, then: { ...plain.then, ...then } as RuleView['then'] }] }]),
  ['an id twice', { ...set, rules: [full, { ...plain, id: 'r1' }] }], ['a day of minutes and one more', { ...set, grouping: { ...set.grouping, monitorMinutes: 1441 } }],
])('the form and the app take and refuse the same: %s', (_what, given) => {
  expect(payloads.settings.safeParse({ services: [], version: 1, ...given }).success).toBe(checkTyped(given).length === 0);
});

describe('in words', () => {
  const names = new Map([['m1', 'checkout p95']]);

  test.each([
    [plain, 'Any alert', 'ask a person after 3 alerts within 30 min', 'すべてのアラート', '30 分以内に 3 回発生したら人が判断'],
    [{ ...plain, when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } }, 'Critical on shop', 'declare SEV2', 'shop の重大アラート', '障害対応を開始 SEV2'],
    [{ ...plain, when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null, template: 'short' } }, 'Critical on shop', 'declare SEV2, template “Short incident”', 'shop の重大アラート', '障害対応を開始 SEV2、テンプレート「障害（簡易）」'],
    [full, 'Critical or Unknown on shop, role shop:web, monitor checkout p95, type Host metric, monitors named checkout?, host web-*, Mon–Fri 22:00–06:00 the next day (Asia/Tokyo)', 'declare SEV2, as a drill, in space OPS', 'shop の重大または不明アラート、ロール shop:web、監視ルール checkout p95、ホストメトリック監視、監視ルール名 checkout?、ホスト web-*、月〜金 22:00〜翌 06:00 (Asia/Tokyo)', '障害対応を開始 SEV2、演習として、スペース OPS'],
    [{ ...plain, when: { ...ANY, statuses: ['WARNING'], type: 'weather', monitor: 'm9' }, then: { action: 'attach' } }, 'Warning, monitor m9, type weather', 'add to the open incident', '警告のアラート、監視ルール m9、weather', '対応中の障害に加える'],
  ] as [RuleView, string, string, string, string][])('%#', (rule, when, then, whenJa, thenJa) => {
    expect([whenText(rule.when, words('en'), names), thenText(rule.then, words('en'))]).toEqual([when, then]);
    expect([whenText(rule.when, words('ja'), names), thenText(rule.then, words('ja'))]).toEqual([whenJa, thenJa]);
  });

  test('days of the week begin with Monday; runs are told by their ends', () => {
    const told = (days: number[]) => daysText(days, words('en'));
    expect([told([0, 1, 2, 3, 4, 5, 6]), told([6, 0]), told([5, 6, 0]), told([1, 3]), told([0])]).toEqual(['every day', 'Sat and Sun', 'Fri–Sun', 'Mon and Wed', 'Sun']);
  });

  test('a place in a file is told by the names of the form', () => {
    expect(['rules.1.when.host', 'rules.0.when.time.days.2', 'rules.4', 'rules.0.when.weather', 'fallback', 'grouping.flapMinutes', 'rules', ''].map((path) => placeText(path, words('en')))).toEqual([
      'Rule 2 · Host name', 'Rule 1 · Days', 'Rule 5', 'Rule 1', 'If no rule fits', 'Comes back within (minutes)', null, null,
    ]);
  });
});

describe('a trial', () => {
  /** Tuesday 02:35 in Tokyo. */
  const NOW = Date.UTC(2026, 10, 23, 17, 35, 12);
  const fresh = freshTrial(NOW, 'Asia/Tokyo');
  const own = { rules: set.rules, fallback: set.fallback, services: [] };

  test('begins with now, on the alerts there are', () => {
    expect([fresh.mode, fresh.day, fresh.clock]).toEqual(['recent', 2, '02:35']);
    expect(trialOf(fresh, set, [], 'Asia/Tokyo', NOW)).toEqual({ ...own, of: null });
  });

  test('of one alert takes its address or its id', () => {
    const of = (alert: string) => trialOf({ ...fresh, mode: 'one', alert }, set, [], 'Asia/Tokyo', NOW)?.of ?? null;
    expect([of(' https://mackerel.io/orgs/demo/alerts/2b3C4d '), of('2b3C4d'), of('  ')]).toEqual([{ alertId: '2b3C4d' }, { alertId: '2b3C4d' }, null]);
  });

  test('of a described one says its day and time as a moment', () => {
    const described = { ...fresh, mode: 'described' as const, service: 'shop', name: ' checkout ', day: 1, clock: '22:30' };
    expect(trialOf(described, set, [], 'Asia/Tokyo', NOW)?.of).toEqual({ alert: { monitor: null, type: null, service: 'shop', role: null, host: null, status: 'CRITICAL', name: 'checkout', openedAt: Date.UTC(2026, 10, 30, 13, 30) } });
    expect(trialOf({ ...described, clock: '' }, set, [], 'Asia/Tokyo', NOW)).toBeNull();
    // 02:30 does not exist on Sunday 8 March 2026 in New York: a week later it does.
    expect(momentOn(0, '02:30', 'America/New_York', Date.UTC(2026, 2, 5, 12))).toBe(Date.UTC(2026, 2, 15, 6, 30));
    expect(momentOn(2, '02:35', 'Asia/Tokyo', NOW)).toBe(Date.UTC(2026, 10, 23, 17, 35));
  });

  const alert: RuleTrial['alert'] = { id: 'a1', url: null, monitor: 'm2', name: 'db connections', type: 'host', service: null, roles: ['shop:db', 'shop:web2'], host: 'db-01', status: 'WARNING', open: true, openedAt: NOW };
  test('says what the alert has and what the rule asks for', () => {
    const told = unmetTexts(full.when, ['monitor', 'type', 'service', 'role', 'host', 'statuses', 'name', 'time'], { ...alert, type: 'external' }, words('en'), new Map([['m1', 'checkout p95']]));
    expect(told).toEqual([
      'Monitor: db connections, asked for: checkout p95', 'Monitor type: External, asked for: Host metric', 'Service: none, asked for: shop', 'Role: shop:db, shop:web2, asked for: shop:web', 'Host name: db-01, asked for: web-*',
      'Status: Warning, asked for: Critical or Unknown', 'Monitor name: db connections, asked for: checkout?', 'Hours: Tue 02:35, asked for: Mon–Fri 22:00–06:00 the next day (Asia/Tokyo)',
    ]);
  });

  test('says what would come of it, and what speaks against it', () => {
    const told = (outcome: RuleTrial['outcome']) => outcomeTexts({ alert, decidedBy: 0, unmet: [], outcome, downtime: null }, words('en'));
    const declare = { action: 'declare', severity: 'sev1', kind: 'incident' } as const;
    expect([
      told({ ...declare, spaceKey: 'OPS', problem: null }), told({ ...declare, spaceKey: null, problem: 'unmapped' }), told({ ...declare, spaceKey: 'OPS', problem: 'no-service' }), told({ ...declare, spaceKey: 'GONE', problem: 'space-unknown' }),
      told({ action: 'candidate', times: 1, minutes: 60, seen: 1, asks: true }), told({ action: 'candidate', times: 3, minutes: 60, seen: 2, asks: false }), told({ action: 'candidate', times: 3, minutes: 60, seen: 4, asks: true }), told({ action: 'ignore' }),
    ]).toEqual([
      { said: 'declare SEV1, in space OPS', but: null }, { said: 'declare SEV1', but: 'It cannot: the service is mapped to no space. A person decides.' }, { said: 'declare SEV1, in space OPS', but: 'It cannot: the alert is of no service. A person decides.' }, { said: 'declare SEV1, in space GONE', but: 'It cannot: there is no space GONE that you can see. A person decides.' },
      { said: 'ask a person', but: null }, { said: 'ask a person after 3 alerts within 60 min', but: 'Not yet: 2 of 3 alerts so far.' }, { said: 'ask a person after 3 alerts within 60 min', but: '4 alerts so far, so it asks.' }, { said: 'ignore', but: null },
    ]);
    const quiet = (outcome: RuleTrial['outcome']) => outcomeTexts({ alert, decidedBy: 0, unmet: [], outcome, downtime: { name: '<b>DB</b>', until: Date.UTC(2026, 10, 23, 18, 0) } }, words('en')).but;
    expect([quiet({ ...declare, spaceKey: 'OPS', problem: 'no-service' }), quiet({ action: 'ignore' })]).toEqual(['Not now: in the downtime “<b>DB</b>” until Nov 24, 03:00. It cannot: the alert is of no service. A person decides.', null]);
  });
});

test('the file in the documents is one that can be imported', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8')) ?? [];
  expect(checkFile(JSON.parse(example))).toMatchObject({ ok: true, value: { rules: [{ id: 'night-batch', then: { action: 'ignore' } }] } });
});

test('what a file brings is what the form then says', () => {
  const checked = checkFile(JSON.parse(fileText(set)));
  if (!checked.ok) throw new Error('the file is fine');
  const draft = draftOf({ ...stored, ...checked.value }, 'UTC');
  expect(setOf(draft)).toEqual(set);
});
