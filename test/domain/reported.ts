/** An incident with something of everything, and one with nothing, to make reports of. */
import type { EntryView, Lang, ReportChoices, ReportForm } from '../../src/contract';
import { createTexts } from '../../src/adapters/texts';
import type { AlertRecord, Entry, Incident, IncidentHead } from '../../src/domain/record';
import { reportOf, type Report, type ReportFacts } from '../../src/domain/report';
import { entriesSince } from '../../src/usecases/entry-views';

export const T0 = Date.UTC(2026, 10, 23, 17, 11, 0);
export const MINUTE = 60_000;
export const NONE: ReportChoices = { people: false, hosts: false, links: false, notes: false, alerts: false, tickets: false };
export const ALL: ReportChoices = { people: true, hosts: true, links: true, notes: true, alerts: true, tickets: true };
const texts = createTexts();

const HEAD: IncidentHead = {
  schema: 2, ver: 1, changedAt: T0, id: 'i1', conn: 'c1', key: '2026-042', nonce: 'n1', title: 'Checkout is slow', kind: 'incident', visibility: 'public', lang: 'ja', service: 'shop',
  space: { id: 's1', key: 'OPS' }, page: { id: '11', url: 'https://site.example/wiki/11', state: 'current' }, detectedAt: T0, declaredAt: T0 + 2 * MINUTE, declaredBy: 'acc-alice', openAlerts: 0, linkedAlerts: 0, chunks: 1, outbox: [],
  severity: 'sev1', status: 'investigating', state: 'open', begunAt: T0, firstResponse: null, identifiedAt: null, mitigatedAt: null, resolvedAt: null, closedAt: null,
  roles: [], situation: null, impact: null, places: null, cause: null, graphs: [], lastUpdateAt: T0,
};
export const head = (part: Partial<IncidentHead> = {}): IncidentHead => ({ ...HEAD, ...part });
export const entry = (id: string, at: number, part: Partial<Entry> = {}): Entry => ({ id, at, source: 'app', messageKey: 'entry.declared', params: {}, text: null, by: 'acc-alice', alertId: null, recordedAt: at, set: null, revisions: [], v: 1, ...part });
export const note = (id: string, at: number, text: string, link: string | null = null): Entry => entry(id, at, { source: 'person', messageKey: null, text, by: 'acc-bob', revisions: [{ op: id, recordedAt: at, by: 'acc-bob', set: { at, text, link, removed: false } }] });
export const alert = (id: string, part: Partial<AlertRecord> = {}): AlertRecord => ({
  id, monitorId: 'm1', monitorName: 'checkout p95', monitorType: 'host', monitorMemo: null, host: { id: 'h1', name: 'web-01' }, service: 'shop', metricName: 'p95', unit: 'milliseconds', operator: '>', warning: 500, critical: 800, message: null,
  openedAt: T0, closedAt: T0 + 30 * MINUTE, reason: null, status: 'OK', statusAt: T0 + 30 * MINUTE, value: 1120, factsAt: T0, changes: [], links: [{ recordedAt: T0, on: true, by: null }], v: 1,
  logs: [{ id: 'l1', status: 'CRITICAL', trigger: 'monitoring', at: T0, value: 1120 }, { id: 'l2', status: 'OK', trigger: 'monitoring', at: T0 + 30 * MINUTE, value: 300 }], ...part,
});

export const EMPTY: Incident = { head: head({ detectedAt: T0 + 2 * MINUTE, begunAt: T0 + 2 * MINUTE }), entries: {}, alerts: {}, pins: {}, hosts: {}, tickets: {} };
const by = (text: string) => ({ text, by: 'acc-alice', at: T0, v: 1 });
const entries: readonly Entry[] = [
  entry('declared', T0 + 2 * MINUTE),
  entry('role', T0 + 3 * MINUTE, { messageKey: 'entry.role.given', params: { role: 'commander', name: '', to: 'acc-alice' } }),
  note('n1', T0 + 10 * MINUTE, 'web-01.shop.example の pool を拡大\n10.0.0.7 も。詳細は https://wiki.example/runbook を参照', 'https://wiki.example/evidence'),
  entry('sev', T0 + 12 * MINUTE, { messageKey: 'entry.severity.note', params: { from: 'sev2', to: 'sev1', note: '内部メモ' } }),
  entry('mitigated', T0 + 20 * MINUTE, { messageKey: 'entry.status', params: { from: 'investigating', to: 'mitigated' } }),
  entry('resolved', T0 + 30 * MINUTE, { messageKey: 'entry.status', params: { from: 'mitigated', to: 'resolved' } }),
  entry('ticket', T0 + 40 * MINUTE, { messageKey: 'entry.ticket.linked', params: { key: 'OPS-12' } }),
  entry('moved', T0 + 50 * MINUTE, { messageKey: 'entry.page.moved' }),
  entry('deploy:d1', T0 - MINUTE, { source: 'deploy', messageKey: 'entry.deploy', params: { title: 'deploy #4711', to: T0 }, by: null }),
];
export const FULL: Incident = {
  head: head({
    status: 'resolved', firstResponse: { at: T0 + 4 * MINUTE, by: 'acc-alice' }, mitigatedAt: T0 + 20 * MINUTE, resolvedAt: T0 + 30 * MINUTE,
    roles: [{ id: 'commander', name: null, person: 'acc-alice', since: T0 }], situation: by('web-01 の DB 接続が枯渇'), impact: by('決済の 3 割が失敗'), cause: { deploy: { id: 'd1', title: 'deploy #4711', from: T0 - MINUTE, to: T0 }, by: 'acc-alice', at: T0 },
  }),
  entries: Object.fromEntries(entries.map((one) => [one.id, one])),
  alerts: { a1: alert('a1') },
  pins: {},
  hosts: { h1: { id: 'h1', states: [{ recordedAt: T0, name: 'web-01', status: 'working', roles: ['shop:web'] }], v: 1 } },
  tickets: { k1: { id: 'k1', issueId: '1', issueKey: 'OPS-12', summary: null, kind: 'prevent', entryId: null, made: true, doubt: null, by: 'acc-alice', at: T0, heardAt: T0, deletedAt: null, shown: true, states: [{ op: 'o', recordedAt: T0, by: 'acc-alice', on: true, dropped: null }], v: 1 } },
};

export function reported(incident: Incident, form: ReportForm, choices: ReportChoices, part: Partial<ReportFacts> & { readonly entries?: readonly EntryView[] } = {}): Report {
  const lang: Lang = part.lang ?? 'ja';
  return reportOf({ incident, entries: entriesSince(incident, 0), form, lang, zone: 'Asia/Tokyo', choices, edits: {}, edition: 2, now: T0 + 60 * MINUTE, say: (key, params) => texts.say(lang, key, params), ...part });
}
export const json = (report: Report): string => JSON.stringify(report);
