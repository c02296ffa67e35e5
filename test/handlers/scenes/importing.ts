/** A record comes back in from its file: one incident with one page, whichever call was the last of a process. */
import { randomUUID } from 'node:crypto';
import { declareDesk, deskOf } from '../desk';
import type { KillRoom, Scene } from '../kill-scene';
import { packed, savedRecord } from '../record-room';

/** The file of one that is over, as if it were another's. */
async function aFile({ site }: KillRoom): Promise<{ readonly id: string; readonly text: string }> {
  const desk = await declareDesk(site, `Saved ${randomUUID()}`);
  await desk.press('alice', 'note.add', { notes: [{ text: 'from a file', at: null, link: null }] });
  await desk.press('alice', 'incident.status', { status: 'closed' });
  await site.rest();
  const id = randomUUID();
  return { id, text: (await savedRecord(site, 'alice', desk.incidentId)).replaceAll(desk.incidentId, id) };
}
async function expectOnce({ site }: KillRoom, id: string): Promise<void> {
  const desk = deskOf(site, id);
  const { incident } = await desk.board('admin');
  const pages = (await site.pages('SRE')).filter(({ title }) => title.includes(incident.key));
  const notes = (await desk.entries()).filter(({ text }) => text === 'from a file');
  const review = await site.ok('alice', 'review.load', { incidentId: id });
  const listed = (await site.ok('admin', 'home.load', {})).incidents.filter((one) => one.id === id);
  expect([incident.status, pages.map((page) => page.id), notes.length, review.state, listed.length]).toEqual(['closed', [incident.page?.id], 1, 'draft', 1]);
}

export const importScenes: readonly Scene[] = [
  {
    verb: 'incident.import',
    async prepare(room) {
      const { id, text } = await aFile(room);
      return { user: 'admin', payload: { file: packed(text), spaceKey: 'SRE' }, check: () => expectOnce(room, id) };
    },
  },
];
