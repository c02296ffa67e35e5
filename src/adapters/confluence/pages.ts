import { getAppContext, route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import { plainLine } from '../../domain/text';
import type { Actor, CreatePageAnswer, PageFacts, PageWriter, Texts } from '../../ports';
import { findSpaces } from './access';
import { ask, read } from './http';
import { addLabel, bylineOf, incidentProperty, setProperty } from './marks';
import { nameIncident } from './name-incident';
import { leaveKey } from './viewing-key';
import { macroIdentity } from './identity';
import { carriesNonce } from './template/board-node';
import { filledPage, incidentPage, type PageTools } from './template/page';
import { previewOf } from './template/preview';

const MAX_TITLE = 255;
const links = z.object({ base: z.string().optional(), webui: z.string().optional() });
const created = z.object({ id: z.string(), _links: links });
const looked = z.object({ status: z.string(), _links: links });
const found = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      authorId: z.string().nullish(),
      body: z.object({ atlas_doc_format: z.object({ value: z.string() }).nullish() }).nullish(),
      _links: links.nullish(),
    }),
  ),
  _links: links.nullish(),
});
const source = z.object({ status: z.string(), title: z.string(), version: z.object({ number: z.number().int() }), body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }) });
const account = z.object({ accountId: z.string() });

interface Page {
  readonly id: string;
  readonly url: string;
}

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
  /** Mackerel's organisation, for links; null while unknown. */
  readonly org: () => Promise<string | null>;
}

export function createPageWriter({ texts, id, org }: PageWriterOptions): PageWriter {
  // Kept for one call only: the next may be of another installation.
  let self: { readonly call: string; readonly accountId: Promise<string> } | null = null;
  const ownAccount = (): Promise<string> => {
    const call = getAppContext().invocationId;
    if (self?.call !== call) {
      const accountId = ask({ as: 'app' }, route`/wiki/rest/api/user/current`).then((answer) => read(account, answer).accountId);
      self = { call, accountId };
    }
    return self.accountId;
  };

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
  async function ours(pages: z.output<typeof found>, nonce: string, authors: readonly string[], actor: Actor): Promise<Page | null> {
    for (const page of pages.results) {
      if (!carriesNonce(page.body?.atlas_doc_format?.value ?? '', nonce)) continue;
      if (page.authorId == null || ![...authors, await ownAccount()].includes(page.authorId)) continue;
      const known = { base: page._links?.base ?? pages._links?.base, webui: page._links?.webui };
      return { id: page.id, url: await urlOf(page.id, known, actor) };
    }
    return null;
  }

  async function refusal(status: number, body: unknown, space: { readonly key: string }, actor: Actor): Promise<CreatePageAnswer> {
    const detail = `${status} ${detailOf(body)}`;
    if (status === 401 || status === 403) return { outcome: 'refused', reason: 'no-permission', detail };
    if (status !== 404) return { outcome: 'refused', reason: 'bad-page', detail };
    // Confluence says 404 for a missing space and for a missing right alike.
    const visible = (await findSpaces([space.key], actor)).length > 0;
    return { outcome: 'refused', reason: visible ? 'no-permission' : 'no-space', detail };
  }

  const tools = async (): Promise<PageTools> => ({ texts, id, org: await org() });
  const bodyOf = async (facts: PageFacts) => incidentPage(facts, macroIdentity(), await tools());

  return {
    title(facts, attempt) {
      const suffix = attempt === 0 ? '' : ` (${attempt + 1})`;
      const full = texts.say(facts.lang, 'page.title', { key: facts.key, title: plainLine(facts.title, 180) });
      return plainLine(full, MAX_TITLE - suffix.length) + suffix;
    },

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

    async create(space, title, facts: PageFacts, authors, actor) {
      const value = JSON.stringify(await bodyOf(facts));
      const answer = await ask(actor, route`/wiki/api/v2/pages?private=${String(facts.visibility === 'private')}`, {
        method: 'POST',
        json: { spaceId: space.id, status: 'current', title, body: { representation: 'atlas_doc_format', value } },
      });
      if (answer.ok) {
        const page = read(created, answer);
        return { outcome: 'created', page: { id: page.id, url: await urlOf(page.id, page._links, actor) } };
      }
      if (answer.status === 400) {
        const pages = await byTitle(space.id, title, actor);
        const page = await ours(pages, facts.nonce, authors, actor);
        // A page we may not see takes its title too; then only the message tells.
        if (pages.results.length > 0 || /title/i.test(detailOf(answer.body))) return { outcome: 'title-taken', ours: page };
      }
      return await refusal(answer.status, answer.body, space, actor);
    },

    async mark(head, actor) {
      if (head.page === null) throw new Error('an incident is marked on its page');
      await setProperty(head.page.id, 'mackerel_incident', incidentProperty(head), actor);
      await setProperty(head.page.id, 'mackerel_byline', bylineOf(head, texts), actor);
      if (head.visibility === 'public') await addLabel(head.page.id, actor);
    },

    async restrict(pageId, accounts, actor) {
      const users = [...new Set([...accounts, await ownAccount()])].map((accountId) => ({ type: 'known', accountId }));
      const json = ['read', 'update'].map((operation) => ({ operation, restrictions: { user: users } }));
      const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/restriction`, { method: 'PUT', json });
      // Some plans know no restrictions: then there is no private incident, rather than one that only looks private.
      if (!answer.ok) throw new AppFailure('page-refused', 'error.page-refused.private');
    },

    async unrestrict(pageId, actor) {
      const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/restriction`, { method: 'DELETE' });
      if (!answer.ok) throw new AppFailure('page-refused', 'error.page-refused.no-permission');
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
      const { status, _links } = there;
      return { state: status === 'trashed' ? 'trashed' : 'current', url: await urlOf(pageId, _links, actor) };
    },

    async spaceByKey(key, actor) {
      return (await findSpaces([key], actor)).find((space) => space.key === key) ?? null;
    },
  };
}
