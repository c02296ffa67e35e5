/** One plausible incident in the shapes of the contract, in both languages, at a fixed time. */
import type { AlertView, BoardView, EntryView, GraphView, HomeView, HostView, IncidentHeadView, Lang, PastView, RuleWhen, SettingsView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';

export const NOW = Date.UTC(2026, 10, 23, 17, 35, 12);
const MINUTE = 60_000;
export const ago = (minutes: number): number => NOW - minutes * MINUTE;
const by = (name: 'alice' | 'bob' | 'carol') => ({ accountId: `acc-${name}` });
export const NAMES: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: { 'acc-alice': 'Alice Hartmann', 'acc-bob': 'Bob Okafor', 'acc-carol': 'Carol Maximiliana Featherstonehaugh', 'acc-app': 'Incident Pages for Mackerel', '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077': 'Incident Pages for Mackerel' },
  ja: { 'acc-alice': '佐藤 有栖', 'acc-bob': '鈴木 健太郎', 'acc-carol': '長谷川 小百合', 'acc-app': 'Incident Pages for Mackerel', '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077': 'Incident Pages for Mackerel' },
};
const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);

export function head(lang: Lang, part: Partial<IncidentHeadView> = {}): IncidentHeadView {
  return {
    id: 'i1', key: '2026-042', title: pick(lang, 'Checkout is slow', '決済が遅い'), kind: 'incident', severity: 'sev1', status: 'identified', visibility: 'public', service: 'shop', hidden: null, imported: null,
    detectedAt: ago(24), declaredAt: ago(22), declaredBy: null, firstResponse: { at: ago(20), by: by('alice') }, identifiedAt: ago(9), mitigatedAt: null, resolvedAt: null, closedAt: null,
    roles: [
      { id: 'commander', name: null, person: by('alice'), since: ago(20) }, { id: 'operator', name: null, person: by('bob'), since: ago(18) },
      { id: 'communicator', name: null, person: null, since: null }, { id: 'scribe', name: null, person: null, since: null },
      { id: pick(lang, 'x:Database', 'x:DB 担当'), name: pick(lang, 'Database', 'DB 担当'), person: by('carol'), since: ago(12) },
    ],
    situation: { text: pick(lang, 'Database connections are exhausted. Rolling back #4711.', 'DB のコネクションが枯渇。#4711 を切り戻し中。'), by: by('alice'), at: ago(8), v: 12 },
    impact: { text: pick(lang, 'A third of payments fail (since 02:11)', '決済の 3 割が失敗 (02:11〜)'), by: by('bob'), at: ago(15), v: 9 },
    places: { call: 'https://meet.example.com/abc-defg-hij', chat: 'https://chat.example.com/incident-042', by: by('alice'), at: ago(19), v: 5 },
    cause: { deploy: { id: 'd1', title: 'deploy #4711', from: ago(31), to: ago(30) }, by: by('alice'), at: ago(9) },
    graphs: [{ id: 'g:1', host: { id: 'h3', name: 'db-01' }, service: null, metric: 'loadavg5', unit: null }],
    lastUpdateAt: ago(8), page: { id: '11', url: 'https://site.example.com/wiki/spaces/OPS/pages/11', state: 'current' }, version: 24, openAlerts: 2, linkedAlerts: 3, ...part,
  };
}

const alert = (part: Partial<AlertView>): AlertView => ({
  id: 'a1', status: 'CRITICAL', open: true, monitorName: 'checkout p95', monitorType: 'host', host: { id: 'h1', name: 'web-01' }, service: 'shop', metricLabel: 'custom.checkout.p95', unit: 'milliseconds',
  operator: '>', warning: 500, critical: 800, valueAtOpening: 1120, now: { value: 2310, at: ago(0) }, trend: 'worse', message: null, openedAt: ago(24), closedAt: null, closedBy: null, unverified: false,
  url: 'https://mackerel.io/orgs/demo/alerts/a1', why: null, linked: true, v: 3, ...part,
});
export const alerts: readonly AlertView[] = [
  alert({}),
  alert({ id: 'a2', status: 'WARNING', monitorName: 'db connections', host: { id: 'h3', name: 'db-01' }, metricLabel: 'custom.db.connections', unit: null, warning: 150, critical: 200, valueAtOpening: 176, now: { value: 188, at: ago(0) }, openedAt: ago(19) }),
  alert({ id: 'a3', status: 'OK', open: false, monitorName: 'web http', monitorType: 'check', metricLabel: null, operator: null, warning: null, critical: null, valueAtOpening: null, now: null, trend: null, openedAt: ago(21), closedAt: ago(6), message: 'HTTP 503' }),
];
/** A check that failed and recovered four times within half an hour. */
export const flapAlerts: readonly AlertView[] = [0, 1, 2, 3].map((n) =>
  alert({ id: `f${n}`, status: 'OK', open: false, monitorName: 'checkout-health', monitorType: 'check', metricLabel: null, operator: null, warning: null, critical: null, valueAtOpening: null, now: null, trend: null, openedAt: ago(50 - n * 7), closedAt: ago(47 - n * 7), message: 'HTTP 503' }));
