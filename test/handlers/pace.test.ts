/** Alerts that change every second, a few at a time: everything is shown, and no record is written for every one of them. */
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());

const SECONDS = 30;
const ALERTS = Array.from({ length: 8 }, (_, n) => `flap${n}`);

function changed(id: string, at: number, critical: boolean): string {
  const service = { id: 's1', name: 'shop', memo: '', orgId: 'o', roles: [] };
  const alert = { id, url: '', openedAt: 1_790_000_000, closedAt: null, createdAt: 1_790_000_000_000, statusChangedAt: Math.floor(at / 1000), status: critical ? 'critical' : 'warning', isOpen: true, trigger: 'monitor', monitorName: id, metricLabel: 'm', metricValue: 3, criticalThreshold: 2, warningThreshold: 1, monitorOperator: '>', duration: 1 };
  return JSON.stringify({ orgName: 'local', event: 'alert', type: 'service', message: '', memo: '', imageUrl: null, user: null, service, alert });
}

test('looks that find little each are spread out once much came lately, and nothing is left out', async () => {
  const url = await site.webhookUrl();
  await site.faults([{ target: 'mackerel', status: 503 }]);
  const versions = new Set<number>();
  for (let second = 0; second < SECONDS; second += 1) {
    for (const id of ALERTS) {
      const answer = await fetch(url, { method: 'POST', body: changed(id, site.site.deps.clock.now(), second % 2 === 0), headers: { 'content-type': 'application/json' } });
      expect(answer.status).toBe(202);
    }
    await site.later(1_000);
    await site.settle();
    for (const { version } of (await site.ok('alice', 'home.load', {})).incidents) versions.add(version);
  }
  // Three looks until twenty hints came lately, then one in ten seconds; each writes the record once, and its making a few times.
  expect(versions.size).toBeGreaterThan(3);
  expect(versions.size).toBeLessThan(14);
  await site.rest();
  const { incidents } = await site.ok('alice', 'home.load', {});
  expect(incidents).toHaveLength(1);
  const { entries } = await site.ok('alice', 'board.entries', { incidentId: incidents[0]?.id ?? '', pass: '' });
  expect(ALERTS.map((id) => entries.filter((entry) => entry.source === 'mackerel' && entry.alertId === id).length)).toEqual(ALERTS.map(() => SECONDS));
}, 120_000);
