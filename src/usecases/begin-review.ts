import { freshReview, isReviewed, type Review } from '../domain/review';
import type { IncidentHead } from '../domain/model';
import { AppFailure } from '../domain/failure';
import type { Ports } from '../ports';

/** From when an incident is resolved its review is there to be found, also before anybody opened it. Safe to repeat. */
export async function beginReview(ports: Ports, head: IncidentHead): Promise<void> {
  if (isReviewed(head)) await ports.reviews.put(freshReview(head.id, head.conn, ports.clock.now()), null);
}

const TRIES = 8;
/** The review, changed if nobody wrote in between, else once more; one nobody had yet begins here. The same review back: nothing is stored. */
export async function updateReview(ports: Ports, { id, conn }: Pick<IncidentHead, 'id' | 'conn'>, transition: (review: Review) => Review): Promise<Review> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.reviews.get(id);
    const before = row?.value ?? freshReview(id, conn, ports.clock.now());
    const after = transition(before);
    if (after === before || (await ports.reviews.put(after, row?.ver ?? null))) return after;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
