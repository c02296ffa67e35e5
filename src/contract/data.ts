/** What is stored of an installation: taken out and back in, erased, and told to support without names. */
import type { IncidentHeadView } from './board';
import type { ReviewState } from './review';
import type { Lang } from './words';

/** Where a list goes on: behind the row of this time (epoch ms) and id. */
export interface ListPosition {
  readonly at: number;
  readonly id: string;
}
export type CandidateState = 'waiting' | 'declared' | 'dismissed' | 'recovered' | 'downtime' | 'left';
/** Where it is listed. `over`: it waits, and its alert has ended. */
export type CandidateShelf = CandidateState | 'over';
/** Where an export goes on. It proves nothing: every answer proves anew what the caller may see. */
export type ExportCursor =
  | { readonly part: 'changes'; readonly before: number | null }
  | { readonly part: 'candidates'; readonly shelf: CandidateShelf; readonly after: ListPosition | null }
  /** `row`: the last of the incident behind `after` that was told; null: none of it, or all of `after`. */
  | { readonly part: 'incidents'; readonly state: 'open' | 'ended'; readonly after: ListPosition | null; readonly within: { readonly id: string; readonly row: string } | null };
export interface ExportRow {
  readonly of: 'settings' | 'change' | 'candidate' | 'incident' | 'entry' | 'alert' | 'host' | 'pin' | 'ticket' | 'review' | 'report' | 'evidence';
  readonly id: string;
  /** The incident it belongs to; null: to none. */
  readonly incidentId: string | null;
  /** As it is stored; docs/export.md describes it. */
  readonly value: unknown;
}
export interface ExportPage {
  readonly rows: readonly ExportRow[];
  /** null: that was all. */
  readonly next: ExportCursor | null;
  readonly now: number;
}

/** Of one incident. */
export interface RecordPage {
  readonly rows: readonly ExportRow[];
  /** Where it goes on; null: that was all. */
  readonly next: string | null;
  readonly now: number;
}

/** For support, to copy: counts and states, with no name, title, address, account or secret in it. Plain text, English. */
export interface DiagnosticsView {
  readonly text: string;
}

/** How far an erasure is. */
export interface EraseView {
  readonly of: 'everything' | 'incident';
  readonly state: 'running' | 'done';
  /** Incidents that are gone. */
  readonly erased: number;
  /** What the app could not take away: its channel in Mackerel, its marks on so many pages, in so many work items. */
  readonly left: { readonly channel: boolean; readonly pages: number; readonly issues: number };
  /** When it began, epoch ms. */
  readonly at: number;
}

/** What a file of one incident's record would become. `key` is what it was called where the file was written; here it gets a number of its own. */
export interface ImportLook extends Pick<IncidentHeadView, 'key' | 'title' | 'kind' | 'severity' | 'status' | 'visibility' | 'service' | 'detectedAt' | 'declaredAt' | 'resolvedAt' | 'closedAt'> {
  /** Of its page. */
  readonly lang: Lang;
  /** When the file was written, epoch ms. */
  readonly writtenAt: number;
  readonly counts: { readonly entries: number; readonly alerts: number; readonly hosts: number; readonly tickets: number; readonly reports: number };
  readonly review: ReviewState | null;
  /** Accounts it names, the first 200. Those without an account here stay without a name. */
  readonly people: readonly string[];
  /** The space of its service; null: it is none of this site's. */
  readonly spaceKey: string | null;
  /** It is here: under this key, on this page, as far as the caller sees them. null: it is not. */
  readonly already: { readonly key: string | null; readonly url: string | null } | null;
  readonly now: number;
}
export interface ImportResult {
  readonly incidentId: string;
  /** null: the caller does not see it. */
  readonly key: string | null;
  /** Address of its page. */
  readonly page: string | null;
  /** It was here before. */
  readonly already: boolean;
}
