/** Confluence pages as templates: the version that was looked at is used, variables are filled in, and nothing of it can fail a declaration. */
import { randomUUID } from 'node:crypto';
import type { PageTemplateId, SettingsInput } from '../../src/contract';
import { adfProblem } from '../../local-site/products/adf';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

const SRE = '65602';
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>> & { readonly parameters?: { readonly guestParams?: Readonly<Record<string, unknown>> } };
  readonly content?: readonly Node[];
}
const text = (words: string, marks?: readonly object[]): object => ({ type: 'text', text: words, ...(marks === undefined ? {} : { marks }) });
const p = (...words: readonly (string | object)[]): object => ({ type: 'paragraph', content: words.map((one) => (typeof one === 'string' ? text(one) : one)) });
async function wiki(user: string, method: string, path: string, body?: object): Promise<{ status: number; json: { id: string; version: { number: number } } }> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const said = await answer.text();
  return { status: answer.status, json: (said === '' ? null : JSON.parse(said)) as { id: string; version: { number: number } } };
}
const bodyOf = (content: readonly object[]): object => ({ representation: 'atlas_doc_format', value: JSON.stringify({ version: 1, type: 'doc', content }) });
async function newPage(content: readonly object[], title = `Our structure ${randomUUID().slice(0, 8)}`): Promise<{ readonly id: string; readonly title: string }> {
  const made = await wiki('alice', 'POST', '', { spaceId: SRE, status: 'current', title, body: bodyOf(content) });
  if (made.status !== 200) throw new Error(JSON.stringify(made));
  return { id: made.json.id, title };
}
async function edit({ id, title }: { readonly id: string; readonly title: string }, content: readonly object[], number: number): Promise<void> {
  const { status } = await wiki('alice', 'PUT', `/${id}`, { id, status: 'current', title, body: bodyOf(content), version: { number } });
  expect(status).toBe(200);
}
/** Makes the page a template and answers its id among the settings. */
async function adopt(pageId: string, version = 1): Promise<PageTemplateId> {
  const { pages } = await site.ok('admin', 'template.adopt', { pageId, version });
  return pages.find((one) => one.pageId === pageId)?.id ?? 'page-0';
}
async function declare(template: PageTemplateId, more: { readonly title?: string; readonly visibility?: 'public' | 'private' } = {}) {
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Mails are late', severity: 'sev2', visibility: 'public', candidateId: null, template, ...more });
  const page = await site.page('alice', made.page?.id ?? '');
  expect(adfProblem(page.adf)).toBeNull();
  return { ...made, content: (page.adf as Node).content ?? [], json: JSON.stringify(page.adf) };
}
async function save(more: Partial<SettingsInput>) {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  return await site.invoke('admin', 'settings.save', { services, rules, version, ...more });
}
const boards = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap((node) => [...(node.type === 'extension' ? [node] : []), ...boards(node.content ?? [])]);
const LOST = 'The page chosen as template could not be used';

test('a page becomes a template: what it would make is shown first, with what is unknown and what is left out', async () => {
  const page = await newPage([
    { type: 'heading', attrs: { level: 2 }, content: [text('{{incident.title}} ({{ severity }})')] },
    p('Service {{service}}, led by {{commander}}, {{incidents.key}} and {{constructor}}'),
    { type: 'mediaSingle', attrs: { layout: 'center' }, content: [{ type: 'media', attrs: { type: 'file', id: 'f1', collection: 'contentId-1' } }] },
  ]);
  const look = await site.ok('admin', 'template.look', { pageId: page.id, lang: 'en' });
  expect(look).toMatchObject({ pageId: page.id, title: page.title, version: 1, unknown: ['{{incidents.key}}', '{{constructor}}'], leftOut: ['mediaSingle'] });
  expect(look.lines[0]).toEqual({ is: 'board', text: 'Incident board' });
  expect(look.lines.map((line) => line.text).join('\n')).toMatch(/\(SEV2\)\n.*Service shop, led by \(nobody leads yet\), \{\{incidents\.key\}\}/s);
  expect((await site.ok('admin', 'templates.pages', {})).pages).toEqual([]);
  const { pages, version } = await site.ok('admin', 'template.adopt', { pageId: page.id, version: 1 });
  expect(pages).toMatchObject([{ name: page.title, pageId: page.id, version: 1, newest: 1, used: 0, by: { accountId: 'acc-admin' } }]);
  expect(await site.ok('admin', 'template.adopt', { pageId: page.id, version: 1 })).toMatchObject({ version });
  expect((await site.ok('admin', 'settings.changes', { before: null })).changes[0]).toMatchObject({ changed: [{ field: 'pageTemplates', before: null, after: expect.stringContaining(`→ ${page.id} v1`) }] });
  expect((await site.ok('alice', 'home.load', {})).pageTemplates).toMatchObject([{ name: page.title }]);
  expect([(await site.ok('viewer', 'home.load', {})).pageTemplates, (await site.ok('mallory', 'home.load', {})).pageTemplates]).toEqual([[], []]);
});

