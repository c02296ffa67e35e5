/** The stores over the real `@forge/kvs`, against the local site's model of Forge storage. */
import { createIncidentStore } from '../../src/adapters/kvs/incidents';
import { createCandidateStore, createCells, createClaims, createHintStore, createNoticeStore } from '../../src/adapters/kvs/rows';
import { createSettingsStore } from '../../src/adapters/kvs/settings';
import { safeKey } from '../../src/adapters/kvs/storage';
import { declared, respond, setSeverity } from '../../src/domain/incident';
import type { Candidate, DeclareIntent, Entry, Hint, Incident, Settings } from '../../src/domain/model';
import type { Notice } from '../../src/ports';
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
    const candidate = (id: string, openedAt: number, state: Candidate['state'] = 'waiting') => ({ schema: 1, id, conn: 'acme', alert: {}, state, whyKey: 'k', whyParams: {}, dismissedBy: null, openedAt }) as unknown as Candidate;
    expect([await store.put(candidate('c1', 10), null), await store.put(candidate('c1', 10), null), await store.put(candidate('c2', 20), null)]).toEqual([true, false, true]);
    expect((await store.waiting('acme', 10)).map((one) => one.id)).toEqual(['c2', 'c1']);
    expect(await store.put(candidate('c2', 20, 'dismissed'), 1)).toBe(true);
    expect(await store.put(candidate('c2', 20, 'declared'), 1)).toBe(false);
    expect((await store.waiting('acme', 10)).map((one) => one.id)).toEqual(['c1']);
    expect((await store.get('c2'))?.value.state).toBe('dismissed');
  });

  test('notices are due when their time has come', async () => {
    const store = createNoticeStore();
    const notice = (id: string, nextAt: number, state: Notice['state']): Notice => ({ schema: 1, id, incidentId: 'i', text: '', state, attempts: 0, nextAt });
    for (const one of [notice('late', 5, 'waiting'), notice('now', 1_700_000_000_000, 'waiting'), notice('soon', 1_700_000_000_001, 'waiting'), notice('sent', 1, 'sent')]) await store.put(one, null);
    expect((await store.due(1_700_000_000_000, 10)).map((one) => one.id)).toEqual(['late', 'now']);
  });
});

describe('settings', () => {
  const settings: Settings = {
    schema: 2, conn: 'acme', orgName: 'acme', apiKeyLast4: '1234', canWrite: false, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' }],
    rules: [{ service: 'shop', status: 'CRITICAL', action: 'declare', severity: 'sev1' }], slackConfigured: false, writes: { enabled: false, group: null },
  };
  test('two admins saving at once: one is told', async () => {
    const store = createSettingsStore();
    expect(await store.load()).toBeNull();
    expect([await store.save(settings, null), await store.save(settings, null)]).toEqual([true, false]);
    expect(await store.load()).toEqual({ ver: 1, value: settings });
    expect(await Promise.all([store.save({ ...settings, canWrite: true }, 1), store.save(settings, 1)])).toContain(false);
  });

  test('a document of a newer version is refused and stays', async () => {
    const newer = { ...settings, schema: 3, more: 'x' };
    await createCells().put('settings', 'settings', newer, null);
    await expect(createSettingsStore().load()).rejects.toMatchObject({ code: 'internal' });
    expect(await createSettingsStore().save(settings, null)).toBe(false);
    expect((await createCells().get('settings'))?.value).toEqual(newer);
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
});
