/** An alert taken from one incident to another: on exactly one at any time, and no look puts it back. */
import { randomUUID } from 'node:crypto';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
let shop: Desk;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  shop = deskOf(site, (await site.incidentWith(alert.id)).incident.id);
  await site.rest();
}, 180_000);
afterAll(async () => await site.stop());

const linked = async (desk: Desk, id: string): Promise<boolean> => (await desk.board('admin')).alerts.some((alert) => alert.id === id);
const waits = async (id: string): Promise<boolean> => (await site.ok('alice', 'home.load', {})).candidates.some(({ alert }) => alert.id === id);
async function look(): Promise<void> {
  await site.rest();
  await site.control('POST', 'run/sweep');
  await site.rest();
}
async function joined(monitor: string, host: string): Promise<string> {
  const { id } = await site.raise(monitor, host, 'CRITICAL', 1500);
  await site.until(async () => ((await linked(shop, id)) ? true : null));
  await site.rest();
  return id;
}
const key = async (desk: Desk): Promise<string> => (await desk.board()).incident.key;

test('it goes with its history, is told on both sides, and stays where it was put', async () => {
  const id = await joined('db connections', 'db-01');
  const other = await declareDesk(site, 'Another matter');
  const opId = randomUUID();
  expect(await shop.press('bob', 'alert.move', { alertId: id, to: other.incidentId, opId })).toMatchObject({ id: shop.incidentId, linkedAlerts: 1, openAlerts: 1 });
  const there = await other.board();
  expect(there.alerts).toMatchObject([{ id, open: true, why: { messageKey: 'alert.why.moved', params: { key: await key(shop) }, by: { accountId: 'acc-bob' } } }]);
  expect(there.incident).toMatchObject({ openAlerts: 1, linkedAlerts: 1 });
  const told = async (desk: Desk) => (await desk.entries()).filter((entry) => entry.alertId === id).map(({ messageKey, params, by, status }) => [messageKey, params['key'], by?.accountId, status]);
  expect([(await told(shop)).at(0), (await told(other)).at(0)]).toEqual([['entry.alert.moved-away', await key(other), 'acc-bob', null], ['entry.alert.moved-here', await key(shop), 'acc-bob', null]]);
  expect((await told(other)).filter(([, , , status]) => status === 'CRITICAL')).toHaveLength(1);
  expect([await waits(id), await linked(shop, id)]).toEqual([false, false]);
  // It changes, so it is read and placed again; a repeated delivery too.
  await site.later(2_000);
  await site.raise('db connections', 'db-01', 'WARNING', 160);
  await look();
  expect([await linked(shop, id), (await other.board()).alerts]).toEqual([false, [expect.objectContaining({ id, status: 'WARNING' })]]);
  expect(await shop.refused('alice', 'alert.attach', { alertId: id })).toMatchObject({ messageKey: 'error.alert-taken' });
  // The press, sent again after it went on to a third, does nothing.
  const third = await declareDesk(site, 'Third matter');
  await other.press('alice', 'alert.move', { alertId: id, to: third.incidentId });
  await shop.press('bob', 'alert.move', { alertId: id, to: other.incidentId, opId });
  expect([await linked(shop, id), await linked(other, id), await linked(third, id)]).toEqual([false, false, true]);
  // Taken off there it waits for a person; moved back and taken off, it does so again.
  await third.press('alice', 'alert.detach', { alertId: id });
  await look();
  expect([await waits(id), await linked(third, id)]).toEqual([true, false]);
  await third.press('alice', 'alert.attach', { alertId: id });
  await third.press('alice', 'alert.move', { alertId: id, to: shop.incidentId });
  await look();
  expect([await linked(shop, id), await linked(third, id), await waits(id)]).toEqual([true, false, false]);
  // Its recovery is told where it is.
  await third.press('alice', 'alert.attach', { alertId: (await site.raise('queue delay', 'batch-02', 'WARNING', 70)).id });
  await site.console('POST', `alerts/${id}/close`, {});
  await look();
  expect((await shop.board()).alerts.find((alert) => alert.id === id)).toMatchObject({ open: false });
}, 120_000);

test('an alert of a closed incident moves too, and its recovery is told at the open one, also after that one was merged', async () => {
  const blog = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  const candidate = await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === blog.id) ?? null);
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Blog', severity: 'sev4', visibility: 'public', candidateId: candidate.id });
  const source = deskOf(site, made.incidentId);
  await source.press('alice', 'incident.status', { status: 'closed', reason: 'known' });
  const target = await declareDesk(site, 'Still open');
  await source.press('alice', 'alert.move', { alertId: blog.id, to: target.incidentId });
  const last = await declareDesk(site, 'The last one');
  await last.press('alice', 'incident.merge', { from: [target.incidentId] });
  await look();
  expect([await linked(source, blog.id), await linked(target, blog.id), await linked(last, blog.id)]).toEqual([false, false, true]);
  await site.console('POST', `alerts/${blog.id}/close`, {});
  await look();
  expect((await last.board()).alerts).toMatchObject([{ id: blog.id, open: false }]);
  expect(await source.refused('alice', 'alert.move', { alertId: blog.id, to: target.incidentId })).toMatchObject({ code: 'conflict' });
}, 120_000);