test('a page made of it has our board, what was known, and the words with their variables; the version that was chosen counts', async () => {
  const page = await newPage([p('First {{incident.key}}: {{incident.title}}'), p('{{facts}}'), p('Detected {{detected.at}}')]);
  const template = await adopt(page.id);
  await edit(page, [p('Second')], 2);
  const first = await declare(template);
  expect(first.content.map(({ type }) => type).slice(0, 2)).toEqual(['extension', 'paragraph']);
  expect(first.content[0]?.attrs?.parameters?.guestParams).toMatchObject({ incidentId: first.incidentId });
  expect(first.json).toContain(`First ${first.key}: Mails are late`);
  expect(first.json).toMatch(/Detected \d{4}-\d\d-\d\d/);
  expect(first.json).toContain('What was known');
  expect(first.json).not.toMatch(/Second|\{\{/);
  expect((await site.ok('admin', 'templates.pages', {})).pages.find(({ id }) => id === template)).toMatchObject({ version: 1, newest: 2 });
  expect(await adopt(page.id, 2)).toBe(template);
  expect((await declare(template)).json).toContain('Second');
});

test('hostile words stay words; foreign boards, media and bad links do not come along; state and ids are new', async () => {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Foreign', severity: 'sev3', visibility: 'public', candidateId: null });
  const foreign = (await site.page('alice', (await site.ok('alice', 'board.load', { incidentId })).incident.page?.id ?? '')).adf as Node;
  const [board] = boards(foreign.content ?? []);
  const page = await newPage([
    { type: 'expand', attrs: { title: 'More' }, content: [board as object] },
    board as object,
    p(text('click', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]), text(' docs', [{ type: 'link', attrs: { href: 'https://docs.example/x' } }])),
    { type: 'taskList', attrs: { localId: 'list-1' }, content: [{ type: 'taskItem', attrs: { localId: 'task-1', state: 'DONE' }, content: [text('{{incident.title}}')] }] },
    { type: 'codeBlock', attrs: { language: 'sh' }, content: [text('curl {{incident.key}}')] },
    { type: 'table', attrs: {}, content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: {}, content: [{ type: 'mediaGroup', content: [{ type: 'media', attrs: { type: 'file', id: 'f2', collection: 'c' } }] }] }] }] },
    p('the end'),
  ]);
  const template = await adopt(page.id);
  const evil = '<img src=x onerror=alert(1)> {{severity}} \u202Etxt.exe';
  const made = await declare(template, { title: evil });
  expect(boards(made.content).map(({ attrs }) => attrs?.parameters?.guestParams?.['incidentId'])).toEqual([made.incidentId]);
  expect(made.json).not.toMatch(/javascript:|"media|list-1|task-1|DONE|\u202E/);
  expect(made.json).toContain('https://docs.example/x');
  // What came from a variable is not read as one again.
  expect(made.json).toContain('<img src=x onerror=alert(1)> {{severity}} txt.exe');
  expect(made.json).toContain(`curl ${made.key}`);
});

