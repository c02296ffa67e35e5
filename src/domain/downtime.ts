/**
 * Downtimes of Mackerel: times in which people have said that alerts are no news. Mackerel raises none then, but it may have
 * raised one just before, or be heard late. Weekdays and dates are those of UTC+9, which has no summer time. Pure.
 */
import type { AlertSighting } from './alert';
import type { Why } from './record';

/** Times are epoch ms. */
export interface Downtime {
  readonly name: string;
  readonly start: number;
  readonly durationMs: number;
  readonly recurrence: Recurrence | null;
  /** Services, and roles as `service:role`; empty: everywhere. */
  readonly places: readonly string[];
  readonly placesExcluded: readonly string[];
  /** Monitor ids; empty: all. */
  readonly monitors: readonly string[];
  readonly monitorsExcluded: readonly string[];
}
export interface Recurrence {
  readonly type: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
  /** At least 1. */
  readonly interval: number;
  /** 0 Sunday … 6 Saturday; empty: the day of `start`. */
  readonly weekdays: readonly number[];
  /** The last moment one may begin; null: for ever. */
  readonly until: number | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 9 * HOUR;

/** Days since 1970-01-01, a Thursday. */
const dayOf = (at: number): number => Math.floor((at + ZONE) / DAY);
const weekdayOf = (day: number): number => (day + 4) % 7;
const sundayOf = (day: number): number => day - weekdayOf(day);

/** The newest beginning not after `limit` in the weeks that count; only the last two of these can have one. */
function weekly(start: number, { interval, weekdays }: Recurrence, limit: number): number | null {
  const first = dayOf(start);
  const wanted = weekdays.length === 0 ? [weekdayOf(first)] : [...weekdays];
  const weeks = (sundayOf(dayOf(limit)) - sundayOf(first)) / 7;
  const newest = Math.floor(weeks / interval) * interval;
  const days = [newest, newest - interval].flatMap((week) => wanted.map((weekday) => sundayOf(first) + week * 7 + weekday));
  const begun = days.map((day) => start + (day - first) * DAY).filter((at) => at >= start && at <= limit);
  return begun.length === 0 ? null : Math.max(...begun);
}

/** The same day and time of day, `months` later; where that month is too short, its last day. */
function monthsAfter(start: number, months: number): number {
  const date = new Date(start + ZONE);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + ((start + ZONE) % DAY) - ZONE;
}
function monthly(start: number, step: number, limit: number): number {
  const [from, to] = [new Date(start + ZONE), new Date(limit + ZONE)];
  const apart = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const months = Math.floor(apart / step) * step;
  const at = monthsAfter(start, months);
  return at <= limit ? at : monthsAfter(start, months - step);
}

/** When it last began, at `at` or before; null: it has not yet. */
function lastBegun({ start, recurrence }: Downtime, at: number): number | null {
  const limit = Math.min(at, recurrence?.until ?? at);
  if (limit < start) return null;
  if (recurrence === null) return start;
  const every = (ms: number): number => start + Math.floor((limit - start) / ms) * ms;
  switch (recurrence.type) {
    case 'hourly':
      return every(recurrence.interval * HOUR);
    case 'daily':
      return every(recurrence.interval * DAY);
    case 'weekly':
      return weekly(start, recurrence, limit);
    case 'monthly':
      return monthly(start, recurrence.interval, limit);
    case 'yearly':
      return monthly(start, 12 * recurrence.interval, limit);
  }
}

/** Until when it runs at `at`, epoch ms; null: it does not. One that began on a Sunday ends for Mackerel after 24 hours. */
export function runsUntil(downtime: Downtime, at: number): number | null {
  const begun = lastBegun(downtime, at);
  if (begun === null) return null;
  const until = begun + (weekdayOf(dayOf(begun)) === 0 ? Math.min(downtime.durationMs, DAY) : downtime.durationMs);
  return at < until ? until : null;
}

/** A role lies in its service. */
const inside = (place: string, scope: string): boolean => place === scope || place.startsWith(`${scope}:`);

/** Where an alert happens: in the roles of its host, or in the monitor's service; some happen nowhere. */
const placesOf = ({ host, roles, service }: AlertSighting): readonly string[] => (host !== null ? (roles ?? []) : service !== null ? [service] : []);

/** Places and monitors must both fit. Of an alert whose monitor is not known yet, one that speaks of monitors says nothing. */
export function concerns({ places, placesExcluded, monitors, monitorsExcluded }: Downtime, alert: AlertSighting): boolean {
  const happens = placesOf(alert);
  const touches = (scopes: readonly string[]): boolean => scopes.some((scope) => happens.some((place) => inside(place, scope)));
  if (places.length > 0 && !touches(places)) return false;
  if (touches(placesExcluded)) return false;
  if (monitors.length + monitorsExcluded.length === 0) return true;
  const { monitorId } = alert;
  return monitorId !== null && (monitors.length === 0 || monitors.includes(monitorId)) && !monitorsExcluded.includes(monitorId);
}

/**
 * Why nobody is asked about the alert: the downtime it is in now, or was in when it ended; of several the one that runs
 * longest. null: it is in none. `now`: epoch ms.
 */
export function downtimeOf(downtimes: readonly Downtime[], alert: AlertSighting, now: number): Why | null {
  const at = alert.closedAt ?? now;
  const running = downtimes.flatMap((downtime) => {
    const until = concerns(downtime, alert) ? runsUntil(downtime, at) : null;
    return until === null ? [] : [{ name: downtime.name, until }];
  });
  const [last] = running.sort((a, b) => b.until - a.until || (a.name < b.name ? -1 : 1));
  return last === undefined ? null : { key: 'candidate.why.downtime', params: last };
}
