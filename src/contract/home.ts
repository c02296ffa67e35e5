/** The Incidents page. */
import type { PageTemplateRef } from './templates';
import type { AlertView, IncidentHeadView } from './board';
import type { SchemeView } from './settings';

export interface CandidateView {
  readonly id: string;
  readonly alert: AlertView;
  readonly why: { readonly messageKey: string; readonly params: Readonly<Record<string, string | number>> };
}

export interface SpaceView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly services: readonly string[];
  readonly canDeclare: boolean;
}

export interface HomeView {
  readonly configured: boolean;
  readonly isAdmin: boolean;
  /** The caller changes the settings without being an administrator of Confluence, whose pages they do not reach. */
  readonly keepsSettings: boolean;
  /** The group one has to be in to declare by hand, where the caller is not; null: nothing of the kind. */
  readonly declareGroup: string | null;
  /** null: nothing is set up. */
  readonly scheme: SchemeView | null;
  readonly spaces: readonly SpaceView[];
  /** Those that fire before those that are over, each the newest first. */
  readonly candidates: readonly CandidateView[];
  /** There are more than these. */
  readonly moreCandidates: boolean;
  /** Alerts in a downtime of Mackerel: nobody is asked about them until it is over. */
  readonly inDowntime: readonly CandidateView[];
  readonly incidents: readonly IncidentHeadView[];
  /** Pages a new one can be made from; for those who can declare somewhere. */
  readonly pageTemplates: readonly PageTemplateRef[];
  readonly now: number;
}

export interface DeclareResult {
  readonly incidentId: string;
  readonly key: string;
  /** null: the page is still being made; ask again with board.load. */
  readonly page: { readonly id: string; readonly url: string } | null;
  /** True when somebody had already declared it and this call ended on the same page. */
  readonly already: boolean;
}
