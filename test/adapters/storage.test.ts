/** The stores over the real `@forge/kvs`, against the local site's model of Forge storage. */
import { createIncidentStore } from '../../src/adapters/kvs/incidents';
import { createCandidateStore, createCells, createClaims, createHintStore, createNoticeStore, createTicketStore } from '../../src/adapters/kvs/rows';
import { createSettingsStore } from '../../src/adapters/kvs/settings';
import { safeKey } from '../../src/adapters/kvs/storage';
import { declared, respond, setSeverity } from '../../src/domain/incident';
import type { Candidate, DeclareIntent, Entry, Hint, Incident, Settings, TicketJob } from '../../src/domain/model';
import type { Notice } from '../../src/ports';
import { SCHEME } from '../../src/domain/scheme';
import { coldIncidents, testStorage } from './kvs';

const storage = testStorage();

const intent = (id: string, more: Partial<DeclareIntent> = {}): DeclareIntent => ({
  incidentId: id, nonce: 'n', conn: 'acme', title: 't', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'en', service: 'shop', space: { id: '1', key: 'OPS' },
  detectedAt: 1_700_000_000_000, declaredAt: 1_700_000_001_000, declaredBy: null, candidateId: null, alerts: [], ...more,
});
const LATER = 1_700_000_002_000;
const numbering = { conn: 'acme', year: 2026, key: (n: number) => `2026-${String(n).padStart(3, '0')}` };
const incidents = createIncidentStore();
const make = (id: string, more: Partial<DeclareIntent> = {}) => incidents.create(declared(intent(id, more), more.visibility === 'private' ? 'abcdefgh' : ''), more.visibility === 'private' ? null : numbering);

