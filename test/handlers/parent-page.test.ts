/** Pages of incidents below the page chosen for their service, and what happens when that is not there any more. */
import { randomUUID } from 'node:crypto';
import type { BoardView, ParentPage, Result, SettingsInput } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

const SPACES = { OPS: '65601', SRE: '65602' } as const;
const HOME = { OPS: '98401', SRE: '98402' } as const;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

async function rest<T>(user: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.url}/wiki/${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}
async function newPage(space: keyof typeof SPACES): Promise<ParentPage> {
  const { id, title } = await rest<ParentPage>('alice', 'POST', 'api/v2/pages', { spaceId: SPACES[space], status: 'current', title: `Incidents ${randomUUID()}`, body: { representation: 'atlas_doc_format', value: '{"version":1,"type":"doc","content":[]}' } });
  return { id, title };
}
const below = async (pageId: string | undefined): Promise<string | null> => (await rest<{ parentId: string | null }>('alice', 'GET', `api/v2/pages/${pageId ?? ''}`)).parentId;

/** Pages of these services go below these pages. */
async function place(parents: Readonly<Record<string, { readonly id: string; readonly title?: string } | null>>): Promise<Result<unknown>> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  const input: SettingsInput = { rules, version, services: services.map((one) => ({ ...one, parent: parents[one.name] ?? null })) };
  return await site.invoke('admin', 'settings.save', input);
}
const told = (answer: Result<unknown>): unknown => (answer.ok ? 'ok' : [answer.error.messageKey, answer.error.field]);
async function declared(title: string, spaceKey = 'SRE', visibility: 'public' | 'private' = 'public'): Promise<BoardView> {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey, title, severity: 'sev3', visibility, candidateId: null });
  return await site.ok('alice', 'board.load', { incidentId });
}
const atRoot = ({ entries }: BoardView): unknown => entries.filter(({ messageKey }) => messageKey === 'entry.page.at-root').map(({ params }) => params['parent']);

test('the page is chosen by its id, named as Confluence names it, and has to be one the caller sees in that space', async () => {
  const [sre, ops] = [await newPage('SRE'), await newPage('OPS')];
  expect(told(await place({ blog: { id: sre.id, title: 'whatever' } }))).toBe('ok');
  const { services } = await site.ok('admin', 'settings.get', {});
  expect(services.map(({ name, parent }) => [name, parent])).toEqual([['shop', null], ['blog', { id: sre.id, title: sre.title }], ['this-computer', null]]);
  expect((await site.ok('admin', 'settings.changes', { before: null })).changes[0]?.changed).toEqual([{ field: 'services', before: 'blog → SRE (en)', after: `blog → SRE / ${sre.title} (en)` }]);
  expect(told(await place({ blog: { id: ops.id } }))).toEqual(['error.parent-elsewhere', 'services']);
  expect(told(await place({ blog: { id: '999999' } }))).toEqual(['error.parent-unknown', 'services']);
  await rest('alice', 'DELETE', `api/v2/pages/${ops.id}`);
  expect(told(await place({ shop: { id: ops.id } }))).toEqual(['error.parent-unknown', 'services']);
  expect((await place({ blog: { id: 'x/../1' } })).ok).toBe(false);
});

test('by hand, by rule, in private: the page is made below it', async () => {
  const [sre, ops] = [await newPage('SRE'), await newPage('OPS')];
  expect(told(await place({ blog: sre, 'this-computer': sre, shop: ops }))).toBe('ok');
  const boards = [await declared('All services of the space agree'), await declared('Secret', 'SRE', 'private')];
  for (const board of boards) expect([await below(board.incident.page?.id), atRoot(board)]).toEqual([sre.id, []]);
  const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const ruled = await site.incidentWith(id);
  expect([ruled.incident.declaredBy, await below(ruled.incident.page?.id), atRoot(ruled)]).toEqual([null, ops.id, []]);
  expect(told(await place({ blog: sre }))).toBe('ok');
  const board = await declared('They do not agree');
  expect([await below(board.incident.page?.id), atRoot(board)]).toEqual([HOME.SRE, []]);
});

test.each([
  ['in the trash', async (id: string) => await rest('alice', 'DELETE', `api/v2/pages/${id}`)],
  ['deleted', async (id: string) => { await rest('alice', 'DELETE', `api/v2/pages/${id}`); await rest('admin', 'DELETE', `api/v2/pages/${id}?purge=true`); }],
  ['moved to another space', async (id: string) => await rest('admin', 'PUT', `rest/api/content/${id}/move/append/${HOME.OPS}`)],
])('one that is %s costs nobody an incident: the page is made at the root, and timeline and health say so', async (_what, remove) => {
  const parent = await newPage('SRE');
  expect(told(await place({ blog: parent, 'this-computer': parent }))).toBe('ok');
  await site.later(61_000);
  expect((await site.ok('admin', 'health.get', {})).needs.filter(({ key }) => key === 'health.need.parent')).toEqual([]);
  await remove(parent.id);
  const board = await declared('Anyway');
  expect([await below(board.incident.page?.id), atRoot(board)]).toEqual([HOME.SRE, [parent.title]]);
  await site.later(61_000);
  expect((await site.ok('admin', 'health.get', {})).needs).toContainEqual({ key: 'health.need.parent', params: { title: parent.title, services: 'blog, this-computer' } });
  // Other settings can still be saved meanwhile.
  expect(told(await place({ blog: parent, 'this-computer': parent }))).toBe('ok');
});

test('gone between the look and the write, or closed to new pages: the page is made at the root', async () => {
  const parent = await newPage('SRE');
  expect(told(await place({ blog: parent, 'this-computer': parent }))).toBe('ok');
  for (const status of [404, 403]) {
    await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages?private', status, times: 1 }]);
    const board = await declared(`Refused ${status}`);
    expect([await below(board.incident.page?.id), atRoot(board)]).toEqual([HOME.SRE, [parent.title]]);
  }
});
