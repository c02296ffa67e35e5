/** Work that is stuck: told to administrators, let go on or given up; with the real verbs and what is stored. */
import { randomUUID } from 'node:crypto';
import type { Saga } from '../../src/domain/model';
import { declareDesk } from './desk';
import type { TestSite } from './harness';
import { MINUTE, openHealthRoom, type HealthRoom } from './health-room';
import { storedDoc, storedRows } from './inside';

let site: TestSite;
let room: HealthRoom;
let needs: HealthRoom['needs'];
let sweep: HealthRoom['sweep'];
let stuck: HealthRoom['stuck'];
let mend: HealthRoom['mend'];
beforeAll(async () => {
  room = await openHealthRoom();
  ({ site, needs, sweep, stuck, mend } = room);
}, 120_000);
afterAll(async () => await site.stop());

const alertsOf = async (incidentId: string): Promise<readonly string[]> => (await site.ok('admin', 'board.load', { incidentId })).alerts.map(({ id }) => id);
const homes = async (key: string): Promise<number> => (await site.pages('OPS')).filter(({ title }) => title.includes(key)).length;

describe('a declaration that died', () => {
  test('is told with its incident and reason; let go on, it gets its one page', async () => {
    const { alertId, row } = await room.deadSaga('web-01');
    expect(row).toMatchObject({ state: 'dead', incident: { id: row.id, title: 'checkout p95 (web-01)' }, isPrivate: false, attempts: 20, reasonKey: 'error.busy', can: { retry: true, discard: true } });
    expect(await needs()).toContain('health.need.saga-dead');
    const opId = randomUUID();
    await Promise.all([site.invoke('admin', 'health.retry', { opId, kind: 'saga', id: row.id }), site.invoke('admin', 'health.retry', { opId: randomUUID(), kind: 'saga', id: row.id })]);
    await mend('health.retry', row, opId);
    await site.rest();
    expect(await stuck('saga')).toEqual([]);
    const { incident } = await site.ok('alice', 'board.load', { incidentId: row.id });
    expect([incident.status, await alertsOf(row.id), await homes(incident.key)]).toEqual(['investigating', [alertId], 1]);
  }, 120_000);

  test('given up, it says so, lets go of its alerts, and they are judged again', async () => {
    let waiting = '';
    const candidates = async (): Promise<readonly string[]> => (await site.ok('alice', 'home.load', {})).candidates.map(({ alert }) => alert.id);
    const { alertId, row } = await room.deadSaga('web-02', async () => {
      waiting = (await site.raise('db connections', 'db-01', 'WARNING', 160)).id;
      await site.until(async () => ((await candidates()).includes(waiting) ? true : null));
    });
    // It joined the incident of its service, and nobody was asked about it any more.
    expect(await candidates()).not.toContain(waiting);
    const claims = (): readonly string[] => Object.entries(storedRows(site)).flatMap(([key, value]) => (key.startsWith('e:claim') && value.includes(row.id) ? [key.slice(8).replace(/:[a-z]{8}/, '')] : []));
    expect([...claims()].sort()).toEqual([`alert:${alertId}`, `alert:${waiting}`, 'open:shop'].sort());
    const opId = randomUUID();
    await site.faults([{ target: 'queue' }]);
    const view = await mend('health.discard', row, opId);
    expect(view.stuck).toEqual([]);
    expect(storedDoc<Saga>(site, ` ${row.id}`)?.state).toBe('discarded');
    expect([claims(), await candidates()]).toEqual([[], [waiting]]);
    const rows = JSON.stringify(Object.entries(storedRows(site)).filter(([key]) => key.includes(`chunk:${row.id}`)));
    expect(rows.split('entry.discarded').length - 1).toBe(1);
    // Sent again, and let go on, it does nothing more.
    const before = storedRows(site);
    await mend('health.discard', row, opId);
    await mend('health.retry', row);
    expect(storedRows(site)).toEqual(before);
    await site.faults([]);
    await sweep();
    const board = await site.incidentWith(alertId);
    expect(board.incident.id).not.toBe(row.id);
    expect([board.incident.status, await homes(board.incident.key), [...(await alertsOf(board.incident.id))].sort()]).toEqual(['investigating', 1, [alertId, waiting].sort()]);
  }, 120_000);

  test('of a private incident is told without a word of it, and waits for its declarer', async () => {
    await site.faults([{ target: 'confluence', method: 'POST', path: '/pages', status: 500 }]);
    await site.invoke('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Quiet matter', severity: 'sev2', visibility: 'private', candidateId: null });
    await site.faults([]);
    await site.later(MINUTE);
    await sweep();
    const [row, ...others] = await stuck('saga');
    expect([row, others]).toEqual([{ kind: 'saga', id: expect.any(String), state: 'needs-person', incident: null, isPrivate: true, attempts: 1, reasonKey: 'error.busy', can: { retry: false, discard: true } }, []]);
    const answer = await site.bytes('admin', 'health.get', {});
    expect(answer).not.toContain('Quiet');
    const kept = Object.values(storedRows(site)).find((value) => value.includes('Quiet matter')) ?? '';
    expect(kept).toContain('private'); // it is there to be told
    expect(await site.invoke('admin', 'health.retry', { opId: randomUUID(), kind: 'saga', id: row?.id ?? '' })).toMatchObject({ ok: false, error: { code: 'forbidden', messageKey: 'error.saga-declarer' } });
    await mend('health.discard', row ?? { kind: 'saga', id: '' });
    expect(await stuck('saga')).toEqual([]);
    expect(await needs()).not.toContain('health.need.saga-person');
  });
});

