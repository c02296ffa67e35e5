/** Presses in a review: one change of its row, and what is put on the page stands there once. */
import { randomUUID } from 'node:crypto';
import type { ReviewView } from '../../../src/contract';
import { declareDesk, type Desk } from '../desk';
import type { KillRoom, Scene } from '../kill-scene';

async function resolved({ site }: KillRoom): Promise<{ readonly desk: Desk; readonly pageId: string; load(): Promise<ReviewView> }> {
  const desk = await declareDesk(site, `Looked back on ${randomUUID()}`);
  await desk.press('alice', 'incident.status', { status: 'resolved' });
  const { incident } = await desk.board();
  return { desk, pageId: incident.page?.id ?? '', load: () => site.ok('alice', 'review.load', { incidentId: desk.incidentId }) };
}

export const reviewScenes: readonly Scene[] = [
  {
    verb: 'review.save',
    async prepare(room) {
      const { desk, load } = await resolved(room);
      const { base } = await load();
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), base, change: { lessons: { well: 'rolled back', hard: '', lucky: '' }, ticks: { held: true } } },
        check: async () => expect(await load()).toMatchObject({ lessons: { well: 'rolled back' }, base: { ...base, lessons: 1 } }),
      };
    },
  },
  {
    verb: 'review.advance',
    async prepare(room) {
      const { desk, load } = await resolved(room);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), seen: 'draft', to: 'in-review' },
        check: async () => expect((await load()).state).toBe('in-review'),
      };
    },
  },
  {
    verb: 'review.fill',
    async prepare(room) {
      const { desk, pageId, load } = await resolved(room);
      const before = (await room.site.page('alice', pageId)).adf as { content: readonly object[] };
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), sections: ['summary', 'times'], place: null, entries: null },
        async check() {
          const { content } = (await room.site.page('alice', pageId)).adf as { content: readonly { attrs?: { title?: string } }[] };
          expect(content.slice(0, before.content.length)).toEqual(before.content);
          expect(content.slice(before.content.length).map(({ attrs }) => attrs?.title)).toEqual(['Summary (from the record)', 'Phases and durations (from the record)']);
          expect((await load()).checks.find(({ id }) => id === 'facts')?.how).toBe('record');
        },
      };
    },
  },
];
