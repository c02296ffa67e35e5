/** Days people work on. Dates are YYYY-MM-DD of the place they are counted in. Pure. */
import { dayOf, dueIn } from './tickets';

/** 1970-01-01 was a Thursday. */
const isWeekend = (date: string): boolean => [2, 3].includes(dayOf(date) % 7);

/** The date `days` working days after `from`, which itself counts for nothing: Monday to Friday, without holidays. */
export function workdaysAfter(from: string, days: number, isHoliday: (date: string) => boolean): string {
  let date = from;
  for (let left = days; left > 0; ) {
    date = dueIn(1, date);
    if (!isWeekend(date) && !isHoliday(date)) left -= 1;
  }
  return date;
}
