/** Earlier incidents that are like this one: why, what they came from, and what of them is still to be done. */
import type { TicketView } from './tickets';
import type { IncidentStatus, Severity } from './words';

/**
 * What two incidents share, as this incident calls it. `alert`: the same monitor about the same host or service, `on` (null: it is
 * about neither). `role`: as `service: role`.
 */
export type SimilarReason =
  | { readonly kind: 'alert'; readonly monitor: string; readonly on: string | null }
  | { readonly kind: 'monitor'; readonly monitor: string }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'role'; readonly role: string };

export interface SimilarIncident {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly isPrivate: boolean;
  readonly detectedAt: number;
  /** From detected to resolved, ms; null: it is not over. */
  readonly tookMs: number | null;
  /** Of its page, which the caller may see. */
  readonly url: string;
  /** What says most first, at least one and at most four; `moreReasons` others. */
  readonly reasons: readonly SimilarReason[];
  readonly moreReasons: number;
  /** Somebody judged that a change caused it; `deploy` null: one without a deploy mark. */
  readonly cause: { readonly deploy: string | null } | null;
  /** What its review found, the first two. */
  readonly factors: readonly string[];
  /** What was said of it last. */
  readonly situation: string | null;
  /** Those to be done as far as the record knows, the first twenty; whether one is done, Jira says. */
  readonly tickets: readonly Pick<TicketView, 'id' | 'issueId' | 'key' | 'url'>[];
  readonly moreTickets: number;
}
export interface SimilarView {
  /** The most alike first, at most five. */
  readonly incidents: readonly SimilarIncident[];
  /** How many more there are, of those that were looked at. */
  readonly more: number;
  readonly now: number;
}
