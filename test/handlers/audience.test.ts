/** Who sees a private incident: named when it is declared or later, kept by Confluence, and said in the timeline. */
import { randomUUID } from 'node:crypto';
import type { AudienceView, Who } from '../../src/contract';
import { deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

const RESPONDERS = '4b8e2f60-1f8d-4a0c-8f6e-7c2f9b5d1202';
const SEEN = (accountId: string, canEdit = true) => ({ accountId, canEdit });
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

async function declare(audience?: { people: string[]; groupIds: string[] }): Promise<Desk> {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Secret ${randomUUID()}`, severity: 'sev2', visibility: 'private', candidateId: null, ...(audience === undefined ? {} : { audience }) });
  return deskOf(site, incidentId);
}
const list = (desk: Desk, user = 'alice'): Promise<AudienceView> => site.ok(user, 'audience.load', { incidentId: desk.incidentId });
const add = (desk: Desk, who: Who, user = 'alice') => desk.press(user, 'audience.add', { who });
const remove = (desk: Desk, who: Who, user = 'alice') => desk.press(user, 'audience.remove', { who });
const sees = (desk: Desk, user: string): Promise<string> => site.outcome(user, 'board.load', { incidentId: desk.incidentId });
const said = async (desk: Desk): Promise<readonly unknown[]> =>
  (await desk.entries()).filter(({ messageKey }) => messageKey?.startsWith('entry.audience.')).map(({ messageKey, params, by }) => [messageKey, params, by?.accountId]).reverse();

/** As alice's browser does it in Confluence. */
async function byHand(desk: Desk, restrictions: readonly (readonly [operation: string, accounts: readonly string[]])[]): Promise<void> {
  const pageId = (await desk.board()).incident.page?.id ?? '';
  const body = JSON.stringify(restrictions.map(([operation, accounts]) => ({ operation, restrictions: { user: accounts.map((accountId) => ({ type: 'known', accountId })) } })));
  const answer = await fetch(`${site.site.url}/wiki/rest/api/content/${pageId}/restriction`, { method: 'PUT', headers: { 'x-site-user': 'alice', 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
}
const both = (accounts: readonly string[]) => [['read', accounts], ['update', accounts]] as const;

test('whoever is named at declaring sees it from the beginning, and the timeline says who named them', async () => {
  const desk = await declare({ people: ['acc-viewer'], groupIds: [RESPONDERS] });
  expect([await sees(desk, 'viewer'), await sees(desk, 'bob'), await sees(desk, 'mallory')]).toEqual(['ok', 'ok', 'not-found']);
  expect(await list(desk)).toEqual({ people: [SEEN('acc-alice'), SEEN('acc-viewer')], groups: [{ id: RESPONDERS, name: 'responders', canEdit: true }], app: { account: { accountId: 'acc-app' }, isNamed: true } });
  expect(await said(desk)).toEqual(expect.arrayContaining([
    ['entry.audience.added', { to: 'acc-viewer' }, 'acc-alice'],
    ['entry.audience.added.group', { group: 'responders' }, 'acc-alice'],
  ]));
  const wrong = (audience: object, visibility: 'private' | 'public' = 'private') =>
    site.invoke('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'x', severity: 'sev2', visibility, candidateId: null, audience } as never);
  expect(await wrong({ people: ['acc-nobody'], groupIds: [] })).toMatchObject({ ok: false, error: { messageKey: 'error.person-unknown' } });
  expect(await wrong({ people: [], groupIds: ['no-group'] })).toMatchObject({ ok: false, error: { messageKey: 'error.group-not-found' } });
  expect(await wrong({ people: ['acc-bob'], groupIds: [] }, 'public')).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'audience' } });
});

test('a person is added and taken off with effect at once, also for what they were reading', async () => {
  const desk = await declare();
  expect(await sees(desk, 'bob')).toBe('not-found');
  await add(desk, { accountId: 'acc-bob' });
  const { pass } = await desk.board('bob');
  const reads = (): Promise<string> => site.outcome('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass });
  const page = await site.page('bob', (await desk.board()).incident.page?.id ?? '');
  const viewing = (page.properties['mackerel_view'] as { key: string }).key;
  expect([await reads(), await site.outcome('bob', 'board.entries', { incidentId: desk.incidentId, pass: '', viewing })]).toEqual(['ok', 'ok']);
  expect((await list(desk)).people).toEqual([SEEN('acc-alice'), SEEN('acc-bob')]);

  await remove(desk, { accountId: 'acc-bob' });
  expect([await reads(), await site.outcome('bob', 'board.entries', { incidentId: desk.incidentId, pass: '', viewing }), await sees(desk, 'bob')]).toEqual(['not-found', 'not-found', 'not-found']);
  expect(await sees(desk, 'alice')).toBe('ok');
  expect(await said(desk)).toEqual([['entry.audience.added', { to: 'acc-bob' }, 'acc-alice'], ['entry.audience.removed', { to: 'acc-bob' }, 'acc-alice']]);
});

test('a public incident made private is read at once by nobody else', async () => {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Not for long', severity: 'sev3', visibility: 'public', candidateId: null });
  const { pass } = await site.ok('bob', 'board.load', { incidentId });
  const reads = (): Promise<string> => site.outcome('bob', 'board.changes', { incidentId, since: 0, pass });
  expect(await reads()).toBe('ok');
  await deskOf(site, incidentId).press('alice', 'incident.visibility', { visibility: 'private' });
  expect(await reads()).toBe('not-found');
});

test('a group is added and taken off by its id', async () => {
  const desk = await declare();
  await add(desk, { groupId: RESPONDERS });
  expect(await sees(desk, 'bob')).toBe('ok');
  await remove(desk, { groupId: RESPONDERS }, 'bob');
  expect([await sees(desk, 'bob'), await said(desk)]).toEqual(['not-found', [['entry.audience.added.group', { group: 'responders' }, 'acc-alice'], ['entry.audience.removed.group', { group: 'responders' }, 'acc-bob']]]);
});

test('neither the app nor the last who can change the page are taken off, also by two at once', async () => {
  const desk = await declare();
  expect(await desk.answer('alice', 'audience.remove', { who: { accountId: 'acc-app' } })).toMatchObject({ ok: false, error: { messageKey: 'error.audience-app' } });
  expect(await desk.answer('alice', 'audience.remove', { who: { accountId: 'acc-alice' } })).toMatchObject({ ok: false, error: { messageKey: 'error.audience-last' } });
  expect((await list(desk)).people).toEqual([SEEN('acc-alice')]);

  await add(desk, { accountId: 'acc-bob' });
  await Promise.all([desk.answer('alice', 'audience.remove', { who: { accountId: 'acc-bob' } }), desk.answer('bob', 'audience.remove', { who: { accountId: 'acc-alice' } })]);
  const left = await Promise.all(['alice', 'bob'].map((user) => sees(desk, user)));
  expect(left).toContain('ok');
});

test('somebody leaves by themselves', async () => {
  const desk = await declare({ people: ['acc-bob'], groupIds: [] });
  await remove(desk, { accountId: 'acc-bob' }, 'bob');
  expect([await sees(desk, 'bob'), (await list(desk)).people, (await said(desk)).at(-1)]).toEqual(['not-found', [SEEN('acc-alice')], ['entry.audience.removed', { to: 'acc-bob' }, 'acc-bob']]);
});

test('what people change in Confluence is what is shown, and a restriction of seeing alone stays one', async () => {
  const desk = await declare();
  await byHand(desk, [['read', ['acc-alice', 'acc-viewer', 'acc-app']]]);
  expect((await list(desk)).people).toEqual([SEEN('acc-alice'), SEEN('acc-viewer')]);
  await add(desk, { accountId: 'acc-bob' });
  expect([await sees(desk, 'bob'), await site.outcome('alice', 'incident.respond', { incidentId: desk.incidentId, opId: randomUUID() })]).toEqual(['ok', 'ok']);
  await byHand(desk, [['read', []], ['update', []]]);
  expect(await desk.refused('alice', 'audience.add', { who: { accountId: 'acc-bob' } })).toMatchObject({ messageKey: 'error.audience-open' });
});

test('a role is given only to somebody who sees the page; after they were added it is', async () => {
  const desk = await declare();
  const give = () => desk.answer('alice', 'incident.role', { role: { id: 'commander' }, person: 'acc-bob', seen: null });
  expect(await give()).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.role-not-let-in', field: 'audience' } });
  expect((await desk.board()).incident.roles.every(({ person }) => person === null)).toBe(true);
  await add(desk, { groupId: RESPONDERS });
  expect(await give()).toMatchObject({ ok: true });
});

test('the list is for those who may change the incident, and of private ones only', async () => {
  const desk = await declare({ people: ['acc-viewer'], groupIds: [] });
  const who = { accountId: 'acc-bob' };
  for (const [user, code] of [['viewer', 'forbidden'], ['bob', 'not-found'], ['admin', 'not-found'], ['mallory', 'not-found']] as const) {
    expect(await site.outcome(user, 'audience.load', { incidentId: desk.incidentId })).toBe(code);
    for (const verb of ['audience.add', 'audience.remove'] as const) expect(await site.outcome(user, verb, { incidentId: desk.incidentId, who, opId: randomUUID() })).toBe(code);
  }
  await desk.press('alice', 'incident.visibility', { visibility: 'public' });
  expect(await desk.refused('alice', 'audience.add', { who })).toMatchObject({ code: 'conflict', messageKey: 'error.audience-public' });
});

describe('where the app itself was taken off', () => {
  const byline = async (desk: Desk): Promise<unknown> => (await site.page('alice', (await desk.board()).incident.page?.id ?? '')).properties['mackerel_byline'];
  const hidden = async (desk: Desk): Promise<string | null> => (await desk.board()).incident.hidden?.account.accountId ?? null;
  /** The key beside the page is written anew: the app notices. */
  async function shutOut(): Promise<Desk> {
    const desk = await declare();
    expect(await hidden(desk)).toBeNull();
    await byHand(desk, both(['acc-alice']));
    await site.later(6 * 60_000);
    await desk.board();
    expect(await hidden(desk)).toBe('acc-app');
    return desk;
  }

  test('who sees the page is told which account to add, administrators that there is such a page, and not which', async () => {
    const desk = await shutOut();
    const { title, key, page } = (await desk.board()).incident;
    const health = await site.ok('admin', 'health.get', {});
    expect([health.hidden, health.needs.map((need) => need.key)]).toEqual([{ n: 1, accountId: 'acc-app', name: 'Incident Pages for Mackerel' }, expect.arrayContaining(['health.need.hidden'])]);
    const told = JSON.stringify(health);
    for (const secret of [title, key, desk.incidentId]) expect(told).not.toContain(secret);
    expect(page?.state).toBe('current');

    // The page cannot be marked by anybody now: that waits.
    await site.faults([{ target: 'confluence', path: '/properties', status: 403 }]);
    await desk.press('alice', 'incident.severity', { severity: 'sev1' });
    await site.faults([]);
    expect(JSON.stringify(await byline(desk))).not.toContain('SEV1');
    await add(desk, { accountId: 'acc-app' });
    expect([await hidden(desk), JSON.stringify(await byline(desk)), (await site.ok('admin', 'health.get', {})).hidden]).toEqual([null, expect.stringContaining('SEV1'), null]);
  });

  test('it notices by itself that it is back, and catches up', async () => {
    const desk = await shutOut();
    await site.faults([{ target: 'confluence', path: '/properties', status: 403 }]);
    await desk.press('alice', 'incident.status', { status: 'resolved' });
    await site.faults([]);
    const before = JSON.stringify(await byline(desk));
    await site.control('POST', 'run/sweep');
    expect(JSON.stringify(await byline(desk))).toBe(before);
    await byHand(desk, both(['acc-alice', 'acc-app']));
    await site.control('POST', 'run/sweep');
    expect(JSON.stringify(await byline(desk))).not.toBe(before);
    expect([await hidden(desk), await desk.told('entry.page.deleted')]).toEqual([null, 0]);
  });
});
