/** What becomes of an incident when people copy, move, trash, restore and delete its page; done as people do it, heard of as Confluence tells it. */
import { randomUUID } from 'node:crypto';
import type { BoardView } from '../../src/contract';
import { declareDesk, type Desk } from './desk';
import { startTestSite, type TestSite } from './harness';

const HOME = { OPS: '98401', SRE: '98402' } as const;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

async function rest<T = { id: string }>(user: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.url}/wiki/${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}
const v2 = (id: string): string => `api/v2/pages/${id}`;
const trash = (user: string, id: string) => rest(user, 'DELETE', v2(id));
const purge = (id: string) => rest('admin', 'DELETE', `${v2(id)}?purge=true`);
const move = (user: string, id: string, below: string) => rest(user, 'PUT', `rest/api/content/${id}/move/append/${below}`);
async function restore(user: string, id: string): Promise<void> {
  const page = await rest<{ title: string; version: { number: number }; body: { atlas_doc_format: { value: string } } }>(user, 'GET', `${v2(id)}?body-format=atlas_doc_format`);
  const body = { representation: 'atlas_doc_format', value: page.body.atlas_doc_format.value };
  await rest(user, 'PUT', v2(id), { id, status: 'current', title: page.title, body, version: { number: page.version.number + 1 } });
}
const copy = async (user: string, id: string, title: string, below: string = HOME.SRE): Promise<string> =>
  (await rest(user, 'POST', `rest/api/content/${id}/copy`, { destination: { type: 'parent_page', value: below }, pageTitle: title, copyProperties: true, copyLabels: true })).id;

interface Living {
  readonly desk: Desk;
  readonly pageId: string;
}
async function living(title: string): Promise<Living> {
  const desk = await declareDesk(site, title);
  const pageId = (await desk.board()).incident.page?.id ?? '';
  expect(pageId).toMatch(/^\d+$/);
  return { desk, pageId };
}
const at = (user: string, p: { pageId: string } | { pageId: string; incidentId: string }): Promise<BoardView> => site.ok(user, 'board.load', p);
const aboutPage = async (desk: Desk) => (await site.ok('admin', 'board.entries', { incidentId: desk.incidentId, pass: '' })).entries
  .filter(({ messageKey }) => messageKey?.startsWith('entry.page.')).map(({ messageKey, by }) => [messageKey?.slice('entry.page.'.length), by?.accountId ?? null]).reverse();
const page = async (desk: Desk) => (await desk.board('admin')).incident.page;
const declareOn = (user: string, pageId: string, more: object = {}) =>
  site.invokeRaw(user, 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'On this page', severity: 'sev3', visibility: 'public', candidateId: null, pageId, ...more });

describe('a copy', () => {
  test('is no home: it shows the incident its macro names, and none by itself', async () => {
    const { desk, pageId } = await living('Copied');
    const made = await copy('bob', pageId, 'A copy');
    await site.rest();
    expect((await at('bob', { pageId })).atHome).toBe(true);
    expect(await at('bob', { pageId: made, incidentId: desk.incidentId })).toMatchObject({ atHome: false, incident: { id: desk.incidentId, page: { id: pageId } } });
    expect(await site.outcome('bob', 'board.load', { pageId: made })).toBe('no-incident');
    expect(await site.outcome('mallory', 'board.load', { pageId: made, incidentId: desk.incidentId })).toBe('not-found');
    const exported = (contentId: string) => site.control<unknown>('POST', 'export', { moduleKey: 'incident-board', context: { contentId, spaceKey: 'SRE' } }).then((answer) => JSON.stringify(answer));
    expect(await exported(pageId)).toContain('Copied');
    expect(await exported(made)).not.toContain('Copied');
    expect(await aboutPage(desk)).toEqual([]);
    await trash('bob', made);
    await site.rest();
    expect([await aboutPage(desk), await page(desk)]).toEqual([[], expect.objectContaining({ id: pageId, state: 'current' })]);
  });

  test('can become the home of an incident of its own, which wins over the one its macro names', async () => {
    const { desk, pageId } = await living('First');
    const made = await copy('bob', pageId, 'Second try');
    const own = await declareOn('bob', made);
    expect(own).toMatchObject({ ok: true, value: { page: { id: made }, already: false } });
    const board = await at('alice', { pageId: made, incidentId: desk.incidentId });
    expect(board).toMatchObject({ atHome: true, incident: { title: 'On this page', page: { id: made } } });
    expect(board.incident.id).not.toBe(desk.incidentId);
    const stored = await site.page('alice', made);
    expect([stored.title, stored.properties['mackerel_incident'], stored.labels]).toEqual(['Second try', expect.objectContaining({ key: board.incident.key }), ['mackerel-incident']]);
    expect((await at('alice', { pageId })).incident.id).toBe(desk.incidentId);
  });
});

