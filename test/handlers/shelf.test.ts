/** Our page structure as Confluence's own templates: exactly one of each, read back, and nobody else's touched. */
import type { BuiltInTemplate } from '../../src/contract';
import { adfProblem } from '../../local-site/products/adf';
import { TEMPLATES } from '../../src/adapters/confluence/template/parts';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedDoc, rewriteDoc } from './inside';
import { at, shelfRoom, type ShelfRoom } from './shelf-room';

let site: TestSite;
let room: ShelfRoom;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  room = shelfRoom(site);
}, 120_000);
afterAll(async () => await site.stop());
afterEach(async () => {
  await site.faults([]);
  await site.control('PUT', 'switches', { templatesLoseMacros: false });
  await room.clear();
});

const kept = (): readonly { id: string; spaceKey: string | null }[] => storedDoc<{ installed: { id: string; spaceKey: string | null }[] }>(site, 'settings')?.installed ?? [];
const lastChange = async () => (await site.ok('admin', 'settings.changes', { before: null })).changes[0];
const install = (template: BuiltInTemplate, lang: 'ja' | 'en', spaceKey: string | null) => site.invoke('admin', 'template.install', at(template, lang, spaceKey));

test('every template is installed in both languages, is a valid document with a board of no incident, and names no variable', async () => {
  for (const template of Object.keys(TEMPLATES) as BuiltInTemplate[]) {
    for (const lang of ['ja', 'en'] as const) await site.ok('admin', 'template.install', at(template, lang, 'OPS'));
  }
  const all = await room.shelved('OPS');
  expect(new Set(all.map(({ name }) => name)).size).toBe(14);
  for (const { templateId, description } of all) {
    const adf = room.adf(templateId) as { content: { type: string; attrs: { extensionKey: string; parameters: { guestParams: Record<string, string> } } }[] };
    expect([adfProblem(adf), adf.content[0]?.type, adf.content[0]?.attrs.parameters.guestParams]).toEqual([null, 'extension', {}]);
    expect(JSON.stringify(adf)).not.toMatch(/\{\{|incidentId|nonce|undefined|\bpage\.[a-z]+\./);
    expect([description.length > 20, description.length <= 100]).toEqual([true, true]);
  }
  expect(await room.states()).toHaveLength(14);
  expect((await room.states()).every((state) => state.endsWith(' OPS there acc-admin'))).toBe(true);
});

test('pressed twice, or by several at once, there is one; who and when is kept with the changes of the settings, once', async () => {
  const { version } = await site.ok('admin', 'settings.get', {});
  const first = await site.ok('admin', 'template.install', at('incident', 'en', null));
  expect(first).toMatchObject({ installed: [{ template: 'incident', lang: 'en', spaceKey: null, state: 'there', by: { accountId: 'acc-admin' } }], version: version + 1 });
  expect(await lastChange()).toMatchObject({ by: { accountId: 'acc-admin' }, changed: [{ field: 'installed', before: null, after: expect.stringMatching(/^incident \(en\) → \* \[[0-9a-f]{12}\]$/) }] });
  expect((await site.ok('admin', 'template.install', at('incident', 'en', null))).version).toBe(version + 1);
  await Promise.all([1, 2, 3].map(() => site.ok('admin', 'template.install', at('short', 'ja', 'SRE'))));
  expect([(await room.shelved(null)).length, (await room.shelved('SRE')).length]).toEqual([1, 1]);
  expect(kept().map(({ id }) => id).sort()).toEqual([...(await room.shelved(null)), ...(await room.shelved('SRE'))].map(({ templateId }) => templateId).sort());
});

test('one whose maker died after Confluence had made it is found and kept, not made again', async () => {
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/rest/api/template', times: 1, kill: true }]);
  expect(await site.outcome('admin', 'template.install', at('drill', 'ja', 'OPS'))).toBe('FUNCTION_CRASHED');
  const [orphan] = await room.shelved('OPS');
  expect([orphan === undefined, kept()]).toEqual([false, []]);
  await site.faults([]);
  await site.ok('admin', 'template.install', at('drill', 'ja', 'OPS'));
  expect((await room.shelved('OPS')).map(({ templateId }) => templateId)).toEqual([orphan?.templateId]);
  expect(await room.states()).toEqual(['drill ja OPS there acc-admin']);
});

test('one of an earlier installation is taken over, one of another environment is left alone', async () => {
  await site.ok('admin', 'template.install', at('drill', 'en', 'OPS'));
  const [ours] = await room.shelved('OPS');
  rewriteDoc(site, 'settings', (doc) => void (doc['installed'] = []));
  await site.ok('admin', 'template.install', at('drill', 'en', 'OPS'));
  expect((await room.shelved('OPS')).map(({ templateId }) => templateId)).toEqual([ours?.templateId]);
  const foreign = JSON.stringify(room.adf(ours?.templateId ?? '')).replaceAll(/[^"]*\/static\/incident-board/g, 'ari:another/environment/static/incident-board');
  expect(site.site.deps.products.changeTemplate('acc-admin', ours?.templateId ?? '', { name: ours?.name ?? '', description: ours?.description ?? '', adf: foreign })).toMatchObject({ ok: true });
  rewriteDoc(site, 'settings', (doc) => void (doc['installed'] = []));
  await site.ok('admin', 'template.install', at('drill', 'en', 'OPS'));
  expect((await room.shelved('OPS')).map(({ templateId }) => templateId === ours?.templateId)).toEqual([true, false]);
  expect(JSON.stringify(room.adf(ours?.templateId ?? ''))).toBe(foreign);
});

test('where Confluence does not keep the board the template is removed again and a message says so, also after the first try died', async () => {
  await site.control('PUT', 'switches', { templatesLoseMacros: true });
  const lost = { ok: false, error: { code: 'page-refused', messageKey: 'error.shelf.board' } };
  expect(await install('incident', 'en', 'SRE')).toMatchObject(lost);
  expect([await room.shelved('SRE'), kept()]).toEqual([[], []]);
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/rest/api/template', times: 1, kill: true }]);
  expect(await site.outcome('admin', 'template.install', at('incident', 'en', 'SRE'))).toBe('FUNCTION_CRASHED');
  expect(await room.shelved('SRE')).toHaveLength(1);
  await site.faults([]);
  expect(await install('incident', 'en', 'SRE')).toMatchObject(lost);
  expect(await room.shelved('SRE')).toEqual([]);
});

test('deleted by hand it is shown as gone and can be installed again; renamed it stays ours; what people made of it stays theirs', async () => {
  await site.ok('admin', 'template.install', at('incident', 'ja', 'OPS'));
  const [ours] = await room.shelved('OPS');
  const products = site.site.deps.products;
  const adf = JSON.stringify(room.adf(ours?.templateId ?? ''));
  expect(products.changeTemplate('acc-admin', ours?.templateId ?? '', { name: 'Renamed', description: '', adf })).toMatchObject({ ok: true });
  expect(products.createTemplate('acc-admin', 'OPS', { name: 'Of our team', description: '', adf })).toMatchObject({ ok: true });
  await site.ok('admin', 'template.install', at('incident', 'ja', 'OPS'));
  expect((await room.shelved('OPS')).map(({ name, templateId }) => [name, templateId === ours?.templateId])).toEqual([['Of our team', false], [ours?.name, true]]);
  expect((await room.confluence('admin', 'DELETE', `template/${ours?.templateId}`)).status).toBe(204);
  expect(await room.states()).toEqual(['incident ja OPS gone acc-admin']);
  await site.ok('admin', 'template.install', at('incident', 'ja', 'OPS'));
  expect(await room.states()).toEqual(['incident ja OPS there acc-admin']);
  await site.ok('admin', 'template.remove', at('incident', 'ja', 'OPS'));
  expect((await room.shelved('OPS')).map(({ name }) => name)).toEqual(['Of our team']);
});

test('of an older structure, or without its board, it is outdated until it is updated', async () => {
  await site.ok('admin', 'template.install', at('short', 'en', 'SRE'));
  const id = kept()[0]?.id ?? '';
  rewriteDoc(site, 'settings', (doc) => void ((doc['installed'] as { structure: string }[])[0]!.structure = 'of-before'));
  expect(await room.states()).toEqual(['short en SRE outdated acc-admin']);
  await site.ok('admin', 'template.install', at('short', 'en', 'SRE'));
  expect([await room.states(), kept()[0]?.id]).toEqual([['short en SRE there acc-admin'], id]);
  expect((await lastChange())?.changed).toEqual([{ field: 'installed', before: 'short (en) → SRE [of-before]', after: expect.stringMatching(/^short \(en\) → SRE/) }]);
  const { name, description } = (await room.shelved('SRE'))[0] ?? { name: '', description: '' };
  site.site.deps.products.changeTemplate('acc-admin', id, { name, description, adf: '{"version":1,"type":"doc","content":[]}' });
  expect(await room.states()).toEqual(['short en SRE outdated acc-admin']);
  await site.ok('admin', 'template.install', at('short', 'en', 'SRE'));
  expect([await room.states(), (await room.shelved('SRE')).length]).toEqual([['short en SRE there acc-admin'], 1]);
});

test('removed it is gone from Confluence and from the list, once, and removing again is no change', async () => {
  await site.ok('admin', 'template.install', at('whys', 'en', null));
  const { installed, version } = await site.ok('admin', 'template.remove', at('whys', 'en', null));
  expect([installed, await room.shelved(null), (await lastChange())?.changed[0]?.after]).toEqual([[], [], null]);
  expect((await site.ok('admin', 'template.remove', at('whys', 'en', null))).version).toBe(version);
});

describe('who administers Confluence, but not the place', () => {
  const refuse = (method: string) => site.faults([{ target: 'confluence', method, path: '/wiki/rest/api/template', times: 9, status: 403 }]);

  test('is told whose right it takes, and nothing is made', async () => {
    await refuse('POST');
    expect(await install('incident', 'en', 'SRE')).toMatchObject({ ok: false, error: { code: 'forbidden', messageKey: 'error.shelf.space', params: { space: 'SRE' } } });
    expect(await install('incident', 'en', null)).toMatchObject({ ok: false, error: { code: 'forbidden', messageKey: 'error.shelf.site' } });
    expect([await room.shelved('SRE'), kept()]).toEqual([[], []]);
  });

  test('removes nothing either, and it stays on the list', async () => {
    await site.ok('admin', 'template.install', at('incident', 'en', 'SRE'));
    await refuse('DELETE');
    expect(await site.invoke('admin', 'template.remove', at('incident', 'en', 'SRE'))).toMatchObject({ ok: false, error: { code: 'forbidden', messageKey: 'error.shelf.space' } });
    expect([(await room.shelved('SRE')).length, kept().length]).toEqual([1, 1]);
  });

  test('sees a place that is hidden, installs nothing there, and can take it off the list', async () => {
    await site.ok('admin', 'template.install', at('incident', 'en', 'SRE'));
    await site.faults([{ target: 'confluence', method: 'GET', path: '/wiki/rest/api/template/page', times: 99, status: 403 }]);
    expect(await room.states()).toEqual(['incident en SRE hidden acc-admin']);
    expect(await install('incident', 'en', 'SRE')).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'spaceKey' } });
    expect((await site.ok('admin', 'template.remove', at('incident', 'en', 'SRE'))).installed).toEqual([]);
    await site.faults([]);
    expect(await room.shelved('SRE')).toHaveLength(1);
  });
});

test('a template Confluence does not take is said, and nothing is kept', async () => {
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/rest/api/template', times: 1, status: 400 }]);
  expect(await install('incident', 'en', 'SRE')).toMatchObject({ ok: false, error: { code: 'page-refused', messageKey: 'error.shelf.refused' } });
  expect(kept()).toEqual([]);
});

test('what is typed in the settings meanwhile is saved: a press is one version', async () => {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  const { version: after } = await site.ok('admin', 'template.install', at('incident', 'en', 'SRE'));
  expect(after).toBe(version + 1);
  await site.ok('admin', 'settings.save', { services, rules, version: after });
  expect(await room.states()).toEqual(['incident en SRE there acc-admin']);
});
