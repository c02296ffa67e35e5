/** The set-up guide: each of its steps, from nothing to its end. */
import type { Page } from '@playwright/test';
import type { GuideView, SampleView, SettingsView } from '../../src/contract';
import { ago, settings } from './data';
import { choices } from './rule-states';
import { refused, value, type State } from './state';
import { projects } from './ticket-states';

const EMPTY: SettingsView = { ...settings, apiKeyLast4: null, orgName: null, canWrite: null, services: [], rules: [], slackConfigured: false, writes: { enabled: false, group: null }, webhookUrl: null, guide: { settled: null, webhook: false, sample: null }, version: 0 };
const connected: Partial<SettingsView> = { apiKeyLast4: '9f3k', orgName: 'demo', canWrite: false, webhookUrl: settings.webhookUrl, version: 2 };
const guide = (part: Partial<GuideView>): Partial<SettingsView> => ({ guide: { ...EMPTY.guide, settled: [], ...part } });
const there: SampleView = { state: 'there', url: 'https://site.example/wiki/spaces/OPS/pages/1', until: ago(-30) };
const mapped: Partial<SettingsView> = { ...connected, services: settings.services };

function at(name: string, stored: Partial<SettingsView>, more: Partial<State> & { readonly jira?: false } = {}): State {
  return {
    name, screen: 'settings', ready: more.ready ?? '.guide, .guide-line',
    answers: (lang) => ({ ...(more.jira === false ? { '/rest/api/3/project/search': { status: 404 } } : projects(lang)), 'settings.get': value({ ...EMPTY, ...stored }), 'rules.choices': value(choices), 'settings.save': refused('mackerel-key') }),
    ...(more.act === undefined ? {} : { act: more.act }),
  };
}
const submit = (page: Page): Promise<void> => page.locator('.guide-body button[type=submit]').click();

export const guideStates: readonly State[] = [
  at('settings-first', {}),
  at('guide-key-refused', {}, { act: async (page) => { await page.locator('#api-key').fill('wrong'); await submit(page); } }),
  at('guide-webhook', { ...connected, ...guide({}) }),
  at('guide-services', { ...connected, ...guide({ webhook: true }) }),
  at('guide-rules', { ...mapped, ...guide({ settled: ['webhook'] }) }),
  at('guide-tickets', { ...mapped, ...guide({ webhook: true, settled: ['rules'] }) }),
  at('guide-no-jira', { ...mapped, ...guide({ webhook: true, settled: ['rules'] }) }, { jira: false, ready: '.guide .project-choice [role=alert]' }),
  at('guide-slack', { ...mapped, ...guide({ webhook: true, settled: ['rules', 'tickets'] }) }),
  at('guide-sample', { ...mapped, ...guide({ webhook: true, settled: ['rules', 'tickets', 'slack'] }) }),
  at('guide-sample-there', { ...mapped, ...guide({ webhook: true, settled: ['rules', 'tickets', 'slack'], sample: there }) }, { act: async (page) => { await page.locator('.guide-line button').click(); await page.locator('.guide-head').last().click(); } }),
  {
    name: 'settings-changes', screen: 'settings', ready: 'form',
    answers: (lang) => ({
      ...projects(lang), 'settings.get': value(settings), 'rules.choices': value(choices),
      'settings.changes': value({
        changes: [
          { n: 3, at: ago(2), by: { accountId: 'acc-alice' }, changed: [{ field: 'apiKey', before: null, after: null }, { field: 'services', before: 'shop → OPS (ja)', after: 'shop → SRE (en)\nblog → SRE (en)' }] },
          { n: 2, at: ago(3_000), by: { accountId: 'acc-bob' }, changed: [{ field: 'rules', before: null, after: `1. <b>${'x'.repeat(90)}</b>: service=shop statuses=["CRITICAL"] → declare severity=sev2 kind=incident` }, { field: 'tickets', before: 'OPS: Task', after: null }] },
        ],
        more: true,
      }),
    }),
    act: async (page) => { await page.locator('[aria-labelledby=changes-title] button').click(); await page.locator('.changes').waitFor(); },
  },
];