describe('incidents', () => {
  test('20 made at once get 20 numbers; one made twice at once gets one', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => make(`i${n}`)));
    expect(made.map((incident) => incident.head.key).sort()).toEqual(Array.from({ length: 20 }, (_, n) => numbering.key(n + 1)));
    const twice = await Promise.all([make('same'), make('same'), make('same')]);
    expect(new Set(twice.map((incident) => incident.head.key))).toEqual(new Set(['2026-021']));
    expect((await make('next')).head.key).toBe('2026-022');
  });

  test('a private one takes no number and is found by id; making it again changes nothing', async () => {
    const first = await make('p', { visibility: 'private', declaredBy: 'acc' });
    const later = respond(first, { opId: 'o', by: 'acc', now: LATER });
    expect(await incidents.save(first, later)).toBe('saved');
    expect((await make('p', { visibility: 'private', declaredBy: 'acc' })).head.firstResponse).toEqual({ at: LATER, by: 'acc' });
    expect((await make('public')).head.key).toBe('2026-001');
  });

  test('of 10 concurrent changes from one version one is saved and the others conflict', async () => {
    const before = await make('i');
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => incidents.save(before, respond(before, { opId: `o${n}`, by: `acc${n}`, now: n }))));
    expect(answers.filter((answer) => answer === 'saved')).toHaveLength(1);
    const stored = await coldIncidents().load('i');
    expect([stored?.head.ver, Object.keys(stored?.entries ?? {}).length]).toEqual([2, 2]);
  });

  test('a growing record spreads over chunks and loses nothing, though callers chain heads that do not know it', async () => {
    let current: Incident = await make('big');
    const words = 'x'.repeat(400);
    for (let round = 0; round < 12; round += 1) {
      const fresh = Object.fromEntries(
        Array.from({ length: 60 }, (_, n): [string, Entry] => {
          const id = `r${round}-${n}`;
          return [id, { id, at: round, source: 'person', messageKey: null, params: {}, text: words, by: 'a', alertId: null, recordedAt: round, set: null, revisions: [], v: current.head.ver + 1 }];
        }),
      );
      const next: Incident = { ...current, entries: { ...current.entries, ...fresh }, head: { ...current.head, ver: current.head.ver + 1 } };
      expect(await incidents.save(current, next)).toBe('saved');
      current = next;
    }
    expect(current.head.chunks).toBe(1);
    const stored = await coldIncidents().load('big');
    expect(stored?.head.chunks).toBe(8);
    expect(stored?.entries).toEqual(current.entries);
    storage.calls = [];
    expect(await incidents.save(current, setSeverity(current, 'sev1', { opId: 'o', by: 'a', now: 1 }))).toBe('saved');
    expect(storage.calls).toEqual(['/api/v1/entity/get', '/api/v1/transaction']);
    expect(Object.keys((await coldIncidents().load('big'))?.entries ?? {})).toHaveLength(722);
    expect(await incidents.load('big')).toEqual(await coldIncidents().load('big'));
  });

  test('two are saved in one transaction or not at all, whichever of them somebody wrote meanwhile', async () => {
    const [a, b] = [await make('a'), await make('b')];
    const changed = (before: Incident, op: string): { before: Incident; after: Incident } => ({ before, after: respond(before, { opId: op, by: 'acc', now: LATER }) });
    storage.calls = [];
    expect(await incidents.saveBoth(changed(a, 'o1'), changed(b, 'o2'))).toBe('saved');
    expect(storage.calls.filter((call) => call.endsWith('transaction'))).toHaveLength(1);
    const cold = async (id: string) => (await coldIncidents().load(id))?.head.ver;
    expect([await cold('a'), await cold('b')]).toEqual([2, 2]);
    const [newer, other] = [await incidents.load('a'), await incidents.load('b')];
    if (newer === null || other === null) throw new Error('both are there');
    // The first, then the second of the pair is not what it was any more.
    expect(await incidents.saveBoth(changed(a, 'o3'), { before: other, after: setSeverity(other, 'sev1', { opId: 'o4', by: 'a', now: LATER }) })).toBe('conflict');
    expect(await incidents.saveBoth({ before: newer, after: setSeverity(newer, 'sev1', { opId: 'o5', by: 'a', now: LATER }) }, changed(b, 'o6'))).toBe('conflict');
    // Written between the look and the transaction.
    storage.refusals = [{ path: 'transaction', status: 412, afterEffect: true }];
    expect(await incidents.saveBoth({ before: newer, after: setSeverity(newer, 'sev1', { opId: 'o7', by: 'a', now: LATER }) }, { before: other, after: setSeverity(other, 'sev1', { opId: 'o8', by: 'a', now: LATER }) })).toBe('conflict');
    expect([await cold('a'), await cold('b')]).toEqual([3, 3]);
  });

  test('of pairs written crosswise at once exactly one is saved', async () => {
    const all = await Promise.all(['p', 'q', 'r'].map((id) => make(id)));
    const pairs = [[0, 1], [1, 0], [1, 2], [2, 0]] as const;
    const change = (n: number, op: string) => ({ before: all[n] as Incident, after: respond(all[n] as Incident, { opId: op, by: op, now: LATER }) });
    const answers = await Promise.all(pairs.map(([x, y], n) => incidents.saveBoth(change(x, `o${n}`), change(y, `o${n}`))));
    expect(answers.filter((answer) => answer === 'saved')).toHaveLength(1);
    const by = await Promise.all(['p', 'q', 'r'].map(async (id) => (await coldIncidents().load(id))?.head.firstResponse?.by ?? null));
    const [x, y] = pairs[answers.indexOf('saved')] ?? [0, 0];
    expect(by.map((who, n) => (n === x || n === y ? who === `o${answers.indexOf('saved')}` : who === null))).toEqual([true, true, true]);
  });

  test('two of the largest records fit one transaction: the first may be laid out anew, the second keeps its layout', async () => {
    const grown = (incident: Incident, name: string, rows: number): Incident => ({
      ...incident,
      head: { ...incident.head, ver: incident.head.ver + 1 },
      entries: { ...incident.entries, ...Object.fromEntries(Array.from({ length: rows }, (_, n): [string, Entry] => [`${name}${n}`, { id: `${name}${n}`, at: 1, source: 'person', messageKey: null, params: {}, text: 'x'.repeat(1000), by: 'a', alertId: null, recordedAt: 1, set: null, revisions: [], v: 2 }])) },
    });
    const full = async (id: string): Promise<Incident> => {
      const before = await make(id);
      expect(await incidents.save(before, grown(before, 'n', 760))).toBe('saved');
      return (await incidents.load(id)) as Incident;
    };
    const [a, b] = [await full('big-a'), await full('big-b')];
    expect([a.head.chunks, b.head.chunks]).toEqual([16, 16]);
    expect(await incidents.saveBoth({ before: a, after: grown(a, 'more', 400) }, { before: b, after: grown(b, 'one', 1) })).toBe('saved');
    const [x, y] = [await coldIncidents().load('big-a'), await coldIncidents().load('big-b')];
    expect([Object.keys(x?.entries ?? {}).length, Object.keys(y?.entries ?? {}).length, y?.head.chunks]).toEqual([1161, 762, 16]);
    // A chunk that would be split in a save of its own is written as it is beside another record.
    const [small, other] = [await make('small'), await make('other')];
    const nearly = { ...small, ...grown(small, 's', 48) };
    expect(await incidents.save(small, nearly)).toBe('saved');
    const before = (await incidents.load('small')) as Incident;
    expect(before.head.chunks).toBe(1);
    expect(await incidents.saveBoth({ before: other, after: respond(other, { opId: 'o', by: 'a', now: 1 }) }, { before, after: grown(before, 't', 10) })).toBe('saved');
    expect([(await coldIncidents().load('small'))?.head.chunks, Object.keys((await coldIncidents().load('small'))?.entries ?? {}).length]).toEqual([1, 59]);
  });

  test('a save whose answer is lost says busy; the change is there once', async () => {
    const before = await make('i');
    storage.refusals = [{ path: 'transaction', status: 502, afterEffect: true }];
    await expect(incidents.save(before, respond(before, { opId: 'o', by: 'a', now: LATER }))).rejects.toMatchObject({ code: 'busy' });
    expect((await incidents.head('i'))?.firstResponse).toEqual({ at: LATER, by: 'a' });
  });

  test('a refusal that is no conflict is not taken for one; an unknown status for a lost condition is', async () => {
    const before = await make('i');
    const after = respond(before, { opId: 'o', by: 'a', now: 1 });
    storage.refusals = [{ path: 'transaction', status: 400, afterEffect: false }];
    await expect(incidents.save(before, after)).rejects.toMatchObject({ responseDetails: { status: 400 } });
    storage.refusals = [{ path: 'transaction', status: 412, afterEffect: true }];
    expect(await incidents.save(before, after)).toBe('conflict');
  });

  test('a record that takes nothing more says so and stays as it is', async () => {
    const before = await make('i');
    const fill = (n: number): Entry => ({ id: `n${n}`, at: 1, source: 'person', messageKey: null, params: {}, text: '障'.repeat(4000), by: 'a', alertId: null, recordedAt: 1, set: null, revisions: [], v: 2 });
    const full: Incident = { ...before, head: { ...before.head, ver: 2 }, entries: { ...before.entries, ...Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`n${n}`, fill(n)])) } };
    await expect(incidents.save(before, full)).rejects.toMatchObject({ code: 'bad-request', messageKey: 'error.record-full' });
    expect(await incidents.load('i')).toEqual(before);
  });

  test('429 is waited out', async () => {
    storage.refusals = [{ path: 'entity/get', status: 429, afterEffect: false }, { path: 'transaction', status: 429, afterEffect: false }];
    expect((await make('i')).head.key).toBe('2026-001');
  });

  test('lists by state, newest first, past one page', async () => {
    for (let n = 0; n < 105; n += 1) await make(`i${n}`, { declaredAt: 1_700_000_000_000 + n });
    const listed = await incidents.list('acme', 'open', 103);
    expect([listed.length, listed[0]?.id, listed.at(-1)?.id]).toEqual([103, 'i104', 'i2']);
    expect(await incidents.list('acme', 'ended', 10)).toEqual([]);
    expect(await incidents.list('other', 'open', 10)).toEqual([]);
  });
});

