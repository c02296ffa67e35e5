/** Reports: made of the record for whoever sees it, and made pages once for each press by those who may change it. */
import { createHash, randomUUID } from 'node:crypto';
import type { ReportView } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';
import { reportOn } from './report-room';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

const load = (desk: Desk, user = 'alice', more: Parameters<typeof reportOn>[1] = {}): Promise<ReportView> => site.ok(user, 'report.load', { ...reportOn(desk.incidentId, more), draft: true });
async function publish(desk: Desk, user = 'alice', more: Parameters<typeof reportOn>[1] = {}, opId: string = randomUUID()) {
  const { seen } = await load(desk, user, more);
  return await site.ok(user, 'report.publish', { ...reportOn(desk.incidentId, more), seen, opId });
}
async function rawPage(id: string, user = 'admin'): Promise<{ status: number; parentId: string | null; authorId: string; title: string; body: string }> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages/${id}?body-format=atlas_doc_format`, { headers: { 'x-site-user': user } });
  const page = (await answer.json()) as { parentId?: string; authorId?: string; title?: string; body?: { atlas_doc_format: { value: string } } };
  return { status: answer.status, parentId: page.parentId ?? null, authorId: page.authorId ?? '', title: page.title ?? '', body: page.body?.atlas_doc_format.value ?? '' };
}
const reportsOf = async (desk: Desk, user = 'admin'): Promise<readonly string[]> => {
  const { key } = (await desk.board()).incident;
  return (await site.pages('SRE', user)).filter(({ title }) => title.startsWith('障害報告書') && title.includes(key)).map(({ id }) => id);
};

test('whoever sees the incident has it as blocks, with what was typed; a viewer is told why they cannot publish', async () => {
  const desk = await declareDesk(site, 'Checkout is slow');
  await desk.press('alice', 'incident.line', { line: 'impact', text: '決済の 3 割が失敗', base: 0 });
  const view = await load(desk, 'viewer', { edits: { recipient: '株式会社サンプル 御中' } });
  const text = JSON.stringify(view.blocks);
  for (const words of ['障害報告書（第一報）', '決済の 3 割が失敗', '株式会社サンプル 御中', '現在調査中です。']) expect([words, text.includes(words)]).toEqual([words, true]);
  expect([view.refusal, view.published, view.adf, view.columns]).toEqual(['reports.cannot.view', [], null, ['日時', '対応者', '内容', 'リンク']]);
  const sent = await site.ok('viewer', 'report.load', { ...reportOn(desk.incidentId), draft: false });
  expect([JSON.stringify(sent.blocks).includes('宛先'), JSON.stringify(sent.blocks).includes('影響範囲'), (JSON.parse(sent.adf ?? '') as { type: string }).type]).toEqual([false, true, 'doc']);
  expect(sent.seen).toBe(view.seen);
  expect(await site.outcome('mallory', 'report.load', { ...reportOn(desk.incidentId), draft: true })).toBe('not-found');
  for (const wrong of [{ zone: 'Mars/Olympus' }, { form: 'secret' }, { edits: { nonce: 'x' } }, { edits: { cause: 'x'.repeat(8001) } }]) expect(await site.outcome('alice', 'report.load', { ...reportOn(desk.incidentId), ...wrong, draft: true })).toBe('bad-request');
});

test('pressed twice, also at once, it is one page below the incident’s, by its presser, which carries its fingerprint', async () => {
  const desk = await declareDesk(site, 'Published');
  const opId = randomUUID();
  const { seen } = await load(desk);
  const p = { ...reportOn(desk.incidentId, { edits: { cause: '設定の誤り' } }), seen, opId };
  const answers = await Promise.all([site.ok('alice', 'report.publish', p), site.ok('alice', 'report.publish', p)]);
  const again = await site.ok('alice', 'report.publish', p);
  const [version] = again.published;
  expect([answers[0], answers[1]]).toEqual([again, again]);
  const pages = await reportsOf(desk);
  expect([pages, again.published.length, version?.n, version?.page.version, version?.by]).toEqual([[version?.page.id], 1, 1, 1, { accountId: 'acc-alice' }]);
  const page = await rawPage(version?.page.id ?? '');
  expect([page.parentId, page.authorId]).toEqual([(await desk.board()).incident.page?.id, 'acc-alice']);
  const sent = await site.ok('alice', 'report.load', { ...reportOn(desk.incidentId, { edits: { cause: '設定の誤り', number: `${(await desk.board()).incident.key}-1`, edition: '第 1 版' } }), draft: false });
  expect(version?.sha256).toBe(createHash('sha256').update(JSON.stringify(sent.blocks)).digest('hex'));
  expect([page.body.includes(version?.sha256 ?? '-'), page.body.includes('設定の誤り'), page.body.includes('alice')]).toEqual([true, true, false]);
});

test('each version has its number, and the list tells all of them to whoever sees the incident', async () => {
  const desk = await declareDesk(site, 'Several');
  await publish(desk);
  await publish(desk, 'bob', { form: 'final', lang: 'en' });
  const { published } = await load(desk, 'viewer');
  const { key } = (await desk.board()).incident;
  expect(await Promise.all(published.map(async ({ page }) => (await rawPage(page.id)).title))).toEqual([`Incident report (final) Version 2 Incident ${key} Several`, `障害報告書（第一報） 第 1 版 障害 ${key} Several`]);
  expect(published.map(({ n, form, lang, by }) => [n, form, lang, by.accountId])).toEqual([[2, 'final', 'en', 'acc-bob'], [1, 'first', 'ja', 'acc-alice']]);
  expect(JSON.stringify((await load(desk)).blocks)).toContain('第 3 版');
});

test('what changed since the preview is not published unseen', async () => {
  const desk = await declareDesk(site, 'Changing');
  const { seen } = await load(desk);
  await desk.press('bob', 'incident.severity', { severity: 'sev1' });
  const opId = randomUUID();
  const answer = await site.invoke('alice', 'report.publish', { ...reportOn(desk.incidentId), seen, opId });
  expect(answer).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.report-changed' } });
  expect([await reportsOf(desk), (await load(desk)).published]).toEqual([[], []]);
  expect((await publish(desk)).published.length).toBe(1);
});

test('a stranger’s page with that title, fingerprint and all, is not taken for ours', async () => {
  const desk = await declareDesk(site, 'Clash');
  await publish(desk);
  const first = await rawPage((await reportsOf(desk))[0] ?? '');
  const spaceId = site.site.deps.products.spaces().find(({ key }) => key === 'SRE')?.id ?? '';
  const other = await declareDesk(site, 'Clash');
  const key = async (of: Desk): Promise<string> => (await of.board()).incident.key;
  const title = first.title.replace(await key(desk), await key(other));
  const made = await fetch(`${site.site.url}/wiki/api/v2/pages`, { method: 'POST', headers: { 'x-site-user': 'bob', 'content-type': 'application/json' }, body: JSON.stringify({ spaceId, status: 'current', title, body: { representation: 'atlas_doc_format', value: first.body } }) });
  expect(made.status).toBe(200);
  const { published } = await publish(other);
  const ours = await rawPage(published[0]?.page.id ?? '');
  expect([ours.title, ours.authorId]).toEqual([`${title} (2)`, 'acc-alice']);
});

test('viewers and strangers publish nothing', async () => {
  const desk = await declareDesk(site, 'Refused');
  const { seen } = await load(desk);
  for (const [user, code] of [['viewer', 'forbidden'], ['mallory', 'not-found']] as const) expect(await site.outcome(user, 'report.publish', { ...reportOn(desk.incidentId), seen, opId: randomUUID() })).toBe(code);
  expect(await reportsOf(desk)).toEqual([]);
});

test('refused by Confluence, nothing stays in the list, and the next press makes it', async () => {
  const desk = await declareDesk(site, 'No page');
  const { seen } = await load(desk);
  const p = { ...reportOn(desk.incidentId), seen, opId: randomUUID() };
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', status: 403 }]);
  expect(await site.outcome('alice', 'report.publish', p)).toBe('page-refused');
  await site.faults([]);
  expect([(await load(desk)).published, (await site.ok('alice', 'report.publish', p)).published.length, (await reportsOf(desk)).length]).toEqual([[], 1, 1]);
});

describe('of a private incident', () => {
  async function secret(): Promise<Desk> {
    const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Secret ${randomUUID()}`, severity: 'sev2', visibility: 'private', candidateId: null, audience: { people: ['acc-viewer'], groupIds: [] } });
    return deskOf(site, incidentId);
  }

  test('a report is for those who see it, and its page is kept to the same people', async () => {
    const desk = await secret();
    expect(await site.outcome('bob', 'report.load', { ...reportOn(desk.incidentId), draft: true })).toBe('not-found');
    const { published } = await publish(desk);
    const id = published[0]?.page.id ?? '';
    const sees = async (user: string): Promise<number> => (await rawPage(id, user)).status;
    expect([await sees('alice'), await sees('viewer'), await sees('bob'), await sees('admin')]).toEqual([200, 200, 404, 404]);
    const answer = await fetch(`${site.site.url}/wiki/rest/api/content/${id}/restriction?expand=restrictions.user`, { headers: { 'x-site-user': 'alice' } });
    const { results } = (await answer.json()) as { results: { operation: string; restrictions: { user: { results: { accountId: string }[] } } }[] };
    expect(results.find(({ operation }) => operation === 'read')?.restrictions.user.results.map(({ accountId }) => accountId).sort()).toEqual(['acc-alice', 'acc-app', 'acc-viewer']);
  });

  test('where restrictions cannot be set there is no page', async () => {
    const desk = await secret();
    const { seen } = await load(desk);
    await site.faults([{ target: 'confluence', method: 'PUT', path: '/restriction', status: 403 }]);
    const answer = await site.invoke('alice', 'report.publish', { ...reportOn(desk.incidentId), seen, opId: randomUUID() });
    await site.faults([]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'page-refused', messageKey: 'error.page-refused.private' } });
    expect([await reportsOf(desk, 'alice'), (await load(desk)).published]).toEqual([[], []]);
  });
});

