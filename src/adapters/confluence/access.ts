/** Proof of the caller's rights: every answer is Confluence's own, asked as the user at this moment. */
import { route } from '@forge/api';
import * as z from 'zod';
import type { Access, Actor, PageAccess, SpaceInfo } from '../../ports';
import { ask, read } from './http';

const USER: Actor = { as: 'user' };
const BULK = 250;
const GROUPS = 200;
const GROUPS_AT_MOST = 2000;
const operation = z.object({ operation: z.string(), targetType: z.string() });
const page = z.object({
  id: z.string(),
  status: z.string(),
  title: z.string(),
  spaceId: z.string(),
  _links: z.object({ base: z.string().optional(), webui: z.string().optional() }).nullish(),
  operations: z.object({ results: z.array(operation) }).nullish(),
});
const pageIds = z.object({ results: z.array(z.object({ id: z.string(), status: z.string() })) });
const spaces = z.object({
  results: z.array(z.object({ id: z.string(), key: z.string(), name: z.string(), status: z.string(), homepageId: z.string().nullish() })),
});
const permitted = z.object({ operations: z.array(operation) });
const groups = z.object({ results: z.array(z.object({ name: z.string() })) });
const currentUser = z.object({ operations: z.array(operation).nullish() });

const isPageId = (id: string): boolean => /^\d{1,20}$/.test(id);
/** Trashed pages still answer; to a board they are gone. */
const alive = (status: string): boolean => status === 'current' || status === 'archived';
const hidden = (status: number): boolean => status === 401 || status === 403 || status === 404;

/** The spaces among `keys` the actor can see. */
export async function findSpaces(keys: readonly string[], actor: Actor): Promise<readonly SpaceInfo[]> {
  const wanted = [...new Set(keys)].filter((key) => /^[A-Za-z0-9~_-]{1,255}$/.test(key)).slice(0, BULK);
  if (wanted.length === 0) return [];
  const answer = await ask(actor, route`/wiki/api/v2/spaces?keys=${wanted.join(',')}&status=current&limit=${BULK}`);
  if (hidden(answer.status)) return [];
  return read(spaces, answer).results.map(({ id, key, name, homepageId }) => ({ id, key, name, homepageId: homepageId ?? null }));
}

async function canCreatePages(spaceId: string): Promise<boolean> {
  const answer = await ask(USER, route`/wiki/api/v2/spaces/${spaceId}/operations`);
  if (hidden(answer.status)) return false;
  return read(permitted, answer).operations.some((right) => right.operation === 'create' && right.targetType === 'page');
}

export function createAccess(): Access {
  return {
    async page(pageId): Promise<PageAccess | null> {
      if (!isPageId(pageId)) return null;
      const answer = await ask(USER, route`/wiki/api/v2/pages/${pageId}?include-operations=true`);
      if (hidden(answer.status)) return null;
      const found = read(page, answer);
      if (!alive(found.status)) return null;
      const canUpdate = (found.operations?.results ?? []).some((right) => right.operation === 'update' && right.targetType === 'page');
      const url = `${found._links?.base ?? ''}${found._links?.webui ?? `/pages/viewpage.action?pageId=${found.id}`}`;
      return { pageId: found.id, spaceId: found.spaceId, title: found.title, url, canUpdate };
    },
    async visiblePages(ids) {
      const wanted = [...new Set(ids)].filter(isPageId);
      const seen = new Set<string>();
      for (let start = 0; start < wanted.length; start += BULK) {
        const some = wanted.slice(start, start + BULK);
        const answer = await ask(USER, route`/wiki/api/v2/pages?id=${some.join(',')}&limit=${BULK}`);
        if (hidden(answer.status)) continue;
        for (const { id, status } of read(pageIds, answer).results) if (alive(status) && some.includes(id)) seen.add(id);
      }
      return seen;
    },
    async spaces(keys) {
      const found = await findSpaces(keys, USER);
      return await Promise.all(found.map(async (space) => ({ ...space, canCreate: await canCreatePages(space.id) })));
    },
    async visibleSpaces(keys) {
      return new Set((await findSpaces(keys, USER)).map((space) => space.key));
    },
    async isAdmin() {
      const answer = await ask(USER, route`/wiki/rest/api/user/current?expand=operations`);
      if (hidden(answer.status)) return false;
      return (read(currentUser, answer).operations ?? []).some((right) => right.operation === 'administer' && right.targetType === 'application');
    },
    async inGroup(accountId, group) {
      for (let start = 0; start < GROUPS_AT_MOST; start += GROUPS) {
        const answer = await ask(USER, route`/wiki/rest/api/user/memberof?accountId=${accountId}&start=${start}&limit=${GROUPS}`);
        if (hidden(answer.status)) return false;
        const { results } = read(groups, answer);
        if (results.some((one) => one.name === group)) return true;
        if (results.length < GROUPS) return false;
      }
      return false;
    },
    async groupExists(group) {
      for (let start = 0; start < GROUPS_AT_MOST; start += GROUPS) {
        const answer = await ask(USER, route`/wiki/rest/api/group/picker?query=${group}&start=${start}&limit=${GROUPS}`);
        if (hidden(answer.status)) return false;
        const { results } = read(groups, answer);
        if (results.some((one) => one.name === group)) return true;
        if (results.length < GROUPS) return false;
      }
      return false;
    },
    async knowsPerson(accountId) {
      const answer = await ask(USER, route`/wiki/rest/api/user?accountId=${accountId}`);
      return answer.ok;
    },
  };
}
