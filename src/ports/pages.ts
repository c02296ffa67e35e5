/** The pages of incidents in Confluence. */
import type { BuiltInTemplate, Lang, PreviewLine } from '../contract';
import type { Incident, IncidentHead } from '../domain/model';
import type { Actor, SpaceInfo } from '../ports';

export interface PageFacts {
  readonly incidentId: string;
  readonly nonce: string;
  readonly key: string;
  readonly title: string;
  readonly lang: Lang;
  readonly visibility: 'public' | 'private';
  readonly detectedAt: number;
  readonly declaredAt: number;
  readonly severity: string;
  readonly service: string | null;
  /** Account of who leads; null: nobody yet. */
  readonly commander: string | null;
  readonly template: BuiltInTemplate;
  /** A page's document (ADF as text) that is filled in in place of the template; where nothing can be made of it the template is used. */
  readonly source?: string;
  /** A page was to be used and cannot be: the new one says so. */
  readonly lost?: true;
  readonly alerts: Incident['alerts'];
  /** Its record came from a file at `at` (epoch ms), where it was called `key`: says so. */
  readonly imported?: { readonly key: string; readonly at: number };
  /** Made of a test alert: says so, and a still card stands where the board would. */
  readonly isSample?: true;
}
export interface WrittenPage {
  readonly id: string;
  readonly url: string;
  /** The page it is below; null: none. */
  readonly parentId: string | null;
}
/** Where a page is made: below `parentId` if that is there, else at the root of the space. */
export interface PagePlace {
  readonly id: string;
  readonly key: string;
  readonly parentId: string | null;
}
export type CreatePageAnswer =
  | { readonly outcome: 'created'; readonly page: WrittenPage }
  /** A page of this title exists; `ours` when its body carries our nonce and its author may be trusted with it. */
  | { readonly outcome: 'title-taken'; readonly ours: WrittenPage | null }
  | { readonly outcome: 'refused'; readonly reason: 'no-space' | 'no-permission' | 'bad-page'; readonly detail: string };
/** A page as others are made from it. */
export interface SourcePage {
  readonly title: string;
  readonly version: number;
  /** ADF as text. */
  readonly adf: string;
}
/** What filling in the variables once more would come to. */
export interface Refreshable {
  /** The page's present version. */
  readonly version: number;
  /** Somebody's changes wait to be published: nothing is written before that. */
  readonly isDrafted: boolean;
  readonly changes: readonly { readonly was: readonly PreviewLine[]; readonly now: readonly PreviewLine[] }[];
  /** What would read so today, were it not for what people wrote there or took away. */
  readonly kept: readonly (readonly PreviewLine[])[];
}
export interface PageRefresher {
  /** Nothing is written. null: the page was not made from this template, or that cannot be told any more. */
  refreshable(pageId: string, facts: PageFacts, actor: Actor): Promise<Refreshable | null>;
  /**
   * Writes it over version `seen`; `message` goes with the new one. Safe to repeat. `conflict`: the page has another version.
   * Throws AppFailure('page-refused') where Confluence does not let the actor.
   */
  refresh(pageId: string, facts: PageFacts, seen: number, message: string, actor: Actor): Promise<'written' | 'conflict' | 'drafted' | 'unknown'>;
}
export interface PageWriter extends PageRefresher {
  /** The page's title for these facts; `attempt` > 0 gives a distinct one after a stranger's clash. */
  title(facts: PageFacts, attempt: number): string;
  /** The lines of the page that `create` would write. */
  preview(facts: PageFacts): Promise<readonly PreviewLine[]>;
  /** A page of that title with our nonce is ours when its author is the app or one of `authors`. */
  create(place: PagePlace, title: string, facts: PageFacts, authors: readonly string[], actor: Actor): Promise<CreatePageAnswer>;
  /** The page in that version (null: the present one); null: gone, in the trash, or hidden from the actor. */
  source(pageId: string, version: number | null, actor: Actor): Promise<SourcePage | null>;
  /** What becomes of `facts.source`; null: nothing can be made of it. */
  tryOut(facts: PageFacts): Promise<{ readonly lines: readonly PreviewLine[]; readonly unknown: readonly string[]; readonly leftOut: readonly string[] } | null>;
  /** Properties `mackerel_incident`, `mackerel_byline` and, for public incidents, the label. Safe to repeat. */
  mark(head: IncidentHead, actor: Actor): Promise<void>;
  /** Takes away what `mark` and `leaveKey` left. Safe to repeat. False: the actor may not, or the page is gone. */
  unmark(pageId: string, actor: Actor): Promise<boolean>;
  /** A board on the page that names no incident names this one from now on, if nobody is editing the page. Safe to repeat. */
  nameOnBoard(pageId: string, head: Pick<IncidentHead, 'id' | 'nonce' | 'lang' | 'key'>, actor: Actor): Promise<void>;
  spaceByKey(key: string, actor: Actor): Promise<SpaceInfo | null>;
  /**
   * Puts a value beside the page that only those who may view the page can read. `known`: id and version of the last write,
   * to spare a read. Answers those of this one; null: the page is gone or hidden from the app.
   */
  leaveKey(pageId: string, key: string, known: { readonly id: string; readonly version: number } | null): Promise<{ readonly id: string; readonly version: number } | null>;
  /** The page of exactly that title that `create` would take for ours; null: there is none. */
  adopt(space: { readonly id: string }, title: string, nonce: string, authors: readonly string[], actor: Actor): Promise<WrittenPage | null>;
  /** Moves the page to the trash. Safe to repeat. Throws AppFailure('page-refused') where Confluence does not let the actor. */
  remove(pageId: string, actor: Actor): Promise<void>;
  /** Where the page is now; null: deleted, or hidden from the actor, which look the same. */
  look(pageId: string, actor: Actor): Promise<{ readonly state: 'current' | 'trashed'; readonly url: string; readonly spaceId: string } | null>;
}
