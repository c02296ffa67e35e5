import { momentsOf } from '../board/timeline/zoned';

/** A date and a time of the day as their fields have them; empty: not filled in. */
export interface TypedMoment {
  readonly date: string;
  readonly clock: string;
}
export interface TypedPast {
  readonly begun: TypedMoment;
  readonly ended: TypedMoment;
}
export const NO_TIMES: TypedPast = { begun: { date: '', clock: '' }, ended: { date: '', clock: '' } };

/** null: incomplete, or skipped by summer time. */
function momentOf({ date, clock }: TypedMoment, zone: string): number | null {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})/.exec(`${date} ${clock}`) ?? [];
  if (year === undefined) return null;
  return momentsOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: 0 }, zone)[0] ?? null;
}

/** Epoch ms of what is typed in `zone`; null: it is not complete, or ends before it begins. */
export function pastOf({ begun, ended }: TypedPast, zone: string): { readonly begunAt: number; readonly endedAt: number } | null {
  const [begunAt, endedAt] = [momentOf(begun, zone), momentOf(ended, zone)];
  return begunAt === null || endedAt === null || begunAt >= endedAt ? null : { begunAt, endedAt };
}
