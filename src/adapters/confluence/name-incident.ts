/** A board that was put on a page before there was an incident learns which one it is of. The rest of the page stays as it is. */
import type { Actor } from '../../ports';
import { readBody, writeBody } from './edit-page';
import { macroIdentity } from './identity';
import { carriesNonce, nameBoard } from './template/board-node';

const TRIES = 3;

export interface BoardOf {
  readonly incidentId: string;
  readonly nonce: string;
}

/**
 * Where somebody has an unpublished draft, and where the actor may not write, the page stays as it is; the board finds its
 * incident by the page all the same. `message`: of the new version.
 */
export async function nameIncident(pageId: string, of: BoardOf, message: string, actor: Actor): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const page = await readBody(pageId, actor);
    if (page === null || page.isDrafted) return;
    const named = carriesNonce(page.adf, of.nonce) ? null : nameBoard(page.adf, of, macroIdentity());
    if (named === null || (await writeBody(pageId, page, named, message, actor)) !== 'conflict') return;
  }
}
