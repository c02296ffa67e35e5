/** Which reports of an incident were made pages. A version that stands here is not changed any more. Pure. */
import type { Lang, ReportForm, ReportVersionView } from '../contract';

/** More than anybody sends of one incident. */
export const VERSIONS_AT_MOST = 100;

export interface PublishedReport {
  readonly n: number;
  readonly form: ReportForm;
  readonly lang: Lang;
  readonly title: string;
  /** The press that made it, bound to its presser. */
  readonly opId: string;
  readonly by: string;
  readonly at: number;
  readonly sha256: string;
  /** null: it is being made, or nobody knows whether it was. */
  readonly page: { readonly id: string; readonly url: string; readonly version: number } | null;
}
export interface PublishedReports {
  readonly schema: 1;
  readonly incidentId: string;
  readonly versions: readonly PublishedReport[];
}

export const noReports = (incidentId: string): PublishedReports => ({ schema: 1, incidentId, versions: [] });
export const nextNumber = ({ versions }: PublishedReports): number => Math.max(0, ...versions.map(({ n }) => n)) + 1;
export const byPress = ({ versions }: PublishedReports, opId: string): PublishedReport | null => versions.find((one) => one.opId === opId) ?? null;

export const begunReport = (all: PublishedReports, report: PublishedReport): PublishedReports => ({ ...all, versions: [...all.versions, report] });
/** A page that is known stays the one it was. */
export const madeReport = (all: PublishedReports, opId: string, page: NonNullable<PublishedReport['page']>): PublishedReports => ({
  ...all,
  versions: all.versions.map((one) => (one.opId === opId && one.page === null ? { ...one, page } : one)),
});
/** Only one without a page can be given up. */
export const givenUp = (all: PublishedReports, opId: string): PublishedReports => ({ ...all, versions: all.versions.filter((one) => one.opId !== opId || one.page !== null) });

/** Those that are pages, newest first. */
export const versionViews = ({ versions }: PublishedReports): readonly ReportVersionView[] =>
  versions.flatMap(({ n, form, lang, title, by, at, page, sha256 }) => (page === null ? [] : [{ n, form, lang, title, by: { accountId: by }, at, page, sha256 }])).sort((a, b) => b.n - a.n);
