/** The dialog that tells every change of an incident. */
import type { AuditRow, AuditView, Lang } from '../../src/contract';
import { ago } from './data';
import { refused, value, type State } from './state';

const evil = '<img src=x onerror=alert(1)>'.repeat(8);
const text = (said: string): AuditRow['what'] => (said === '' ? [] : [{ text: said }]);
const row = (n: number, part: Partial<AuditRow>): AuditRow => ({ id: `c${n}`, at: ago(n * 7), by: { accountId: n % 2 === 0 ? 'acc-alice' : 'acc-bob' }, kind: 'course', what: [], before: [], after: [], ...part });
const rows = (lang: Lang): readonly AuditRow[] => {
  const say = (en: string, ja: string): AuditRow['what'] => text(lang === 'ja' ? ja : en);
  return [
    row(1, { kind: 'review', what: say('Review: What was learned', '振り返り: 学んだこと'), before: [], after: say('What went well: the rollback', 'うまくいったこと: 切り戻しが速かった') }),
    row(2, { kind: 'notes', what: say('Note changed', 'メモを変更'), before: text('pool 50'), after: text(evil) }),
    row(3, { kind: 'people', what: [{ person: 'acc-alice' }, ...say(' handed over', ' が引き継ぎ')], before: [{ person: 'acc-alice' }], after: [{ person: 'acc-carol' }] }),
    row(4, { kind: 'words', what: say('Current situation: Rolling back', 'いまの状況: 切り戻し中'), before: say('Connections are exhausted', 'コネクションが枯渇'), after: say('Rolling back', '切り戻し中') }),
    row(5, { what: say('Status investigating → identified', '状態 調査中 → 原因特定'), before: say('Investigating', '調査中'), after: say('Identified', '原因特定') }),
    row(6, { kind: 'alerts', by: null, what: say('Alert linked: checkout p95 web-01', 'アラートを紐付け: checkout p95 web-01'), after: text('checkout p95 · web-01') }),
    row(7, { kind: 'page', what: say('Report version 1 made a page', '報告書 第 1 版をページとして発行'), after: [{ text: 'https://site.example.com/wiki/1', link: 'https://site.example.com/wiki/1' }] }),
  ];
};
const view = (lang: Lang, part: Partial<AuditView> = {}): AuditView => ({ rows: rows(lang), next: null, left: 0, ...part });
const dialog = (name: string, answers: State['answers'], ready: string): State => ({ name: `dialog-${name}`, screen: 'dialog', answers, extension: { modal: { name: 'audit', given: { incidentId: 'i1', key: '2026-042' } } }, ready });

export const auditStates: readonly State[] = [
  dialog('audit', (lang) => ({ 'audit.load': value(view(lang, { next: { at: 1, id: 'c9' } })) }), '.audit-rows li'),
  dialog('audit-end', (lang) => ({ 'audit.load': value(view(lang, { left: 3 })) }), '.audit-rows li'),
  dialog('audit-empty', () => ({ 'audit.load': value({ rows: [], next: null, left: 0 }) }), '.empty-box'),
  dialog('audit-failed', () => ({ 'audit.load': refused('forbidden') }), '.notice'),
];
