import { AppFailure } from '../domain/failure';
import type { Actor, PageFacts, PagePlace, Ports, WrittenPage } from '../ports';

const TITLES = 5;

/** The titles a page of these facts may have, the wanted one first; the others are for where a stranger has it. */
export const titlesOf = (ports: Ports, facts: PageFacts): readonly string[] => Array.from({ length: TITLES }, (_, attempt) => ports.pages.title(facts, attempt));

/**
 * Makes the page, or answers the one that was made. Titles are unique in a space, so a page whose answer was lost shows up as
 * a clash and is adopted by its nonce.
 * @throws AppFailure page-refused when Confluence refuses for good
 */
export async function makePage(ports: Ports, place: PagePlace, facts: PageFacts, authors: readonly string[], actor: Actor): Promise<WrittenPage> {
  for (const title of titlesOf(ports, facts)) {
    const answer = await ports.pages.create(place, title, facts, authors, actor);
    if (answer.outcome === 'created') return answer.page;
    if (answer.outcome === 'refused') throw new AppFailure('page-refused', `error.page-refused.${answer.reason}`, { space: place.key });
    if (answer.ours !== null) return answer.ours;
  }
  throw new AppFailure('page-refused', 'error.page-refused.bad-page', { space: place.key });
}
