/** The record on the page of its incident, through Confluence's REST API. */
import { route } from '@forge/api';
import * as z from 'zod';
import { named } from '../../../domain/scheme';
import { plainLine } from '../../../domain/text';
import type { Actor, ReviewFacts, ReviewPage } from '../../../ports';
import { ask, read } from '../http';
import type { PageWriterOptions } from '../pages';
import { previewOf } from '../template/preview';
import { drawerOf, drawPart, SECTIONS, type Drawer } from './draw';
import { fill, type PageDoor } from './fill';
import { headings, parsed, standings } from './insert';

const page = z.object({
  status: z.string(),
  title: z.string(),
  version: z.object({ number: z.number().int() }),
  body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }),
});

/** `message`: of the versions that are written. */
function doorOf(pageId: string, message: string, actor: Actor): PageDoor {
  const look = (draft: boolean) => ask(actor, route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format&get-draft=${String(draft)}`);
  return {
    async read() {
      const now = await look(false);
      // The draft is looked at last: whoever begins to write after that publishes against a newer version.
      const edited = await look(true);
      if ([404, 403].includes(now.status) || [404, 403].includes(edited.status)) return null;
      const { title, version, body, status } = read(page, now);
      if (status !== 'current') return null;
      const adf = body.atlas_doc_format.value;
      const draft = read(page, edited);
      return { title, version: version.number, adf, isDrafted: draft.status === 'draft' && (draft.body.atlas_doc_format.value !== adf || draft.title !== title) };
    },
    async write(title, version, adf) {
      const json = { id: pageId, status: 'current', title, body: { representation: 'atlas_doc_format', value: adf }, version: { number: version, message: plainLine(message, 200) } };
      const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`, { method: 'PUT', json });
      return answer.ok ? 'written' : answer.status === 409 ? 'stale' : 'refused';
    },
  };
}

export function createReviewPage({ texts, site }: Pick<PageWriterOptions, 'texts' | 'site'>): ReviewPage {
  const drawerFor = async ({ incident }: ReviewFacts): Promise<Drawer> => {
    const { org, scheme } = await site();
    return drawerOf(incident.head, named(texts, scheme), org);
  };
  return {
    async look(pageId, facts, known, actor) {
      const drawer = await drawerFor(facts);
      const body = await doorOf(pageId, '', actor).read();
      if (body === null) return null;
      const doc = parsed(body.adf) ?? { type: 'doc', content: [] };
      const parts = SECTIONS.map((id) => drawPart(id, facts, drawer));
      const states = standings(doc, parts, facts.incident.head.id, known);
      const sections = parts.map(({ id, node }) => {
        const [, ...lines] = previewOf(node);
        return { id, state: states.get(id) ?? ('absent' as const), title: drawer.say(`page.fill.${id}.heading`), lines };
      });
      const text = sections.map(({ title, lines }) => [`## ${title}`, ...lines.map((line) => `- ${line.text}`)].join('\n')).join('\n\n');
      return { sections, places: headings(doc), isDrafted: body.isDrafted, text };
    },

    async fill(pageId, facts, wanted, place, known, actor) {
      const drawer = await drawerFor(facts);
      const { id: incidentId, key } = facts.incident.head;
      const parts = SECTIONS.filter((id) => wanted.includes(id)).map((id) => drawPart(id, facts, drawer));
      return await fill(doorOf(pageId, drawer.say('page.fill.message', { key }), actor), { incidentId, parts, known, place });
    },
  };
}
