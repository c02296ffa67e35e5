/** A page's restrictions. People and groups are named one by one, so that changes at the same time do not undo each other. */
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Actor } from '../../ports';
import type { Who } from '../../contract';
import type { Audience, PageAudience } from '../../ports/audience';
import { ask, read } from './http';
import { ownAccount } from './own-account';

const OPERATIONS = ['read', 'update'] as const;
type Operation = (typeof OPERATIONS)[number];
const USER: Actor = { as: 'user' };
const APP: Actor = { as: 'app' };
const named = z.object({
  operation: z.string(),
  restrictions: z.object({
    user: z.object({ results: z.array(z.object({ accountId: z.string().nullish() })) }),
    group: z.object({ results: z.array(z.object({ id: z.string().nullish(), name: z.string().nullish() })) }),
  }),
});
const restrictions = z.object({ results: z.array(named) });
const group = z.object({ name: z.string() });

const refused = (): AppFailure => new AppFailure('page-refused', 'error.page-refused.audience');

/** Accounts and groups of one operation. Nobody: it is not restricted. */
interface Named {
  readonly accounts: readonly string[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}
const isNamed = ({ accounts, groups }: Named, who: Who): boolean => ('accountId' in who ? accounts.includes(who.accountId) : groups.some(({ id }) => id === who.groupId));
const sizeOf = ({ accounts, groups }: Named): number => accounts.length + groups.length;

/** null: the page is gone or hidden from the actor. */
async function restrictionsOf(pageId: string, actor: Actor): Promise<Readonly<Record<Operation, Named>> | null> {
  const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/restriction?expand=restrictions.user,restrictions.group&limit=200`);
  if (answer.status === 403 || answer.status === 404) return null;
  const { results } = read(restrictions, answer);
  const of = (operation: Operation): Named => {
    const found = results.find((one) => one.operation === operation)?.restrictions;
    return {
      accounts: (found?.user.results ?? []).flatMap(({ accountId }) => accountId ?? []),
      groups: (found?.group.results ?? []).flatMap(({ id, name }) => (id == null ? [] : [{ id, name: name ?? id }])),
    };
  };
  return { read: of('read'), update: of('update') };
}

async function change(method: 'PUT' | 'DELETE', pageId: string, operation: Operation, who: Who, actor: Actor): Promise<void> {
  const path =
    'accountId' in who
      ? route`/wiki/rest/api/content/${pageId}/restriction/byOperation/${operation}/user?accountId=${who.accountId}`
      : route`/wiki/rest/api/content/${pageId}/restriction/byOperation/${operation}/byGroupId/${who.groupId}`;
  if (!(await ask(actor, path, { method })).ok) throw refused();
}

export function createPageAudience(): PageAudience {
  return {
    async read(pageId, actor): Promise<Audience | null> {
      const known = await restrictionsOf(pageId, actor);
      if (known === null) return null;
      const edits = (who: Who): boolean => sizeOf(known.update) === 0 || isNamed(known.update, who);
      return {
        people: known.read.accounts.map((accountId) => ({ accountId, canEdit: edits({ accountId }) })),
        groups: known.read.groups.map(({ id, name }) => ({ id, name, canEdit: edits({ groupId: id }) })),
      };
    },

    async keepTo(pageId, subjects, actor) {
      const accounts = new Set([...subjects.flatMap((one) => ('accountId' in one ? [one.accountId] : [])), await ownAccount()]);
      const groups = new Set(subjects.flatMap((one) => ('groupId' in one ? [one.groupId] : [])));
      const who = { user: [...accounts].map((accountId) => ({ type: 'known', accountId })), group: [...groups].map((id) => ({ type: 'group', id })) };
      const json = OPERATIONS.map((operation) => ({ operation, restrictions: who }));
      const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/restriction`, { method: 'PUT', json });
      // Some plans know no restrictions: then there is no private incident, rather than one that only looks private.
      if (!answer.ok) throw new AppFailure('page-refused', 'error.page-refused.private');
    },

    async open(pageId, actor) {
      const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/restriction`, { method: 'DELETE' });
      if (!answer.ok) throw new AppFailure('page-refused', 'error.page-refused.no-permission');
    },

    // The first one named for something that everybody may would shut all others out of it.
    async add(pageId, who, actor) {
      const known = await restrictionsOf(pageId, actor);
      if (known === null) throw refused();
      for (const operation of OPERATIONS) if (sizeOf(known[operation]) > 0) await change('PUT', pageId, operation, who, actor);
    },

    // Changing goes first: whoever is left with seeing alone has less, and never the other way round. The last one named stays: without one it would be open.
    async remove(pageId, who, actor) {
      const known = await restrictionsOf(pageId, actor);
      if (known === null || OPERATIONS.some((operation) => sizeOf(known[operation]) === 1 && isNamed(known[operation], who))) throw refused();
      const steps = (['update', 'read'] as const).filter((operation) => isNamed(known[operation], who));
      for (const [n, operation] of steps.entries()) {
        await change('DELETE', pageId, operation, who, actor).catch(async (error: unknown) => {
          if (n === 0) throw error;
          // Who takes themselves off may not do the second step any more; the first has shown that they might.
          await change('DELETE', pageId, operation, who, APP);
        });
      }
    },

    async groupName(groupId) {
      const answer = await ask(USER, route`/wiki/rest/api/group/by-id?id=${groupId}`);
      return answer.ok ? read(group, answer).name : null;
    },

    self: ownAccount,
  };
}
