/** A site whose administrators look at what is stuck, and ways to get work stuck. */
import { randomUUID } from 'node:crypto';
import type { HealthView, StuckView } from '../../src/contract';
import { declareDesk, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf } from './jira';

export const MINUTE = 60_000;
export interface HealthRoom {
  readonly site: TestSite;
  health(): Promise<HealthView>;
  /** Keys of what administrators are told to do. */
  needs(): Promise<readonly string[]>;
  /** After what Mackerel was asked is asked anew. */
  asked(): Promise<HealthView>;
  sweep(): Promise<void>;
  stuck(kind: StuckView['kind']): Promise<readonly StuckView[]>;
  mend(verb: 'health.retry' | 'health.discard', row: Pick<StuckView, 'kind' | 'id'>, opId?: string): Promise<HealthView>;
  /** A rule declares an alert whose page Confluence fails to make until the app gives up. `before`: on the quiet site, right before that. */
  deadSaga(host: string, before?: () => Promise<unknown>): Promise<{ readonly alertId: string; readonly row: StuckView }>;
  /** Slack refuses the notice of a declaration until the app gives up. */
  droppedNotice(title: string): Promise<StuckView>;
  /** Jira's answer to a create got lost, and nothing is found of it. */
  unsureTicket(title: string): Promise<{ readonly desk: Desk; readonly row: StuckView }>;
}

export const openHealthRoom = async (): Promise<HealthRoom> => healthRoom(await startTestSite(WITHOUT_QUOTA));
export function healthRoom(site: TestSite): HealthRoom {
  const room: HealthRoom = {
    site,
    health: () => site.ok('admin', 'health.get', {}),
    needs: async () => (await room.health()).needs.map(({ key }) => key),
    async asked() {
      await site.later(MINUTE);
      return await room.health();
    },
    async sweep() {
      // The site's own schedule may be at one since the clock moved: a second look would leave it to that one.
      await site.rest();
      await site.control('POST', 'run/sweep');
      await site.rest();
    },
    stuck: async (kind) => (await room.health()).stuck.filter((one) => one.kind === kind),
    mend: (verb, { kind, id }, opId = randomUUID()) => site.ok('admin', verb, { opId, kind, id }),
    async deadSaga(host, before = async () => Promise.resolve()) {
      await site.rest();
      for (const { id } of (await site.ok('alice', 'home.load', {})).incidents) await site.invoke('alice', 'incident.status', { incidentId: id, status: 'closed', reason: 'over', opId: randomUUID() });
      await site.recoverAll();
      // What comes back within a quarter of an hour continues what there was.
      await site.later(20 * MINUTE);
      await room.sweep();
      await before();
      await site.faults([{ target: 'confluence', method: 'POST', path: '/pages', status: 500 }]);
      const { id } = await site.raise('checkout p95', host, 'CRITICAL', 1500);
      for (let round = 0; round < 40; round += 1) {
        await site.later(301_000);
        await site.control('POST', 'run/sweep');
        const [row] = await room.stuck('saga');
        if (row === undefined) continue;
        await site.faults([]);
        await site.rest();
        return { alertId: id, row };
      }
      throw new Error(`no saga died\n${await site.lately()}`);
    },
    async droppedNotice(title) {
      await site.faults([{ target: 'slack', status: 500 }]);
      await declareDesk(site, title);
      for (let round = 0; round < 12; round += 1) {
        await site.later(16 * MINUTE);
        await room.sweep();
      }
      await site.faults([]);
      const row = (await room.stuck('notice')).find(({ incident }) => incident?.title === title);
      if (row === undefined) throw new Error('no notice was dropped');
      return row;
    },
    async unsureTicket(title) {
      const desk = await declareDesk(site, title);
      const { id } = (await jiraOf(site).call('alice', 'GET', 'project/OPS')).json as { id: string };
      await site.faults([{ target: 'jira', method: 'POST', path: '/issue', drop: true }]);
      const ticket = { summary: `${title} ticket`, kind: 'prevent' as const, assignee: null, dueDate: null, priority: null, projectId: id, issueTypeId: '10001', fields: {} };
      await desk.press('alice', 'ticket.create', { ticket });
      await site.faults([]);
      for (let round = 0; round < 6; round += 1) {
        await site.later(5 * MINUTE);
        await room.sweep();
      }
      const [row] = (await room.stuck('ticket')).filter(({ incident }) => incident?.title === title);
      if (row === undefined) throw new Error('no ticket is in doubt');
      return { desk, row };
    },
  };
  return room;
}