describe('an existing page', () => {
  const plain = async (title: string, user = 'alice'): Promise<string> => (await rest(user, 'POST', 'api/v2/pages', { spaceId: '65602', status: 'current', title, body: { representation: 'atlas_doc_format', value: '{"version":1,"type":"doc","content":[]}' } })).id;

  test('becomes a home for who may edit it, in its own space, not in private, and once', async () => {
    const id = await plain('Runbook');
    const wrong = (code: string, messageKey: string, field: string | null) => ({ ok: false, error: { code, messageKey, field, params: expect.anything(), retryAfterMs: null } });
    expect(await declareOn('viewer', id)).toEqual(wrong('forbidden', 'error.page-no-edit', 'pageId'));
    expect(await declareOn('alice', id, { spaceKey: 'OPS' })).toEqual(wrong('bad-request', 'error.space-unknown', 'spaceKey'));
    expect(await declareOn('alice', id, { visibility: 'private' })).toEqual(wrong('bad-request', 'error.bad-request', 'visibility'));
    expect(await declareOn('alice', '99999999')).toEqual(wrong('not-found', 'error.not-found', null));
    const opId = randomUUID();
    const first = await declareOn('alice', id, { opId });
    expect(await declareOn('alice', id, { opId })).toEqual(first);
    expect(await declareOn('bob', id)).toEqual(wrong('conflict', 'error.page-taken', 'pageId'));
    expect(await declareOn('alice', id)).toEqual(wrong('conflict', 'error.page-taken', 'pageId'));
    const bin = await plain('Old runbook');
    await trash('alice', bin);
    expect(await declareOn('alice', bin)).toEqual(wrong('not-found', 'error.not-found', null));
  });

  test('wanted by five at once has one incident, and who came too late leaves nothing behind', async () => {
    const id = await plain('Contended');
    const before = (await site.ok('admin', 'home.load', {})).incidents.length;
    const answers = await Promise.all(['alice', 'bob', 'admin', 'alice', 'bob'].map((user) => declareOn(user, id)));
    const won = answers.filter((answer) => (answer as { ok: boolean }).ok) as { value: { incidentId: string } }[];
    expect(won).toHaveLength(1);
    for (const answer of answers) if (!(answer as { ok: boolean }).ok) expect(answer).toMatchObject({ error: { messageKey: 'error.page-taken' } });
    await site.rest();
    await site.control('POST', 'run/sweep');
    await site.rest();
    expect((await at('viewer', { pageId: id })).incident.id).toBe(won[0]?.value.incidentId);
    expect((await site.ok('admin', 'home.load', {})).incidents.length).toBe(before + 1);
  });
});

describe('a move', () => {
  test('is told once with who did it, and the address follows', async () => {
    const { desk, pageId } = await living('Moved');
    const before = (await page(desk))?.url;
    await site.faults([{ target: 'events', duplicate: true }]);
    await move('bob', pageId, HOME.OPS);
    await site.rest();
    expect(await aboutPage(desk)).toEqual([['moved', 'acc-bob']]);
    const after = await page(desk);
    expect(after).toEqual({ id: pageId, url: expect.stringContaining('/spaces/OPS/'), state: 'current' });
    expect(after?.url).not.toBe(before);
    expect(await at('alice', { pageId })).toMatchObject({ atHome: true, incident: { id: desk.incidentId } });
  });
});

