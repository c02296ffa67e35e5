/** Wall-clock times in a zone, by what `Intl` knows of it. Pure. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}
export const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(zone, made);
  return made;
}

/** What a clock in `zone` shows at `ms`. */
export function wallOf(ms: number, zone: string): Wall {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** The same figures read as UTC; rolls over what is too large. */
export const asUtc = (wall: Wall): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/** Milliseconds the zone is ahead of UTC at `ms`. */
export const offsetAt = (ms: number, zone: string): number => asUtc(wallOf(ms, zone)) - Math.floor(ms / 1000) * 1000;

/** Instants at which a clock in `zone` shows `wall`: none in a skipped hour, two in a repeated one. Ascending. */
export function momentsOf(wall: Wall, zone: string): readonly number[] {
  const figures = asUtc(wall);
  const offsets = new Set([offsetAt(figures - DAY_MS, zone), offsetAt(figures + DAY_MS, zone)]);
  return [...offsets]
    .map((offset) => figures - offset)
    .filter((ms) => asUtc(wallOf(ms, zone)) === figures)
    .sort((a, b) => a - b);
}

/** The calendar day of `wall`, moved by `days`. */
export function dayAfter(wall: Wall, days: number): Pick<Wall, 'year' | 'month' | 'day'> {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** `2026-11-24 02:13:05 +09:00`. */
export function stampWithOffset(ms: number, zone: string): string {
  const offset = Math.round(offsetAt(ms, zone) / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const figures = new Date(ms + offset * 60_000).toISOString();
  const size = Math.abs(offset);
  return `${figures.slice(0, 10)} ${figures.slice(11, 19)} ${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
