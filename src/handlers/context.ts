import * as z from 'zod';
import { AppFailure } from '../domain/failure';
import type { Caller } from '../usecases/caller';

/**
 * What the platform says of a call. Identity comes from the runtime's principal, never from the payload; everything under
 * `extension` is the client's word and is not read here.
 */
const contextSchema = z.object({
  accountId: z.string().min(1).max(200).optional(),
  installContext: z.string().min(1).optional(),
  cloudId: z.string().optional(),
});

/** @throws AppFailure not-found for callers without an account: there is nothing an anonymous caller may learn */
export function parseCaller(context: unknown): Caller {
  const parsed = contextSchema.safeParse(context);
  const accountId = parsed.success ? parsed.data.accountId : undefined;
  if (!parsed.success || accountId === undefined || accountId === 'unidentified') throw new AppFailure('not-found');
  return { accountId, installation: parsed.data.installContext ?? parsed.data.cloudId ?? '' };
}
