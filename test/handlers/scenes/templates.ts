/** Presses on templates: ours in Confluence, and pages that are templates. */
import { randomUUID } from 'node:crypto';
import type { KillRoom, Scene } from '../kill-scene';
import { shelfRoom } from '../shelf-room';

const SHELVED = { template: 'short', lang: 'en', spaceKey: 'SRE' } as const;
/** How many of the template Confluence has, how many the app knows of, and the number of the settings' last change. */
async function shelf({ site }: KillRoom): Promise<readonly number[]> {
  const known = (await site.ok('admin', 'templates.installed', {})).installed;
  const { changes } = await site.ok('admin', 'settings.changes', { before: null });
  return [(await shelfRoom(site).shelved('SRE')).length, known.filter(({ state }) => state === 'there').length, changes[0]?.n ?? 0];
}

/** A page of its own, and how the settings know it: version used and the number of their last change. */
async function newPage({ site }: KillRoom): Promise<string> {
  const body = { representation: 'atlas_doc_format', value: '{"version":1,"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"{{incident.title}}"}]}]}' };
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages`, { method: 'POST', headers: { 'x-site-user': 'alice', 'content-type': 'application/json' }, body: JSON.stringify({ spaceId: '65602', status: 'current', title: `Structure ${randomUUID()}`, body }) });
  return ((await answer.json()) as { id: string }).id;
}
async function known({ site }: KillRoom, pageId: string): Promise<readonly (number | string)[]> {
  const { pages } = await site.ok('admin', 'templates.pages', {});
  const { changes } = await site.ok('admin', 'settings.changes', { before: null });
  return [pages.filter((one) => one.pageId === pageId).map(({ version }) => version).join(), changes[0]?.n ?? 0];
}

export const templateScenes: readonly Scene[] = [
  {
    verb: 'template.install',
    async prepare(room) {
      await room.site.ok('admin', 'template.remove', SHELVED);
      const before = (await shelf(room))[2] ?? 0;
      return {
        user: 'admin', payload: SHELVED,
        async check() {
          expect(await shelf(room)).toEqual([1, 1, before + 1]);
        },
      };
    },
  },
  {
    verb: 'template.remove',
    async prepare(room) {
      await room.site.ok('admin', 'template.install', SHELVED);
      const before = (await shelf(room))[2] ?? 0;
      return {
        user: 'admin', payload: SHELVED,
        async check() {
          expect(await shelf(room)).toEqual([0, 0, before + 1]);
        },
      };
    },
  },
  {
    verb: 'template.adopt',
    async prepare(room) {
      const pageId = await newPage(room);
      const before = Number((await known(room, pageId))[1]);
      return {
        user: 'admin', payload: { pageId, version: 1 },
        async check() {
          expect(await known(room, pageId)).toEqual(['1', before + 1]);
          const { pages } = await room.site.ok('admin', 'templates.pages', {});
          await room.site.ok('admin', 'template.drop', { id: pages.find((one) => one.pageId === pageId)?.id ?? '' });
        },
      };
    },
  },
  {
    verb: 'template.drop',
    async prepare(room) {
      const pageId = await newPage(room);
      const { pages } = await room.site.ok('admin', 'template.adopt', { pageId, version: 1 });
      const before = Number((await known(room, pageId))[1]);
      return {
        user: 'admin', payload: { id: pages.find((one) => one.pageId === pageId)?.id ?? '' },
        async check() {
          expect(await known(room, pageId)).toEqual(['', before + 1]);
        },
      };
    },
  },
];