test('several people move one alert to different incidents at once: it ends on exactly one', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await joined('failed jobs', `batch-0${round + 3}`);
    const targets = [await declareDesk(site, 'T1'), await declareDesk(site, 'T2'), await declareDesk(site, 'T3')];
    const answers = await Promise.all(targets.map((target, n) => shop.answer(['alice', 'bob', 'admin'][n] ?? '', 'alert.move', { alertId: id, to: target.incidentId })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error).toMatchObject({ code: 'conflict', messageKey: 'error.changed-by-other', field: 'alertId' });
    await look();
    const has = await Promise.all([shop, ...targets].map((desk) => linked(desk, id)));
    expect(has.filter(Boolean)).toHaveLength(1);
    expect(has.slice(1).indexOf(true)).toBe(answers.findIndex(({ ok }) => ok));
  }
}, 120_000);

test('moved while somebody merges its incident, it is on exactly one', async () => {
  for (let round = 0; round < 4; round += 1) {
    const [source, target, survivor] = [await declareDesk(site, 'From'), await declareDesk(site, 'To'), await declareDesk(site, 'Stays')];
    const { id } = await site.raise('db connections', `batch-0${round + 3}`, 'WARNING', 160);
    await look();
    if (await linked(shop, id)) await shop.press('alice', 'alert.move', { alertId: id, to: source.incidentId });
    else await source.press('alice', 'alert.attach', { alertId: id });
    const [moved, merged] = await Promise.all([source.answer('bob', 'alert.move', { alertId: id, to: target.incidentId }), survivor.answer('alice', 'incident.merge', { from: [source.incidentId] })]);
    expect(merged.ok).toBe(true);
    if (!moved.ok) expect(moved.error).toMatchObject({ code: 'conflict', messageKey: 'error.merged' });
    await look();
    expect(await Promise.all([source, target, survivor, shop].map((desk) => linked(desk, id)))).toEqual([false, moved.ok, !moved.ok, false]);
    await site.console('POST', `alerts/${id}/close`, {});
    await look();
  }
}, 120_000);

test('where it cannot go is said; who sees only one of the pages gets what a made-up one gets', async () => {
  const id = await joined('queue delay', 'batch-09');
  const closed = await declareDesk(site, 'Closed');
  await closed.press('alice', 'incident.status', { status: 'closed' });
  const merged = await declareDesk(site, 'Merged');
  const survivor = await declareDesk(site, 'Survivor');
  await survivor.press('alice', 'incident.merge', { from: [merged.incidentId] });
  const hidden = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Quiet', severity: 'sev1', visibility: 'private', candidateId: null });
  const move = async (to: string) => {
    const answer = await shop.answer('alice', 'alert.move', { alertId: id, to });
    return answer.ok ? 'ok' : [answer.error.code, answer.error.messageKey, answer.error.params['key']];
  };
  expect(await move(shop.incidentId)).toEqual(['bad-request', 'error.move.self', undefined]);
  expect(await move(closed.incidentId)).toEqual(['conflict', 'error.move.ended', await key(closed)]);
  expect(await move(merged.incidentId)).toEqual(['conflict', 'error.merged', await key(survivor)]);
  expect(await move(hidden.incidentId)).toEqual(['conflict', 'error.move.visibility', hidden.key]);
  const made = randomUUID();
  const op = { opId: randomUUID() };
  const bytes = (incidentId: string, alertId: string, to: string) => site.bytes('bob', 'alert.move', { incidentId, alertId, to, ...op });
  expect(await bytes(shop.incidentId, id, hidden.incidentId)).toBe(await bytes(shop.incidentId, id, made));
  expect(await bytes(hidden.incidentId, id, shop.incidentId)).toBe(await bytes(made, id, shop.incidentId));
  expect(await shop.refused('bob', 'alert.move', { alertId: 'never', to: survivor.incidentId })).toMatchObject({ code: 'not-found' });
  expect(await shop.refused('viewer', 'alert.move', { alertId: id, to: survivor.incidentId })).toMatchObject({ code: 'forbidden' });
  expect(await linked(shop, id)).toBe(true);
}, 120_000);

test('an alert that comes and goes is told as one group, to boards and in the past', async () => {
  const desk = await declareDesk(site, 'Flapping');
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { id } = await site.raise('blog response time', 'blog-01', 'CRITICAL', 1900);
    await look();
    if (!(await linked(desk, id))) await desk.press('alice', 'alert.attach', { alertId: id });
    ids.push(id);
    await site.later(60_000);
    if (n < 2) await site.raise('blog response time', 'blog-01', 'OK', 100);
    await look();
    await site.later(60_000);
  }
  const board = await desk.board();
  expect(board.flaps).toEqual([[...ids].reverse()]);
  const delta = await site.ok('alice', 'board.changes', { incidentId: desk.incidentId, since: board.incident.version, pass: board.pass });
  expect(delta.flaps).toEqual(board.flaps);
  const past = async (recovered: number) => {
    const at = (await desk.entries()).find(({ alertId, status }) => alertId === ids[recovered] && status === 'OK')?.recordedAt ?? 0;
    return (await site.ok('alice', 'board.at', { incidentId: desk.incidentId, at, pass: board.pass })).flaps;
  };
  expect([await past(0), await past(1)]).toEqual([[], [[ids[1], ids[0]]]]);
}, 120_000);
