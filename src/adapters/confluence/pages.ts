import { route } from '@forge/api';
import * as z from 'zod';
import type { SchemeView } from '../../contract';
import { AppFailure } from '../../domain/failure';
import { named } from '../../domain/scheme';
import { plainLine } from '../../domain/text';
import type { PageFacts, PageWriter, Texts } from '../../ports';
import { findSpaces } from './access';
import { ask, read } from './http';
import { addLabel, bylineOf, incidentProperty, removeLabel, removeProperty, setProperty } from './marks';
import { nameIncident } from './name-incident';
import { findNamed, lookAt, makeNamed, MAX_TITLE, urlOf } from './named-page';
import { leaveKey, VIEWING_KEY } from './viewing-key';
import { macroIdentity } from './identity';
import { createRefresher } from './refresh-page';
import { carriesNonce } from './template/board-node';
import { filledPage, incidentPage, type PageTools } from './template/page';
import { previewOf } from './template/preview';

const source = z.object({ status: z.string(), title: z.string(), version: z.object({ number: z.number().int() }), body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }) });

export interface PageWriterOptions {
  readonly texts: Texts;
  readonly id: () => string;
  /** Mackerel's organisation, for links (null while unknown), and what the installation calls things. */
  readonly site: () => Promise<{ readonly org: string | null; readonly scheme: SchemeView }>;
}

export function createPageWriter({ texts, id, site }: PageWriterOptions): PageWriter {
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

    create: async (place, title, facts, authors, actor) =>
      await makeNamed(place, title, JSON.stringify(await bodyOf(facts)), facts.visibility === 'private', { isOurs: (adf) => carriesNonce(adf, facts.nonce), authors }, actor),

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

    adopt: async (space, title, nonce, authors, actor) => await findNamed(space.id, title, { isOurs: (adf) => carriesNonce(adf, nonce), authors }, actor),

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
