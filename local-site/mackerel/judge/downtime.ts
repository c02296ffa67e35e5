/** Times in which nothing is judged. Weekdays and dates are those of UTC+9, where Mackerel's people live. */
import type { AnyMonitor, Downtime, Host, Recurrence, Weekday } from '../model';
import type { World } from '../world';
import { placesOf, touches } from './subject';

const HOUR = 3600;
const DAY = 24 * HOUR;
const ZONE = 9 * HOUR;
const WEEKDAYS: readonly Weekday[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** Days since Thursday 1970-01-01, and of these since the Sunday before. */
const dayOf = (time: number): number => Math.floor((time + ZONE) / DAY);
const weekdayOf = (day: number): number => (day + 4) % 7;
const weekOf = (day: number): number => Math.floor((day + 4) / 7);

function weekly(start: number, { interval, weekdays }: Recurrence, limit: number): number | null {
  const first = dayOf(start);
  const wanted = weekdays.length > 0 ? weekdays.map((name) => WEEKDAYS.indexOf(name)) : [weekdayOf(first)];
  for (let day = dayOf(limit); day > dayOf(limit) - 7 * (interval + 1) && day >= first; day -= 1) {
    const time = start + (day - first) * DAY;
    if (time <= limit && (weekOf(day) - weekOf(first)) % interval === 0 && wanted.includes(weekdayOf(day))) return time;
  }
  return null;
}

/** Same day of the month and time of day, `months` later; the last day where a month is too short. */
function monthsLater(start: number, months: number): number {
  const date = new Date((start + ZONE) * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const day = Math.min(date.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  return Date.UTC(year, month, day) / 1000 + ((start + ZONE) % DAY) - ZONE;
}
function calendar(start: number, step: number, limit: number): number {
  const [from, to] = [new Date((start + ZONE) * 1000), new Date((limit + ZONE) * 1000)];
  const apart = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const months = Math.floor(apart / step) * step;
  const time = monthsLater(start, months);
  return time <= limit ? time : monthsLater(start, months - step);
}

/** Start of the newest occurrence that begins at `limit` or before; null: none has begun. */
function latest(start: number, recurrence: Recurrence | null, limit: number): number | null {
  if (limit < start) return null;
  if (recurrence === null) return start;
  const every = (seconds: number): number => start + Math.floor((limit - start) / seconds) * seconds;
  switch (recurrence.type) {
    case 'hourly':
      return every(recurrence.interval * HOUR);
    case 'daily':
      return every(recurrence.interval * DAY);
    case 'weekly':
      return weekly(start, recurrence, limit);
    case 'monthly':
      return calendar(start, recurrence.interval, limit);
    case 'yearly':
      return calendar(start, 12 * recurrence.interval, limit);
  }
}

/** `now` in epoch seconds. `until` is the last moment an occurrence may begin. One that begins on a Sunday is ignored after 24 hours. */
export function isActive({ start, duration, recurrence }: Pick<Downtime, 'start' | 'duration' | 'recurrence'>, now: number): boolean {
  const begun = latest(start, recurrence, Math.min(now, recurrence?.until ?? now));
  return begun !== null && now < begun + (weekdayOf(dayOf(begun)) === 0 ? Math.min(duration * 60, DAY) : duration * 60);
}

/** Services and roles add up; together with monitors both must fit. */
function concerns(downtime: Downtime, monitor: AnyMonitor, host: Host | null): boolean {
  const places = placesOf(monitor, host);
  const wanted = [...downtime.serviceScopes, ...downtime.roleScopes];
  if (wanted.length > 0 && !touches(places, wanted)) return false;
  if (touches(places, [...downtime.serviceExcludeScopes, ...downtime.roleExcludeScopes])) return false;
  if (downtime.monitorScopes.length > 0 && !downtime.monitorScopes.includes(monitor.id)) return false;
  return !downtime.monitorExcludeScopes.includes(monitor.id);
}

/** Whether nothing is judged or told of this monitor now. */
export const inDowntime = (world: Pick<World, 'downtimes' | 'now'>, monitor: AnyMonitor, host: Host | null): boolean =>
  world.downtimes.all().some((downtime) => isActive(downtime, world.now()) && concerns(downtime, monitor, host));
