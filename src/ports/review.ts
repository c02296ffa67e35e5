/** Reviews, and the days nobody works on. */
import type { Lang } from '../contract';
import type { Review } from '../domain/review';

export interface ReviewStore {
  get(incidentId: string): Promise<{ readonly ver: number; readonly value: Review } | null>;
  /** `ver` null: must not exist yet. False: somebody else was first. */
  put(review: Review, ver: number | null): Promise<boolean>;
  /** Those of a connection, newest first; may lag. */
  list(conn: string, state: 'open' | 'done', limit: number): Promise<readonly Review[]>;
}
/** Whether people of a space in that language have the day (YYYY-MM-DD) off, weekends apart. */
export type IsHoliday = (date: string, lang: Lang) => boolean;