test.each([
  ['is deleted', async (id: string) => void (await wiki('alice', 'DELETE', `/${id}`))],
  ['cannot be read', async (id: string) => await site.faults([{ target: 'confluence', method: 'GET', path: `/wiki/api/v2/pages/${id}`, times: 40, status: 404 }])],
])('where the page %s the built-in template is used with a note, and the incident is declared', async (_what, lose) => {
  const page = await newPage([p('Only here')]);
  const template = await adopt(page.id);
  expect((await declare(template)).json).toContain('Only here');
  await lose(page.id);
  const opId = randomUUID();
  const wish = { opId, spaceKey: 'SRE', title: 'Lost', severity: 'sev2', visibility: 'public', candidateId: null, template } as const;
  const made = await site.ok('alice', 'incident.declare', wish);
  await site.faults([]);
  const json = JSON.stringify((await site.page('alice', made.page?.id ?? '')).adf);
  expect([json.includes(LOST), json.includes('Only here'), json.includes('Respond')]).toEqual([true, false, true]);
});

test('a body Confluence refuses is made again of the built-in template', async () => {
  const page = await newPage([p('Refused')]);
  const template = await adopt(page.id);
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', times: 1, status: 413 }]);
  expect((await declare(template)).json).toContain(LOST);
});

test('a private incident made from it is restricted and named nowhere', async () => {
  const template = await adopt((await newPage([p('For all: {{incident.title}}')])).id);
  const made = await declare(template, { title: 'Quiet one', visibility: 'private' });
  expect(made.json).toContain('For all: Quiet one');
  expect((await wiki('bob', 'GET', `/${made.page?.id}`)).status).toBe(404);
  expect((await wiki('admin', 'GET', `/${made.page?.id}`)).status).toBe(404);
});

test('chosen by kind, severity and service, by a rule and for the preview; while named it cannot be dropped', async () => {
  const page = await newPage([p('By the table: {{incident.title}}')]);
  const template = await adopt(page.id);
  expect(await save({ templates: [{ kind: null, severity: 'sev1', service: null, template }] })).toMatchObject({ ok: true });
  const asked = { spaceKey: 'SRE', title: 'X', kind: 'incident', severity: 'sev1', candidateId: null, template: null } as const;
  const preview = await site.ok('alice', 'template.preview', asked);
  expect([preview.template, preview.lines.some((line) => line.text === 'By the table: X')]).toEqual([template, true]);
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Chosen', severity: 'sev1', visibility: 'public', candidateId: null });
  expect(JSON.stringify((await site.page('alice', made.page?.id ?? '')).adf)).toContain('By the table: Chosen');
  expect((await site.ok('admin', 'templates.pages', {})).pages.find(({ id }) => id === template)?.used).toBe(1);
  expect(await site.invoke('admin', 'template.drop', { id: template })).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.template-page.used', params: { n: 1 } } });
  expect(await save({ templates: [] })).toMatchObject({ ok: true });
  const { version } = await site.ok('admin', 'template.drop', { id: template });
  expect((await site.ok('admin', 'template.drop', { id: template })).version).toBe(version);
  expect(await save({ templates: [{ kind: null, severity: null, service: null, template }] })).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'templates', messageKey: 'error.template-page.gone' } });
  expect((await declare(template)).json).toContain(LOST);
});

test('a page the administrator, or the app, does not see becomes no template', async () => {
  const page = await newPage([p('Restricted')]);
  expect(await site.outcome('admin', 'template.look', { pageId: '999999', lang: 'en' })).toBe('not-found');
  const restrict = (users: readonly string[]) => fetch(`${site.site.url}/wiki/rest/api/content/${page.id}/restriction`, { method: 'PUT', headers: { 'x-site-user': 'alice', 'content-type': 'application/json' }, body: JSON.stringify(['read', 'update'].map((operation) => ({ operation, restrictions: { user: users.map((accountId) => ({ type: 'known', accountId })) } }))) });
  await restrict(['acc-alice', 'acc-app']);
  expect(await site.outcome('admin', 'template.adopt', { pageId: page.id, version: 1 })).toBe('not-found');
  await restrict(['acc-alice', 'acc-admin']);
  expect(await site.invoke('admin', 'template.adopt', { pageId: page.id, version: 1 })).toMatchObject({ ok: false, error: { code: 'forbidden', messageKey: 'error.template-page.app' } });
  expect((await site.ok('admin', 'templates.pages', {})).pages.map(({ pageId }) => pageId)).not.toContain(page.id);
});
