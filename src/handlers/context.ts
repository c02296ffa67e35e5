import * as z from 'zod';
import { AppFailure } from '../domain/failure';
import type { Caller } from '../usecases/caller';
import { isPaused } from './license';

/**
 * What the platform says of a call. Identity comes from the runtime's principal, never from the payload; everything under
 * `extension` is the client's word and is not read here. So is `accountType`: it can only shut out, who may what is proven.
 */
const contextSchema = z.object({
  accountId: z.string().min(1).max(200),
  accountType: z.string().optional(),
  installContext: z.string().min(1).optional(),
  cloudId: z.string().optional(),
});

/** Kinds of callers the app answers nothing: visitors, accounts without a license of the product, customers of a help desk. */
const OUTSIDERS: ReadonlySet<string> = new Set(['anonymous', 'unlicensed', 'customer']);

/** @throws AppFailure no-account for callers without a licensed account: there is nothing they may learn here, whatever they ask */
export function parseCaller(context: unknown): Caller {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success || parsed.data.accountId === 'unidentified' || OUTSIDERS.has(parsed.data.accountType ?? '')) throw new AppFailure('no-account');
  const { accountId, installContext, cloudId } = parsed.data;
  return { accountId, installation: installContext ?? cloudId ?? '', isPaused: isPaused(context) };
}
