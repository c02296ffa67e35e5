/** A board that stood on a page before there was an incident: the page becomes its home, and the board says so, if nobody is in the middle of writing. */
import { randomUUID } from 'node:crypto';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { at, shelfRoom } from './shelf-room';

let site: TestSite;
let template: { readonly content: readonly object[] };
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  await site.ok('admin', 'template.install', at('short', 'en', 'SRE'));
  const room = shelfRoom(site);
  template = room.adf((await room.shelved('SRE'))[0]?.templateId ?? '') as typeof template;
}, 120_000);
afterAll(async () => await site.stop());

const paragraph = (text: string): object => ({ type: 'paragraph', content: [{ type: 'text', text }] });
async function wiki<T>(user: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text) as T;
}
const bodyOf = (content: readonly object[]): object => ({ representation: 'atlas_doc_format', value: JSON.stringify({ version: 1, type: 'doc', content }) });
const make = async (content: readonly object[]): Promise<string> => (await wiki<{ id: string }>('alice', 'POST', '', { spaceId: '65602', status: 'current', title: `Written ${randomUUID()}`, body: bodyOf(content) })).id;
const declare = (pageId: string, title = 'Mails are late') => ({ opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null, pageId }) as const;
interface Board {
  readonly type: string;
  readonly attrs: { readonly parameters: { readonly guestParams: Readonly<Record<string, unknown>> } };
}
const given = async (pageId: string): Promise<readonly unknown[]> => ((await site.page('alice', pageId)).adf as { content: Board[] }).content.flatMap((node) => (node.type === 'extension' ? [node.attrs.parameters.guestParams] : []));
const versionOf = async (pageId: string): Promise<number> => (await wiki<{ version: { number: number } }>('alice', 'GET', `/${pageId}`)).version.number;

test('of a page made from the template it names the incident; what people wrote stays, once more pressed nothing is written again', async () => {
  const id = await make([...template.content, paragraph('Queue looked at by hand')]);
  expect(await site.invoke('bob', 'board.load', { pageId: id })).toMatchObject({ ok: false, error: { code: 'no-incident' } });
  const wish = declare(id);
  const { incidentId, page } = await site.ok('alice', 'incident.declare', wish);
  expect([page?.id, await given(id), await versionOf(id)]).toEqual([id, [{ incidentId, nonce: expect.stringMatching(/.+/) }], 2]);
  expect(JSON.stringify((await site.page('bob', id)).adf)).toContain('Queue looked at by hand');
  await site.ok('alice', 'incident.declare', wish);
  expect([await versionOf(id), (await site.ok('bob', 'board.load', { pageId: id })).atHome]).toEqual([2, true]);
});

test('while somebody has an unpublished draft nothing is written under it, and the page is the incident’s all the same', async () => {
  const id = await make(template.content);
  await wiki('bob', 'PUT', `/${id}`, { id, status: 'draft', title: 'Being written', body: bodyOf([...template.content, paragraph('half a sen')]), version: { number: 1 } });
  const { incidentId } = await site.ok('alice', 'incident.declare', declare(id));
  expect([await versionOf(id), await given(id)]).toEqual([1, [{}]]);
  expect((await site.ok('bob', 'board.load', { pageId: id })).incident.id).toBe(incidentId);
});

test('a board of another incident stays that one’s, and a page without a board gets none', async () => {
  const { page: foreign } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Foreign', severity: 'sev3', visibility: 'public', candidateId: null });
  const [board] = ((await site.page('alice', foreign?.id ?? '')).adf as { content: object[] }).content;
  const [copy, plain] = [await make([board as object, paragraph('copied')]), await make([paragraph('plain')])];
  const before = await given(copy);
  for (const id of [copy, plain]) await site.ok('alice', 'incident.declare', declare(id, `On ${id}`));
  expect([await given(copy), await given(plain), await versionOf(copy), await versionOf(plain)]).toEqual([before, [], 1, 1]);
  expect((await site.ok('bob', 'board.load', { pageId: copy })).incident.title).toBe(`On ${copy}`);
});
