import { route } from '@forge/api';
import * as z from 'zod';
import type { SchemeView } from '../../contract';
import { AppFailure } from '../../domain/failure';
import { named } from '../../domain/scheme';
import { plainLine } from '../../domain/text';
import type { Actor, CreatePageAnswer, PageFacts, PagePlace, PageWriter, Texts, WrittenPage } from '../../ports';
import { findSpaces } from './access';
import { ask, read, type Answer } from './http';
import { addLabel, bylineOf, incidentProperty, removeLabel, removeProperty, setProperty } from './marks';
import { nameIncident } from './name-incident';
import { ownAccount } from './own-account';
import { leaveKey, VIEWING_KEY } from './viewing-key';
import { macroIdentity } from './identity';
import { createRefresher } from './refresh-page';
import { carriesNonce } from './template/board-node';
import { filledPage, incidentPage, type PageTools } from './template/page';
import { previewOf } from './template/preview';

const MAX_TITLE = 255;
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
const source = z.object({ status: z.string(), title: z.string(), version: z.object({ number: z.number().int() }), body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }) });

async function lookAt(pageId: string, actor: Actor): Promise<z.output<typeof looked> | null> {
  const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`);
  return answer.status === 404 || answer.status === 403 ? null : read(looked, answer);
}

function detailOf(body: unknown): string {
  return plainLine(JSON.stringify(body ?? ''), 300);
}

export interface PageWriterOptions {
  readonly texts: Texts;
  readonly id: () => string;
  /** Mackerel's organisation, for links (null while unknown), and what the installation calls things. */
  readonly site: () => Promise<{ readonly org: string | null; readonly scheme: SchemeView }>;
}

export function createPageWriter({ texts, id, site }: PageWriterOptions): PageWriter {
  async function urlOf(pageId: string, known: z.output<typeof links>, actor: Actor): Promise<string> {
    if (known.base !== undefined && known.webui !== undefined) return known.base + known.webui;
    const single = read(created, await ask(actor, route`/wiki/api/v2/pages/${pageId}`));
    return `${single._links.base ?? ''}${single._links.webui ?? `/pages/viewpage.action?pageId=${pageId}`}`;
  }

  /** Pages of exactly this title; titles are unique in a space, so at most one is visible. */
  async function byTitle(spaceId: string, title: string, actor: Actor): Promise<z.output<typeof found>> {
    return read(found, await ask(actor, route`/wiki/api/v2/pages?space-id=${spaceId}&title=${title}&body-format=atlas_doc_format&limit=25`));
  }

  /** Adopted only with our nonce in its body and an author of ours: anybody can copy a title, readers can copy a nonce. */
  async function ours(pages: z.output<typeof found>, nonce: string, authors: readonly string[], actor: Actor): Promise<WrittenPage | null> {
    for (const page of pages.results) {
      if (!carriesNonce(page.body?.atlas_doc_format?.value ?? '', nonce)) continue;
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
  async function clash(answer: Answer, place: PagePlace, title: string, nonce: string, authors: readonly string[], actor: Actor): Promise<Extract<CreatePageAnswer, { outcome: 'title-taken' }> | null> {
    if (answer.status !== 400) return null;
    const pages = await byTitle(place.id, title, actor);
    // A page we may not see takes its title too; then only the message tells.
    return pages.results.length > 0 || /title/i.test(detailOf(answer.body)) ? { outcome: 'title-taken', ours: await ours(pages, nonce, authors, actor) } : null;
  }

  async function refusal(status: number, body: unknown, space: { readonly key: string }, actor: Actor): Promise<CreatePageAnswer> {
    const detail = `${status} ${detailOf(body)}`;
    if (status === 401 || status === 403) return { outcome: 'refused', reason: 'no-permission', detail };
    if (status !== 404) return { outcome: 'refused', reason: 'bad-page', detail };
    // Confluence says 404 for a missing space and for a missing right alike.
    const visible = (await findSpaces([space.key], actor)).length > 0;
    return { outcome: 'refused', reason: visible ? 'no-permission' : 'no-space', detail };
  }

  const tools = async (): Promise<PageTools> => {
    const { org, scheme } = await site();
    return { texts: named(texts, scheme), id, org, roles: scheme.roles };
  };
  const bodyOf = async (facts: PageFacts) => incidentPage(facts, macroIdentity(), await tools());

  return {
    title(facts, attempt) {
      const suffix = attempt === 0 ? '' : ` (${attempt + 1})`;
      const full = texts.say(facts.lang, 'page.title', { key: facts.key, title: plainLine(facts.title, 180) });
      return plainLine(full, MAX_TITLE - suffix.length) + suffix;
    },

    ...createRefresher(tools),

    preview: async (facts) => previewOf(await bodyOf(facts)),

    async source(pageId, version, actor) {
      // An older version does not tell that its page lies in the trash.
      if (version !== null && (await lookAt(pageId, actor))?.status !== 'current') return null;
      const answer = await ask(actor, version === null ? route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format` : route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format&version=${version}`);
      if (answer.status === 404 || answer.status === 403) return null;
      const page = read(source, answer);
      return version === null && page.status !== 'current' ? null : { title: page.title, version: page.version.number, adf: page.body.atlas_doc_format.value };
    },
    async tryOut(facts) {
      const filled = filledPage(facts, macroIdentity(), await tools());
      return filled === null ? null : { lines: previewOf(filled.adf), unknown: filled.unknown, leftOut: filled.leftOut };
    },

    async create(place, title, facts: PageFacts, authors, actor) {
      const value = JSON.stringify(await bodyOf(facts));
      const write = (parentId: string | null): Promise<Answer> =>
        ask(actor, route`/wiki/api/v2/pages?private=${String(facts.visibility === 'private')}`, {
          method: 'POST',
          json: { spaceId: place.id, status: 'current', title, ...(parentId === null ? {} : { parentId }), body: { representation: 'atlas_doc_format', value } },
        });
      const parentId = await usableParent(place, actor);
      let answer = await write(parentId);
      let taken = await clash(answer, place, title, facts.nonce, authors, actor);
      // Gone since it was looked at, or nothing may be made below it: the page matters more than its place.
      if (!answer.ok && taken === null && parentId !== null) {
        answer = await write(null);
        taken = await clash(answer, place, title, facts.nonce, authors, actor);
      }
      if (answer.ok) {
        const page = read(created, answer);
        return { outcome: 'created', page: { id: page.id, url: await urlOf(page.id, page._links, actor), parentId: page.parentId ?? null } };
      }
      return taken ?? (await refusal(answer.status, answer.body, place, actor));
    },

    async mark(head, actor) {
      if (head.page === null) throw new Error('an incident is marked on its page');
      await setProperty(head.page.id, 'mackerel_incident', incidentProperty(head), actor);
      await setProperty(head.page.id, 'mackerel_byline', bylineOf(head, named(texts, (await site()).scheme)), actor);
      if (head.visibility === 'public') await addLabel(head.page.id, actor);
    },

    async unmark(pageId, actor) {
      for (const key of ['mackerel_incident', 'mackerel_byline', VIEWING_KEY]) if (!(await removeProperty(pageId, key, actor))) return false;
      return await removeLabel(pageId, actor);
    },

    leaveKey,

    nameOnBoard: (pageId, { id: incidentId, nonce, lang, key }, actor) => nameIncident(pageId, { incidentId, nonce }, texts.say(lang, 'page.started', { key }), actor),

    adopt: async (space, title, nonce, authors, actor) => await ours(await byTitle(space.id, title, actor), nonce, authors, actor),

    async remove(pageId, actor) {
      const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`, { method: 'DELETE' });
      if (!answer.ok && answer.status !== 404) throw new AppFailure('page-refused', 'error.page-refused.stays');
    },

    async look(pageId, actor) {
      const there = await lookAt(pageId, actor);
      if (there === null) return null;
      const { status, spaceId, _links } = there;
      return { state: status === 'trashed' ? 'trashed' : 'current', url: await urlOf(pageId, _links, actor), spaceId };
    },

    async spaceByKey(key, actor) {
      return (await findSpaces([key], actor)).find((space) => space.key === key) ?? null;
    },
  };
}
