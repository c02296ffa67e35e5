/** Our templates in Confluence, and pages that are templates: none, some in every state, and what can go wrong. */
import type { Page } from '@playwright/test';
import type { InstalledTemplatesView, Lang, PageTemplateLook, PageTemplatesView, TemplatePlace } from '../../src/contract';
import { ago, settings } from './data';
import { choices } from './rule-states';
import type { Answer } from './host';
import { refused, value, type State } from './state';
import { templatePreview } from './template-data';
import { projects } from './ticket-states';

const at = (template: TemplatePlace['template'], lang: TemplatePlace['lang'], spaceKey: string | null): TemplatePlace => ({ template, lang, spaceKey });
const by = { accountId: 'acc-alice' };
export const noneInstalled: InstalledTemplatesView = { installed: [], version: 3 };
const some: InstalledTemplatesView = {
  installed: [
    { ...at('incident', 'ja', 'OPS'), state: 'there', by, at: ago(3) },
    { ...at('communications', 'en', null), state: 'outdated', by: { accountId: 'acc-bob' }, at: ago(90_000) },
    { ...at('security', 'ja', `VERY${'LONG'.repeat(14)}`), state: 'gone', by, at: ago(2_000) },
    { ...at('drill', 'en', 'SRE'), state: 'hidden', by, at: ago(400_000) },
  ],
  version: 4,
};
const ours = { by, at: ago(3) };
const pages: PageTemplatesView = {
  pages: [
    { id: 'page-11', name: 'Incident structure of the platform team', pageId: '11', url: 'https://site.example/wiki/spaces/SRE/pages/11', version: 4, newest: 4, used: 2, ...ours },
    { id: 'page-12', name: `<img src=x onerror=alert(1)>${'長い名前'.repeat(8)}`, pageId: '12', url: 'https://site.example/wiki/spaces/SRE/pages/12', version: 2, newest: 7, used: 0, ...ours },
    { id: 'page-13', name: 'Deleted one', pageId: '13', url: null, version: 1, newest: null, used: 1, ...ours },
  ],
  version: 4,
};
const ADDRESS = 'https://site.example/wiki/spaces/SRE/pages/11/Structure';
const look = (lang: Lang): PageTemplateLook => ({ pageId: '11', title: 'Incident structure of the platform team', url: ADDRESS, version: 5, lang, lines: templatePreview(lang).lines, unknown: ['{{incidents.key}}', `{{${'x'.repeat(60)}}}`], leftOut: ['mediaSingle', 'mediaGroup'] });
const lookAt = async (page: Page): Promise<void> => {
  await page.locator('.pages .field > .input').fill(ADDRESS);
  await page.locator('.pages .card-actions button').first().click();
};
const INSTALL = '[aria-labelledby=shelf-title] .card-actions button';
function state(name: string, answers: Readonly<Record<string, Answer>>, more: Pick<State, 'act'> & { readonly ready?: string } = {}): State {
  return { name, screen: 'settings', ready: more.ready ?? '[aria-labelledby=shelf-title] .shelf-list', answers: (lang) => ({ ...projects(lang), 'settings.get': value(settings), 'rules.choices': value(choices), ...answers }), ...(more.act === undefined ? {} : { act: more.act }) };
}

export const shelfStates: readonly State[] = [
  state('settings-shelf', { 'templates.installed': value(some) }, { act: (page) => page.locator('[aria-labelledby=shelf-title] .shelf-list').scrollIntoViewIfNeeded() }),
  state('settings-shelf-done', { 'templates.installed': value(noneInstalled), 'template.install': value(some) }, { ready: '[aria-labelledby=shelf-title]', act: async (page) => { await page.locator(INSTALL).click(); await page.locator('[aria-labelledby=shelf-title] .shelf-list').waitFor(); } }),
  state('settings-shelf-refused', { 'templates.installed': value(noneInstalled), 'template.install': { error: { code: 'page-refused', messageKey: 'error.shelf.board' } } }, {
    ready: '[aria-labelledby=shelf-title] .empty-box',
    act: async (page) => { await page.locator('[aria-labelledby=shelf-title] .check input').nth(1).check(); await page.locator(INSTALL).click(); await page.locator('[aria-labelledby=shelf-title] .refusal').waitFor(); },
  }),
  state('settings-pages', { 'templates.pages': value(pages) }, { ready: '.pages .shelf-list', act: (page) => page.locator('.pages .shelf-list').scrollIntoViewIfNeeded() }),
  {
    name: 'settings-pages-look', screen: 'settings', ready: '.pages .shelf-list',
    answers: (lang) => ({ ...projects(lang), 'settings.get': value(settings), 'rules.choices': value(choices), 'templates.pages': value(pages), 'template.look': value(look(lang)) }),
    act: async (page) => { await lookAt(page); await page.locator('.page-look').scrollIntoViewIfNeeded(); },
  },
  state('settings-pages-refused', { 'templates.pages': value(pages), 'template.look': { error: { code: 'forbidden', messageKey: 'error.template-page.app' } } }, { ready: '.pages .shelf-list', act: async (page) => { await lookAt(page); await page.locator('.pages .refusal').waitFor(); } }),
  state('settings-shelf-silent', { 'templates.installed': refused('busy') }, { ready: '.shelf-failed' }),
];
