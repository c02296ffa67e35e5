/** Every state a screen can be in. One list for pictures and for the accessibility check. */
import { boardStates } from './board-states';
import { ago, alerts, head, home, settings } from './data';
import { BOARD, refused, shown, value, type State } from './state';
import { timelineStates } from './timeline-states';

const NOTICE = '.notice';

export const states: readonly State[] = [
  { name: 'board', screen: 'board', answers: (lang) => shown(lang), ready: BOARD },
  { name: 'board-nobody-yet', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { status: 'investigating', severity: 'pending', firstResponse: null, identifiedAt: null, roles: [], situation: null, impact: null, places: null, cause: null, graphs: [] }) }), ready: BOARD },
  { name: 'board-recovered', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { openAlerts: 0 }), alerts: alerts.map((one) => ({ ...one, open: false, status: 'OK', closedAt: ago(1), now: null, trend: null })) }), ready: BOARD },
  { name: 'board-resolved', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { status: 'resolved', mitigatedAt: ago(5), resolvedAt: ago(2), openAlerts: 0, nextUpdateAt: null }), alerts: [] }), ready: BOARD },
  { name: 'board-update-overdue', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { nextUpdateAt: ago(7) }) }), ready: BOARD },
  { name: 'board-viewer', screen: 'board', answers: (lang) => shown(lang, { can: { edit: false, mackerel: false } }), ready: BOARD },
  { name: 'board-not-live', screen: 'board', answers: (lang) => shown(lang, { live: { asOf: ago(6), state: 'stale', since: ago(5), reasonKey: 'live.reason.unreachable' } }), ready: BOARD },
  { name: 'board-no-key', screen: 'board', answers: (lang) => shown(lang, { live: { asOf: null, state: 'not-configured', since: null, reasonKey: 'live.reason.not-configured' }, alerts: [], hosts: [] }), ready: BOARD },
  { name: 'board-private', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { visibility: 'private', key: 'kqzvmwta' }) }), ready: BOARD },
  { name: 'board-hostile', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { title: '<img src=x onerror=alert(1)> '.repeat(6) }), hosts: [{ id: 'h9', name: '<img onerror=alert(1)>'.repeat(8), status: 'unknown', roles: ['x'.repeat(120)], url: 'https://mackerel.io/my/hosts/h9' }] }), ready: BOARD },
  { name: 'board-loading', screen: 'board', answers: () => ({ 'board.load': 'never' }), ready: '.skeleton' },
  { name: 'board-gone', screen: 'board', answers: () => ({ 'board.load': refused('not-found') }), ready: NOTICE },
  { name: 'board-not-configured', screen: 'board', answers: () => ({ 'board.load': refused('not-configured') }), ready: NOTICE },
  { name: 'board-silent', screen: 'board', answers: () => ({ 'board.load': 'fails' }), ready: NOTICE },
  { name: 'board-editing', screen: 'board', answers: () => ({}), extension: { isEditing: true }, ready: NOTICE },
  ...boardStates,
  { name: 'home-now', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: 'main h1, [role=tabpanel]' },
  { name: 'home-new', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]', act: (page) => page.locator('.home-head button').click() },
  { name: 'home-all', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)) }), ready: '[role=tabpanel]', act: (page) => page.locator('[role=tab]').last().click() },
  { name: 'home-empty', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { candidates: [], incidents: [] })) }), ready: '[role=tabpanel]' },
  { name: 'home-not-configured', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { configured: false, candidates: [], incidents: [], spaces: [] })) }), ready: NOTICE },
  { name: 'home-failed', screen: 'home', answers: () => ({ 'home.load': 'fails' }), ready: NOTICE },
  { name: 'settings', screen: 'settings', answers: () => ({ 'settings.get': value(settings) }), ready: 'form' },
  { name: 'settings-first', screen: 'settings', answers: () => ({ 'settings.get': value({ ...settings, apiKeyLast4: null, orgName: null, canWrite: null, services: [], rules: [], slackConfigured: false, writes: { enabled: false, group: null }, webhookUrl: null, version: 0 }) }), ready: 'form' },
  { name: 'settings-refused', screen: 'settings', answers: () => ({ 'settings.get': refused('forbidden') }), ready: NOTICE },
  { name: 'dialog-help', screen: 'dialog', answers: () => ({}), extension: { modal: { name: 'help', given: {} } }, ready: '.keys' },
  ...timelineStates,
];