describe('a notice nobody took', () => {
  const said = async (title: string): Promise<number> => (await site.slack()).filter((text) => text.includes(title)).length;

  test('is told, and sent once when it is let go on', async () => {
    const row = await room.droppedNotice('Unheard news');
    expect(row).toMatchObject({ state: 'dropped', attempts: 8, reasonKey: null, can: { retry: true, discard: true } });
    expect(await said('Unheard news')).toBe(0);
    expect(await needs()).toContain('health.need.notices');
    const opId = randomUUID();
    await Promise.all([mend('health.retry', row, opId), mend('health.retry', row)]);
    await mend('health.retry', row, opId);
    await sweep();
    expect([await said('Unheard news'), await stuck('notice')]).toEqual([1, []]);
  }, 60_000);

  test('given up, it is never sent', async () => {
    const row = await room.droppedNotice('Old news');
    expect((await mend('health.discard', row)).stuck).toEqual([]);
    await mend('health.retry', row);
    await sweep();
    expect([await said('Old news'), await stuck('notice')]).toEqual([0, []]);
  }, 60_000);

  test('without any address to send to, nothing is owed and nothing is told', async () => {
    const { services, rules, version } = await site.ok('admin', 'settings.get', {});
    await site.ok('admin', 'settings.save', { services, rules, version, slackUrl: '' });
    await declareDesk(site, 'Nobody listens');
    await sweep();
    expect(await stuck('notice')).toEqual([]);
  });
});

describe('a ticket in doubt', () => {
  test('is told; looked for again it stays in doubt, given up it is off the incident with an entry', async () => {
    const { desk, row } = await room.unsureTicket('Doubtful');
    expect(row).toMatchObject({ state: 'unsure', can: { retry: true, discard: true } });
    expect(await needs()).toContain('health.need.tickets');
    await mend('health.retry', row);
    expect((await desk.board()).tickets).toMatchObject([{ id: row.id }]);
    for (let round = 0; round < 6; round += 1) {
      await site.later(5 * MINUTE);
      await sweep();
    }
    const opId = randomUUID();
    await mend('health.discard', row, opId);
    await mend('health.discard', row, opId);
    expect([(await desk.board()).tickets, (await desk.said()).filter((key) => key === 'entry.ticket.unlinked')]).toEqual([[], ['entry.ticket.unlinked']]);
    expect(await stuck('ticket')).toEqual([]);
  }, 60_000);
});

test('what does not exist, or is of another kind, is not found', async () => {
  for (const verb of ['health.retry', 'health.discard'] as const) {
    for (const kind of ['saga', 'notice', 'ticket'] as const) expect([verb, kind, await site.outcome('admin', verb, { opId: randomUUID(), kind, id: 'nothing' })]).toEqual([verb, kind, 'not-found']);
  }
});
