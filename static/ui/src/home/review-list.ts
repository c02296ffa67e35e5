/** Which reviews are listed, and which one a reading club takes next. Pure. */
import type { OverviewReview } from '../../../../src/contract';

export type Shelf = 'mine' | 'overdue' | 'open' | 'done';
export interface ReviewFilter {
  readonly shelf: Shelf;
  readonly service: string;
  readonly tag: string;
  readonly kind: string;
  readonly sought: string;
}
export const EVERY: ReviewFilter = { shelf: 'open', service: '', tag: '', kind: '', sought: '' };

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
/** Everything somebody may look for in it. */
const textOf = ({ incident, factors, lessons }: OverviewReview): string => plain([incident.key, incident.title, incident.service ?? '', ...factors.flatMap(({ text, tags }) => [text, ...tags]), lessons.well, lessons.hard, lessons.lucky].join(' '));

const isOn = (review: OverviewReview, shelf: Shelf, me: string | null): boolean => {
  switch (shelf) {
    case 'mine':
      return review.state !== 'done' && me !== null && [review.owner, ...review.reviewers].some((person) => person?.accountId === me);
    case 'overdue':
      return review.overdueDays > 0;
    case 'open':
      return review.state !== 'done';
    case 'done':
      return review.state === 'done';
  }
};

/** Those most overdue first, then those due soonest; of those that are done the newest first. */
export function listedReviews(reviews: readonly OverviewReview[], filter: ReviewFilter, me: string | null): readonly OverviewReview[] {
  const wanted = plain(filter.sought).split(/\s+/).filter(Boolean);
  const found = reviews.filter(
    (review) =>
      isOn(review, filter.shelf, me) &&
      (filter.service === '' || review.incident.service === filter.service) &&
      (filter.tag === '' || review.factors.some(({ tags }) => tags.includes(filter.tag))) &&
      (filter.kind === '' || review.factors.some(({ kind }) => kind === filter.kind)) &&
      wanted.every((word) => textOf(review).includes(word)),
  );
  const late = ({ dueDate }: OverviewReview): string => dueDate ?? '9999';
  return [...found].sort((a, b) => (filter.shelf === 'done' ? b.incident.resolvedAt - a.incident.resolvedAt : late(a) < late(b) ? -1 : late(a) > late(b) ? 1 : b.incident.resolvedAt - a.incident.resolvedAt));
}

/** One that is done and was not read together yet; null: there is none. `chance`: from 0 to below 1. */
export function unread(reviews: readonly OverviewReview[], chance: number): OverviewReview | null {
  const all = reviews.filter(({ state, isRead }) => state === 'done' && !isRead);
  return all[Math.floor(chance * all.length)] ?? null;
}
export const tagsOf = (reviews: readonly OverviewReview[]): readonly string[] => [...new Set(reviews.flatMap(({ factors }) => factors.flatMap(({ tags }) => tags)))].sort();
