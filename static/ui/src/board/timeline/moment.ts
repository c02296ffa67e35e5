/** From a time as it was written to an instant. Pure. */
import { halfWidth, stampAt, type Stamp } from './stamp';
import { asUtc, DAY_MS, dayAfter, momentsOf, offsetAt, wallOf, type Wall } from './zoned';

/** `skipped`: clocks jumped over this time, it is read as the time after; `twice`: they showed it twice that night. */
export type Doubt = 'skipped' | 'twice';
export interface Moment {
  readonly at: number;
  readonly doubt: Doubt | null;
}
/** Where a time without a day belongs. All epoch ms. */
export interface Surroundings {
  /** The reader's zone, an IANA name. */
  readonly zone: string;
  readonly now: number;
  /** What the time is near to, when nothing went before. */
  readonly near: number;
  /** The time that was written before this one. */
  readonly previous: number | null;
}
/** Computers' clocks differ a little. */
export const AHEAD_MS = 60_000;
const HALF_DAY_MS = DAY_MS / 2;

function instant(wall: Wall, zone: string | number, notBefore: number | null): Moment {
  if (typeof zone === 'number') return { at: asUtc(wall) - zone * 60_000, doubt: null };
  const found = momentsOf(wall, zone);
  const [first] = found;
  if (first === undefined) return { at: asUtc(wall) - offsetAt(asUtc(wall) - DAY_MS, zone), doubt: 'skipped' };
  if (found.length === 1) return { at: first, doubt: null };
  return { at: found.find((ms) => notBefore === null || ms >= notBefore) ?? first, doubt: 'twice' };
}
const wallIn = (ms: number, zone: string | number): Wall => (typeof zone === 'number' ? wallOf(ms + zone * 60_000, 'UTC') : wallOf(ms, zone));

/**
 * Without a day: the day of the time before it; a jump back of more than 12 hours is the night after. The first of all is
 * the one nearest to `near`. What would lie in the future was the day before, unless it had just been moved past midnight.
 */
export function momentOf(stamp: Stamp, { zone: own, now, near, previous }: Surroundings): Moment {
  const zone = stamp.zone ?? own;
  const clock = { hour: stamp.hour % 24, minute: stamp.minute, second: stamp.second };
  const on = (base: number, days: number): Moment => instant({ ...dayAfter(wallIn(base, zone), days), ...clock }, zone, previous);
  const night = stamp.hour >= 24 ? 1 : 0;
  if (stamp.day.kind === 'ago') return on(now, night - stamp.day.days);
  if (stamp.day.kind === 'date') {
    const { year, month, day } = stamp.day;
    const dated = (known: number): Moment => instant({ ...dayAfter({ year: known, month, day, hour: 0, minute: 0, second: 0 }, night), ...clock }, zone, previous);
    if (year !== null) return dated(year);
    const around = wallIn(near, zone).year;
    return nearest([around - 1, around, around + 1].map(dated), near);
  }
  if (previous === null) {
    const first = nearest([-1, 0, 1].map((days) => on(near, days)), near);
    return first.at > now + AHEAD_MS ? on(first.at, -1) : first;
  }
  const same = on(previous, 0);
  if (previous - same.at > HALF_DAY_MS) return on(previous, 1);
  return same.at > now + AHEAD_MS ? on(same.at, -1) : same;
}
function nearest(moments: readonly Moment[], near: number): Moment {
  return moments.reduce((best, next) => (Math.abs(next.at - near) < Math.abs(best.at - near) ? next : best));
}

export type Written = { readonly ok: true; readonly moment: Moment } | { readonly ok: false; readonly problem: 'unreadable' | 'future' };

/** What a person typed into a time field: the latest such time that is not to come. */
export function readMoment(text: string, zone: string, now: number): Written {
  const plain = halfWidth(text).trim();
  const found = stampAt(plain, 0);
  if (found === null || found.end !== plain.length) return { ok: false, problem: 'unreadable' };
  // A date without a year is one of the past twelve months.
  const near = found.value.day.kind === 'date' ? now - 180 * DAY_MS : now;
  const moment = momentOf(found.value, { zone, now, near, previous: null });
  return moment.at > now + AHEAD_MS ? { ok: false, problem: 'future' } : { ok: true, moment };
}
