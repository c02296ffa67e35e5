/** Variables filled in again: what comes from the record follows it, what people wrote stays to the letter. */
import { randomUUID } from 'node:crypto';
import type { PageTemplateId, TemplateId } from '../../src/contract';
import { adfProblem } from '../../local-site/products/adf';
import { deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

interface Node {
  readonly type: string;
  readonly content?: readonly Node[];
}
const text = (words: string): object => ({ type: 'text', text: words });
const p = (words: string): object => ({ type: 'paragraph', content: [text(words)] });
async function wiki(method: string, path: string, body?: object): Promise<{ readonly id: string; readonly title: string; readonly version: { readonly number: number } }> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages${path}`, { method, headers: { 'x-site-user': 'bob', 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const said = await answer.text();
  if (!answer.ok) throw new Error(said);
  return JSON.parse(said) as { id: string; title: string; version: { number: number } };
}
const bodyOf = (content: readonly object[]): object => ({ representation: 'atlas_doc_format', value: JSON.stringify({ version: 1, type: 'doc', content }) });

interface Made {
  readonly desk: Desk;
  readonly pageId: string;
}
async function declare(template: TemplateId): Promise<Made> {
  const { incidentId, page } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Mails are late', severity: 'sev3', visibility: 'public', candidateId: null, template });
  return { desk: deskOf(site, incidentId), pageId: page?.id ?? '' };
}
const contentOf = async ({ pageId }: Made): Promise<readonly Node[]> => ((await site.page('alice', pageId)).adf as Node).content ?? [];
async function publish({ pageId }: Made, content: readonly object[], status: 'current' | 'draft' = 'current'): Promise<void> {
  const { title, version } = await wiki('GET', `/${pageId}`);
  await wiki('PUT', `/${pageId}`, { id: pageId, status, title, body: bodyOf(content), version: { number: status === 'draft' ? 1 : version.number + 1 } });
}
const look = ({ desk }: Made) => site.ok('alice', 'page.outdated', { incidentId: desk.incidentId });
const bySomebody = async (content: readonly object[]): Promise<PageTemplateId> => {
  const { id } = await wiki('POST', '', { spaceId: '65602', status: 'current', title: `Our structure ${randomUUID()}`, body: bodyOf(content) });
  const { pages } = await site.ok('admin', 'template.adopt', { pageId: id, version: 1 });
  return pages.find((one) => one.pageId === id)?.id ?? 'page-0';
};

test('of a page people wrote: severity and who leads follow, in the lines nobody touched; words beside them stay', async () => {
  const template = await bySomebody([p('Now {{severity}}, led by {{commander}}.'), p('{{facts}}'), p('Tell the shop at {{severity}}'), p('Nothing to fill in')]);
  const made = await declare(template);
  expect(await look(made)).toMatchObject({ changes: [], kept: [], isDrafted: false, lang: 'en' });
  const before = await contentOf(made);
  const written = [p('We called the shop.'), ...before.map((node) => (JSON.stringify(node).includes('Tell the shop') ? p('Tell the shop at SEV3, and the bank') : node)), p('Later words')];
  await publish(made, written);
  await made.desk.press('alice', 'incident.severity', { severity: 'sev1' });
  await made.desk.press('bob', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null });
  const seen = await look(made);
  expect(seen).toMatchObject({
    version: 2,
    changes: [{ was: [{ is: 'text', text: 'Now SEV3, led by (nobody leads yet).' }], now: [{ is: 'text', text: 'Now SEV1, led by .', people: ['acc-bob'] }] }],
    kept: [[{ is: 'text', text: 'Tell the shop at SEV1' }]],
  });
  const opId = randomUUID();
  await made.desk.press('alice', 'page.refresh', { opId, version: seen.version });
  const now = await contentOf(made);
  const mention = { type: 'mention', attrs: { id: 'acc-bob', text: '' } };
  const expected = (JSON.parse(JSON.stringify(written)) as Node[]).map((node) => (JSON.stringify(node).includes('Now SEV3') ? { type: 'paragraph', content: [text('Now SEV1, led by '), mention, text('.')] } : node));
  expect(now).toEqual(expected);
  expect(adfProblem({ version: 1, type: 'doc', content: now })).toBeNull();
  await made.desk.press('alice', 'page.refresh', { opId, version: seen.version });
  expect(await made.desk.told('entry.page.refreshed')).toBe(1);
  const { rows } = await site.ok('alice', 'audit.load', { incidentId: made.desk.incidentId, kinds: ['page'], before: null, lang: 'en', zone: 'UTC' });
  expect(rows.map(({ by, what }) => [by?.accountId, what])).toEqual([['acc-alice', [{ text: 'The page’s variables were filled in again' }]]]);
  await made.desk.press('alice', 'page.refresh', { version: seen.version });
  expect((await wiki('GET', `/${made.pageId}`)).version.number).toBe(3);
});

test('of each built-in template only what came from the record is replaced, and what was known at the start stays', async () => {
  for (const template of ['incident', 'short', 'security', 'postmortem', 'communications', 'whys', 'drill'] as const) {
    const made = await declare(template);
    const before = await contentOf(made);
    await made.desk.press('alice', 'incident.severity', { severity: 'sev1' });
    const { changes, kept, version } = await look(made);
    expect([template, kept]).toEqual([template, []]);
    await made.desk.press('alice', 'page.refresh', { version });
    const after = await contentOf(made);
    const same = after.filter((node, index) => JSON.stringify(node) === JSON.stringify(before[index])).length;
    expect([template, after.length, before.length - same]).toEqual([template, before.length, changes.length]);
    const known = JSON.stringify(after.slice(0, after.findIndex((node) => node.type === 'table') + 1));
    if (template === 'postmortem') expect([changes.length, JSON.stringify(after).includes('SEV3'), known.includes('SEV3')]).toEqual([1, true, true]);
    await made.desk.press('alice', 'incident.status', { status: 'closed' });
  }
});

test('never under a draft, nor over a version that was not looked at; and a page that was there before is left alone', async () => {
  const made = await declare('postmortem');
  await made.desk.press('alice', 'incident.severity', { severity: 'sev1' });
  const { version } = await look(made);
  const content = await contentOf(made);
  await publish(made, [...content, p('half a sen')], 'draft');
  expect(await look(made)).toMatchObject({ isDrafted: true });
  expect(await made.desk.refused('alice', 'page.refresh', { version })).toEqual({ code: 'conflict', messageKey: 'error.page-drafted', field: null });
  await publish(made, [...content, p('a whole sentence')]);
  expect(await made.desk.refused('alice', 'page.refresh', { version })).toEqual({ code: 'conflict', messageKey: 'error.changed-by-other', field: 'page' });
  await made.desk.press('alice', 'page.refresh', { version: (await look(made)).version });
  const text = JSON.stringify(await contentOf(made));
  expect([text.includes('(SEV1,'), text.includes('a whole sentence')]).toEqual([true, true]);

  const { id } = await wiki('POST', '', { spaceId: '65602', status: 'current', title: `Written ${randomUUID()}`, body: bodyOf([p('{{severity}}')]) });
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'There before', severity: 'sev3', visibility: 'public', candidateId: null, pageId: id });
  expect(await site.invoke('alice', 'page.outdated', { incidentId })).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.refresh-unknown' } });
});
