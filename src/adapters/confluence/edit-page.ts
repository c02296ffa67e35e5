/** Writing into the body of a page that belongs to people: under its version, and never under a draft. */
import { route } from '@forge/api';
import * as z from 'zod';
import { plainLine } from '../../domain/text';
import type { Actor } from '../../ports';
import { ask, read, type Answer } from './http';

const page = z.object({
  status: z.string(),
  title: z.string(),
  version: z.object({ number: z.number().int() }),
  body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }),
});
export interface PageBody {
  readonly title: string;
  readonly version: number;
  /** As published, ADF as text. */
  readonly adf: string;
  /** Somebody's changes wait to be published. */
  readonly isDrafted: boolean;
}

const hidden = ({ status }: Answer): boolean => status === 403 || status === 404;

/** null: gone, in the trash, or not for the actor to see. */
export async function readBody(pageId: string, actor: Actor): Promise<PageBody | null> {
  const look = (draft: boolean): Promise<Answer> => ask(actor, route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format&get-draft=${String(draft)}`);
  const now = await look(false);
  // The draft is looked at last: whoever begins to write after that publishes against a newer version.
  const edited = await look(true);
  if (hidden(now) || hidden(edited)) return null;
  const { title, version, body, status } = read(page, now);
  if (status !== 'current') return null;
  const draft = read(page, edited);
  const adf = body.atlas_doc_format.value;
  return { title, version: version.number, adf, isDrafted: draft.status === 'draft' && (draft.body.atlas_doc_format.value !== adf || draft.title !== title) };
}

/** `adf` in place of what was read. `conflict`: somebody published meanwhile. `message`: of the new version. */
export async function writeBody(pageId: string, { title, version }: PageBody, adf: string, message: string, actor: Actor): Promise<'written' | 'conflict' | 'refused'> {
  const json = { id: pageId, status: 'current', title, body: { representation: 'atlas_doc_format', value: adf }, version: { number: version + 1, message: plainLine(message, 200) } };
  const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}`, { method: 'PUT', json });
  return answer.ok ? 'written' : answer.status === 409 ? 'conflict' : 'refused';
}
