/** What leaves the site in words: notices to Slack, and the facts that stand in for the board in an export. */
import { randomUUID } from 'node:crypto';
import { adfProblem } from '../../local-site/products/adf';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let incidentId = '';
let page: { readonly id: string; readonly url: string } = { id: '', url: '' };
beforeAll(async () => {
  site = await startTestSite();
  const { incident } = await site.incidentWith((await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id);
  incidentId = incident.id;
  page = incident.page ?? page;
  await site.rest();
}, 120_000);
afterAll(async () => await site.stop());

const told = async (): Promise<readonly string[]> => (await site.control<{ body: { text: string } }[]>('GET', 'slack')).map(({ body }) => body.text);

test('declaring, the first response, a severity and resolving send one message each, and nothing else does', async () => {
  const press = { incidentId, opId: randomUUID() };
  await site.ok('bob', 'incident.respond', press);
  await site.ok('bob', 'incident.respond', press);
  await site.ok('alice', 'incident.respond', { incidentId, opId: randomUUID() });
  await site.ok('bob', 'incident.status', { incidentId, status: 'identified', opId: randomUUID() });
  const judged = { incidentId, severity: 'sev1' as const, opId: randomUUID() };
  await site.ok('alice', 'incident.severity', judged);
  await site.ok('alice', 'incident.severity', judged);
  await site.ok('alice', 'incident.severity', { ...judged, opId: randomUUID() });
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId, status: 'resolved', opId: randomUUID() });
  await site.ok('alice', 'incident.status', { incidentId, status: 'closed', opId: randomUUID() });
  await site.rest();
  expect(await told()).toEqual([
    `🚨 障害 2026-001 の対応を開始しました: checkout p95 (web-01)\n重大度: SEV2・発生中のアラート 1 件: checkout p95\n${page.url}`,
    `🙋 Bob Miller さんが障害 2026-001 に対応しています: checkout p95 (web-01)\n重大度: SEV2・発生中のアラート 1 件\n${page.url}`,
    `障害 2026-001 の重大度が SEV1 になりました: checkout p95 (web-01)\n発生中のアラート 1 件: checkout p95\n${page.url}`,
    `✅ 障害 2026-001 は復旧しました: checkout p95 (web-01)\n発生中のアラートなし\n${page.url}`,
  ]);
}, 90_000);

test('the same steps of a private incident send nothing', async () => {
  const before = await told();
  expect(before.length).toBeGreaterThan(0);
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Quiet matter', severity: 'sev2', visibility: 'private', candidateId: null });
  const press = () => ({ incidentId: made.incidentId, opId: randomUUID() });
  await site.ok('alice', 'incident.respond', press());
  await site.ok('alice', 'incident.severity', { ...press(), severity: 'sev1' });
  const resolved = await site.ok('alice', 'incident.status', { ...press(), status: 'resolved' });
  expect(resolved).toMatchObject({ severity: 'sev1', status: 'resolved', firstResponse: { by: { accountId: 'acc-alice' } } });
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect(await told()).toEqual(before);
});

describe('an export', () => {
  const exported = async (contentId: string): Promise<string> => {
    const { result } = await site.control<{ result: unknown }>('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId } });
    expect(adfProblem(result)).toBeNull();
    return JSON.stringify(result);
  };
  const NEUTRAL = 'The incident board is shown on its own Confluence page. / ';

  test('says on the incident’s own page what is known, and asks Mackerel nothing', async () => {
    await site.ok('alice', 'board.load', { incidentId });
    const asked = async (): Promise<number> => (await site.control<{ mackerel: { requests: number } }>('GET', 'usage')).mackerel.requests;
    const before = await asked();
    expect(before).toBeGreaterThan(0);
    const text = await exported(page.id);
    for (const words of ['2026-001', 'checkout p95 (web-01)', 'SEV1', '対応完了', 'web-01', '1500 > 800', '+09:00']) expect(text).toContain(words);
    expect(text).not.toContain(NEUTRAL);
    expect(await asked()).toBe(before);
  });

  test('is one neutral line on any other page, or when storage fails', async () => {
    const [other] = (await site.pages('SRE')).filter(({ id }) => id !== page.id);
    const elsewhere = await exported(other?.id ?? '');
    expect(elsewhere).toContain(NEUTRAL);
    expect(elsewhere).not.toContain('2026-001');
    await site.faults([{ target: 'kvs' }]);
    const failing = await exported(page.id);
    await site.faults([]);
    expect(failing).toBe(elsewhere);
  });
});