export const FLAPS = [['f3', 'f2', 'f1', 'f0']];
export const hosts: readonly HostView[] = [
  { id: 'h1', name: 'web-01', status: 'working', roles: ['shop: web'], url: 'https://mackerel.io/orgs/demo/hosts/h1' },
  { id: 'h2', name: 'web-02', status: 'maintenance', roles: ['shop: web'], url: 'https://mackerel.io/orgs/demo/hosts/h2' },
  { id: 'h3', name: 'db-01.ap-northeast-1.compute.internal.example.com', status: 'working', roles: ['shop: db', 'blog: db'], url: 'https://mackerel.io/orgs/demo/hosts/h3' },
];

const entry = (id: string, at: number, part: Partial<EntryView>): EntryView => ({
  id, at, source: 'app', messageKey: null, params: {}, text: null, link: null, by: null, alertId: null, status: null, unverified: false, recordedAt: at, edited: null, pinned: false, removed: false, v: 3, ...part,
});
export const entries = (lang: Lang): readonly EntryView[] => [
  entry('e9', ago(1), { source: 'person', by: by('bob'), text: pick(lang, 'Raised the **pool** from `50` to `200`', '**pool** を `50` → `200` に変更') }),
  entry('e8', ago(4), { source: 'person', by: by('alice'), text: pick(lang, 'Started the rollback of #4711', '#4711 の切り戻しを開始'), recordedAt: ago(2), link: 'https://ci.example.com/4711', pinned: true }),
  entry('e7', ago(6), { source: 'mackerel', messageKey: 'entry.alert.recovered', params: { monitor: 'web http', host: 'web-01', value: '', operator: '', threshold: '', trigger: 'monitoring' }, alertId: 'a3', status: 'OK' }),
  entry('e6', ago(9), { messageKey: 'entry.cause.deploy', params: { title: 'deploy #4711' }, by: by('alice') }),
  entry('e5', ago(9), { messageKey: 'entry.status', params: { from: 'investigating', to: 'identified', note: '' }, by: by('alice') }),
  entry('e4', ago(18), { messageKey: 'entry.role.taken', params: { role: 'operator', name: '', from: '', to: 'acc-bob' }, by: by('bob') }),
  entry('e3', ago(20), { messageKey: 'entry.responded', by: by('alice') }),
  entry('e2', ago(22), { messageKey: 'entry.declared.rule' }),
  entry('e1', ago(24), { source: 'mackerel', messageKey: 'entry.alert.opened', params: { monitor: 'checkout p95', host: 'web-01', value: 1120, operator: '>', threshold: 800, trigger: 'monitoring' }, alertId: 'a1', status: 'CRITICAL' }),
  entry('e0', ago(31), { source: 'deploy', messageKey: 'entry.deploy', params: { title: 'deploy #4711', to: ago(30) }, recordedAt: ago(22) }),
];

/** An incident that was taken for over too soon, and a monitor that was edited meanwhile. */
export const wentOn = (lang: Lang): readonly EntryView[] => [
  entry('g2', ago(1), { messageKey: 'entry.reopened', params: { from: 'resolved', monitor: 'checkout p95', host: 'web-01' }, alertId: 'a1' }),
  entry('g1', ago(2), { messageKey: 'entry.alert.thresholds', params: { monitor: 'checkout p95', host: 'web-01', fromOperator: '>', toOperator: '>', fromWarning: 500, toWarning: '', fromCritical: 800, toCritical: 1200 }, alertId: 'a1' }),
  entry('g0', ago(3), { messageKey: 'entry.status', params: { from: 'identified', to: 'resolved', note: '' }, by: by('alice') }),
  ...entries(lang),
];

