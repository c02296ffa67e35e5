/** Confluence's templates as its users and its REST API see them, and the app's word on them. */
import type { BuiltInTemplate, TemplatePlace } from '../../src/contract';
import type { TestSite } from './harness';

export interface Shelved {
  readonly templateId: string;
  readonly name: string;
  readonly description: string;
  readonly body: { readonly storage: { readonly value: string } };
}
export interface ShelfRoom {
  /** In a space, or (null) of the whole site. */
  shelved(spaceKey: string | null): Promise<readonly Shelved[]>;
  /** Any call of Confluence's v1 API, as a person. */
  confluence(user: string, method: string, path: string, body?: object): Promise<{ readonly status: number; readonly json: unknown }>;
  /** The document of a template. */
  adf(id: string): unknown;
  /** State and author of each that the app knows of, by template. */
  states(): Promise<readonly string[]>;
  /** Nothing of ours is installed anywhere. */
  clear(): Promise<void>;
}

export function shelfRoom(site: TestSite): ShelfRoom {
  const confluence: ShelfRoom['confluence'] = async (user, method, path, body) => {
    const answer = await fetch(`${site.site.url}/wiki/rest/api/${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const shelved: ShelfRoom['shelved'] = async (spaceKey) => {
    const { json } = await confluence('admin', 'GET', `template/page?limit=200&expand=body${spaceKey === null ? '' : `&spaceKey=${spaceKey}`}`);
    return (json as { results: Shelved[] }).results;
  };
  return {
    shelved,
    confluence,
    adf: (id) => site.site.deps.products.templatesFor('acc-admin').find((one) => one.id === id)?.adf,
    async states() {
      const { installed } = await site.ok('admin', 'templates.installed', {});
      return installed.map(({ template, lang, spaceKey, state, by }) => `${template} ${lang} ${spaceKey ?? '*'} ${state} ${by.accountId}`).sort();
    },
    async clear() {
      for (const { template, lang, spaceKey } of (await site.ok('admin', 'templates.installed', {})).installed) await site.ok('admin', 'template.remove', { template, lang, spaceKey });
      for (const place of [null, 'OPS', 'SRE']) for (const { templateId } of await shelved(place)) await confluence('admin', 'DELETE', `template/${templateId}`);
    },
  };
}
export const at = (template: BuiltInTemplate, lang: 'ja' | 'en', spaceKey: string | null): TemplatePlace => ({ template, lang, spaceKey });
