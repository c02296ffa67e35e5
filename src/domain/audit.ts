/** Every change of an incident with what it was before and is after, from what the record keeps anyway. Pure. */
import type { AuditKind, ReportLine } from '../contract';
import { entryChanges } from './audit-entries';
import { linkChanges, noteChanges, pinChanges } from './audit-rows';
import { reviewChanges } from './audit-review';
import type { Evidence } from './evidence';
import type { PublishedReport } from './published';
import type { Incident } from './record';
import { line, type Say } from './report-lines';
import type { Review } from './review';

export interface Change {
  /** One of a kind within the incident, and always the same. */
  readonly id: string;
  /** When the app accepted or learned of it, epoch ms. */
  readonly at: number;
  /** null: the app by itself. */
  readonly by: string | null;
  readonly kind: AuditKind;
  readonly what: ReportLine;
  readonly before: ReportLine;
  readonly after: ReportLine;
}
export interface AuditFacts {
  readonly incident: Incident;
  readonly review: Review | null;
  readonly reports: readonly PublishedReport[];
  readonly evidence: Evidence | null;
  /** IANA name of the zone times are told in. */
  readonly zone: string;
  readonly say: Say;
}

const reportChanges = ({ reports, say }: AuditFacts): readonly Change[] =>
  reports.flatMap(({ n, form, by, at, page }) => (page === null ? [] : [{ id: `report:${n}`, at, by, kind: 'page', what: line(say('report.audit.report', { n, title: say(`report.title.${form}`) })), before: [], after: [{ text: page.url, link: page.url }] }]));

/** Copies that people asked for, and pictures from their browsers; copies made by themselves follow from what happened. */
const evidenceChanges = ({ evidence, say }: AuditFacts): readonly Change[] => [
  ...(evidence?.copies ?? []).flatMap(({ n, wish }): readonly Change[] => (wish === undefined ? [] : [{ id: `evidence:${n}`, at: wish.at, by: wish.by, kind: 'page', what: line(say('report.audit.evidence', { n })), before: [], after: [] }])),
  ...(evidence?.drawn ?? []).flatMap(({ n, part, at, by, file }): readonly Change[] => (file === null ? [] : [{ id: `evidence:${n}:${part}`, at, by, kind: 'page', what: line(say('report.audit.evidence.drawn', { n })), before: [], after: line(file.name) }])),
];

/** Newest first; of one moment, in an order that does not change. */
export const newer = (a: Pick<Change, 'at' | 'id'>, b: Pick<Change, 'at' | 'id'>): number => b.at - a.at || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);

export function changesOf(facts: AuditFacts): readonly Change[] {
  return [entryChanges, noteChanges, pinChanges, linkChanges, reviewChanges, reportChanges, evidenceChanges].flatMap((told) => told(facts)).sort(newer);
}
