import type { OverviewReview, ReviewPlan, ReviewsView, ReviewView, SchemeView, PersonRef } from '../contract';
import type { Incident, Settings } from '../domain/model';
import { isReviewed, owedFrom, type Review } from '../domain/review';
import { checksOf, overdueBy, reviewDue } from '../domain/review-due';
import { dateAt } from '../domain/tickets';
import type { Ports } from '../ports';
import { zoneOf } from './look-at-tickets';

const person = (accountId: string): PersonRef => ({ accountId });
const planView = ({ owner, reviewers, due, meeting }: ReviewPlan): ReviewPlan<PersonRef> => ({ owner: owner === null ? null : person(owner), reviewers: reviewers.map(person), due, meeting });

type Outside = Pick<Ports, 'clock' | 'isHoliday'>;
/** When it is due and how late it is where people of the space are. */
export function dueOf(review: Review, { head }: Pick<Incident, 'head'>, scheme: SchemeView, { clock, isHoliday }: Outside): { readonly dueDate: string | null; readonly overdueDays: number; readonly today: string } {
  const zone = zoneOf(head.lang);
  const today = dateAt(clock.now(), zone);
  const dueDate = reviewDue(head, review.plan.due, scheme, zone, (date) => isHoliday(date, head.lang));
  return { dueDate, overdueDays: review.state === 'done' ? 0 : overdueBy(dueDate, today), today };
}

export function reviewView(review: Review, incident: Incident, scheme: SchemeView, outside: Outside, canEdit: boolean): ReviewView {
  const { dueDate, overdueDays } = dueOf(review, incident, scheme, outside);
  const { state, plan, factors, whys, lessons, base, ticks } = review;
  const club = ticks.club === undefined ? null : { by: person(ticks.club.by), at: ticks.club.at };
  return { incidentId: review.incidentId, state, plan: planView(plan), dueDate, overdueDays, checks: checksOf(review, incident), factors, whys, lessons, club, base, canEdit, now: outside.clock.now() };
}

/** Of those that are open, and of those that are done. */
const LISTED = 200;
/** Characters of an answer, far below what the platform lets through. */
const FULL = 1_000_000;

/** What lists of reviews say of an incident. */
export function overviewIncident(head: Incident['head']): OverviewReview['incident'] {
  const { id, key, title, severity, service, page, visibility } = head;
  return { id, key, title, severity, service, url: page?.url ?? null, isPrivate: visibility === 'private', resolvedAt: owedFrom(head) };
}

function overviewOf(review: Review, { head, tickets }: Pick<Incident, 'head' | 'tickets'>, settings: Settings, ports: Ports): OverviewReview {
  const { dueDate, overdueDays } = dueOf(review, { head }, settings.scheme, ports);
  const checks = checksOf(review, { tickets });
  return {
    incident: overviewIncident(head),
    state: review.state, owner: planView(review.plan).owner, reviewers: planView(review.plan).reviewers, dueDate, overdueDays, open: checks.filter(({ how }) => how === null).length, of: checks.length, factors: review.factors, lessons: review.lessons, isRead: review.ticks.club !== undefined,
  };
}

/** Reviews of incidents whose page the caller may see, proven in bulk; open ones first. */
export async function reviewsOverview(ports: Ports): Promise<ReviewsView> {
  const settings = await ports.settings.load();
  const now = ports.clock.now();
  if (settings === null) return { reviews: [], more: false, now };
  const { conn } = settings.value;
  const lists = await Promise.all((['open', 'done'] as const).map((state) => ports.reviews.list(conn, state, LISTED)));
  const all = lists.flat();
  // Whether there is a ticket matters only while a review is open: the rest of what is done is not read.
  const readOf = async ({ incidentId, state }: Review): Promise<Pick<Incident, 'head' | 'tickets'> | null> => {
    if (state !== 'done') return await ports.incidents.recent(incidentId, 0);
    const head = await ports.incidents.head(incidentId);
    return head === null ? null : { head, tickets: {} };
  };
  const read = await Promise.all(all.map((review) => readOf(review).catch(() => null)));
  const incidents = new Map(read.flatMap((incident) => (incident === null ? [] : [[incident.head.id, incident] as const])));
  const pages = [...incidents.values()].flatMap(({ head }) => (head.page === null ? [] : [head.page.id]));
  const seen = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  const reviews: OverviewReview[] = [];
  let size = 0;
  let more = lists.some((list) => list.length === LISTED);
  for (const review of all) {
    const incident = incidents.get(review.incidentId);
    if (incident === undefined || !isReviewed(incident.head) || incident.head.page === null || !seen.has(incident.head.page.id)) continue;
    const row = overviewOf(review, incident, settings.value, ports);
    size += JSON.stringify(row).length;
    if (size > FULL) {
      more = true;
      break;
    }
    reviews.push(row);
  }
  return { reviews, more, now };
}
