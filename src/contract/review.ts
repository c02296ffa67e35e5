/** The review of an incident: who looks back, until when, what they found, and what of it stands on the page. */
import type { EntryView } from './board';
import type { PreviewLine } from './templates';
import type { PersonRef, Severity } from './words';

export type ReviewState = 'draft' | 'in-review' | 'done';
export type FactorKind = 'technical' | 'process' | 'organisational';
/** Parts that are changed each by itself; two people at two parts do not meet. */
export type ReviewPart = 'plan' | 'factors' | 'whys' | 'lessons';
/** What a person says with a tick. `club`: read together afterwards; it is no item of the checklist. */
export type ReviewTick = 'facts' | 'timeline' | 'tickets' | 'held' | 'club';

/** What contributed. `id` is made by the client. */
export interface Factor {
  readonly id: string;
  readonly kind: FactorKind;
  readonly text: string;
  readonly tags: readonly string[];
}
/** One answer to "why?". `parent` null: to the first question; else to that answer, which stands before it in the list. */
export interface Why {
  readonly id: string;
  readonly parent: string | null;
  readonly text: string;
}
export interface Lessons {
  readonly well: string;
  readonly hard: string;
  readonly lucky: string;
}
/** `due`: YYYY-MM-DD, null: by severity. `meeting`: https. */
export interface ReviewPlan<Person = string> {
  readonly owner: Person | null;
  readonly reviewers: readonly Person[];
  readonly due: string | null;
  readonly meeting: string | null;
}
/** What a save changes; absent parts stay as they are. */
export interface ReviewChange {
  readonly plan?: ReviewPlan | undefined;
  readonly factors?: readonly Factor[] | undefined;
  readonly whys?: readonly Why[] | undefined;
  readonly lessons?: Lessons | undefined;
  readonly ticks?: { readonly [T in ReviewTick]?: boolean | undefined } | undefined;
}

/** `how`: the record shows it, or a person said so; null: it is open. */
export interface CheckView {
  readonly id: 'facts' | 'timeline' | 'factors' | 'tickets' | 'held' | 'done';
  readonly how: 'record' | 'person' | null;
  readonly by: PersonRef | null;
  readonly at: number | null;
  /** A person may tick it. */
  readonly tickable: boolean;
}
export interface ReviewView {
  readonly incidentId: string;
  readonly state: ReviewState;
  readonly plan: ReviewPlan<PersonRef>;
  /** YYYY-MM-DD by severity or as somebody set it; null: none is asked for. */
  readonly dueDate: string | null;
  /** Whole days past it where people of the space are; 0: not overdue. */
  readonly overdueDays: number;
  readonly checks: readonly CheckView[];
  readonly factors: readonly Factor[];
  readonly whys: readonly Why[];
  readonly lessons: Lessons;
  /** Read together since; null: not yet. */
  readonly club: { readonly by: PersonRef; readonly at: number } | null;
  /** Version of each part, which a save begins from. */
  readonly base: { readonly [P in ReviewPart]: number };
  readonly canEdit: boolean;
  readonly now: number;
}

/** Parts of the record that can be put on the page. */
export type FillSection = 'summary' | 'times' | 'detection' | 'impact' | 'alerts' | 'timeline' | 'changes' | 'people' | 'tickets' | 'similar' | 'questions';
/** Below the `nth` (from 0) heading of these words. */
export interface FillPlace {
  readonly heading: string;
  readonly nth: number;
}
/**
 * How a part stands on the page: not there, there as it would be written now, there as it was, or changed by people, who keep
 * what they wrote.
 */
export type FillState = 'absent' | 'current' | 'outdated' | 'edited';
export interface FillSectionView {
  readonly id: FillSection;
  readonly state: FillState;
  readonly title: string;
  readonly lines: readonly PreviewLine[];
}
export interface FillView {
  readonly sections: readonly FillSectionView[];
  readonly places: readonly (FillPlace & { readonly level: number })[];
  /** Of the timeline, oldest first, the newest 500; `chosen` of them are in the table. */
  readonly entries: readonly EntryView[];
  readonly chosen: readonly string[];
  /** Somebody's unpublished changes: nothing is written until they are published. */
  readonly isDrafted: boolean;
  /** All chosen parts as text, to copy. */
  readonly text: string;
  /** Parts a model can be asked to put into sentences; none where there is no model. */
  readonly draftable: readonly FillSection[];
}
/** What a model wrote from the lines of one part, for a person to read and take along; null: there is no model. */
export interface SectionDraft {
  readonly text: string | null;
}
export type FillDid = 'inserted' | 'updated' | 'unchanged' | 'kept';
/** `drafted`: nothing was written, somebody is in the middle of writing; `place-gone`: the heading is not there any more. */
export interface FillResult {
  readonly outcome: 'written' | 'nothing' | 'drafted' | 'place-gone';
  readonly did: readonly { readonly id: FillSection; readonly did: FillDid }[];
}

/** One review among all; its incident is one the caller may see. */
export interface OverviewReview {
  readonly incident: { readonly id: string; readonly key: string; readonly title: string; readonly severity: Severity; readonly service: string | null; readonly url: string | null; readonly isPrivate: boolean; readonly resolvedAt: number };
  readonly state: ReviewState;
  readonly owner: PersonRef | null;
  readonly reviewers: readonly PersonRef[];
  readonly dueDate: string | null;
  readonly overdueDays: number;
  /** Open items of the checklist, and all of them; of one that is done they say nothing. */
  readonly open: number;
  readonly of: number;
  readonly factors: readonly Factor[];
  readonly lessons: Lessons;
  readonly isRead: boolean;
}
export interface ReviewsView {
  readonly reviews: readonly OverviewReview[];
  /** True: there are more than are listed. */
  readonly more: boolean;
  readonly now: number;
}

/** A monitor that fired, a tag, or a factor in the same words. */
export type CauseKind = 'monitor' | 'tag' | 'factor';
export interface RepeatedCause {
  readonly kind: CauseKind;
  readonly name: string;
  /** How many incidents have it, two at least. */
  readonly count: number;
  /** The newest of them. */
  readonly incidents: readonly OverviewReview['incident'][];
}
export interface RepeatedView {
  /** Those of most incidents first. */
  readonly causes: readonly RepeatedCause[];
  /** Incidents that were looked at. */
  readonly of: number;
  /** True: there are more than were looked at or are told. */
  readonly more: boolean;
  readonly now: number;
}
