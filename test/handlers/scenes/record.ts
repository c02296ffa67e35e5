/** Presses that change the record alone: one entry, one value, and where one is owed one notice. */
import { randomUUID } from 'node:crypto';
import type { BoardView, NoteInput, Verb } from '../../../src/contract';
import { declareDesk, type Desk } from '../desk';
import type { TestSite } from '../harness';
import type { KillRoom, Scene, ScenePress } from '../kill-scene';

const note = (text: string): NoteInput => ({ text, at: null, link: null });
async function noteId(desk: Desk, text: string): Promise<string> {
  await desk.press('bob', 'note.add', { notes: [note(text)] });
  return (await desk.entries()).find((entry) => entry.text === text)?.id ?? '';
}

async function load(site: TestSite): Promise<{ readonly target: { readonly hostId: string }; readonly metric: string }> {
  const { hosts } = await site.ok('alice', 'metric.choices', { of: null });
  return { target: { hostId: hosts[0]?.id ?? '' }, metric: 'loadavg5' };
}

interface Recorded<V extends Verb> {
  readonly verb: V;
  readonly way?: string;
  /** What the press says in the timeline. */
  readonly says: string;
  /** Makes what there is to press on; answers the rest of the payload, and what the board must show of it. */
  set(desk: Desk, before: BoardView, room: KillRoom): Promise<{ readonly rest: object; shows(after: BoardView): unknown; readonly is: unknown }>;
}
function recorded<V extends Verb>({ verb, way, says, set }: Recorded<V>): Scene {
  return {
    verb,
    ...(way === undefined ? {} : { way }),
    async prepare(room) {
      const { desk } = room;
      const { rest, shows, is } = await set(desk, await desk.board(), room);
      const before = await desk.told(says);
      return {
        user: 'alice',
        payload: { incidentId: desk.incidentId, opId: randomUUID(), ...rest } as ScenePress['payload'],
        check: async () => expect([shows(await desk.board()), await desk.told(says)]).toEqual([is, before + 1]),
      };
    },
  };
}

/** The other one of two values. */
const other = <T>(now: T, one: T, two: T): T => (now === one ? two : one);

