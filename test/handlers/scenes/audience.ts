/** Who sees a private incident, changed in Confluence and said in the record: both, and the word once. */
import { randomUUID } from 'node:crypto';
import { deskOf } from '../desk';
import type { Scene } from '../kill-scene';

function audience(verb: 'audience.add' | 'audience.remove'): Scene {
  return {
    verb,
    async prepare({ site }) {
      const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Seen ${randomUUID()}`, severity: 'sev3', visibility: 'private', candidateId: null });
      const desk = deskOf(site, incidentId);
      const who = { accountId: 'acc-bob' };
      if (verb === 'audience.remove') await desk.press('alice', 'audience.add', { who });
      return {
        user: 'alice',
        payload: { incidentId, who, opId: randomUUID() },
        async check() {
          const { people } = await site.ok('alice', 'audience.load', { incidentId });
          const bob = people.find(({ accountId }) => accountId === 'acc-bob');
          const told = [await desk.told('entry.audience.added'), await desk.told('entry.audience.removed')];
          expect([bob?.canEdit, told]).toEqual(verb === 'audience.add' ? [true, [1, 0]] : [undefined, [1, 1]]);
          await desk.press('alice', 'incident.status', { status: 'closed' });
        },
      };
    },
  };
}

export const audienceScenes: readonly Scene[] = [audience('audience.add'), audience('audience.remove')];
