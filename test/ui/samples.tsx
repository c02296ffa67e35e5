/** One plausible incident, in the shapes of the contract. */
import type { ReactElement } from 'react';
import { configure, render, type RenderResult } from '@testing-library/react';
import type { AlertView, BoardDelta, BoardView, EntryView, GraphView, IncidentHeadView, Lang, RoleView, TicketView } from '../../src/contract';
// Compiled here: a test would wait for it when it is asked for after the first paint.
import '../../static/ui/src/board/actions';
import '../../static/ui/src/board/improvements/Section';
import '../../static/ui/src/board/similar/Section';
import { SCHEME } from '../../src/domain/scheme';
import { AccountProvider } from '../../static/ui/src/parts/account';
import { makeWords, WordsProvider, type Texts, type Words } from '../../static/ui/src/words';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';

configure({ asyncUtilTimeout: 5_000 }); // a busy machine takes its time

export const T0 = Date.UTC(2026, 10, 23, 17, 11, 0);
export const MINUTE = 60_000;

export const role = (part: Partial<RoleView> = {}): RoleView => ({ id: 'commander', name: null, person: null, since: null, ...part });
export const head = (part: Partial<IncidentHeadView> = {}): IncidentHeadView => ({
  id: 'i1', key: '2026-042', title: 'Checkout is slow', kind: 'incident', severity: 'sev1', status: 'investigating', visibility: 'public', service: 'shop', hidden: null, imported: null,
  detectedAt: T0, declaredAt: T0 + 2 * MINUTE, declaredBy: { accountId: 'acc-alice' }, firstResponse: null, identifiedAt: null, mitigatedAt: null, resolvedAt: null, closedAt: null,
  roles: ['commander', 'operator', 'communicator', 'scribe'].map((id) => role({ id })), situation: null, impact: null, places: null, cause: null, graphs: [],
  lastUpdateAt: T0 + 2 * MINUTE, page: { id: '11', url: '/wiki/spaces/OPS/pages/11', state: 'current' }, version: 7, openAlerts: 1, linkedAlerts: 1, ...part,
});
/** Without a metric nothing is drawn: jsdom has no canvas. */
export const alert = (part: Partial<AlertView> = {}): AlertView => ({
  id: 'a1', status: 'CRITICAL', open: true, monitorName: 'checkout http', monitorType: 'check', host: { id: 'h1', name: 'web-01' }, service: 'shop', metricLabel: null, unit: null,
  operator: null, warning: null, critical: null, valueAtOpening: null, now: null, trend: null, message: 'HTTP 503', openedAt: T0, closedAt: null, closedBy: null, unverified: false,
  url: 'https://mackerel.io/orgs/demo/alerts/a1', why: null, linked: true, v: 1, ...part,
});
export const entry = (part: Partial<EntryView> = {}): EntryView => ({
  id: 'e1', at: T0, source: 'app', messageKey: 'entry.declared', params: {}, text: null, by: { accountId: 'acc-alice' }, alertId: null, status: null, unverified: false,
  link: null, recordedAt: part.at ?? T0, edited: null, pinned: false, removed: false, v: 1, ...part,
});
export const ticket = (part: Partial<TicketView> = {}): TicketView => ({
  id: 'k1', issueId: '10012', key: 'OPS-12', summary: null, kind: 'prevent', entryId: null, by: { accountId: 'acc-alice' }, at: T0 - 60 * MINUTE, state: 'linked', dropped: null,
  heardAt: 0, shownInJira: true, url: null, linked: true, v: 3, ...part,
});
/** An issue as Jira's own API tells it. */
export const issue = (id: string, key: string, fields: Readonly<Record<string, unknown>> = {}, properties: unknown = { mackerel_incident: { key: '2026-042' } }): object => ({
  id, key, properties,
  fields: { summary: `Summary of ${key}`, status: { name: 'In Progress', statusCategory: { key: 'indeterminate' } }, assignee: { accountId: 'acc-bob', displayName: 'Bob' }, duedate: null, resolution: null, priority: { name: 'High' }, project: { key: 'OPS' }, ...fields },
});
export const graph = (part: Partial<GraphView> = {}): GraphView => ({
  target: { alertId: 'a1' }, title: 'checkout p95', unit: 'milliseconds', points: [0, 1, 2, 3].map((minute) => ({ at: T0 + minute * MINUTE, value: 1_000 + minute })), operator: '>', warning: 500, critical: 800,
  from: T0 - 30 * MINUTE, to: T0 + 24 * MINUTE, openedAt: T0, closedAt: null, deploys: [], now: T0 + 24 * MINUTE, ...part,
});
export const board = (part: Partial<BoardView> = {}): BoardView => ({
  incident: head(), survivor: null, alerts: [alert()], flaps: [], hosts: [{ id: 'h1', name: 'web-01', status: 'working', roles: ['shop: web'], url: 'https://mackerel.io/orgs/demo/hosts/h1' }], deploys: [], entries: [entry()], olderEntries: 0, tickets: [],
  live: { asOf: T0 + 23 * MINUTE, state: 'live', since: null, reasonKey: null }, scheme: SCHEME, can: { edit: true, mackerel: false }, atHome: true, pass: 'pass-1', passExpiresAt: T0 + 60 * MINUTE, channel: null, now: T0 + 24 * MINUTE, ...part,
});
export const delta = (part: Partial<BoardDelta> = {}): BoardDelta => {
  const { incident, live, now } = board();
  return { incident, survivor: null, alerts: [], flaps: [], entries: [], tickets: [], hosts: [], deploys: [], live, scheme: SCHEME, pass: 'pass-2', passExpiresAt: T0 + 65 * MINUTE, channel: null, now, ...part };
};

export function words(lang: Lang = 'en'): Words {
  const texts: Texts = lang === 'ja' ? ja : en;
  return makeWords(texts, { lang, locale: lang === 'ja' ? 'ja-JP' : 'en-US', timeZone: 'Asia/Tokyo' });
}
/** As `account` sees it. */
export function show(element: ReactElement, lang: Lang = 'en', account: string | null = 'acc-bob'): RenderResult {
  return render(
    <WordsProvider words={words(lang)}>
      <AccountProvider value={account}>{element}</AccountProvider>
    </WordsProvider>,
  );
}
