/** The page of a test alert: made once, of no incident, removed when it is pressed or its time is over. */
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const TITLE = '障害 テスト: 【テスト】チェックアウトの応答が遅い';
const testPages = async (): Promise<readonly { id: string; title: string }[]> => (await site.pages('OPS')).filter(({ title }) => title.includes('テスト'));
const MINUTES = 60_000;

test('it is a page like an incident’s, marked as a test; no incident, number, notice or mark comes of it', async () => {
  const before = await site.slack();
  const made = await site.ok('admin', 'sample.make', { spaceKey: 'OPS' });
  expect(made.state).toBe('there');
  const [row] = await testPages();
  expect(row?.title).toBe(TITLE);
  const page = await site.page('admin', row?.id ?? '');
  const text = JSON.stringify(page.adf);
  for (const said of ['これはテストです', 'web-01.example', 'incident-board', '振り返り']) expect(text).toContain(said);
  expect([page.labels, page.properties]).toEqual([[], {}]);
  await site.rest();
  expect((await site.ok('admin', 'home.load', {})).incidents).toEqual([]);
  expect(await site.slack()).toEqual(before);
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: '6f7f0b7e-0000', spaceKey: 'OPS', title: 'Real', severity: 'sev3', visibility: 'public', candidateId: null });
  expect((await site.ok('alice', 'board.load', { incidentId })).incident.key).toMatch(/^\d{4}-001$/);
});

test('pressed again, or twice at once, it is the same page; removed once, it is gone, and a new press makes another', async () => {
  const [first] = await testPages();
  await site.ok('admin', 'sample.make', { spaceKey: 'OPS' });
  expect((await testPages()).map(({ id }) => id)).toEqual([first?.id]);
  expect((await site.ok('admin', 'settings.get', {})).guide.sample?.state).toBe('there');
  for (let press = 0; press < 2; press += 1) expect(await site.ok('admin', 'sample.remove', {})).toMatchObject({ state: 'removed', url: null });
  expect(await testPages()).toEqual([]);
  await Promise.all([1, 2, 3].map(() => site.ok('admin', 'sample.make', { spaceKey: 'OPS' })));
  const again = await testPages();
  expect([again.length, again[0]?.id === first?.id]).toEqual([1, false]);
});

test('left alone it is removed after half an hour, and not before', async () => {
  expect(await testPages()).toHaveLength(1);
  await site.control('POST', 'run/sweep');
  expect(await testPages()).toHaveLength(1);
  await site.later(31 * MINUTES);
  await site.control('POST', 'run/sweep');
  expect([(await testPages()).length, (await site.ok('admin', 'settings.get', {})).guide.sample?.state]).toEqual([0, 'removed']);
});

test('one whose maker died is found and removed; one that became an incident’s page stays', async () => {
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', times: 1, kill: true }]);
  expect(await site.outcome('admin', 'sample.make', { spaceKey: 'OPS' })).toBe('FUNCTION_CRASHED');
  await site.faults([]);
  await site.later(31 * MINUTES);
  await site.control('POST', 'run/sweep');
  expect(await testPages()).toEqual([]);
  await site.ok('admin', 'sample.make', { spaceKey: 'OPS' });
  const [page] = await testPages();
  await site.ok('alice', 'incident.declare', { opId: '6f7f0b7e-0001', spaceKey: 'OPS', title: 'Taken over', severity: 'sev3', visibility: 'public', candidateId: null, pageId: page?.id ?? '' });
  await site.ok('admin', 'sample.remove', {});
  expect((await testPages()).map(({ id }) => id)).toEqual([page?.id]);
});

test('an unknown space is said at its field, and where the app may not write it says so and waits for nothing', async () => {
  expect(await site.invoke('admin', 'sample.make', { spaceKey: 'NOPE' })).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'spaceKey' } });
  await site.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', times: 1, status: 403 }]);
  expect(await site.invoke('admin', 'sample.make', { spaceKey: 'SRE' })).toMatchObject({ ok: false, error: { code: 'page-refused', messageKey: 'error.page-refused.no-permission' } });
  await site.faults([]);
  expect((await site.ok('admin', 'settings.get', {})).guide.sample).toBeNull();
});
