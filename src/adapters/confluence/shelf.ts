/** Confluence's own page templates, over its v1 API: v2 has none. Bodies go in as ADF and come back in the storage format. */
import { createHash } from 'node:crypto';
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import { SCHEME } from '../../domain/scheme';
import type { TemplatePlace } from '../../contract';
import type { Actor, ShelvedTemplate, TemplateShelf, Texts } from '../../ports';
import { ask, read } from './http';
import { macroIdentity } from './identity';
import { blankPage } from './template/blank';
import { extensionKeyOf, MACRO_KEY } from './template/board-node';

const USER: Actor = { as: 'user' };
const AT_ONCE = 50;
const AT_MOST = 1_000;
const body = z.object({ value: z.string() }).nullish();
const template = z.object({ templateId: z.string(), name: z.string(), description: z.string(), body: z.object({ storage: body, atlas_doc_format: body }).nullish() });
const templates = z.object({ results: z.array(template) });
const hidden = (status: number): boolean => status === 401 || status === 403 || status === 404;

function shelved({ templateId, name, description, body: bodies }: z.output<typeof template>): ShelvedTemplate {
  const text = `${bodies?.storage?.value ?? ''}${bodies?.atlas_doc_format?.value ?? ''}`;
  return { id: templateId, name, description, board: text.includes(extensionKeyOf(macroIdentity())) ? 'ours' : text.includes(`/static/${MACRO_KEY}`) ? 'other' : 'none' };
}

export function createTemplateShelf({ texts, id }: { readonly texts: Texts; readonly id: () => string }): TemplateShelf {
  const title: TemplateShelf['title'] = ({ template: name, lang }) => ({
    name: texts.say(lang, 'shelf.name', { template: texts.say(lang, `home.template.${name}`) }),
    description: texts.say(lang, 'shelf.description'),
  });
  const bodyOf = ({ template: made, lang }: TemplatePlace, newId: () => string): string => JSON.stringify(blankPage(made, lang, macroIdentity(), { texts, id: newId, roles: SCHEME.roles }));
  return {
    title,
    structure: (of) => createHash('sha256').update(JSON.stringify([title(of), bodyOf(of, () => '')])).digest('hex').slice(0, 12),

    async list(spaceKey) {
      const found: ShelvedTemplate[] = [];
      for (let start = 0; start < AT_MOST; start += AT_ONCE) {
        const path = spaceKey === null ? route`/wiki/rest/api/template/page?start=${start}&limit=${AT_ONCE}&expand=body` : route`/wiki/rest/api/template/page?spaceKey=${spaceKey}&start=${start}&limit=${AT_ONCE}&expand=body`;
        const answer = await ask(USER, path);
        if (hidden(answer.status)) return null;
        const { results } = read(templates, answer);
        found.push(...results.map(shelved));
        if (results.length < AT_ONCE) break;
      }
      return found;
    },

    async write(of, known) {
      const json = {
        ...(known === null ? {} : { templateId: known }),
        ...title(of),
        templateType: 'page',
        body: { atlas_doc_format: { value: bodyOf(of, id), representation: 'atlas_doc_format' } },
        ...(of.spaceKey === null ? {} : { space: { key: of.spaceKey } }),
      };
      const answer = await ask(USER, route`/wiki/rest/api/template`, { method: known === null ? 'POST' : 'PUT', json });
      if (hidden(answer.status)) throw new AppFailure('forbidden', of.spaceKey === null ? 'error.shelf.site' : 'error.shelf.space', of.spaceKey === null ? {} : { space: of.spaceKey });
      if (!answer.ok) throw new AppFailure('page-refused', 'error.shelf.refused');
      return read(template, answer).templateId;
    },

    async get(known) {
      const answer = await ask(USER, route`/wiki/rest/api/template/${known}?expand=body`);
      return hidden(answer.status) ? null : shelved(read(template, answer));
    },

    async remove(known) {
      const answer = await ask(USER, route`/wiki/rest/api/template/${known}`, { method: 'DELETE' });
      if (!answer.ok && !hidden(answer.status)) throw new AppFailure('page-refused', 'error.shelf.stays');
      return answer.ok;
    },
  };
}