export const recordScenes: readonly Scene[] = [
  {
    verb: 'incident.respond',
    async prepare({ site, minutesPass }) {
      const title = `Answered ${randomUUID()}`;
      const desk = await declareDesk(site, title);
      await site.rest();
      const before = (await site.slack()).filter((text) => text.includes(title)).length;
      return {
        user: 'bob', payload: { incidentId: desk.incidentId, opId: randomUUID() },
        async check() {
          await minutesPass();
          const { firstResponse } = (await desk.board()).incident;
          expect([firstResponse?.by, await desk.told('entry.responded')]).toEqual([{ accountId: 'acc-bob' }, 1]);
          const notices = (await site.slack()).filter((text) => text.includes(title)).length - before;
          // A crash between "sent" and "noted" repeats a message rather than losing it.
          expect([1, 2]).toContain(notices);
        },
      };
    },
  },
  {
    verb: 'incident.severity',
    async prepare({ site, desk }) {
      const { incident } = await desk.board();
      const severity = other(incident.severity, 'sev1', 'sev2');
      const before = await desk.told('entry.severity');
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), severity, seen: incident.severity },
        async check() {
          await site.rest();
          expect([(await desk.board()).incident.severity, await desk.told('entry.severity')]).toEqual([severity, before + 1]);
          expect((await site.page('alice', incident.page?.id ?? '')).properties['mackerel_incident']).toMatchObject({ severity });
        },
      };
    },
  },
  recorded({
    verb: 'incident.role',
    says: 'entry.role.handed-over',
    async set(desk, { incident }) {
      const from = incident.roles.find(({ id }) => id === 'commander')?.person?.accountId ?? null;
      if (from === null) await desk.press('bob', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null });
      const seen = from ?? 'acc-bob';
      const person = other(seen, 'acc-bob', 'acc-admin');
      return { rest: { role: { id: 'commander' }, person, seen }, shows: (after) => after.incident.roles.find(({ id }) => id === 'commander')?.person?.accountId, is: person };
    },
  }),
  recorded({
    verb: 'incident.line',
    says: 'entry.situation',
    async set(_desk, { incident }) {
      const text = `situation ${randomUUID()}`;
      return Promise.resolve({ rest: { line: 'situation', text, base: incident.situation?.v ?? 0 }, shows: (after) => after.incident.situation?.text, is: text });
    },
  }),
  recorded({
    verb: 'incident.places',
    says: 'entry.places',
    async set(_desk, { incident }) {
      const call = `https://meet.example/${randomUUID()}`;
      return Promise.resolve({ rest: { call, chat: null, base: incident.places?.v ?? 0 }, shows: (after) => after.incident.places?.call, is: call });
    },
  }),
  recorded({
    verb: 'incident.cause',
    says: 'entry.cause.change',
    async set(desk, { incident }) {
      if (incident.cause !== null) await desk.press('bob', 'incident.cause', { cause: 'none' });
      return { rest: { cause: 'change' }, shows: (after) => after.incident.cause?.by.accountId, is: 'acc-alice' };
    },
  }),
  {
    verb: 'update.publish',
    async prepare({ site, minutesPass }) {
      const title = `Told ${randomUUID()}`;
      const desk = await declareDesk(site, title);
      await site.rest();
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), lang: 'en', update: { conditions: 'Payments fail', actions: 'Rolling back', needs: '' }, seen: 0 },
        async check() {
          await minutesPass();
          const updates = (await desk.entries()).filter(({ source }) => source === 'update');
          expect(updates.map(({ params, at }) => [params, at])).toEqual([[{ n: 1, lang: 'en', conditions: 'Payments fail', actions: 'Rolling back', needs: 'None' }, (await desk.board()).incident.lastUpdateAt]]);
          // A crash between "sent" and "noted" repeats a message rather than losing it.
          expect([1, 2]).toContain((await site.slack()).filter((text) => text.includes(title) && text.includes('Payments fail')).length);
        },
      };
    },
  },
  {
    verb: 'note.add',
    async prepare({ desk }) {
      const texts = [`one ${randomUUID()}`, `two ${randomUUID()}`] as const;
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), notes: texts.map(note) },
        check: async () => expect((await desk.entries()).flatMap(({ text }) => (texts.some((one) => one === text) ? [text] : [])).sort()).toEqual([...texts]),
      };
    },
  },
  {
    verb: 'note.edit',
    async prepare({ site, desk }) {
      const entryId = await noteId(desk, `before ${randomUUID()}`);
      const text = `after ${randomUUID()}`;
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), entryId, note: note(text), base: (await desk.entries()).find(({ id }) => id === entryId)?.v ?? 0 },
        async check() {
          const { revisions } = await site.ok('alice', 'note.history', { incidentId: desk.incidentId, entryId, pass: '' });
          expect([revisions.length, revisions.at(-1)?.text]).toEqual([2, text]);
        },
      };
    },
  },
  {
    verb: 'note.remove',
    async prepare({ site, desk }) {
      const text = `gone ${randomUUID()}`;
      const entryId = await noteId(desk, text);
      return {
        user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), entryId, removed: true },
        async check() {
          const { revisions } = await site.ok('alice', 'note.history', { incidentId: desk.incidentId, entryId, pass: '' });
          expect(revisions.map(({ removed }) => removed)).toEqual([false, true]);
          expect((await desk.entries()).filter((entry) => entry.text === text)).toEqual([]);
        },
      };
    },
  },
  {
    verb: 'entry.pin',
    async prepare({ desk }) {
      const entryId = await noteId(desk, `pinned ${randomUUID()}`);
      const pinned = async (): Promise<readonly string[]> => (await desk.entries()).filter((entry) => entry.pinned).map(({ id }) => id);
      const before = await pinned();
      return { user: 'alice', payload: { incidentId: desk.incidentId, opId: randomUUID(), entryId, pinned: true }, check: async () => expect((await pinned()).filter((id) => !before.includes(id))).toEqual([entryId]) };
    },
  },
  recorded({
    verb: 'graph.add',
    says: 'entry.graph.added',
    async set(desk, { incident }, { site }) {
      for (const { id } of incident.graphs) await desk.press('bob', 'graph.remove', { graphId: id });
      return { rest: await load(site), shows: (after) => after.incident.graphs.map(({ metric }) => metric), is: ['loadavg5'] };
    },
  }),
  recorded({
    verb: 'graph.remove',
    says: 'entry.graph.removed',
    async set(desk, { incident }, { site }) {
      const head = incident.graphs.length > 0 ? incident : await desk.press('bob', 'graph.add', await load(site));
      return { rest: { graphId: head.graphs[0]?.id }, shows: (after) => after.incident.graphs, is: [] };
    },
  }),
];
