/** A board that was put on a page before there was an incident learns which one it is of. The rest of the page stays as it is. */
import { route } from '@forge/api';
import * as z from 'zod';
import { plainLine } from '../../domain/text';
import type { Actor } from '../../ports';
import { ask, read, type Answer } from './http';
import { macroIdentity } from './identity';
import { carriesNonce, nameBoard } from './template/board-node';

const TRIES = 3;
const page = z.object({
  status: z.string(),
  title: z.string(),
  version: z.object({ number: z.number().int() }),
  body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }),
});

export interface BoardOf {
  readonly incidentId: string;
  readonly nonce: string;
}

/**
 * Writes under the page's version. Somebody's unpublished draft is never written under: then, and where the actor may not
 * write, the page stays as it is; the board finds its incident by the page all the same. `message`: of the new version.
 */
export async function nameIncident(pageId: string, of: BoardOf, message: string, actor: Actor): Promise<void> {
  const look = (draft: boolean): Promise<Answer> => ask(actor, route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format&get-draft=${String(draft)}`);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const [now, edited] = [await look(false), await look(true)];
    if (!now.ok || !edited.ok) return;
    const { title, version, body } = read(page, now);
    const adf = body.atlas_doc_format.value;
    const draft = read(page, edited);
    if (draft.status === 'draft' && draft.body.atlas_doc_format.value !== adf) return;
    const named = carriesNonce(adf, of.nonce) ? null : nameBoard(adf, of, macroIdentity());
    if (named === null) return;
    const json = { id: pageId, status: 'current', title, body: { representation: 'atlas_doc_format', value: named }, version: { number: version.number + 1, message: plainLine(message, 200) } };
    const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`, { method: 'PUT', json });
    // 409: somebody published meanwhile.
    if (answer.status !== 409) return;
  }
}
