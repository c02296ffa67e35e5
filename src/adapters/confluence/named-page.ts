/** One page of a title made once: parents that are gone, titles that are taken, and whose page stands in the way. */
import { route } from '@forge/api';
import * as z from 'zod';
import type { Actor, CreatePageAnswer, PagePlace, WrittenPage } from '../../ports';
import { plainLine } from '../../domain/text';
import { findSpaces } from './access';
import { ask, read, type Answer } from './http';
import { ownAccount } from './own-account';

export const MAX_TITLE = 255;
const links = z.object({ base: z.string().optional(), webui: z.string().optional() });
const created = z.object({ id: z.string(), parentId: z.string().nullish(), _links: links });
const looked = z.object({ status: z.string(), spaceId: z.string(), _links: links });
const found = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      parentId: z.string().nullish(),
      authorId: z.string().nullish(),
      body: z.object({ atlas_doc_format: z.object({ value: z.string() }).nullish() }).nullish(),
      _links: links.nullish(),
    }),
  ),
  _links: links.nullish(),
});

export async function lookAt(pageId: string, actor: Actor): Promise<z.output<typeof looked> | null> {
  const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`);
  return answer.status === 404 || answer.status === 403 ? null : read(looked, answer);
}

/** Told apart from a stranger's by what its body (ADF as text) holds, and by its author: anybody can copy a title, readers can copy a body. */
export interface Ours {
  readonly isOurs: (adf: string) => boolean;
  /** Beside the app. */
  readonly authors: readonly string[];
}

function detailOf(body: unknown): string {
  return plainLine(JSON.stringify(body ?? ''), 300);
}

export async function urlOf(pageId: string, known: z.output<typeof links>, actor: Actor): Promise<string> {
  if (known.base !== undefined && known.webui !== undefined) return known.base + known.webui;
  const single = read(created, await ask(actor, route`/wiki/api/v2/pages/${pageId}`));
  return `${single._links.base ?? ''}${single._links.webui ?? `/pages/viewpage.action?pageId=${pageId}`}`;
}

/** Pages of exactly this title; titles are unique in a space, so at most one is visible. */
async function byTitle(spaceId: string, title: string, actor: Actor): Promise<z.output<typeof found>> {
  return read(found, await ask(actor, route`/wiki/api/v2/pages?space-id=${spaceId}&title=${title}&body-format=atlas_doc_format&limit=25`));
}

async function ours(pages: z.output<typeof found>, { isOurs, authors }: Ours, actor: Actor): Promise<WrittenPage | null> {
  for (const page of pages.results) {
    if (!isOurs(page.body?.atlas_doc_format?.value ?? '')) continue;
    if (page.authorId == null || ![...authors, await ownAccount()].includes(page.authorId)) continue;
    const known = { base: page._links?.base ?? pages._links?.base, webui: page._links?.webui };
    return { id: page.id, url: await urlOf(page.id, known, actor), parentId: page.parentId ?? null };
  }
  return null;
}

/** Below a page in the trash nobody would find it, and one in another space takes none. */
async function usableParent({ id: spaceId, parentId }: PagePlace, actor: Actor): Promise<string | null> {
  if (parentId === null) return null;
  const answer = await ask(actor, route`/wiki/api/v2/pages/${parentId}`);
  if (!answer.ok) return null;
  const parent = read(looked, answer);
  return parent.status === 'current' && parent.spaceId === spaceId ? parentId : null;
}

/** A page of this title stands in the way; null: no page does. */
async function clash(answer: Answer, place: PagePlace, title: string, own: Ours, actor: Actor): Promise<Extract<CreatePageAnswer, { outcome: 'title-taken' }> | null> {
  if (answer.status !== 400) return null;
  const pages = await byTitle(place.id, title, actor);
  // A page we may not see takes its title too; then only the message tells.
  return pages.results.length > 0 || /title/i.test(detailOf(answer.body)) ? { outcome: 'title-taken', ours: await ours(pages, own, actor) } : null;
}

async function refusal(status: number, body: unknown, space: { readonly key: string }, actor: Actor): Promise<CreatePageAnswer> {
  const detail = `${status} ${detailOf(body)}`;
  if (status === 401 || status === 403) return { outcome: 'refused', reason: 'no-permission', detail };
  if (status !== 404) return { outcome: 'refused', reason: 'bad-page', detail };
  // Confluence says 404 for a missing space and for a missing right alike.
  const visible = (await findSpaces([space.key], actor)).length > 0;
  return { outcome: 'refused', reason: visible ? 'no-permission' : 'no-space', detail };
}

/** Makes the page of this body (ADF as text), below its parent if that is there. */
export async function makeNamed(place: PagePlace, title: string, value: string, isPrivate: boolean, own: Ours, actor: Actor): Promise<CreatePageAnswer> {
  const write = (parentId: string | null): Promise<Answer> =>
    ask(actor, route`/wiki/api/v2/pages?private=${String(isPrivate)}`, {
      method: 'POST',
      json: { spaceId: place.id, status: 'current', title, ...(parentId === null ? {} : { parentId }), body: { representation: 'atlas_doc_format', value } },
    });
  const parentId = await usableParent(place, actor);
  let answer = await write(parentId);
  let taken = await clash(answer, place, title, own, actor);
  // Gone since it was looked at, or nothing may be made below it: the page matters more than its place.
  if (!answer.ok && taken === null && parentId !== null) {
    answer = await write(null);
    taken = await clash(answer, place, title, own, actor);
  }
  if (answer.ok) {
    const page = read(created, answer);
    return { outcome: 'created', page: { id: page.id, url: await urlOf(page.id, page._links, actor), parentId: page.parentId ?? null } };
  }
  return taken ?? (await refusal(answer.status, answer.body, place, actor));
}

/** The page of exactly that title that `makeNamed` would take for ours; null: there is none. */
export const findNamed = async (spaceId: string, title: string, own: Ours, actor: Actor): Promise<WrittenPage | null> => await ours(await byTitle(spaceId, title, actor), own, actor);
