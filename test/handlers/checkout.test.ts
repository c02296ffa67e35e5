/** "Break checkout" from the press to the graph, and the same button with its monitor muted. */
import { randomUUID } from 'node:crypto';
import { startTestSite, type TestSite } from './harness';

interface Point {
  readonly time: number;
  readonly value: number;
}
const PERIOD_MS = 5_000;
const CRITICAL = 800;

let site: TestSite;
beforeAll(async () => {
  // Below a minute, so that points are answered as posted; periods pass here only when the test says so.
  site = await startTestSite({ periodSeconds: 50 });
  // The one host with real load is busy with these tests.
  await mute('CPU of this computer', true);
}, 120_000);
afterAll(async () => await site.stop());

async function press(action: 'break' | 'recover'): Promise<void> {
  const answer = await fetch(`${site.site.url}/__web/scenario`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ action }) });
  expect(answer.status).toBe(204);
}
/** In every period each host posts, and its monitors judge what it posted. */
async function periods(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await site.later(PERIOD_MS);
    await site.site.mackerel?.tick();
  }
}
async function mackerel<T>(route: string): Promise<T> {
  const answer = await fetch(`${site.site.urls.mackerel}/api/v0/${route}`, { headers: { 'x-api-key': site.site.mackerel?.apiKey ?? '' } });
  if (!answer.ok) throw new Error(`${route}: ${answer.status}`);
  return (await answer.json()) as T;
}
async function mute(monitor: string, isMute: boolean): Promise<void> {
  const { monitors } = await mackerel<{ monitors: { id: string; name: string }[] }>('monitors');
  await site.console('POST', `monitors/${monitors.find(({ name }) => name === monitor)?.id ?? ''}/mute`, { isMute });
}
const p95 = async (hostId: string, from: number, to: number): Promise<readonly Point[]> =>
  (await mackerel<{ metrics: Point[] }>(`hosts/${hostId}/metrics?name=custom.checkout.p95&from=${Math.floor(from / 1000)}&to=${Math.floor(to / 1000)}`)).metrics;
const now = (): number => site.site.deps.clock.now();

/** Everything one press could have made. */
async function made() {
  const [{ alerts }, { deliveries }, home, pages] = await Promise.all([
    mackerel<{ alerts: { id: string }[] }>('alerts?withClosed=true'),
    site.console<{ deliveries: { id: string }[] }>('GET', 'deliveries'),
    site.ok('admin', 'home.load', {}),
    site.pages('OPS'),
  ]);
  const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id).sort();
  return { alerts: ids(alerts), deliveries: ids(deliveries), incidents: ids(home.incidents), candidates: ids(home.candidates), pages: ids(pages) };
}

test('the button makes a page whose graph is what Mackerel answers, up to its last point', async () => {
  await press('break');
  await periods(3);
  const home = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.incidents[0]?.page != null ? view : null;
  });
  expect(home.incidents).toEqual([expect.objectContaining({ service: 'shop', severity: 'sev2' })]);
  const incidentId = home.incidents[0]?.id ?? '';
  const board = await site.until(async () => {
    const view = await site.ok('bob', 'board.load', { incidentId });
    return view.alerts.length === 2 ? view : null;
  });
  const alert = board.alerts.find(({ host }) => host?.name === 'web-01');
  expect(alert).toMatchObject({ status: 'CRITICAL', monitorName: 'checkout p95', open: true });
  const graph = await site.ok('bob', 'board.graph', { incidentId, target: { alertId: alert?.id ?? '' }, pass: board.pass });
  const answered = await p95(alert?.host?.id ?? '', graph.from, graph.to);
  expect(answered.at(-1)?.value).toBeGreaterThan(CRITICAL);
  expect(graph.points.at(-1)).toEqual({ at: (answered.at(-1)?.time ?? 0) * 1000, value: answered.at(-1)?.value });
  expect(graph.points).toEqual(answered.map(({ time, value }) => ({ at: time * 1000, value })));
}, 90_000);

test('with the monitor muted the same button makes no alert, no webhook, no incident and no page', async () => {
  await press('recover');
  const incidentId = (await site.ok('alice', 'home.load', {})).incidents[0]?.id ?? '';
  await site.until(async () => ((await site.ok('alice', 'board.load', { incidentId })).incident.openAlerts === 0 ? true : null));
  await site.ok('alice', 'incident.status', { incidentId, status: 'closed', opId: randomUUID() });
  await site.rest();
  const before = await made();
  expect([before.alerts.length, before.incidents.length, before.pages.length > 0, before.deliveries.length > 0]).toEqual([2, 1, true, true]);

  const { hosts } = await mackerel<{ hosts: { id: string }[] }>('hosts?name=web-01');
  await mute('checkout p95', true);
  const pressedAt = now();
  await press('break');
  await periods(6);
  const posted = await p95(hosts[0]?.id ?? '', pressedAt, now());
  expect(posted.slice(-5).map(({ value }) => value > CRITICAL)).toEqual([true, true, true, true, true]);
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect(await made()).toEqual(before);

  await mute('checkout p95', false);
  await periods(1);
  // The same alert so soon after the end: its incident goes on.
  await site.until(async () => ((await site.ok('alice', 'board.load', { incidentId })).incident.status === 'investigating' ? true : null));
  expect((await made()).incidents).toEqual(before.incidents);
}, 90_000);
