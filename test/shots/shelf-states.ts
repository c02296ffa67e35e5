/** Our templates in Confluence: none, some in every state, and what can go wrong. */
import type { InstalledTemplatesView, TemplatePlace } from '../../src/contract';
import { ago, settings } from './data';
import { choices } from './rule-states';
import type { Answer } from './host';
import { refused, value, type State } from './state';
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
const INSTALL = '.shelf .card-actions button';
function state(name: string, answers: Readonly<Record<string, Answer>>, more: Pick<State, 'act'> & { readonly ready?: string } = {}): State {
  return { name, screen: 'settings', ready: more.ready ?? '.shelf-list', answers: (lang) => ({ ...projects(lang), 'settings.get': value(settings), 'rules.choices': value(choices), ...answers }), ...(more.act === undefined ? {} : { act: more.act }) };
}

export const shelfStates: readonly State[] = [
  state('settings-shelf', { 'templates.installed': value(some) }, { act: (page) => page.locator('.shelf-list').scrollIntoViewIfNeeded() }),
  state('settings-shelf-done', { 'templates.installed': value(noneInstalled), 'template.install': value(some) }, { ready: '.shelf', act: async (page) => { await page.locator(INSTALL).click(); await page.locator('.shelf-list').waitFor(); } }),
  state('settings-shelf-refused', { 'templates.installed': value(noneInstalled), 'template.install': { error: { code: 'page-refused', messageKey: 'error.shelf.board' } } }, {
    ready: '.shelf .empty-box',
    act: async (page) => { await page.locator('.shelf .check input').nth(1).check(); await page.locator(INSTALL).click(); await page.locator('.shelf .refusal').waitFor(); },
  }),
  state('settings-shelf-silent', { 'templates.installed': refused('busy') }, { ready: '.shelf-failed' }),
];
