/** Reports of incidents as pages in Confluence. */
import type { ReportBlock } from '../contract';
import type { Actor, CreatePageAnswer, PagePlace, WrittenPage } from '../ports';

export interface ReportPages {
  /** SHA-256, in hexadecimal. */
  sha256(text: string): string;
  /** The document as Confluence keeps it, as text; `mark`: a line at its end. */
  adf(blocks: readonly ReportBlock[], mark: string | null): string;
  /** The title; `attempt` > 0 gives a distinct one after a stranger's clash. */
  title(title: string, attempt: number): string;
  /** Of a page of that title, ours is one whose body holds `mark` and whose author is among `authors`. */
  create(place: PagePlace, title: string, adf: string, mark: string, isPrivate: boolean, authors: readonly string[], actor: Actor): Promise<CreatePageAnswer>;
  /** The page of exactly that title that `create` would take for ours; null: there is none. */
  adopt(space: { readonly id: string }, title: string, mark: string, authors: readonly string[], actor: Actor): Promise<WrittenPage | null>;
}
