/** Freezing, by the sweeper and by a person: every call on the way may be its last. */
import { randomUUID } from 'node:crypto';
import { evidenceRoom, pngOf, type EvidenceRoom, type Watched } from '../evidence-room';
import type { KillRoom, Run, Scene } from '../kill-scene';

interface Case {
  readonly room: EvidenceRoom;
  readonly of: Watched;
  /** What comes back sooner would go on with it. */
  over(): Promise<void>;
}
async function watched({ site }: KillRoom): Promise<Case> {
  const room = evidenceRoom(site);
  await site.recoverAll();
  const of = await room.watched();
  return {
    room,
    of,
    async over() {
      await room.resolved(of);
      await of.desk.press('alice', 'incident.status', { status: 'closed' });
      await site.later(20 * 60_000);
      await site.rest();
    },
  };
}
/** Its first copy is due. */
async function due(killRoom: KillRoom): Promise<Case> {
  const found = await watched(killRoom);
  await killRoom.site.later(3 * 60_000);
  return found;
}
async function frozen(killRoom: KillRoom): Promise<Case> {
  const found = await due(killRoom);
  await killRoom.minutesPass();
  return found;
}

/** Confluence let nothing be attached for an hour; now it does. */
function failed(verb: 'health.retry' | 'health.discard'): Scene {
  return {
    verb,
    way: 'evidence',
    long: true,
    async prepare(killRoom) {
      const { site, minutesPass, stuck } = killRoom;
      const { room, of, over } = await watched(killRoom);
      await site.faults([{ target: 'confluence', path: 'child/attachment', status: 403 }]);
      for (let tries = 0; tries < 8; tries += 1) {
        await site.later(10 * 60_000);
        await site.control('POST', 'run/sweep');
        await site.rest();
      }
      await site.faults([]);
      const { incidentId } = of.desk;
      expect((await stuck('evidence')).map(({ id }) => id)).toEqual([incidentId]);
      return {
        user: 'admin',
        payload: { opId: randomUUID(), kind: 'evidence', id: incidentId },
        async check() {
          await minutesPass();
          const { copies } = await room.evidence('alice', of);
          expect([copies.map(({ n, underWay }) => [n, underWay]), await stuck('evidence')]).toEqual([verb === 'health.retry' ? [[1, false]] : [], []]);
          await over();
        },
      };
    },
  };
}

export const evidenceScenes: readonly (Run | Scene)[] = [
  {
    run: 'sweep',
    way: 'freezing',
    long: true,
    async prepare(killRoom) {
      const { room, of, over } = await due(killRoom);
      return {
        async check() {
          await killRoom.minutesPass();
          const { copies, trouble } = await room.evidence('alice', of);
          const names = (await room.files('alice', of.pageId)).map(({ title }) => title.replace(/^evidence-\d{4}-\d+-/, ''));
          const { points, evidence } = await room.graph('alice', of);
          expect([copies.map(({ n, alerts, series, underWay }) => [n, alerts, series, underWay]), trouble, names, evidence]).toEqual([[[1, 1, 1, false]], null, ['1.json', '1.svg', '1-alert-1.png'], undefined]);
          expect(copies[0]?.files.map(({ state }) => state)).toEqual(['same', 'same', 'same']);
          expect(points.length).toBeGreaterThan(25);
          await over();
        },
      };
    },
  },
  {
    verb: 'evidence.freeze',
    async prepare(killRoom) {
      const { room, of, over } = await frozen(killRoom);
      return {
        user: 'alice',
        payload: { incidentId: of.desk.incidentId, opId: randomUUID() },
        async check() {
          await killRoom.minutesPass();
          const { copies, coming } = await room.evidence('alice', of);
          expect([copies.map(({ n, by, underWay }) => [n, by?.accountId ?? null, underWay]), coming]).toEqual([[[2, 'acc-alice', false], [1, null, false]], null]);
          await over();
        },
      };
    },
  },
  {
    verb: 'evidence.picture',
    async prepare(killRoom) {
      const { room, of, over } = await frozen(killRoom);
      const [{ n, part, width, height } = { n: 0, part: 0, width: 1, height: 1 }] = (await room.evidence('alice', of)).toDraw;
      return {
        user: 'alice',
        payload: { incidentId: of.desk.incidentId, n, part, png: pngOf(width, height) },
        async check() {
          const { copies, toDraw } = await room.evidence('bob', of);
          const drawn = copies.flatMap(({ files }) => files.filter(({ kind }) => kind === 'drawn'));
          expect([drawn.map(({ drawnBy, state }) => [drawnBy?.accountId, state]), toDraw]).toEqual([[['acc-alice', 'same']], []]);
          expect((await room.files('alice', of.pageId)).filter(({ title }) => title === drawn[0]?.name)).toHaveLength(1);
          await over();
        },
      };
    },
  },
  failed('health.retry'),
  failed('health.discard'),
];
