/**
 * Writes parts into a page as whoever presses. Under the version that was read, so that nothing anybody published meanwhile is
 * written over; and never under somebody's unpublished changes.
 */
import type { FillPlace, FillResult } from '../../../contract';
import { AppFailure } from '../../../domain/failure';
import type { PageBody } from '../edit-page';
import { hashesIn, insert, parsed, type Hashes, type Part } from './insert';
import type { Node } from './own-part';

/** The page, as the presser may read and write it. */
export interface PageDoor {
  /** null: gone, or hidden. */
  read(): Promise<PageBody | null>;
  /** In place of what was read. `conflict`: somebody published meanwhile. */
  write(page: PageBody, adf: string): Promise<'written' | 'conflict' | 'refused'>;
}
export interface Filling {
  readonly incidentId: string;
  readonly parts: readonly Part[];
  readonly known: Hashes;
  readonly place: FillPlace | null;
}
const TRIES = 4;

export type Filled = FillResult & {
  /** By part, of what stands on the page as it was stored: editors and the product write the same thing in more than one way. */
  readonly hashes: Readonly<Record<string, string>>;
};

/** What became of what was written just now; of a later version nobody can tell whose hand was on it. */
async function stored(door: PageDoor, version: number, { incidentId, parts }: Filling, did: FillResult['did']): Promise<Filled['hashes']> {
  const page = await door.read().catch(() => null);
  const doc = page?.version === version ? parsed(page.adf) : null;
  const written = new Set(did.filter((one) => one.did === 'inserted' || one.did === 'updated').map(({ id }) => id));
  return doc === null ? {} : hashesIn(doc, parts.filter(({ id }) => written.has(id)), incidentId);
}

/** @throws AppFailure forbidden, not-found, busy where others kept publishing, page-refused where nothing can be made of the page */
export async function fill(door: PageDoor, filling: Filling): Promise<Filled> {
  const { incidentId, parts, known, place } = filling;
  const nothing = (outcome: 'drafted' | 'place-gone'): Filled => ({ outcome, did: [], hashes: {} });
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const page = await door.read();
    if (page === null) throw new AppFailure('not-found');
    if (page.isDrafted) return nothing('drafted');
    const doc: Node | null = parsed(page.adf);
    if (doc === null) throw new AppFailure('page-refused', 'error.review-page');
    const made = insert(doc, parts, { incidentId, known, place });
    if (made === null) return nothing('place-gone');
    if (made.doc === null) return { outcome: 'nothing', did: made.did, hashes: {} };
    const answer = await door.write(page, JSON.stringify(made.doc));
    if (answer === 'written') return { outcome: 'written', did: made.did, hashes: await stored(door, page.version + 1, filling, made.did) };
    if (answer === 'refused') throw new AppFailure('forbidden');
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 2000);
}
