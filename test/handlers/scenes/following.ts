/** Presses that Jira, the page's restrictions and claims follow: tickets, visibility, declarations. */
import { randomUUID } from 'node:crypto';
import type { TicketView } from '../../../src/contract';
import { declareDesk, type Desk } from '../desk';
import { storedRows } from '../inside';
import type { KillRoom, Scene } from '../kill-scene';
import { audienceScenes } from './audience';
import { refreshingScenes } from './refreshing';

/** A ticket linked to an incident of its own. */
async function ticketed({ site, jira }: KillRoom): Promise<{ readonly desk: Desk; readonly ticket: TicketView; readonly issueId: string }> {
  const desk = await declareDesk(site, `Ticketed ${randomUUID()}`);
  const { id, key } = await jira.create('alice', `Improve ${randomUUID()}`);
  await desk.press('alice', 'ticket.link', { issue: key, kind: 'prevent' });
  await site.rest();
  const [ticket] = (await desk.board()).tickets;
  if (ticket === undefined) throw new Error('no ticket');
  return { desk, ticket, issueId: id };
}

/** An alert that waits for a person, on a host whose last one is long over. */
let host = 0;
async function waiting({ site, look, waits }: KillRoom): Promise<string> {
  host = (host % 10) + 1;
  const name = `batch-${String(host).padStart(2, '0')}`;
  await site.raise('queue delay', name, 'OK', 1).catch(() => undefined);
  await site.later(3_600_000);
  const { id } = await site.raise('queue delay', name, 'WARNING', 70);
  await look();
  expect(await waits(id)).toBe(true);
  return id;
}
/** Incidents that hold a claim on the alert. */
const claims = ({ site }: KillRoom, alertId: string): readonly string[] =>
  Object.entries(storedRows(site)).flatMap(([key, value]) => (key.includes('claim') && key.endsWith(`:${alertId}`) && key.includes(' alert:') ? [(JSON.parse(value) as { doc: { incidentId: string } }).doc.incidentId] : []));

function visibility(to: 'private' | 'public', alone: boolean): Scene {
  return {
    verb: 'incident.visibility',
    way: `to ${to}${alone ? ', and nobody comes back' : ''}`,
    alone,
    long: alone || to === 'public',
    async prepare(room) {
      const { site, waits, minutesPass } = room;
      const desk = await declareDesk(site, `Kept ${randomUUID()}`);
      const alertId = await waiting(room);
      await desk.press('alice', 'alert.attach', { alertId });
      if (to === 'public') await desk.press('alice', 'incident.visibility', { visibility: 'private' });
      await site.rest();
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), visibility: to },
        async check() {
          await minutesPass();
          const now = (await desk.board()).incident.visibility;
          expect(alone ? ['public', 'private'] : [to]).toContain(now);
          const seen = await site.outcome('bob', 'board.load', { incidentId: desk.incidentId });
          // The page comes first: half done, the record may still say what it said.
          expect(now === to ? [now === 'private' ? 'not-found' : 'ok'] : ['ok', 'not-found']).toContain(seen);
          const said = [await desk.told('entry.visibility.private'), await desk.told('entry.visibility.public')];
          expect(said).toEqual(to === 'public' ? [1, now === to ? 1 : 0] : [now === to ? 1 : 0, 0]);
          // Of a private incident the alert is everybody else's to judge.
          expect([claims(room, alertId), await waits(alertId)]).toEqual(now === 'private' ? [[], true] : [[desk.incidentId], false]);
          await site.console('POST', `alerts/${alertId}/close`, {});
          await desk.press('alice', 'incident.status', { status: 'closed', reason: 'over' });
        },
      };
    },
  };
}

