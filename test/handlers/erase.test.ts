/** Erasing: with the word typed, by administrators, to the end whoever dies on the way; pages and work items stay without our marks. */
import { randomUUID } from 'node:crypto';
import { openAlertRoom, type AlertRoom } from './alert-room';
import { declareDesk } from './desk';
import { mackerelApi, storedRows, type Channel } from './inside';
import { doomed, eraseToTheEnd, expectGone } from './scenes/erasing';

let room: AlertRoom;
beforeAll(async () => {
  room = await openAlertRoom();
}, 180_000);
afterAll(async () => await room.site.stop());
afterEach(async () => await room.site.faults([]));

const begin = async (typed: string, of: 'everything' | 'incident' = 'incident', user = 'admin') => await room.site.invoke(user, 'erase.begin', { opId: randomUUID(), of, typed });
const refusal = async (...given: Parameters<typeof begin>): Promise<unknown> => {
  const answer = await begin(...given);
  return answer.ok ? 'ok' : answer.error.messageKey;
};

test('nothing begins without the right word, of an incident that goes on, or of one the caller may not see', async () => {
  const { site } = room;
  const open = await declareDesk(site, 'Goes on');
  const secret = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Secret', severity: 'sev3', visibility: 'private', candidateId: null });
  await site.ok('alice', 'incident.status', { incidentId: secret.incidentId, opId: randomUUID(), status: 'closed' });
  expect(await refusal((await open.board()).incident.key)).toBe('error.erase-open');
  for (const typed of ['2020-001', '', secret.key]) expect([typed, await refusal(typed)]).toEqual([typed, 'error.erase-unknown']);
  for (const typed of ['', 'everything', 'mackerel', 'Mackerel']) expect([typed, await refusal(typed, 'everything')]).toEqual([typed, 'error.erase-typed']);
  const { orgName } = await site.ok('admin', 'settings.get', {});
  for (const user of ['alice', 'bob', 'viewer', 'mallory']) expect([user, await refusal(orgName ?? '', 'everything', user)]).toEqual([user, 'error.admin-only']);
  expect(await site.ok('admin', 'erase.state', {})).toBeNull();
  expect((await open.board()).incident.title).toBe('Goes on');
});

test('one incident goes with all that is stored of it; its firing alert is not declared anew, and others stay', async () => {
  const { site, look } = room;
  const other = await declareDesk(site, 'Stays');
  const one = await doomed(room);
  expect(Object.entries(storedRows(site)).filter(([key, value]) => `${key} ${value}`.includes(one.incidentId)).length).toBeGreaterThan(4);
  const opId = randomUUID();
  for (let press = 0; press < 2; press += 1) expect(await site.ok('admin', 'erase.begin', { opId, of: 'incident', typed: one.key })).toMatchObject({ of: 'incident', state: 'running' });
  expect(await refusal(one.key)).toBe('error.erasing');
  await eraseToTheEnd(room);
  await expectGone(room, one);
  expect(await site.ok('admin', 'erase.state', {})).toMatchObject({ state: 'done', erased: 1, left: { channel: false, pages: 0, issues: 0 } });
  await look();
  await expectGone(room, one);
  expect(await site.outcome('alice', 'board.load', { incidentId: one.incidentId })).toBe('not-found');
  expect(await site.outcome('alice', 'board.load', { pageId: one.pageId })).toBe('no-incident');
  expect((await other.board()).incident.title).toBe('Stays');
  expect((await site.ok('alice', 'home.load', {})).incidents.filter(({ title }) => title.includes('queue delay'))).toEqual([]);
  const rows = JSON.stringify(storedRows(site));
  expect(await site.ok('admin', 'erase.begin', { opId, of: 'incident', typed: one.key })).toMatchObject({ state: 'done' });
  expect(JSON.stringify(storedRows(site))).toBe(rows);
});

test('left alone, the sweeper brings it to its end', async () => {
  const one = await doomed(room);
  await room.site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: one.key });
  await room.minutesPass();
  expect(await room.site.ok('admin', 'erase.state', {})).toMatchObject({ state: 'done' });
  await expectGone(room, one);
});

test('where the app may not, its marks stay and are counted', async () => {
  const { site } = room;
  const one = await doomed(room);
  await site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: one.key });
  await site.faults([{ target: 'confluence', method: 'DELETE', path: `/pages/${one.pageId}/properties`, status: 403 }, { target: 'jira', path: `/issue/${one.issueId}`, status: 404 }]);
  await eraseToTheEnd(room);
  expect(await site.ok('admin', 'erase.state', {})).toMatchObject({ state: 'done', left: { channel: false, pages: 1, issues: 1 } });
});

test('everything goes, whoever dies on the way: rows, secrets, settings, the channel in Mackerel; then it is as on the first day', async () => {
  const { site } = room;
  const [ended, open] = [await doomed(room), await declareDesk(site, 'Open till the end')];
  await site.ok('admin', 'webhook.setup', {});
  const pageId = (await open.board()).incident.page?.id ?? '';
  const channels = async (): Promise<number> => (await mackerelApi<{ channels: Channel[] }>(site, 'GET', 'channels')).channels.filter(({ name }) => name.startsWith('Incident Pages')).length;
  expect(await channels()).toBe(1);
  const { orgName, services } = await site.ok('admin', 'settings.get', {});
  const opId = randomUUID();
  await site.ok('admin', 'erase.begin', { opId, of: 'everything', typed: ` ${orgName ?? ''} ` });
  expect(await site.outcome('admin', 'settings.save', { services, rules: [], version: (await site.ok('admin', 'settings.get', {})).version })).toBe('conflict');
  let deaths = 0;
  for (let round = 0; round < 60; round += 1) {
    const outside = (['mackerel', 'jira', 'confluence', 'confluence'] as const)[round];
    await site.faults([outside === undefined ? { target: 'kvs', skip: 3 + 2 * round, times: 1, kill: true } : { target: outside, method: 'DELETE', times: 1, kill: true }]);
    const outcome = await site.outcome('admin', 'erase.continue', {});
    if (outcome === 'FUNCTION_CRASHED') deaths += 1;
    else expect(['ok', 'busy']).toContain(outcome);
    await site.faults([]);
    await site.later(21_000);
    if ((await site.ok('admin', 'erase.state', {}))?.state === 'done') break;
  }
  expect(deaths).toBeGreaterThan(6);
  await eraseToTheEnd(room);
  await site.rest();
  await room.look();
  const rows = storedRows(site);
  expect(Object.keys(rows).map((key) => key.split(' ').at(-1))).toEqual(['erasing']);
  expect(JSON.stringify(rows)).not.toContain('acc-');
  expect(await channels()).toBe(0);
  await expectGone(room, ended);
  const page = await site.page('alice', pageId);
  expect([page.title.includes('Open till the end'), Object.keys(page.properties), page.labels]).toEqual([true, [], []]);
  expect(await site.ok('alice', 'home.load', {})).toMatchObject({ configured: false, incidents: [] });
  expect(await site.ok('admin', 'settings.get', {})).toMatchObject({ version: 0, apiKeyLast4: null, services: [] });
  expect(await site.ok('admin', 'erase.begin', { opId, of: 'everything', typed: 'whatever' })).toMatchObject({ state: 'done' });
  expect((await site.ok('admin', 'settings.save', { services, rules: [], version: 0, apiKey: site.site.mackerel?.apiKey ?? '' })).version).toBe(1);
}, 180_000);
