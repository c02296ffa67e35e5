/** Mackerel forgets; the page does not. Runs last: nothing of Mackerel is left for another story. */
import { calm, screenOf } from './board';
import { attach, eventually, forget, home, invoke, raise, recover, valueOf } from './control';
import { expect as patiently, say, saying, test } from './story';

const expect = patiently.configure({ timeout: 30_000 });
test.beforeEach(calm);

test('what was frozen at the end is on the board when Mackerel has it no more, with who replaced a file', async ({ open }) => {
  test.setTimeout(240_000);
  const pages = await Promise.all([open('alice'), open('viewer')]);
  const [alice, viewer] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en')];
  const alertId = await raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const incident = await eventually('an incident of the alert', async () => {
    for (const one of (await home('alice')).incidents) {
      const { alerts } = valueOf(await invoke('alice', 'board.load', { incidentId: one.id }));
      if (one.page !== null && alerts.some(({ id }) => id === alertId)) return one;
    }
    return null;
  });
  const [incidentId, url] = [incident.id, incident.page?.url ?? ''];
  const alertGraph = async () => valueOf(await invoke('alice', 'board.graph', { incidentId, target: { alertId }, pass: '' }));
  await recover();
  await eventually('all recovered', async () => valueOf(await invoke('alice', 'board.load', { incidentId })).alerts.every(({ open: fires }) => !fires));
  valueOf(await invoke('alice', 'incident.status', { incidentId, status: 'resolved', opId: crypto.randomUUID() }));
  const [copy] = await eventually('a copy of the end', async () => {
    const { copies } = valueOf(await invoke('alice', 'board.evidence', { incidentId, pass: '' }));
    return copies[0]?.phase === 'resolved' && !copies[0].underWay ? copies : null;
  });
  const before = await alertGraph();
  expect(before.points.length).toBeGreaterThan(25);

  await alice.page.goto(url);
  await test.step('alice has it frozen now; her browser draws the picture, and Mackerel’s is there', async () => {
    await alice.frame.getByRole('button', { name: say('ja', 'board.evidence'), exact: true }).click();
    const dialog = alice.page.frameLocator('dialog.app-dialog iframe');
    await dialog.getByRole('button', { name: say('ja', 'evidence.freeze') }).click();
    await expect(dialog.getByRole('status').filter({ hasText: saying('ja', 'evidence.freeze.there') })).toBeVisible();
    const newest = dialog.locator('.evidence-copy').first();
    await expect(newest.getByText(/有栖 佐和 が保存/)).toBeVisible();
    await expect(newest.getByText(say('ja', 'evidence.file.image'))).toBeVisible();
    await expect(dialog.locator('.evidence-copy').filter({ hasText: /有栖 佐和 のブラウザで描画した/ })).toHaveCount(2);
  });

  await forget();
  const after = await eventually('evidence', async () => {
    const graph = await alertGraph();
    return graph.evidence === undefined ? null : graph;
  });
  expect(after.points.filter(({ at }) => at <= (copy?.at ?? 0))).toEqual(before.points.filter(({ at }) => at <= (copy?.at ?? 0)));

  await Promise.all([alice.page.goto(url), viewer.page.goto(url)]);
  await alice.frame.locator('.graph').first().scrollIntoViewIfNeeded();
  await expect(alice.frame.getByText(saying('ja', 'graph.kept')).first()).toBeVisible();
  await expect(alice.frame.locator('.graph canvas').first()).toBeVisible();

  await test.step('alice sees the files, unchanged', async () => {
    await alice.frame.getByRole('button', { name: say('ja', 'board.evidence'), exact: true }).click();
    const dialog = alice.page.frameLocator('dialog.app-dialog iframe');
    await expect(dialog.getByText(copy?.files[0]?.sha256 ?? 'no file')).toBeVisible();
    await expect(dialog.getByText(say('ja', 'evidence.same')).first()).toBeVisible();
  });
  await test.step('the viewer sees that bob has replaced one', async () => {
    await attach('bob', incident.page?.id ?? '', copy?.files[0]?.name ?? '', '{"all":"fine"}');
    await viewer.frame.getByRole('button', { name: say('en', 'board.evidence'), exact: true }).click();
    const dialog = viewer.page.frameLocator('dialog.app-dialog iframe');
    await expect(dialog.getByText(/Replaced since by Bob.* on /)).toBeVisible();
    await expect(dialog.getByText(say('en', 'evidence.replaced.look'))).toBeVisible();
  });
  expect((await alertGraph()).points).toEqual(after.points);
});