describe('small rows', () => {
  const KEY = 'open:acme:店 #1';
  const of = (n: number) => ({ incidentId: `i${n}` });

  test('of 20 claims at once the first stays; released by its incident and no other, the next is first', async () => {
    const claims = createClaims();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => claims.make(KEY, 'service', of(n))));
    const winner = answers.findIndex((answer) => answer.made);
    expect(answers.filter((answer) => answer.made)).toHaveLength(1);
    for (const answer of answers) if (!answer.made) expect(answer.value).toEqual(of(winner));
    await claims.release(KEY, 'i99');
    expect(await claims.get(KEY)).toEqual(of(winner));
    await claims.release(KEY, `i${winner}`);
    await claims.release(KEY, `i${winner}`);
    expect(await claims.get(KEY)).toBeNull();
    expect(await claims.make(KEY, 'service', of(99))).toEqual({ made: true });
  });

  test('of 20 that take over a claim one does, and only from the incident that has it', async () => {
    const claims = createClaims();
    await claims.make(KEY, 'service', of(0));
    expect(await claims.take(KEY, 'service', of(1), 'i7')).toBe(false);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => claims.take(KEY, 'service', of(n + 1), 'i0')));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await claims.get(KEY)).toEqual(of(answers.indexOf(true) + 1));
    expect(await claims.take('open:acme:other', 'service', of(1), 'i0')).toBe(false);
  });

  test('a claim let go and made anew meanwhile is not taken away by a late hand', async () => {
    const claims = createClaims();
    await claims.make(KEY, 'service', of(0));
    let happened = false;
    storage.meanwhile = () => {
      happened = true;
      storage.request('entity/delete', { entityName: 'claim', key: safeKey(KEY) });
      storage.request('entity/set', { entityName: 'claim', key: safeKey(KEY), value: { kind: 'service', ver: 77, doc: of(5) } });
    };
    await claims.release(KEY, 'i0');
    expect(happened).toBe(true);
    expect(await claims.get(KEY)).toEqual(of(5));
  });

  test('cells change by compare-and-set only', async () => {
    const cells = createCells();
    expect(await cells.put('lease', 'lease', { until: 1 }, 1)).toBe(false);
    expect(await cells.put('lease', 'lease', { until: 1 }, null)).toBe(true);
    expect(await cells.put('lease', 'lease', { until: 2 }, null)).toBe(false);
    const first = await cells.get<{ until: number }>('lease');
    const answers = await Promise.all([2, 3, 4].map((until) => cells.put('lease', 'lease', { until }, first?.ver ?? null)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    await cells.remove('lease');
    await cells.remove('lease');
    expect(await cells.get('lease')).toBeNull();
  });

  test('hints: one per alert, oldest first, removed unless a newer one took the place', async () => {
    const hints = createHintStore();
    const hint = (n: number, receivedAt: number): Hint => ({ schema: 1, conn: 'acme', alertId: `a ${n}`, receivedAt, changedAt: 0, open: true });
    for (let n = 0; n < 60; n += 1) await hints.put(hint(n, 1_700_000_000_000 + n));
    const listed = await hints.list('acme', 500);
    expect([listed.length, listed[0]?.alertId, listed.at(-1)?.alertId]).toEqual([60, 'a 0', 'a 59']);
    await hints.put(hint(7, 1_700_000_100_000));
    await hints.remove(listed);
    await hints.remove(listed);
    expect((await hints.list('acme', 500)).map((left) => [left.alertId, left.receivedAt])).toEqual([['a 7', 1_700_000_100_000]]);
  });

  test('candidates wait, newest first, and leave the list when judged', async () => {
    const store = createCandidateStore();
    const alert = (part: object): object => ({ closedAt: null, status: 'WARNING', logs: [{ id: 'l', status: 'WARNING', trigger: 'monitoring', at: 5, value: 1 }], factsAt: 6, ...part });
    const candidate = (id: string, openedAt: number, state: Candidate['state'] = 'waiting', part: object = {}) => ({ schema: 1, id, conn: 'acme', alert: alert(part), state, whyKey: 'k', whyParams: {}, dismissedBy: null, openedAt }) as unknown as Candidate;
    expect([await store.put(candidate('c1', 10), null), await store.put(candidate('c1', 10), null), await store.put(candidate('c2', 20), null)]).toEqual([true, false, true]);
    expect((await store.list('acme', 'waiting', 10)).map((one) => one.id)).toEqual(['c2', 'c1']);
    expect(await store.put(candidate('c2', 20, 'dismissed'), 1)).toBe(true);
    expect(await store.put(candidate('c2', 20, 'declared'), 1)).toBe(false);
    expect((await store.list('acme', 'waiting', 10)).map((one) => one.id)).toEqual(['c1']);
    expect((await store.get('c2'))?.value.state).toBe('dismissed');
    // Over, by a webhook's word alone, and as Mackerel says.
    const told = { closedAt: 9, status: 'OK', read: null };
    expect(await store.put(candidate('c1', 10, 'waiting', told), 1)).toBe(true);
    expect([(await store.list('acme', 'waiting', 10)).length, (await store.list('acme', 'over', 10)).length]).toEqual([1, 0]);
    expect(await store.put(candidate('c1', 10, 'waiting', { closedAt: 9, status: 'OK' }), 2)).toBe(true);
    expect([(await store.list('acme', 'waiting', 10)).length, (await store.list('acme', 'over', 10)).map((one) => one.id)]).toEqual([0, ['c1']]);
    await store.put(candidate('c0', 5, 'waiting', { closedAt: 9, status: 'OK' }), null);
    expect((await store.oldest('acme', 'over', 1)).map((one) => one.id)).toEqual(['c0']);
  });

  test('notices are due when their time has come', async () => {
    const store = createNoticeStore();
    const notice = (id: string, nextAt: number, state: Notice['state']): Notice => ({ schema: 1, id, incidentId: 'i', text: '', state, attempts: 0, nextAt });
    for (const one of [notice('late', 5, 'waiting'), notice('now', 1_700_000_000_000, 'waiting'), notice('soon', 1_700_000_000_001, 'waiting'), notice('sent', 1, 'sent')]) await store.put(one, null);
    expect((await store.due(1_700_000_000_000, 10)).map((one) => one.id)).toEqual(['late', 'now']);
    for (const one of [notice('given-up', 9, 'dropped'), notice('nowhere', 9, 'unwanted')]) await store.put(one, null);
    expect((await store.stuck(1_600_000_000_000, 10)).map((one) => one.id)).toEqual(['given-up', 'late']);
  });

  test('a ticket’s row goes only as it was seen', async () => {
    const store = createTicketStore();
    const job = { id: 't', conn: 'acme', state: 'creating', nextAt: 1, at: 1 } as TicketJob;
    await store.put(job, null);
    await store.put(job, 1);
    expect([await store.remove('t', 1), (await store.get('t'))?.ver]).toEqual([false, 2]);
    expect([await store.remove('t', 2), await store.get('t'), await store.remove('t', 2)]).toEqual([true, null, false]);
  });
});

