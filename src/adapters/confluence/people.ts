import { route } from '@forge/api';
import * as z from 'zod';
import type { People } from '../../ports';
import { ask } from './http';

const person = z.object({ displayName: z.string().nullish() });

export function createPeople(): People {
  return {
    async name(accountId) {
      const answer = await ask({ as: 'app' }, route`/wiki/rest/api/user?accountId=${accountId}`);
      const known = person.safeParse(answer.body);
      return answer.ok && known.success ? (known.data.displayName ?? null) : null;
    },
  };
}
