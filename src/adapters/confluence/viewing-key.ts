/** A value beside a page that exactly those can read who may view the page: a content property, replaced every few minutes. */
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Actor } from '../../ports';
import { ask, read } from './http';

export const VIEWING_KEY = 'mackerel_view';
const APP: Actor = { as: 'app' };
const TRIES = 3;
const written = z.object({ id: z.string(), version: z.object({ number: z.number().int() }) });
const listed = z.object({ results: z.array(written) });

export interface Left {
  readonly id: string;
  readonly version: number;
}

/** Version and id of the last write spare the read before this one; where they are stale the property is looked up. */
export async function leaveKey(pageId: string, key: string, known: Left | null): Promise<Left | null> {
  let last = known;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const value = { key };
    const answer =
      last === null
        ? await ask(APP, route`/wiki/api/v2/pages/${pageId}/properties`, { method: 'POST', json: { key: VIEWING_KEY, value } })
        : await ask(APP, route`/wiki/api/v2/pages/${pageId}/properties/${last.id}`, { method: 'PUT', json: { key: VIEWING_KEY, value, version: { number: last.version + 1 } } });
    if (answer.ok) {
      const { id, version } = read(written, answer);
      return { id, version: version.number };
    }
    const found = await ask(APP, route`/wiki/api/v2/pages/${pageId}/properties?key=${VIEWING_KEY}`);
    if (found.status === 403 || found.status === 404) return null;
    const row = read(listed, found).results[0];
    last = row === undefined ? null : { id: row.id, version: row.version.number };
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
