/** Freezing, by the sweeper: every call on the way may be its last. */
import { evidenceRoom } from '../evidence-room';
import type { Run } from '../kill-scene';

export const evidenceScenes: readonly Run[] = [
  {
    run: 'sweep',
    way: 'freezing',
    long: true,
    async prepare({ site, minutesPass }) {
      const room = evidenceRoom(site);
      await site.recoverAll();
      const of = await room.watched();
      // Its first copy is due.
      await site.later(3 * 60_000);
      return {
        async check() {
          await minutesPass();
          const { copies, trouble } = await room.evidence('alice', of);
          const names = (await room.files('alice', of.pageId)).map(({ title }) => title.replace(/^evidence-\d{4}-\d+-/, ''));
          const { points, evidence } = await room.graph('alice', of);
          expect([copies.map(({ n, alerts, series, underWay }) => [n, alerts, series, underWay]), trouble, names, evidence]).toEqual([[[1, 1, 1, false]], null, ['1.json', '1.svg'], undefined]);
          expect(copies[0]?.files.map(({ state }) => state)).toEqual(['same', 'same']);
          expect(points.length).toBeGreaterThan(25);
          await room.resolved(of);
          await of.desk.press('alice', 'incident.status', { status: 'closed' });
          // What comes back sooner would go on with it.
          await site.later(20 * 60_000);
          await site.rest();
        },
      };
    },
  },
];
