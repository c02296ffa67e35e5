/** Updates: what everybody is told while an incident goes on. */
import type { ReportChoices } from './reports';
import type { Lang, PersonRef } from './words';

/** Conditions, actions, needs (状況・対応・依頼): how it stands, what is done, who is asked for what. Text with line breaks. */
export interface UpdateParts {
  readonly conditions: string;
  readonly actions: string;
  readonly needs: string;
}
/** What a draft may draw on. Names of people never stand in one; what is left out is also taken out of people's words. */
export type UpdateChoices = Pick<ReportChoices, 'hosts' | 'links' | 'notes' | 'alerts'>;

/** A published one; it is not changed any more. `n` counts the incident's updates from 1. */
export interface UpdateView extends UpdateParts {
  readonly n: number;
  readonly lang: Lang;
  readonly by: PersonRef;
  /** Epoch ms. */
  readonly at: number;
}
export interface UpdateDraftView {
  readonly lang: Lang;
  /** As the record suggests it. */
  readonly draft: UpdateParts;
  /** Newest first, at most 20. */
  readonly published: readonly UpdateView[];
  /** Where it goes beside the page: `private` and `none` (no channel is set up) nowhere. */
  readonly slack: 'sends' | 'private' | 'none';
  /** Minutes until the one after it is due; null: none will be owed. */
  readonly nextMinutes: number | null;
}
