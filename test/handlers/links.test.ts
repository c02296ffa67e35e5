/** Which alerts belong to an incident by a person's word, and what the app's own looks make of that. */
import { randomUUID } from 'node:crypto';
import type { CandidateView } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let shop: Desk;
let shopKey = '';
let shopPage = '';
beforeAll(async () => {
  site = await startTestSite();
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(alert.id);
  [shop, shopKey, shopPage] = [deskOf(site, incident.id), incident.key, incident.page?.id ?? ''];
  await site.rest();
}, 180_000);
afterAll(async () => await site.stop());

const linked = async (desk: Desk): Promise<readonly string[]> => (await desk.board('admin')).alerts.map(({ id }) => id);
const candidate = async (alertId: string): Promise<CandidateView | null> => (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === alertId) ?? null;
/** One more look at Mackerel, as the schedule takes it. */
async function look(): Promise<void> {
  await site.rest();
  await site.control('POST', 'run/sweep');
  await site.rest();
}
/** An alert that has joined the incident of shop. */
async function joined(monitor: string, host: string, status = 'CRITICAL'): Promise<string> {
  const { id } = await site.raise(monitor, host, status, 1500);
  await site.until(async () => ((await linked(shop)).includes(id) ? true : null));
  await site.rest();
  return id;
}
async function hint(alertId: string): Promise<void> {
  const body = JSON.stringify({ event: 'alert', alert: { id: alertId, status: 'critical', isOpen: true } });
  expect((await fetch(await site.webhookUrl(), { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status).toBe(202);
  await look();
}
const restrict = (accounts: readonly string[]): Promise<Response> =>
  fetch(`${site.site.url}/wiki/rest/api/content/${shopPage}/restriction`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-site-user': 'admin' },
    body: JSON.stringify(['read', 'update'].map((operation) => ({ operation, restrictions: { user: accounts.map((accountId) => ({ type: 'known', accountId })) } }))),
  });

test('an alert taken off waits for a person, is not linked there again by any look, and can be linked again by hand', async () => {
  const id = await joined('checkout p95', 'web-02');
  const opId = randomUUID();
  const head = await shop.press('bob', 'alert.detach', { alertId: id, opId });
  expect(head).toMatchObject({ openAlerts: 1, linkedAlerts: 1 });
  expect(await candidate(id)).toMatchObject({ why: { messageKey: 'candidate.why.detached', params: { key: shopKey } } });
  await look();
  await site.raise('checkout p95', 'web-02', 'WARNING', 600); // it changes, so it is read and placed
  await hint(id);
  expect(await linked(shop)).not.toContain(id);
  expect(await candidate(id)).toMatchObject({ alert: { status: 'WARNING' }, why: { messageKey: 'candidate.why.detached' } });
  await shop.press('alice', 'alert.attach', { alertId: id });
  expect(await candidate(id)).toBeNull();
  // The first press, sent once more long after, takes nothing off.
  await shop.press('bob', 'alert.detach', { alertId: id, opId });
  await look();
  expect(await linked(shop)).toContain(id);
  const told = (await shop.entries()).filter(({ alertId, messageKey }) => alertId === id && messageKey?.startsWith('entry.alert.') === true && /attached|detached/.test(messageKey));
  expect(told.map(({ messageKey, by }) => [messageKey, by?.accountId]).reverse()).toEqual([['entry.alert.detached', 'acc-bob'], ['entry.alert.attached', 'acc-alice']]);
  // Its own lines stand there once each, whatever was done with it.
  const lines = (await shop.entries()).filter(({ source, alertId }) => source === 'mackerel' && alertId === id);
  expect(lines.map(({ status }) => status).reverse()).toEqual(['CRITICAL', 'WARNING']);
});

test('an alert belongs to one incident; who else has it is told to those who may see it', async () => {
  const id = await joined('db connections', 'db-01');
  const other = await declareDesk(site, 'Another matter');
  expect(await other.refused('bob', 'alert.attach', { alertId: id })).toEqual({ code: 'conflict', messageKey: 'error.alert-taken', field: null });
  expect(await other.answer('bob', 'alert.attach', { alertId: id })).toMatchObject({ error: { params: { key: shopKey } } });
  const offered = async (user: string) => (await site.ok(user, 'board.attachable', { incidentId: other.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === id);
  expect(await offered('bob')).toMatchObject({ taken: true, takenBy: shopKey });
  expect((await restrict(['acc-admin', 'acc-alice', 'acc-app'])).status).toBe(200);
  expect(await other.answer('bob', 'alert.attach', { alertId: id })).toEqual({ ok: false, error: { code: 'conflict', messageKey: 'error.alert-taken-hidden', params: {}, field: null, retryAfterMs: null } });
  expect(await offered('bob')).toMatchObject({ taken: true, takenBy: null });
  expect(await offered('alice')).toMatchObject({ taken: true, takenBy: shopKey });
  expect((await restrict([])).status).toBe(200);
  await shop.press('alice', 'alert.detach', { alertId: id });
  expect(await offered('bob')).toMatchObject({ taken: false, takenBy: null });
  await other.press('bob', 'alert.attach', { alertId: id });
  expect(await candidate(id)).toBeNull();
  expect(await shop.refused('alice', 'alert.attach', { alertId: id })).toMatchObject({ messageKey: 'error.alert-taken' });
  await look();
  expect([await linked(shop), await linked(other)]).toEqual([expect.not.arrayContaining([id]), [id]]);
  // Its recovery is told where it belongs now.
  await site.console('POST', `alerts/${id}/close`, {});
  await look();
  expect((await other.board()).alerts).toMatchObject([{ id, open: false, closedBy: 'manual' }]);
});

test('a closed alert taken off asks nobody, and no late delivery links it again', async () => {
  const id = await joined('queue delay', 'batch-01', 'WARNING');
  await site.console('POST', `alerts/${id}/close`, {});
  await look();
  await shop.press('alice', 'alert.detach', { alertId: id });
  await hint(id);
  expect([await candidate(id), (await linked(shop)).includes(id)]).toEqual([null, false]);
  await shop.press('bob', 'alert.attach', { alertId: id });
  expect(await linked(shop)).toContain(id);
});

test('judged to be a matter of its own, an alert taken off becomes one, once, though the service has an open incident', async () => {
  const id = await joined('queue delay', 'batch-02');
  await shop.press('alice', 'alert.detach', { alertId: id });
  const waiting = await candidate(id);
  const declare = (user: string) => site.ok(user, 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Mails are late', severity: 'sev4', visibility: 'public', candidateId: waiting?.id ?? '' });
  const made = await Promise.all(['alice', 'bob', 'admin', 'bob'].map(declare));
  expect(new Set(made.map(({ incidentId }) => incidentId)).size).toBe(1);
  expect(made.filter(({ already }) => !already)).toHaveLength(1);
  const own = deskOf(site, made[0]?.incidentId ?? '');
  expect(own.incidentId).not.toBe(shop.incidentId);
  await look();
  expect([await linked(own), (await linked(shop)).includes(id), await candidate(id)]).toEqual([[id], false, null]);
  // Taken off that one too, it can be declared once more.
  await own.press('bob', 'alert.detach', { alertId: id });
  const again = await site.ok('bob', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Mails are late again', severity: 'sev4', visibility: 'public', candidateId: waiting?.id ?? '' });
  expect([own.incidentId, again.incidentId]).toEqual([own.incidentId, shop.incidentId]);
  expect(await linked(shop)).toContain(id);
});

test('an alert that changed and changed back between two looks has all its lines', async () => {
  const id = await joined('failed jobs', 'batch-04');
  await site.faults([{ target: 'queue', drop: true }]); // nobody looks meanwhile
  for (const status of ['WARNING', 'CRITICAL']) {
    await site.later(2_000);
    await site.raise('failed jobs', 'batch-04', status, 50);
  }
  await site.rest();
  await site.faults([]);
  await look();
  const lines = (await shop.entries()).filter(({ source, alertId }) => source === 'mackerel' && alertId === id);
  expect(lines.map(({ status }) => status).reverse()).toEqual(['CRITICAL', 'WARNING', 'CRITICAL']);
});

test('a private incident takes an alert from nobody and lets go of it unseen', async () => {
  const id = await joined('failed jobs', 'batch-03');
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Quiet matter', severity: 'sev1', visibility: 'private', candidateId: null });
  const press = async (verb: 'alert.attach' | 'alert.detach') => await site.ok('alice', verb, { incidentId: made.incidentId, alertId: id, opId: randomUUID() });
  expect(await press('alert.attach')).toMatchObject({ linkedAlerts: 1 });
  expect(await linked(shop)).toContain(id);
  expect(await press('alert.detach')).toMatchObject({ linkedAlerts: 0 });
  await look();
  expect([(await linked(shop)).includes(id), await candidate(id)]).toEqual([true, null]);
});

test('who cannot see a service gets nothing of it into an incident of their own: real and made-up ids answer the same', async () => {
  const mine = await site.ok('mallory', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPEN', title: 'Mine', severity: 'sev4', visibility: 'public', candidateId: null });
  const { incidentId } = mine;
  const board = await shop.board();
  const [alert] = board.alerts;
  const { hosts } = await site.ok('alice', 'board.metrics', { incidentId: shop.incidentId, of: null, pass: '' });
  const hostId = hosts.find(({ name }) => name === 'web-01')?.id ?? '';
  expect([alert?.id, hostId]).toEqual([expect.stringMatching(/^\w{11}$/), expect.stringMatching(/^\w{11}$/)]);
  const same = async (verb: Parameters<TestSite['bytes']>[1], real: object, made: object) => {
    const [a, b] = [await site.bytes('mallory', verb, { incidentId, ...real }), await site.bytes('mallory', verb, { incidentId, ...made })];
    expect(a).toBe(b);
    return JSON.parse(a) as unknown;
  };
  const op = () => ({ opId: randomUUID() });
  expect(await same('alert.attach', { ...op(), alertId: alert?.id }, { ...op(), alertId: '2aaaaaaaaaa' })).toMatchObject({ error: { code: 'not-found', messageKey: 'error.alert-gone' } });
  expect(await same('alert.detach', { ...op(), alertId: alert?.id }, { ...op(), alertId: '2aaaaaaaaaa' })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('graph.add', { ...op(), target: { hostId }, metric: 'loadavg5' }, { ...op(), target: { hostId: '2aaaaaaaaaa' }, metric: 'loadavg5' })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('graph.add', { ...op(), target: { service: 'shop' }, metric: 'checkout.p95' }, { ...op(), target: { service: 'nothing' }, metric: 'checkout.p95' })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('board.metrics', { pass: '', of: { hostId } }, { pass: '', of: { hostId: '2aaaaaaaaaa' } })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('board.metrics', { pass: '', of: { service: 'shop' } }, { pass: '', of: { service: 'nothing' } })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('board.host', { pass: '', hostId }, { pass: '', hostId: '2aaaaaaaaaa' })).toMatchObject({ error: { code: 'not-found' } });
  expect(await same('board.graph', { pass: '', target: { alertId: alert?.id } }, { pass: '', target: { alertId: '2aaaaaaaaaa' } })).toMatchObject({ error: { code: 'not-found' } });
  expect(await site.ok('mallory', 'board.attachable', { incidentId, pass: '' })).toEqual({ alerts: [] });
  expect(await site.ok('mallory', 'board.metrics', { incidentId, of: null, pass: '' })).toEqual({ hosts: [], services: [], metrics: [] });
  // A candidate of theirs is none either: the same words for one that waits and one that does not exist.
  const waiting = await joined('db connections', 'db-01');
  await shop.press('alice', 'alert.detach', { alertId: waiting });
  const id = (await candidate(waiting))?.id ?? '';
  const declare = (candidateId: string) => site.bytes('mallory', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPEN', title: 'x', severity: 'sev4', visibility: 'public', candidateId });
  expect(await declare(id)).toBe(await declare('c:nothing'));
});

test('while another incident of the service is open an ended one stays ended; then it can be reopened, and closing frees the service again', async () => {
  await shop.press('alice', 'incident.status', { status: 'closed', reason: 'handed over' });
  const { id } = await site.raise('failed jobs', 'batch-09', 'CRITICAL', 1500);
  const next = deskOf(site, (await site.incidentWith(id)).incident.id);
  expect(next.incidentId).not.toBe(shop.incidentId);
  await site.rest();
  const reopen = { status: 'investigating' as const, opId: randomUUID() };
  expect(await shop.refused('alice', 'incident.status', reopen)).toEqual({ code: 'conflict', messageKey: 'error.reopen-other-open', field: null });
  await next.press('bob', 'incident.status', { status: 'closed', reason: 'done' });
  expect((await shop.press('alice', 'incident.status', reopen)).status).toBe('investigating');
  const [late] = [await joined('failed jobs', 'batch-08')];
  expect(await linked(shop)).toContain(late);
  await shop.press('alice', 'incident.status', { status: 'cancelled' });
  // The reopening, sent once more, neither reopens nor claims anything.
  await shop.press('alice', 'incident.status', reopen);
  expect((await shop.board()).incident.status).toBe('cancelled');
  const fresh = await site.raise('failed jobs', 'batch-07', 'CRITICAL', 1500);
  expect((await site.incidentWith(fresh.id)).incident.id).not.toBe(shop.incidentId);
});