test('the whole record is told row by row, to whoever sees the incident', async () => {
  const desk = await declareDesk(site, 'Recorded');
  const text = 'a long record '.repeat(300).slice(0, 3900);
  for (let round = 0; round < 4; round += 1) await site.ok('alice', 'note.add', { incidentId: desk.incidentId, opId: randomUUID(), notes: Array.from({ length: 90 }, (_, n) => ({ text: `${round}-${n} ${text}`, at: null, link: null })) });
  await publish(desk);
  const rows: { of: string; id: string; value: unknown }[] = [];
  let after: string | null = null;
  let answers = 0;
  do {
    const page: { rows: readonly { of: string; id: string; value: unknown }[]; next: string | null } = await site.ok('viewer', 'report.record', { incidentId: desk.incidentId, after });
    rows.push(...page.rows);
    after = page.next;
    answers += 1;
  } while (after !== null);
  expect(answers).toBeGreaterThan(1);
  const notes = rows.filter(({ of, value }) => of === 'entry' && (value as { text: string | null }).text !== null);
  expect([rows[0]?.of, notes.length, new Set(rows.map(({ of, id }) => `${of} ${id}`)).size === rows.length, rows.filter(({ of }) => of === 'report').length]).toEqual(['incident', 360, true, 1]);
  expect([JSON.stringify(rows).includes('"nonce"'), JSON.stringify(rows).includes('"opId"')]).toEqual([false, false]);
  expect(await site.outcome('mallory', 'report.record', { incidentId: desk.incidentId, after: null })).toBe('not-found');
}, 120_000);

test('erasing the incident takes the list with it', async () => {
  const desk = await declareDesk(site, 'Erased');
  await publish(desk);
  const kept = (): boolean => Object.keys(storedRows(site)).some((key) => key.endsWith(`reports:${desk.incidentId}`));
  expect(kept()).toBe(true);
  const { key } = (await desk.board()).incident;
  await desk.press('alice', 'incident.status', { status: 'closed' });
  await site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: key });
  for (let round = 0; round < 20 && (await site.ok('admin', 'erase.state', {}))?.state !== 'done'; round += 1) await site.ok('admin', 'erase.continue', {});
  expect(kept()).toBe(false);
}, 120_000);
