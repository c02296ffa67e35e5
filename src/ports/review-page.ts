/** The record of an incident on its page, where a person wants it. */
import type { EntryView, FillPlace, FillResult, FillSection, FillSectionView, FillView } from '../contract';
import type { Deploy, Incident } from '../domain/model';
import type { Actor } from '../ports';

export interface ReviewFacts {
  readonly incident: Incident;
  /** Chosen ones, oldest first. */
  readonly entries: readonly EntryView[];
  readonly deploys: readonly Deploy[];
  /** Earlier incidents like it, the most alike first; of those who read the page anybody may know of them. */
  readonly similar: readonly { readonly key: string; readonly pageId: string; readonly at: number }[];
}
export type KnownHashes = Readonly<Record<string, readonly string[]>>;
export interface ReviewPage {
  /** How the page stands, and what would be written; null: gone, or hidden from the actor. */
  look(pageId: string, facts: ReviewFacts, known: KnownHashes, actor: Actor): Promise<(Pick<FillView, 'places' | 'isDrafted' | 'text'> & { readonly sections: readonly FillSectionView[] }) | null>;
  /**
   * Writes those parts: new ones at `place` (null: the end of the page), those that nobody changed where they are. What people wrote
   * stays. `hashes`: by part, of what stands there now. Safe to repeat.
   * @throws AppFailure not-found, forbidden, busy, page-refused
   */
  fill(pageId: string, facts: ReviewFacts, parts: readonly FillSection[], place: FillPlace | null, known: KnownHashes, actor: Actor): Promise<FillResult & { readonly hashes: Readonly<Record<string, string>> }>;
}
