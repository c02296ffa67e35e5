/** The variables of an incident's page once more, where nobody touched what they brought. */
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Actor, PageFacts, PageRefresher, Refreshable } from '../../ports';
import { ask, read } from './http';
import { macroIdentity } from './identity';
import { readBody, writeBody, type PageBody } from './edit-page';
import { again } from './template/again';
import { carriesNonce } from './template/board-node';
import type { PageTools } from './template/page';
import { linesOfBlocks } from './template/preview';

const version = z.object({ body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }) });

/** As the page was made; null: its first version is not to be had, or was none of ours. */
async function firstOf(pageId: string, nonce: string, actor: Actor): Promise<string | null> {
  const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format&version=1`);
  if (!answer.ok) return null;
  const adf = read(version, answer).body.atlas_doc_format.value;
  return carriesNonce(adf, nonce) ? adf : null;
}

export function createRefresher(tools: () => Promise<PageTools>): PageRefresher {
  async function plan(pageId: string, facts: PageFacts, actor: Actor): Promise<{ readonly page: PageBody; readonly adf: string; readonly seen: Refreshable } | null> {
    const page = await readBody(pageId, actor);
    const first = page === null ? null : await firstOf(pageId, facts.nonce, actor);
    const made = page === null || first === null ? null : again(first, page.adf, facts, macroIdentity(), await tools());
    if (page === null || made === null) return null;
    const changes = made.changes.map(({ was, now }) => ({ was: linesOfBlocks([was]), now: linesOfBlocks([now]) }));
    return { page, adf: made.adf, seen: { version: page.version, isDrafted: page.isDrafted, changes, kept: made.kept.map((block) => linesOfBlocks([block])) } };
  }
  return {
    refreshable: async (pageId, facts, actor) => (await plan(pageId, facts, actor))?.seen ?? null,
    async refresh(pageId, facts, seen, message, actor) {
      const planned = await plan(pageId, facts, actor);
      if (planned === null) return 'unknown';
      // Nothing left to do: an earlier press of this got through.
      if (planned.seen.changes.length === 0) return 'written';
      if (planned.page.isDrafted) return 'drafted';
      if (planned.page.version !== seen) return 'conflict';
      const outcome = await writeBody(pageId, planned.page, planned.adf, message, actor);
      if (outcome === 'refused') throw new AppFailure('page-refused', 'error.page-refused.write');
      return outcome;
    },
  };
}
