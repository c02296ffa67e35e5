/** A monitor edited in Mackerel while its alert fires: the next whole look tells, once. */
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { mackerelApi, removeChannels } from './inside';

const MINUTE = 60_000;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const swept = async (): Promise<void> => {
  await site.control('POST', 'run/sweep');
  await site.rest();
};

test('old and new values stand in the timeline once, and the alert stays beside what it was opened for', async () => {
  const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(id);
  // No webhook tells of it.
  await removeChannels(site);
  const { monitors } = await mackerelApi<{ monitors: { id: string; name: string; critical: number; warning: number }[] }>(site, 'GET', 'monitors');
  const monitor = monitors.find(({ name }) => name === 'checkout p95');
  const { id: monitorId, ...settings } = monitor ?? { id: '' };
  await mackerelApi(site, 'PUT', `monitors/${monitorId}`, { ...settings, critical: 1200, warning: null });
  const entries = async () => (await site.ok('alice', 'board.entries', { incidentId: incident.id, pass: '' })).entries;
  const said = async () => (await entries()).filter(({ messageKey }) => messageKey === 'entry.alert.thresholds').map(({ alertId, by, params }) => ({ alertId, by, params }));
  for (let look = 0; look < 4; look += 1) {
    await site.later(6 * MINUTE);
    await swept();
  }
  expect([monitor?.critical, monitor?.warning]).toEqual([800, 500]);
  expect(await said()).toEqual([
    { alertId: id, by: null, params: { monitor: 'checkout p95', host: 'web-01', fromOperator: '>', toOperator: '>', fromWarning: 500, toWarning: '', fromCritical: 800, toCritical: 1200 } },
  ]);
  const board = await site.ok('alice', 'board.load', { incidentId: incident.id });
  expect(board.alerts[0]).toMatchObject({ critical: 1200, warning: null, open: true });
  expect((await entries()).find(({ messageKey }) => messageKey === 'entry.alert.opened')?.params).toMatchObject({ operator: '>', threshold: 800 });
}, 90_000);
