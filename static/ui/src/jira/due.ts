/** Due dates are days without a time; how many are left depends on the reader's zone. Pure. */
import type { Words } from '../words';

const DAY = 86_400_000;

/** YYYY-MM-DD of a moment in a zone. */
export function dayIn(zone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
/** Whole days from `from` to `to`, both YYYY-MM-DD; negative: `to` is over. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** Days left until a due date; negative: overdue by so many. */
export const daysLeft = (due: string, zone: string, now: number): number => daysBetween(dayIn(zone, now), due);

/** `12月3日`, with the year when it is another one than that of `now`. */
export function dayText(day: string, locale: string, now: number): string {
  const sameYear = day.slice(0, 4) === new Date(now).toISOString().slice(0, 4);
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }).format(Date.parse(day));
}

/** `残り 5 日`, `期限超過 2 日`. */
export function leftText(days: number, t: Words['t']): string {
  return days < 0 ? t('ticket.overdue', { n: -days }) : t('ticket.left', { n: days });
}
