/** A short page before it is made, and a table of choices. */
import type { Lang, TemplateChoice, TemplatePreview } from '../../src/contract';

export const templateChoices: readonly TemplateChoice[] = [
  { kind: null, severity: 'sev1', service: 'shop', template: 'security' },
  { kind: 'near-miss', severity: null, service: null, template: 'short' },
];

export function templatePreview(lang: Lang): TemplatePreview {
  const evil = '<img src=x onerror=alert(1)> '.repeat(10).trim();
  return {
    template: 'short', lang,
    lines: lang === 'ja'
      ? [{ is: 'board', text: '障害ボード' }, { is: 'title', text: '障害の概要' }, { is: 'text', text: `決済が失敗する・未判定・${evil}` }, { is: 'part', text: '対応中のタスク' }, { is: 'task', text: '影響範囲を確認して上に書く' }, { is: 'part', text: '時系列の補足' }, { is: 'row', text: '時刻 · 出来事 · 情報源 · 根拠 · 記入者' }]
      : [{ is: 'board', text: 'Incident board' }, { is: 'title', text: 'Incident at a glance' }, { is: 'text', text: `Checkout fails · Severity pending · ${evil}` }, { is: 'part', text: 'To do now' }, { is: 'task', text: 'Find out who is affected and write it above' }, { is: 'part', text: 'Timeline, additions' }, { is: 'row', text: 'Time · What happened · Source · Evidence · Written by' }],
  };
}