describe('the trash', () => {
  test('takes the board from everybody but administrators, and gives it back', async () => {
    const { desk, pageId } = await living('Trashed');
    await trash('bob', pageId);
    await site.rest();
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob']]);
    for (const user of ['alice', 'bob', 'viewer', 'mallory']) {
      expect([user, await site.outcome(user, 'board.load', { pageId }), await site.outcome(user, 'board.load', { incidentId: desk.incidentId })]).toEqual([user, 'not-found', 'not-found']);
      expect(await site.outcome(user, 'note.add', { incidentId: desk.incidentId, opId: randomUUID(), notes: [{ text: 'x', at: null, link: null }] })).toBe('not-found');
    }
    const incidents = async (user: string) => (await site.ok(user, 'home.load', {})).incidents.map(({ id }) => id);
    expect([(await incidents('admin')).includes(desk.incidentId), (await incidents('alice')).includes(desk.incidentId)]).toEqual([true, false]);
    expect(await desk.board('admin')).toMatchObject({ incident: { page: { id: pageId, state: 'trashed' } }, can: { edit: true } });
    await desk.press('admin', 'note.add', { notes: [{ text: 'while it was away', at: null, link: null }] });
    expect(await desk.answer('admin', 'incident.rehome', {})).toMatchObject({ error: { code: 'conflict', messageKey: 'error.page-not-gone' } });
    await restore('alice', pageId);
    await site.rest();
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob'], ['restored', 'acc-alice']]);
    expect((await at('viewer', { pageId })).entries.map(({ text }) => text)).toContain('while it was away');
  });

  test('heard of twice, in the wrong order or not at all, the record ends as the page does', async () => {
    const { desk, pageId } = await living('Back and forth');
    await site.faults([{ target: 'events', duplicate: true }]);
    await trash('bob', pageId);
    await site.rest();
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob']]);
    // The return is not told: the next who sees the page says so.
    await site.faults([{ target: 'events', drop: true }]);
    await restore('alice', pageId);
    await site.rest();
    expect((await page(desk))?.state).toBe('current');
    expect((await at('bob', { pageId })).incident.page?.state).toBe('current');
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob'], ['restored', null]]);
    // Away and back; "away" comes last.
    await site.faults([{ target: 'events', path: 'trashed', delayMs: 120_000 }]);
    await trash('bob', pageId);
    await restore('alice', pageId);
    await site.later(130_000);
    await site.rest();
    expect((await page(desk))?.state).toBe('current');
    // Away, and nobody is told: Confluence's word is enough to keep the board back, and its return brings it.
    await site.faults([{ target: 'events', path: 'trashed', drop: true }]);
    await trash('bob', pageId);
    expect([await site.outcome('alice', 'board.load', { pageId }), await site.outcome('alice', 'board.load', { incidentId: desk.incidentId })]).toEqual(['not-found', 'not-found']);
    await restore('alice', pageId);
    await site.rest();
    expect(await at('alice', { pageId })).toMatchObject({ incident: { page: { state: 'current' } } });
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob'], ['restored', null]]);
  });

  test('while Confluence is out of order an event is asked for again, not forgotten', async () => {
    const { desk, pageId } = await living('Out of order');
    await site.faults([{ target: 'confluence', path: `/pages/${pageId}`, status: 503, times: 3 }]);
    await trash('bob', pageId);
    await site.until(async () => ((await site.control<{ struck: number }[]>('GET', 'faults'))[0]?.struck === 3 ? true : null));
    await site.later(60_000);
    await site.rest();
    expect(await aboutPage(desk)).toEqual([['trashed', 'acc-bob']]);
  });
});

