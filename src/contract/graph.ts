/** What a graph shows, on a board or alone. */
import type { DeployMark } from './board';
import type { FromEvidence } from './evidence';

export interface SeriesPointView {
  readonly at: number;
  readonly value: number;
}
export type GraphTarget = { readonly alertId: string } | { readonly graphId: string };
export interface GraphView {
  readonly target: GraphTarget;
  readonly title: string;
  readonly unit: string | null;
  /** Ascending; times epoch ms; a gap in Mackerel's data is a gap in time here. */
  readonly points: readonly SeriesPointView[];
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly from: number;
  readonly to: number;
  /** Time of the alert; null for a metric the team added. */
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly deploys: readonly DeployMark[];
  /** Absent: live values. */
  readonly evidence?: FromEvidence;
  readonly now: number;
}

/** Configuration of a graph macro. What is named here is read as the viewer: it proves nothing. */
export interface GraphConfig {
  readonly hostId?: string;
  readonly service?: string;
  readonly metric?: string;
  /** Minutes back from now, as text: Confluence stores no numbers. */
  readonly minutes?: string;
}
