/** When a review is due, what of it is still open, and when somebody is reminded. Pure. */
import type { CheckView, SchemeView, Severity } from '../contract';
import { entryOf, observed } from './change';
import { staysHere } from './merged-away';
import type { Incident, IncidentHead, OutboxItem } from './record';
import { isReviewed, owedFrom, type Review } from './review';
import { reviewDays } from './scheme';
import { dateAt, dayOf, droppedOf, ticketsOn } from './tickets';
import { workdaysAfter } from './business-days';

/** Holidays where people of the space are. */
export type Holidays = (date: string) => boolean;
type Owed = Pick<IncidentHead, 'severity' | 'resolvedAt' | 'closedAt' | 'declaredAt'>;

/** YYYY-MM-DD; null: this severity asks for none. */
export function reviewDue(head: Owed, due: string | null, scheme: SchemeView, timeZone: string, isHoliday: Holidays): string | null {
  if (due !== null) return due;
  const days = reviewDays(scheme, head.severity satisfies Severity);
  return days === null ? null : workdaysAfter(dateAt(owedFrom(head), timeZone), days, isHoliday);
}
/** Whole days past the date; 0: not yet. */
export const overdueBy = (dueDate: string | null, today: string): number => (dueDate === null ? 0 : Math.max(0, dayOf(today) - dayOf(dueDate)));

/** The checklist; what the record shows needs no tick. */
export function checksOf(review: Review, { tickets }: Pick<Incident, 'tickets'>): readonly CheckView[] {
  const { ticks, filled } = review;
  const last = review.moves.at(-1);
  const hasTicket = ticketsOn({ tickets }).some((ticket) => ticket.issueId !== null && ticket.deletedAt === null && droppedOf(ticket) === null);
  const tick = (id: 'facts' | 'timeline' | 'tickets' | 'held', shown: { readonly by: string | null; readonly at: number | null } | null): CheckView => {
    const said = ticks[id];
    if (shown !== null) return { id, how: 'record', by: shown.by === null ? null : { accountId: shown.by }, at: shown.at, tickable: false };
    return said === undefined ? { id, how: null, by: null, at: null, tickable: true } : { id, how: 'person', by: { accountId: said.by }, at: said.at, tickable: true };
  };
  const shown = (id: 'factors' | 'done', is: boolean, by: string | null = null, at: number | null = null): CheckView => ({ id, how: is ? 'record' : null, by: by === null ? null : { accountId: by }, at, tickable: false });
  return [
    tick('facts', filled === undefined ? null : filled),
    tick('timeline', null),
    shown('factors', review.factors.length > 0),
    tick('tickets', hasTicket ? { by: null, at: null } : null),
    tick('held', null),
    shown('done', review.state === 'done', review.state === 'done' ? (last?.by ?? null) : null, review.doneAt),
  ];
}

const REMINDERS = 3;
const WEEK_DAYS = 7;
const reminderId = (incidentId: string, n: number): string => `review:${incidentId}:due:${n}`;
/** Said when it is due, then once a week, three times in all: in the timeline and, of public incidents, as a notice. `owner`: account id. */
export function remindOfReview(incident: Incident, dueDate: string, owner: string | null, today: string, now: number): Incident {
  const { head } = incident;
  staysHere(head);
  const days = dayOf(today) - dayOf(dueDate);
  const n = Array.from({ length: REMINDERS }, (_, index) => index).find((index) => !Object.hasOwn(incident.entries, reminderId(head.id, index)));
  if (!isReviewed(head) || n === undefined || days < 0) return incident;
  const before = n === 0 ? undefined : incident.entries[reminderId(head.id, n - 1)];
  if (before !== undefined && now - before.recordedAt < WEEK_DAYS * 86_400_000 - 3_600_000) return incident;
  return observed(incident, now, (v, recordedAt) => {
    const id = reminderId(head.id, n);
    const owed: readonly OutboxItem[] = head.visibility === 'public' ? [{ id, kind: 'review-due', by: owner, at: recordedAt, params: { days, owned: owner === null ? 'no' : 'yes' } }] : [];
    return { entries: { [id]: entryOf(id, { messageKey: 'entry.review.due', params: { days } }, null, recordedAt, v, null) }, head: { outbox: [...head.outbox, ...owed] } };
  });
}