describe('a page deleted for good', () => {
  async function deleted(title: string, told = true): Promise<Living> {
    const made = await living(title);
    await site.faults(told ? [] : [{ target: 'events', drop: true }]);
    await trash('bob', made.pageId);
    await purge(made.pageId);
    await site.rest();
    await site.faults([]);
    return made;
  }
  const pagesOf = async (key: string): Promise<readonly string[]> => (await site.pages('SRE')).filter(({ title }) => title.includes(key)).map(({ id }) => id);

  test('leaves the record to administrators; a new page is made once, however many press for it', async () => {
    const { desk, pageId } = await deleted('Deleted');
    expect([(await aboutPage(desk)).at(-1), (await page(desk))?.state]).toEqual([['deleted', 'acc-admin'], 'deleted']);
    expect(await site.outcome('alice', 'board.load', { incidentId: desk.incidentId })).toBe('not-found');
    expect(await site.outcome('alice', 'incident.rehome', { incidentId: desk.incidentId, opId: randomUUID() })).toBe('forbidden');
    const { key } = (await desk.board('admin')).incident;
    const opId = randomUUID();
    const answers = await Promise.all([opId, opId, randomUUID(), randomUUID()].map((op) => desk.answer('admin', 'incident.rehome', { opId: op })));
    const home = (await page(desk))?.id ?? '';
    expect(home).not.toBe(pageId);
    expect(await pagesOf(key)).toEqual([home]);
    // One of them may have come when the page was there already.
    for (const answer of answers) expect(answer).toMatchObject(answer.ok ? { value: { page: { id: home, state: 'current' } } } : { error: { messageKey: 'error.page-not-gone' } });
    expect(answers.some(({ ok }) => ok)).toBe(true);
    expect((await aboutPage(desk)).filter(([what]) => what === 'rehomed')).toEqual([['rehomed', 'acc-admin']]);
    expect(await desk.answer('admin', 'incident.rehome', { opId })).toMatchObject({ ok: true, value: { page: { id: home } } });
    expect(await desk.refused('admin', 'incident.rehome', {})).toMatchObject({ code: 'conflict', messageKey: 'error.page-not-gone' });
    const stored = await site.page('alice', home);
    expect([JSON.stringify(stored.adf).includes(desk.incidentId), stored.properties['mackerel_incident'], stored.labels]).toEqual([true, expect.objectContaining({ key }), ['mackerel-incident']]);
    expect(await at('viewer', { pageId: home })).toMatchObject({ atHome: true, incident: { id: desk.incidentId } });
    await desk.press('bob', 'note.add', { notes: [{ text: 'going on here', at: null, link: null }] });
    // And once more.
    await trash('bob', home);
    await purge(home);
    await site.rest();
    const second = (await desk.press('admin', 'incident.rehome', {})).page?.id ?? '';
    expect([second === home, await pagesOf(key)]).toEqual([false, [second]]);
  });

  test('is found to be gone though nobody told of it', async () => {
    const { desk, pageId } = await deleted('Never told', false);
    expect(await site.outcome('bob', 'board.load', { incidentId: desk.incidentId })).toBe('not-found');
    const made = await site.ok('admin', 'incident.rehome', { incidentId: desk.incidentId, opId: randomUUID() });
    expect(made.page).toMatchObject({ state: 'current' });
    expect(made.page?.id).not.toBe(pageId);
    expect((await at('bob', { pageId: made.page?.id ?? '' })).incident.id).toBe(desk.incidentId);
  });

  test('a refusal of the new page leaves the incident as it was, to be tried again', async () => {
    const { desk } = await deleted('Refused at first');
    await site.faults([{ target: 'confluence', method: 'POST', path: '/api/v2/pages?', status: 403 }]);
    expect(await desk.refused('admin', 'incident.rehome', {})).toMatchObject({ code: 'page-refused', messageKey: 'error.page-refused.no-permission' });
    await site.faults([]);
    expect((await desk.board('admin')).incident).toMatchObject({ status: 'investigating', page: { state: 'deleted' } });
    expect((await desk.press('admin', 'incident.rehome', {})).page?.state).toBe('current');
  });

  test('of a private incident is nothing administrators may learn of', async () => {
    const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Quiet matter', severity: 'sev1', visibility: 'private', candidateId: null });
    const quiet = await site.ok('alice', 'board.load', { incidentId });
    await trash('alice', quiet.incident.page?.id ?? '');
    await site.rest();
    const made = 'f3b9c1d2-0000-4000-8000-000000000000';
    for (const verb of ['board.load', 'incident.rehome'] as const) {
      const of = (id: string) => site.bytes('admin', verb, { incidentId: id, ...(verb === 'board.load' ? {} : { opId: randomUUID() }) });
      expect(await of(incidentId)).toBe(await of(made));
    }
    expect(await site.bytes('admin', 'home.load', {})).not.toContain('Quiet matter');
    expect(await site.ok('alice', 'board.load', { incidentId })).toMatchObject({ incident: { title: 'Quiet matter', page: { state: 'trashed' } } });
  });
});

test('whatever became of pages, no incident is lost and no page is anybody’s twice', async () => {
  const { incidents } = await site.ok('admin', 'home.load', {});
  const homes = incidents.flatMap(({ page: home }) => (home === null ? [] : [home.id]));
  expect(homes.length).toBeGreaterThan(5);
  expect(new Set(homes).size).toBe(homes.length);
  for (const { id, page: home } of incidents) if (home?.state === 'current') expect(await at('admin', { pageId: home.id })).toMatchObject({ atHome: true, incident: { id } });
});