export function board(lang: Lang, part: Partial<BoardView> = {}): BoardView {
  return {
    incident: head(lang), survivor: null, alerts, flaps: [], hosts, deploys: [{ id: 'd1', title: 'deploy #4711', from: ago(31), to: ago(30) }], entries: entries(lang), olderEntries: 0, tickets: [],
    live: { asOf: NOW, state: 'live', since: null, reasonKey: null }, scheme: SCHEME, can: { edit: true, mackerel: true }, atHome: true, pass: 'pass', passExpiresAt: NOW + 5 * MINUTE, channel: null, now: NOW, ...part,
  };
}
export function past(lang: Lang): PastView {
  const incident = head(lang, { status: 'investigating', identifiedAt: null, cause: null, situation: null, openAlerts: 3 });
  return { at: ago(12), incident, alerts: alerts.map((one) => ({ ...one, open: true, status: one.id === 'a2' ? 'WARNING' : 'CRITICAL', closedAt: null, now: null, trend: null })), flaps: [], hosts, deploys: board(lang).deploys, entries: entries(lang).filter((one) => one.recordedAt <= ago(12)), tickets: [] };
}
export function graph(target: GraphView['target']): GraphView {
  const points = Array.from({ length: 60 }, (_, n) => ({ at: ago(60 - n), value: n < 35 ? 220 + 40 * Math.sin(n / 3) : 220 + (n - 35) * 84 })).filter((_, n) => n < 20 || n > 25);
  return { target, title: 'checkout p95 (web-01)', unit: 'milliseconds', points, operator: '>', warning: 500, critical: 800, from: ago(60), to: NOW, openedAt: ago(24), closedAt: null, deploys: board('en').deploys, now: NOW };
}

export function home(lang: Lang, part: Partial<HomeView> = {}): HomeView {
  const candidate = { id: 'c:a9', alert: alert({ id: 'a9', status: 'WARNING', monitorName: 'blog response time', host: { id: 'h5', name: 'blog-01' }, service: 'blog', linked: false, openedAt: ago(7) }), why: { messageKey: 'candidate.why.default', params: {} } };
  return {
    configured: true, isAdmin: true, keepsSettings: false, declareGroup: null, scheme: SCHEME, spaces: [{ id: '1', key: 'OPS', name: pick(lang, 'Operations', '運用'), services: ['shop'], canDeclare: true }, { id: '2', key: 'SRE', name: 'SRE', services: ['blog'], canDeclare: true }],
    candidates: [candidate], moreCandidates: false, inDowntime: [], pageTemplates: [], incidents: [head(lang), head(lang, { id: 'i2', key: '2026-041', title: pick(lang, 'Login fails for some', '一部のユーザーがログインできない'), severity: 'sev3', status: 'closed', openAlerts: 0, resolvedAt: ago(1300), closedAt: ago(1200), detectedAt: ago(1440), declaredAt: ago(1435) })], now: NOW, ...part,
  };
}
/** Two that nobody judged before they were over, one of them unread yet. */
export function recovered(lang: Lang): HomeView['candidates'] {
  const over = (id: string, part: Partial<AlertView>): HomeView['candidates'][number] => ({ id: `c:${id}`, alert: alert({ id, status: 'OK', open: false, linked: false, openedAt: ago(200), closedAt: ago(170), ...part }), why: { messageKey: 'candidate.why.rule', params: { n: 3 } } });
  return [...home(lang).candidates, over('o1', { monitorName: 'disk%', host: { id: 'h6', name: 'batch-01' }, unverified: true }), over('o2', { monitorName: '<b>x</b> '.repeat(12).trim(), openedAt: ago(3_000), closedAt: ago(2_900), closedBy: 'monitorDelete' })];
}
/** Alerts that planned work keeps quiet. */
export function inDowntime(lang: Lang): HomeView['inDowntime'] {
  const quiet = (id: string, host: string, name: string, until: number): HomeView['inDowntime'][number] => ({
    id: `c:${id}`, alert: alert({ id, status: 'CRITICAL', host: { id: `h-${id}`, name: host }, linked: false, openedAt: ago(7) }), why: { messageKey: 'candidate.why.downtime', params: { name, until } },
  });
  return [quiet('q1', 'db-01', pick(lang, 'DB maintenance', 'DB メンテナンス'), ago(-25)), quiet('q2', 'branch-07-gateway.ap-northeast-1.example.internal', '<b>x</b> '.repeat(12).trim(), ago(-3_000))];
}
const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
export const settings: SettingsView = {
  apiKeyLast4: '9f3k', orgName: 'demo', canWrite: true, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: { id: '12', title: '障害記録' } }, { name: 'blog', spaceKey: 'SRE', lang: 'en', parent: null }],
  rules: [{ id: 'r1', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } }, { id: 'r2', name: '', when: ANY, then: { action: 'candidate', times: 1, minutes: 60 } }],
  fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: true, writes: { enabled: true, group: 'responders' }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: 'https://mackerel:secret@example.webtrigger.atlassian.app/public/abc', guide: { settled: null, webhook: true, sample: null }, version: 3,
};
