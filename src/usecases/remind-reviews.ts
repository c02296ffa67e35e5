/** Once a day: reviews that are due are said, three times at most. */
import { remindOfReview } from '../domain/review-due';
import { isReviewed } from '../domain/review';
import type { Ports } from '../ports';
import { Troubles } from './place-alerts';
import { dueOf } from './review-views';
import { updateIncident } from './update-incident';

const LOOKED_AT = 1000;

export async function remindReviews(ports: Ports): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const { conn, scheme } = settings.value;
  const troubles = new Troubles();
  await troubles.each(await ports.reviews.list(conn, 'open', LOOKED_AT), async (review) => {
    const head = await ports.incidents.head(review.incidentId);
    // What happened elsewhere was told there.
    if (head === null || !isReviewed(head) || head.imported !== undefined) return;
    const { dueDate, today } = dueOf(review, { head }, scheme, ports);
    if (dueDate !== null && dueDate <= today) await updateIncident(ports, head.id, (incident) => remindOfReview(incident, dueDate, review.plan.owner, today, ports.clock.now()));
  });
  troubles.throwFirst();
}
