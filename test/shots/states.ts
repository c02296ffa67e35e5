/** Every state a screen can be in. One list for pictures and for the accessibility check. */
import { boardStates } from './board-states';
import { ago, alerts, graph, head, home, inDowntime, recovered, settings, wentOn } from './data';
import { healthy } from './health-data';
import { guideStates } from './guide-states';
import { healthStates } from './health-states';
import { importStates } from './import-states';
import { peopleStates } from './people-states';
import { settingsStates } from './settings-states';
import { noneInstalled, shelfStates } from './shelf-states';
import { templateChoices, templatePreview } from './template-data';
import { evidenceStates } from './evidence-states';
import { BOARD, refused, shown, value, type State } from './state';
import { choices, ruleStates } from './rule-states';
import { mergeStates } from './merge-states';
import { review, reviewStates } from './review-states';
import { reportStates } from './report-states';
import { auditStates } from './audit-states';
import { updateStates } from './update-states';
import { similarStates } from './similar-states';
import { projects, ticketStates } from './ticket-states';
import { timelineStates } from './timeline-states';

const NOTICE = '.notice';
const wantsMetric = { config: { service: 'shop', metric: 'custom.checkout.p95', minutes: '180' } };

const all: readonly State[] = [
  { name: 'board', screen: 'board', answers: (lang) => shown(lang), ready: BOARD },
  { name: 'board-nobody-yet', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { status: 'investigating', severity: 'pending', firstResponse: null, identifiedAt: null, roles: [], situation: null, impact: null, places: null, cause: null, graphs: [] }) }), ready: BOARD },
  { name: 'board-recovered', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { openAlerts: 0 }), alerts: alerts.map((one) => ({ ...one, open: false, status: 'OK', closedAt: ago(1), now: null, trend: null })) }), ready: BOARD },
  { name: 'board-resolved', screen: 'board', answers: (lang) => ({ ...shown(lang, { incident: head(lang, { status: 'resolved', mitigatedAt: ago(5), resolvedAt: ago(2), openAlerts: 0 }), alerts: [] }), 'review.load': value(review(lang)) }), ready: BOARD },
  { name: 'board-update-overdue', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { lastUpdateAt: ago(37) }) }), ready: BOARD },
  { name: 'board-went-on', screen: 'board', answers: (lang) => shown(lang, { entries: wentOn(lang) }), ready: BOARD },
  { name: 'board-viewer', screen: 'board', answers: (lang) => shown(lang, { can: { edit: false, mackerel: false } }), ready: BOARD },
  { name: 'board-not-live', screen: 'board', answers: (lang) => shown(lang, { live: { asOf: ago(6), state: 'stale', since: ago(5), reasonKey: 'live.reason.unreachable' } }), ready: BOARD },
  { name: 'board-no-key', screen: 'board', answers: (lang) => shown(lang, { live: { asOf: null, state: 'not-configured', since: null, reasonKey: 'live.reason.not-configured' }, alerts: [], hosts: [] }), ready: BOARD },
  { name: 'board-private', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { visibility: 'private', key: 'kqzvmwta' }) }), ready: BOARD },
  { name: 'board-hostile', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { title: '<img src=x onerror=alert(1)> '.repeat(6) }), hosts: [{ id: 'h9', name: '<img onerror=alert(1)>'.repeat(8), status: 'unknown', roles: ['x'.repeat(120)], url: 'https://mackerel.io/my/hosts/h9' }] }), ready: BOARD },
  { name: 'board-loading', screen: 'board', answers: () => ({ 'board.load': 'never' }), ready: '.skeleton' },
  { name: 'board-gone', screen: 'board', answers: () => ({ 'board.load': refused('not-found') }), ready: NOTICE },
  { name: 'board-not-configured', screen: 'board', answers: () => ({ 'board.load': refused('not-configured') }), ready: NOTICE },
  { name: 'board-silent', screen: 'board', answers: () => ({ 'board.load': 'fails' }), ready: NOTICE },
  { name: 'board-sample', screen: 'board', answers: () => ({}), extension: { config: { incidentId: 'sample-1' } }, ready: NOTICE },
  { name: 'board-editing', screen: 'board', answers: () => ({}), extension: { isEditing: true }, ready: NOTICE },
  ...boardStates,
  ...mergeStates,
  ...reportStates,
  ...evidenceStates,
  ...updateStates,
  ...auditStates,
  { name: 'home-now', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: 'main h1, [role=tabpanel]' },
  { name: 'home-new', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]', act: (page) => page.locator('.home-head button').click() },
  {
    name: 'home-new-preview', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), 'template.preview': value(templatePreview(lang)) }), ready: '[role=tabpanel]',
    act: async (page) => {
      await page.locator('.home-head button').click();
      await page.locator('#new-title').fill((await page.locator('html').getAttribute('lang')) === 'ja' ? '決済が失敗する' : 'Checkout fails');
      await page.locator('#new-template').selectOption('short');
      await page.locator('.new-more summary').last().click();
      await page.locator('.preview').waitFor();
    },
  },
  {
    name: 'home-new-doubt', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]',
    act: async (page) => {
      await page.locator('.home-head button').click();
      await page.locator('.new-more summary').first().click();
      await page.locator('.doubt').nth(1).locator('input').first().check();
    },
  },
  {
    name: 'home-new-past', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]',
    act: async (page) => {
      await page.locator('.home-head button').click();
      await page.locator('#new-title').fill('Cache');
      await page.locator('.form .check input[type=checkbox]').first().check();
      await page.locator('.past-moment').first().waitFor();
      await page.locator('.card-actions button[type=submit]').click();
      await page.locator('.refusal').waitFor();
    },
  },
  { name: 'home-all', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]', act: (page) => page.locator('[role=tab]').nth(1).click() },
  { name: 'home-empty', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { candidates: [], incidents: [] })) }), ready: '[role=tabpanel]' },
  { name: 'home-recovered', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { candidates: recovered(lang), moreCandidates: true })) }), ready: '.candidate' },
  { name: 'home-downtime', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { inDowntime: inDowntime(lang) })) }), ready: '#downtime-title' },
  { name: 'home-not-configured', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { configured: false, candidates: [], incidents: [], spaces: [] })) }), ready: NOTICE },
  { name: 'home-failed', screen: 'home', answers: () => ({ 'home.load': 'fails' }), ready: NOTICE },
  { name: 'settings', screen: 'settings', answers: (lang) => ({ 'settings.get': value(settings), 'rules.choices': value(choices), ...projects(lang) }), ready: 'form' },
  { name: 'settings-templates', screen: 'settings', answers: (lang) => ({ 'settings.get': value({ ...settings, templates: templateChoices }), 'rules.choices': value(choices), ...projects(lang) }), ready: '.row-template' },
  ...guideStates,
  ...settingsStates,
  { name: 'settings-refused', screen: 'settings', answers: () => ({ 'settings.get': refused('forbidden') }), ready: NOTICE },
  { name: 'dialog-help', screen: 'dialog', answers: () => ({}), extension: { modal: { name: 'help', given: {} } }, ready: '.keys' },
  { name: 'graph', screen: 'graph', answers: () => ({ 'metric.graph': value({ ...graph({ graphId: '' }), deploys: [], openedAt: null }) }), extension: wantsMetric, ready: '.plot canvas' },
  { name: 'graph-unset', screen: 'graph', answers: () => ({}), ready: '.empty-box' },
  { name: 'graph-hidden', screen: 'graph', answers: () => ({ 'metric.graph': refused('not-found') }), extension: wantsMetric, ready: '.quiet button' },
  ...timelineStates,
  ...ticketStates,
  ...similarStates,
  ...reviewStates,
  ...ruleStates,
  ...shelfStates,
  ...healthStates,
  ...importStates,
  ...peopleStates,
];
/** Administrators' screens ask for the intake's health, the installed templates and what is being erased by themselves. */
const withHealth = (state: State): State => (state.screen === 'home' || state.screen === 'settings' ? { ...state, answers: (lang) => ({ 'health.get': value(healthy()), 'erase.state': value(null), 'templates.installed': value(noneInstalled), 'templates.pages': value({ pages: [], version: 3 }), ...state.answers(lang) }) } : state);
export const states: readonly State[] = all.map(withHealth);
