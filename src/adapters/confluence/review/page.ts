/** The record on the page of its incident, through Confluence's REST API. */
import { named } from '../../../domain/scheme';
import type { Actor, ReviewFacts, ReviewPage } from '../../../ports';
import { readBody, writeBody } from '../edit-page';
import type { PageWriterOptions } from '../pages';
import { previewOf } from '../template/preview';
import { drawerOf, drawPart, SECTIONS, type Drawer } from './draw';
import { fill, type PageDoor } from './fill';
import { headings, parsed, standings } from './insert';

/** `message`: of the versions that are written. */
const doorOf = (pageId: string, message: string, actor: Actor): PageDoor => ({
  read: () => readBody(pageId, actor),
  write: (page, adf) => writeBody(pageId, page, adf, message, actor),
});

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
