/** People change who may see a page in Confluence itself; the app hears nothing of it and keeps to it. */
import { randomUUID } from 'node:crypto';
import { declareDesk, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

const MINUTE = 60_000;
let site: TestSite;
let desk: Desk;
let pageId = '';
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  desk = await declareDesk(site, 'Restricted later');
  pageId = (await desk.board()).incident.page?.id ?? '';
}, 120_000);
afterAll(async () => await site.stop());

/** As alice's browser does it in Confluence. */
async function keepTo(accounts: readonly string[]): Promise<void> {
  const users = accounts.map((accountId) => ({ type: 'known', accountId }));
  const body = JSON.stringify(['read', 'update'].map((operation) => ({ operation, restrictions: { user: users } })));
  const answer = await fetch(`${site.site.url}/wiki/rest/api/content/${pageId}/restriction`, { method: 'PUT', headers: { 'x-site-user': 'alice', 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
}
const listed = async (user: string): Promise<boolean> => (await site.ok(user, 'home.load', {})).incidents.some(({ id }) => id === desk.incidentId);

test('who is shut out changes nothing from then on, is in no list, and reads on for as long as the pass lasts', async () => {
  const { pass } = await desk.board('bob');
  const read = (): Promise<string> => site.outcome('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass });
  const write = (): Promise<string> => site.outcome('bob', 'incident.severity', { incidentId: desk.incidentId, severity: 'sev1', opId: randomUUID() });
  expect([await read(), await write(), await listed('bob')]).toEqual(['ok', 'ok', true]);

  await keepTo(['acc-alice', 'acc-app']);
  expect([await write(), await listed('bob'), await read()]).toEqual(['not-found', false, 'ok']);
  await site.later(5 * MINUTE + 1);
  expect(await read()).toBe('not-found');
  expect(await site.outcome('bob', 'board.load', { incidentId: desk.incidentId })).toBe('not-found');
  expect(await site.outcome('alice', 'board.load', { incidentId: desk.incidentId })).toBe('ok');
});

test('who is let in sees and changes it at once', async () => {
  await keepTo(['acc-alice', 'acc-bob', 'acc-app']);
  expect(await listed('bob')).toBe(true);
  expect(await site.outcome('bob', 'incident.severity', { incidentId: desk.incidentId, severity: 'sev3', opId: randomUUID() })).toBe('ok');
});

test('where the app itself is shut out people go on, and nothing is taken for deleted', async () => {
  await keepTo(['acc-alice', 'acc-bob']);
  await desk.press('alice', 'incident.severity', { severity: 'sev2' });
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect((await desk.board('alice')).incident).toMatchObject({ severity: 'sev2', page: { id: pageId, state: 'current' } });
});
