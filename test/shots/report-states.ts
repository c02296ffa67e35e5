/** The dialog in which a report is chosen, written and taken away. */
import type { Page } from '@playwright/test';
import type { IncidentHead } from '../../src/domain/record';
import type { Lang, ReportForm, ReportVersionView, ReportView } from '../../src/contract';
import { ALL, FULL, NONE, note, reported, T0 } from '../domain/reported';
import { ago } from './data';
import { refused, value, type State } from './state';

const evil = '<img src=x onerror=alert(1)> '.repeat(8).trim();
const titled = (lang: Lang): IncidentHead => ({ ...FULL.head, title: lang === 'ja' ? '決済が遅い' : 'Checkout is slow' });
const version = (n: number, form: ReportForm): ReportVersionView => ({ n, form, lang: 'ja', title: '', by: { accountId: n === 1 ? 'acc-alice' : 'acc-bob' }, at: ago(60 / n), page: { id: `${n}`, url: `https://site.example.com/wiki/${n}`, version: 1 }, sha256: `${n}3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`.slice(0, 64) });

function view(lang: Lang, form: ReportForm, part: Partial<ReportView> = {}): ReportView {
  const incident = { ...FULL, head: titled(lang), entries: { ...FULL.entries, evil: note('evil', T0, evil) } };
  const { blocks, timeline } = reported(incident, form, form === 'postmortem' ? ALL : NONE, { lang });
  return { blocks, timeline, columns: [], seen: 'a', adf: null, fileName: 'report', published: [version(2, 'update'), version(1, 'first')], refusal: null, ...part };
}
const dialog = (name: string, answers: State['answers'], ready: string, act?: State['act'], given: object = {}): State => ({
  name: `dialog-${name}`, screen: 'dialog', answers, extension: { modal: { name: 'report', given: { incidentId: 'i1', private: false, ...given } } }, ready, ...(act === undefined ? {} : { act }),
});
const PAPER = '.report-title';
const choose = (form: ReportForm) => async (page: Page): Promise<void> => void (await page.locator('.report-options select').first().selectOption(form));
const publish = async (page: Page): Promise<void> => {
  await page.locator('.report-files .button-primary').click();
  await page.locator('.report-word .refusal:not(:empty)').waitFor();
};

export const reportStates: readonly State[] = [
  dialog('report', (lang) => ({ 'report.load': value(view(lang, 'final')) }), PAPER),
  dialog('report-written', (lang) => ({ 'report.load': value(view(lang, 'first')) }), PAPER, async (page) => {
    await page.locator('.report-fact textarea').first().fill('株式会社サンプル 御中\n情報システム部');
    await page.locator('.report-fact textarea').nth(4).fill('');
  }),
  dialog('report-postmortem', (lang) => ({ 'report.load': value(view(lang, 'postmortem')) }), PAPER, choose('postmortem')),
  dialog('report-reader', (lang) => ({ 'report.load': value(view(lang, 'status', { published: [], refusal: 'reports.cannot.view' })) }), PAPER, choose('status'), { private: true }),
  dialog('report-refused', (lang) => ({ 'report.load': value(view(lang, 'first')), 'report.publish': { error: { code: 'page-refused', messageKey: 'error.page-refused.no-permission', params: { space: 'OPS' } } } }), PAPER, publish),
  dialog('report-failed', () => ({ 'report.load': refused('not-found') }), '.notice'),
];
