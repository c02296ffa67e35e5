/** Erasing one incident, which dies on its way and is taken up again. */
import { randomUUID } from 'node:crypto';
import { storedRows } from '../inside';
import type { KillRoom, Scene } from '../kill-scene';
import { jiraOf } from '../jira';

export interface Doomed {
  readonly incidentId: string;
  readonly pageId: string;
  readonly key: string;
  readonly issueId: string;
}
/** An incident of a page, with a note, an alert that fires on and a ticket, that is over. */
export async function doomed({ site, waits }: Pick<KillRoom, 'site' | 'waits'>): Promise<Doomed> {
  const jira = jiraOf(site);
  const { id: alertId } = await site.raise('queue delay', 'batch-02', 'WARNING', 70);
  await site.rest();
  const { incidentId, key } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Doomed ${randomUUID()}`, severity: 'sev3', visibility: 'public', candidateId: null });
  if (await waits(alertId)) await site.ok('alice', 'alert.attach', { incidentId, alertId, opId: randomUUID() });
  await site.ok('alice', 'note.add', { incidentId, opId: randomUUID(), notes: [{ text: 'gone soon', at: null, link: null }] });
  const issue = await jira.create('alice', 'Outlives it');
  await site.ok('alice', 'ticket.link', { incidentId, issue: issue.key, kind: null, opId: randomUUID() });
  await site.ok('alice', 'incident.status', { incidentId, opId: randomUUID(), status: 'closed', reason: 'over' });
  const { incident } = await site.ok('alice', 'board.load', { incidentId });
  await site.rest();
  return { incidentId, pageId: incident.page?.id ?? '', key, issueId: issue.id };
}
export async function eraseToTheEnd({ site }: Pick<KillRoom, 'site'>, user = 'admin'): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    // Two windows of the same administrator: whoever comes second finds the first at work.
    const views = await Promise.all([1, 2].map(() => site.ok(user, 'erase.continue', {})));
    if (views.some((view) => view?.state === 'done')) return;
    await site.later(5_000);
  }
  throw new Error('erasing does not come to its end');
}
/** Nothing of it is stored; its page and its work item are there, without marks. */
export async function expectGone({ site }: Pick<KillRoom, 'site'>, { incidentId, pageId, issueId }: Doomed): Promise<void> {
  const left = Object.entries(storedRows(site)).filter(([key, value]) => `${key} ${value}`.includes(incidentId)).map(([key]) => key);
  expect(left).toEqual([]);
  const page = await site.page('alice', pageId);
  expect([Object.keys(page.properties).filter((key) => key.startsWith('mackerel_')), page.labels]).toEqual([[], []]);
  const jira = jiraOf(site);
  const issue = await jira.issue(issueId);
  expect([Object.keys(issue.properties), (issue.fields as { labels: unknown }).labels, await jira.links(issueId)]).toEqual([[], [], []]);
}

export const erasingScenes: readonly Scene[] = [
  {
    verb: 'erase.begin',
    async prepare(room) {
      const one = await doomed(room);
      return {
        user: 'admin', payload: { opId: randomUUID(), of: 'incident', typed: one.key },
        async check() {
          expect(await room.site.ok('admin', 'erase.state', {})).toMatchObject({ of: 'incident', state: 'running' });
          await eraseToTheEnd(room);
          await expectGone(room, one);
        },
      };
    },
  },
  {
    verb: 'erase.continue',
    long: true,
    async prepare(room) {
      const one = await doomed(room);
      await room.site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: one.key });
      return {
        user: 'admin', payload: {},
        async check() {
          await eraseToTheEnd(room);
          await expectGone(room, one);
          expect(await room.waits('none')).toBe(false);
        },
      };
    },
  },
];
