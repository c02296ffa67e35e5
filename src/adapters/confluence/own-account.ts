import { getAppContext, route } from '@forge/api';
import * as z from 'zod';
import { ask, read } from './http';

const account = z.object({ accountId: z.string() });

// Kept for one call only: the next may be of another installation.
let known: { readonly call: string; readonly accountId: Promise<string> } | null = null;

/** The account the app acts as in Confluence. */
export function ownAccount(): Promise<string> {
  const call = getAppContext().invocationId;
  if (known?.call !== call) {
    const accountId = ask({ as: 'app' }, route`/wiki/rest/api/user/current`).then((answer) => read(account, answer).accountId);
    known = { call, accountId };
  }
  return known.accountId;
}
