import { doc, testSite, type TestSite } from './site';

const TEMPLATE = '/wiki/rest/api/template';
let site: TestSite;
beforeEach(() => {
  site = testSite({ scopes: ['write:confluence-content', 'read:confluence-content.summary'] });
});
const BOARD = { version: 1, type: 'doc', content: [
  { type: 'extension', attrs: { layout: 'full-width', extensionType: 'com.atlassian.ecosystem', extensionKey: 'app/env/static/board', localId: 'l1', parameters: { guestParams: { template: 'mark & <more>' } } } },
  { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A & B', marks: [{ type: 'strong' }] }] },
  { type: 'taskList', attrs: { localId: 'l2' }, content: [{ type: 'taskItem', attrs: { localId: 'l3', state: 'TODO' }, content: [{ type: 'text', text: 'do it' }] }] },
] };
const wanted = (name: string, more: object = {}) => ({ name, templateType: 'page', description: '', body: { atlas_doc_format: { value: doc(name), representation: 'atlas_doc_format' } }, ...more });

test('made, listed by place, read in the storage format, changed and removed', async () => {
  const made = await site.as('admin', 'POST', TEMPLATE, wanted('Board', { space: { key: 'OPS' }, body: { atlas_doc_format: { value: JSON.stringify(BOARD), representation: 'atlas_doc_format' } } }), 'function');
  expect(made).toMatchObject({ status: 200, json: { name: 'Board', templateType: 'page', space: { key: 'OPS' } } });
  const id = made.json.templateId as string;
  await site.as('admin', 'POST', TEMPLATE, wanted('Of all'), 'function');
  const listed = async (query: string) => (await site.as('viewer', 'GET', `${TEMPLATE}/page${query}`, undefined, 'function')).json.results.map(({ name }: { name: string }) => name);
  expect([await listed(''), await listed('?spaceKey=OPS'), await listed('?spaceKey=SRE')]).toEqual([['Of all'], ['Board'], []]);
  const { json } = await site.as('viewer', 'GET', `${TEMPLATE}/${id}?expand=body`, undefined, 'function');
  expect(json.body.storage.value).toBe(
    '<ac:adf-extension><ac:adf-node type="extension"><ac:adf-attribute key="layout">full-width</ac:adf-attribute><ac:adf-attribute key="extension-type">com.atlassian.ecosystem</ac:adf-attribute><ac:adf-attribute key="extension-key">app/env/static/board</ac:adf-attribute><ac:adf-attribute key="local-id">l1</ac:adf-attribute><ac:adf-attribute key="parameters"><ac:adf-parameter key="guest-params"><ac:adf-parameter key="template">mark &amp; &lt;more&gt;</ac:adf-parameter></ac:adf-parameter></ac:adf-attribute></ac:adf-node></ac:adf-extension>' +
      '<h2><strong>A &amp; B</strong></h2><ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>do it</ac:task-body></ac:task></ac:task-list>',
  );
  expect((await site.as('admin', 'PUT', TEMPLATE, { templateId: id, ...wanted('Changed', { space: { key: 'OPS' } }) }, 'function')).json).toMatchObject({ templateId: id, name: 'Changed' });
  expect((await site.as('admin', 'DELETE', `${TEMPLATE}/${id}`, undefined, 'function')).status).toBe(204);
  expect(await listed('?spaceKey=OPS')).toEqual([]);
  expect(site.rows.map(({ problem }) => problem).filter((problem) => problem !== null)).toEqual([]);
});

test('hidden and missing ones are refused alike, as are those who do not administer the place', async () => {
  const id = (await site.as('admin', 'POST', TEMPLATE, wanted('Hidden', { space: { key: 'OPS' } }))).json.templateId as string;
  const statuses = async (user: 'mallory' | 'alice', of: string) => [
    (await site.as(user, 'GET', `${TEMPLATE}/${of}`)).status, (await site.as(user, 'DELETE', `${TEMPLATE}/${of}`)).status, (await site.as(user, 'PUT', TEMPLATE, { templateId: of, ...wanted('Mine', { space: { key: 'OPS' } }) })).status, (await site.as(user, 'GET', `${TEMPLATE}/page?spaceKey=OPS`)).status,
  ];
  expect(await statuses('mallory', id)).toEqual([403, 403, 403, 403]);
  expect(await statuses('mallory', '999')).toEqual([403, 403, 403, 403]);
  expect(await statuses('alice', id)).toEqual([200, 403, 403, 200]);
  expect([(await site.as('alice', 'POST', TEMPLATE, wanted('Of all'))).status, (await site.as('admin', 'POST', TEMPLATE, wanted(' '))).status]).toEqual([403, 400]);
});

test('asked to lose macros, it keeps the rest', async () => {
  site.products.switches.templatesLoseMacros = true;
  const { json } = await site.as('admin', 'POST', TEMPLATE, wanted('Board', { body: { atlas_doc_format: { value: JSON.stringify(BOARD), representation: 'atlas_doc_format' } } }));
  expect((await site.as('admin', 'GET', `${TEMPLATE}/${json.templateId as string}?expand=body`)).json.body.storage.value).toMatch(/^<h2>/);
});

test('what is not modelled says so', async () => {
  const storage = { ...wanted('A'), body: { storage: { value: '<p />', representation: 'storage' } } };
  expect((await site.as('admin', 'POST', TEMPLATE, storage)).status).toBe(501);
  expect((await site.as('admin', 'GET', `${TEMPLATE}/blueprint`)).status).toBe(501);
});
