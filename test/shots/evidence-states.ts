/** What was frozen, in its dialog and where graphs show it. */
import type { EvidenceCopyView, EvidenceFileView, EvidenceView, GraphView } from '../../src/contract';
import { ago, graph, head } from './data';
import { review } from './review-states';
import { BOARD, refused, shown, value, type State } from './state';

const evil = '<img src=x onerror=alert(1)> '.repeat(4).trim();
const file = (n: number, kind: EvidenceFileView['kind'], part: Partial<EvidenceFileView> = {}): EvidenceFileView => {
  const name = `evidence-2026-042-${n}${{ data: '.json', picture: '.svg', image: '-alert-1.png', drawn: '.png' }[kind]}`;
  return { kind, title: kind === 'image' ? 'checkout p95 · web-01' : null, drawnBy: kind === 'drawn' ? { accountId: 'acc-alice' } : null, name, url: `https://site.example.com/wiki/download/attachments/1/${name}?version=1`, bytes: kind === 'data' ? 184_220 : 41_007, sha256: `${n}3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`.slice(0, 64), state: 'same', by: null, at: null, ...part };
};
const copy = (n: number, phase: EvidenceCopyView['phase'], part: Partial<EvidenceCopyView> = {}): EvidenceCopyView => ({ n, at: ago(60 / n), by: null, phase, alerts: 3, series: 5, files: [file(n, 'data'), file(n, 'picture'), file(n, 'drawn'), file(n, 'image')], left: [], underWay: false, ...part });
const copies: readonly EvidenceCopyView[] = [
  copy(3, 'resolved', { underWay: true, left: [{ why: 'reads', n: 2, names: ['disk · db-01', evil] }, { why: 'empty', n: 1, names: ['queue'] }, { why: 'older', n: 1, names: ['load'] }, { why: 'many', n: 40, names: ['checkout p95'] }, { why: 'size', n: 1, names: ['all'] }, { why: 'image', n: 1, names: ['checkout p95 · web-02'] }, { why: 'images', n: 2, names: ['disk · db-01', 'load · db-02'] }] }),
  copy(2, 'mitigated', { files: [file(2, 'data', { state: 'replaced', by: { accountId: 'acc-bob' }, at: ago(9) }), file(2, 'picture', { state: 'gone' })] }),
  copy(1, 'investigating', { series: 1, alerts: 1, by: { accountId: 'acc-bob' } }),
];
const view = (part: Partial<EvidenceView> = {}): EvidenceView => ({ copies, work: 'due', trouble: null, coming: null, toDraw: [], now: ago(0), ...part });
const dialog = (name: string, answer: ReturnType<typeof value>, ready: string): State => ({ name: `dialog-${name}`, screen: 'dialog', answers: () => ({ 'board.evidence': answer }), extension: { modal: { name: 'evidence', given: { incidentId: 'i1', pass: '', mayEdit: true } } }, ready });
const frozen = { at: ago(60), replaced: { by: { accountId: 'acc-bob' }, at: ago(9) } };

/** Long over: Mackerel has its values no more. */
const board = (name: string, part: Partial<GraphView>): State => ({
  name: `board-${name}`, screen: 'board', ready: BOARD,
  // On a narrow screen graphs are read when they come into sight.
  act: async (page) => {
    await page.locator('.graph').first().scrollIntoViewIfNeeded();
    await page.locator('.from-evidence').first().waitFor();
  },
  answers: (lang) => ({ ...shown(lang, { incident: head(lang, { status: 'closed', mitigatedAt: ago(50), resolvedAt: ago(40), closedAt: ago(30), openAlerts: 0 }) }), 'review.load': value(review(lang)), 'board.graph': value({ ...graph({ alertId: 'a1' }), evidence: frozen, ...part }) }),
});

export const evidenceStates: readonly State[] = [
  dialog('evidence', value(view()), '.evidence-copy'),
  dialog('evidence-none', value(view({ copies: [] })), '.evidence'),
  dialog('evidence-page', value(view({ copies: [], trouble: 'page' })), '.refusal'),
  dialog('evidence-mackerel', value(view({ copies: copies.slice(2), trouble: 'mackerel' })), '.refusal'),
  dialog('evidence-full', value(view({ copies: copies.slice(1), work: 'rest', trouble: 'full' })), '.refusal'),
  dialog('evidence-coming', value(view({ coming: { by: { accountId: 'acc-alice' } } })), '.evidence-copy'),
  dialog('evidence-failed', refused('not-found'), '[role=alert]'),
  board('from-evidence', {}),
  board('evidence-lost', { points: [] }),
];
