/** Merging, moving and taking off what was merged: several records and claims change, and what stands outside follows. */
import { randomUUID } from 'node:crypto';
import { declareDesk, type Desk } from '../desk';
import type { KillRoom, Scene } from '../kill-scene';

const HOSTS = 10;
let turn = 0;
const hosts = new Map<string, string>();
const hostOf = (alertId: string): string => hosts.get(alertId) ?? '';
/** An alert that waits for a person, linked to the incident by hand. */
async function withAlert({ site }: KillRoom, desk: Desk): Promise<string> {
  const host = `batch-${String((turn % HOSTS) + 1).padStart(2, '0')}`;
  turn += 1;
  await site.raise('queue delay', host, 'OK', 1).catch(() => undefined);
  await site.later(1_000);
  const { id } = await site.raise('queue delay', host, 'WARNING', 70);
  hosts.set(id, host);
  await desk.press('alice', 'alert.attach', { alertId: id });
  return id;
}
const linked = async (desk: Desk, id: string): Promise<boolean> => (await desk.board('admin')).alerts.some((alert) => alert.id === id);
/** It changes and is told of again: on the one side it shows, on the other nothing happens; taken off, it waits once more. */
async function belongsTo({ site, minutesPass, tell }: KillRoom, here: Desk, away: Desk, id: string): Promise<void> {
  await tell(id);
  await minutesPass();
  expect([await linked(here, id), await linked(away, id)]).toEqual([true, false]);
  const other = await declareDesk(site, 'Wants it');
  expect(await other.refused('bob', 'alert.attach', { alertId: id })).toMatchObject({ messageKey: 'error.alert-taken' });
  await here.press('bob', 'alert.detach', { alertId: id });
  await minutesPass();
  const waiting = (await site.ok('alice', 'home.load', {})).candidates.filter(({ alert }) => alert.id === id);
  expect([waiting.length, await linked(here, id)]).toEqual([1, false]);
  await site.console('POST', `alerts/${id}/close`, {});
}

function merging(alone: boolean): Scene {
  return {
    verb: 'incident.merge',
    ...(alone ? { alone, long: alone, way: 'and nobody comes back' } : {}),
    async prepare(room) {
      const { site, jira, minutesPass } = room;
      const [survivor, source] = [await declareDesk(site, `Stays ${randomUUID()}`), await declareDesk(site, `Goes ${randomUUID()}`)];
      const alertId = await withAlert(room, source);
      const issue = await jira.create('alice', 'Improve');
      await source.press('alice', 'ticket.link', { issue: issue.key, kind: 'prevent' });
      await site.rest();
      const keys = [(await survivor.board()).incident.key, (await source.board()).incident.key];
      return {
        user: 'alice', payload: { opId: randomUUID(), incidentId: survivor.incidentId, from: [source.incidentId] },
        async check() {
          await minutesPass();
          const { incident } = await source.board();
          const merged = incident.status === 'merged';
          expect(merged || alone).toBe(true);
          const [here, away] = merged ? [survivor, source] : [source, survivor];
          expect([await survivor.told('entry.merged.from'), await source.told('entry.merged.into')]).toEqual(merged ? [1, 1] : [0, 0]);
          const owner = (await here.board()).incident;
          expect([(await here.board()).tickets.map(({ key }) => key), (await away.board()).tickets]).toEqual([[issue.key], []]);
          expect((await site.ok('alice', 'tickets.overview', {})).tickets.filter(({ ticket }) => ticket.key === issue.key).map((row) => row.incident.key)).toEqual([owner.key]);
          expect((await jira.issue(issue.key)).properties['mackerel_incident']).toMatchObject({ key: owner.key });
          expect((await site.page('admin', incident.page?.id ?? '')).properties['mackerel_incident']).toMatchObject({ status: incident.status });
          const notices = (await site.slack()).filter((text) => text.includes(`Incident ${keys[1]} was merged into incident ${keys[0]}:`));
          // A crash between "yes" and "noted" repeats a message rather than losing it.
          expect(notices.length === (merged ? 1 : 0) || (merged && notices.length === 2)).toBe(true);
          await belongsTo(room, here, away, alertId);
        },
      };
    },
  };
}
function moving(alone: boolean): Scene {
  return {
    verb: 'alert.move',
    ...(alone ? { alone, long: alone, way: 'and nobody comes back' } : {}),
    async prepare(room) {
      const { site, minutesPass } = room;
      const [source, target] = [await declareDesk(site, `From ${randomUUID()}`), await declareDesk(site, `To ${randomUUID()}`)];
      const alertId = await withAlert(room, source);
      await site.rest();
      return {
        user: 'alice', payload: { opId: randomUUID(), incidentId: source.incidentId, alertId, to: target.incidentId },
        async check() {
          await minutesPass();
          const moved = await linked(target, alertId);
          expect(moved || alone).toBe(true);
          expect([await source.told('entry.alert.moved-away'), await target.told('entry.alert.moved-here')]).toEqual(moved ? [1, 1] : [0, 0]);
          await (moved ? belongsTo(room, target, source, alertId) : belongsTo(room, source, target, alertId));
        },
      };
    },
  };
}

/** Taken off the survivor of a merge: the claim names the other one still. */
function detaching(alone: boolean): Scene {
  return {
    verb: 'alert.detach',
    ...(alone ? { alone, long: alone, way: 'and nobody comes back' } : {}),
    async prepare(room) {
      const { site, minutesPass } = room;
      const [survivor, source] = [await declareDesk(site, `Stays ${randomUUID()}`), await declareDesk(site, `Goes ${randomUUID()}`)];
      const alertId = await withAlert(room, source);
      await survivor.press('alice', 'incident.merge', { from: [source.incidentId] });
      await site.rest();
      return {
        user: 'alice', payload: { opId: randomUUID(), incidentId: survivor.incidentId, alertId },
        async check() {
          await site.raise('queue delay', hostOf(alertId), 'CRITICAL', 200); // it changes, so that it is read and placed
          await minutesPass();
          const off = !(await linked(survivor, alertId));
          expect(off || alone).toBe(true);
          const waiting = (await site.ok('alice', 'home.load', {})).candidates.filter(({ alert }) => alert.id === alertId);
          expect([waiting.length, await survivor.told('entry.alert.detached')]).toEqual(off ? [1, 1] : [0, 0]);
          await site.console('POST', `alerts/${alertId}/close`, {});
        },
      };
    },
  };
}

export const mergingScenes: readonly Scene[] = [false, true].flatMap((alone) => [merging(alone), moving(alone), detaching(alone)]);
