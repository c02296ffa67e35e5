/** A review is one row; its index tells those that are open from those that are done. */
import type { Review } from '../../domain/review';
import type { ReviewStore } from '../../ports';
import { listRows, makeRow, readRow, replaceRow, type Row } from './storage';

interface ReviewRow extends Row {
  readonly conn: string;
  readonly shelf: 'open' | 'done';
  readonly madeAt: number;
  readonly doc: Review;
}
export const reviewKey = (incidentId: string): string => `review:${incidentId}`;

export function createReviewStore(): ReviewStore {
  const row = (doc: Review, ver: number): ReviewRow => ({ conn: doc.conn, shelf: doc.state === 'done' ? 'done' : 'open', madeAt: doc.madeAt, ver, doc });
  return {
    async get(incidentId) {
      const found = await readRow<ReviewRow>('review', reviewKey(incidentId));
      return found === null ? null : { ver: found.ver, value: found.doc };
    },
    put: (review, ver) => (ver === null ? makeRow('review', reviewKey(review.incidentId), row(review, 1)) : replaceRow('review', reviewKey(review.incidentId), row(review, ver + 1), ver)),
    list: async (conn, state, limit) => (await listRows<ReviewRow>('review', { index: 'by-shelf', partition: [conn, state], limit, newestFirst: true })).map(({ doc }) => doc),
  };
}