describe('settings', () => {
  const settings: Settings = {
    schema: 5, conn: 'acme', orgName: 'acme', apiKeyLast4: '1234', canWrite: false, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }],
    groups: { declare: null, settings: null }, scheme: SCHEME,
    rules: [{ id: 'rule-1', name: '', when: { monitor: null, type: null, service: 'shop', role: null, host: null, statuses: ['CRITICAL'], name: null, time: null }, then: { action: 'declare', severity: 'sev1', kind: 'incident', spaceKey: null } }],
    fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: false, writes: { enabled: false, group: null }, tickets: null, templates: [], pageTemplates: [], installed: [],
    webhook: { channelId: null, secret: 'webhook', old: [], rotatedAt: null },
    secrets: { apiKey: 'api-key', slackUrl: 'slack-url-2', gone: ['slack-url'] },
  };
  test('two admins saving at once: one is told', async () => {
    const store = createSettingsStore();
    expect(await store.load()).toBeNull();
    expect([await store.save(settings, null), await store.save(settings, null)]).toEqual([true, false]);
    expect(await store.load()).toEqual({ ver: 1, value: settings });
    expect(await Promise.all([store.save({ ...settings, canWrite: true }, 1), store.save(settings, 1)])).toContain(false);
  });

  test('a document of a newer version is refused and stays', async () => {
    const newer = { ...settings, schema: 6, more: 'x' };
    await createCells().put('settings', 'settings', newer, null);
    await expect(createSettingsStore().load()).rejects.toMatchObject({ code: 'internal', messageKey: 'error.settings-newer', params: { theirs: 6, ours: 5 } });
    expect(await createSettingsStore().save(settings, null)).toBe(false);
    expect((await createCells().get('settings'))?.value).toEqual(newer);
  });

  test.each([
    ['services.0.lang', { ...settings, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'sk-secret' }] }],
    ['rules.0.then.action', { ...settings, rules: [{ ...settings.rules[0], then: { action: 'explode' } }] }],
    ['schema', { ...settings, schema: 'four' }],
    ['schema', 'not a document'],
  ])('damaged at %s: refused with the place and not with what stands there, and stays', async (where, damaged) => {
    await createCells().put('settings', 'settings', damaged, null);
    await expect(createSettingsStore().load()).rejects.toMatchObject({ code: 'internal', messageKey: 'error.settings-damaged', params: { where } });
    expect(await createSettingsStore().save(settings, null)).toBe(false);
    expect((await createCells().get('settings'))?.value).toEqual(damaged);
  });

  test('secrets are set, read and removed', async () => {
    const store = createSettingsStore();
    expect(await store.secret('api-key')).toBeNull();
    await store.setSecret('api-key', 'k');
    expect(await store.secret('api-key')).toBe('k');
    await store.setSecret('api-key', null);
    await store.setSecret('api-key', null);
    expect(await store.secret('api-key')).toBeNull();
  });

  test('what was entered is what the settings name; documents from before that name the first ones', async () => {
    const store = createSettingsStore();
    expect(await store.entered('slackUrl')).toBeNull();
    await store.save(settings, null);
    for (const [name, value] of [['api-key', 'first'], ['api-key-2', 'second'], ['slack-url', 'gone'], ['slack-url-2', 'there']] as const) await store.setSecret(name, value);
    expect([await store.entered('apiKey'), await store.entered('slackUrl')]).toEqual(['first', 'there']);
    await store.save({ ...settings, secrets: { ...settings.secrets, apiKey: 'api-key-2' } }, 1);
    expect(await store.entered('apiKey')).toBe('second');
    const { secrets: _secrets, ...before } = settings;
    await store.save(before as Settings, 2);
    expect([await store.entered('apiKey'), await store.entered('slackUrl')]).toEqual(['first', 'gone']);
  });
});