type Way = 'by hand' | 'private' | 'from an issue' | 'from a candidate' | 'of the past';
function declaring(way: Way): Scene {
  return {
    verb: 'incident.declare',
    way,
    long: true,
    async prepare(room) {
      const { site, jira, look, waits } = room;
      const title = `Declared ${randomUUID()}`;
      const alertId = way === 'from a candidate' ? await waiting(room) : null;
      const candidate = (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === alertId);
      const past = way === 'of the past' ? { past: { begunAt: Date.UTC(2026, 0, 5, 1), endedAt: Date.UTC(2026, 0, 5, 2) } } : {};
      const issue = way === 'from an issue' ? await jira.create('alice', title) : null;
      return {
        user: 'alice',
        payload: { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev2', visibility: way === 'private' ? 'private' : 'public', candidateId: candidate?.id ?? null, ...(issue === null ? {} : { issueId: issue.id }), ...past },
        async check() {
          await look();
          const mine = (await site.ok('alice', 'home.load', {})).incidents.filter((one) => one.title === title);
          const pages = (await site.pages('SRE', 'alice')).filter((page) => page.title.includes(title));
          expect([mine.length, pages.map(({ id }) => id)]).toEqual([1, [mine[0]?.page?.id]]);
          const incidentId = mine[0]?.id ?? '';
          const board = await site.ok('alice', 'board.load', { incidentId });
          // Others of its monitor that fire may join it.
          expect([board.alerts.filter(({ id }) => id === alertId).length, board.tickets.map(({ issueId, state }) => [issueId, state])]).toEqual([alertId === null ? 0 : 1, issue === null ? [] : [[issue.id, 'linked']]]);
          expect(await site.outcome('bob', 'board.load', { incidentId })).toBe(way === 'private' ? 'not-found' : 'ok');
          expect((await site.page('alice', pages[0]?.id ?? '')).properties['mackerel_incident'] === undefined).toBe(false);
          if (way === 'of the past') {
            expect(board.incident).toMatchObject({ status: 'closed', detectedAt: Date.UTC(2026, 0, 5, 1), resolvedAt: Date.UTC(2026, 0, 5, 2) });
            expect((await site.slack()).filter((notice) => notice.includes(title))).toEqual([]);
          }
          if (alertId !== null) {
            expect([claims(room, alertId), await waits(alertId)]).toEqual([[incidentId], false]);
            await site.console('POST', `alerts/${alertId}/close`, {});
          }
          await site.ok('alice', 'incident.status', { incidentId, status: 'closed', reason: 'over', opId: randomUUID() });
          await look();
        },
      };
    },
  };
}

export const followingScenes: readonly Scene[] = [
  ...audienceScenes,
  ...refreshingScenes,
  {
    verb: 'ticket.unlink',
    async prepare(room) {
      const { jira, minutesPass } = room;
      const { desk, ticket, issueId } = await ticketed(room);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), ticketId: ticket.id },
        async check() {
          await minutesPass();
          expect([(await desk.board()).tickets, await desk.told('entry.ticket.unlinked'), await jira.links(issueId), (await jira.issue(issueId)).properties['mackerel_incident']]).toEqual([[], 1, [], undefined]);
        },
      };
    },
  },
  {
    verb: 'ticket.drop',
    async prepare(room) {
      const { desk, ticket } = await ticketed(room);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), ticketId: ticket.id, reason: 'costs more than it saves' },
        async check() {
          expect([(await desk.board()).tickets.map(({ dropped }) => dropped?.reason), await desk.told('entry.ticket.dropped')]).toEqual([['costs more than it saves'], 1]);
        },
      };
    },
  },
  {
    verb: 'ticket.check',
    async prepare(room) {
      const { jira, minutesPass } = room;
      const { desk, ticket, issueId } = await ticketed(room);
      for (const link of await jira.links(issueId)) await jira.call('admin', 'DELETE', `issue/${issueId}/remotelink?globalId=${encodeURIComponent(link.globalId ?? '')}`);
      expect(await jira.links(issueId)).toEqual([]);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), ticketId: ticket.id },
        async check() {
          await minutesPass();
          expect([(await desk.board()).tickets.map(({ id, state }) => [id, state]), (await jira.links(issueId)).length, await desk.told('entry.ticket.linked')]).toEqual([[[ticket.id, 'linked']], 1, 1]);
        },
      };
    },
  },
  {
    verb: 'ticket.again',
    long: true,
    async prepare({ site, jira, unsureTicket }) {
      // Searches that wait for their time are let come by the next round.
      const minutesPass = async (): Promise<void> => {
        await site.later(6 * 60_000);
        await site.control('POST', 'run/sweep');
        await site.settle();
      };
      const title = `Again ${randomUUID()}`;
      const { desk, row } = await unsureTicket(title);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), ticketId: row.id },
        async check() {
          const state = async (): Promise<string | undefined> => (await desk.board()).tickets[0]?.state;
          for (let round = 0; round < 4; round += 1) await minutesPass();
          // Died before Jira was asked, it is in doubt again, and a person decides again.
          if ((await state()) === 'unsure') await desk.press('alice', 'ticket.again', { ticketId: row.id });
          await minutesPass();
          const issues = (await jira.search(`project = OPS AND summary ~ "${title} ticket"`)).filter(({ fields }) => fields.summary === `${title} ticket`);
          expect([issues.length, await state(), (await jira.links(issues[0]?.id ?? '')).length]).toEqual([1, 'linked', 1]);
        },
      };
    },
  },
  ...(['private', 'public'] as const).flatMap((to) => [visibility(to, false), visibility(to, true)]),
  ...(['by hand', 'private', 'from an issue', 'from a candidate', 'of the past'] as const).map(declaring),
];
