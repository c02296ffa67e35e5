import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod';
import { freeze } from '../usecases/freeze';
import { logFailure } from './as-result';
import { compose } from './compose';
import { isPaused } from './license';

const RETRY_SECONDS = 30;
const eventSchema = z.object({ body: z.object({ incidentId: z.string() }) });

/** Queue consumer: freezes what is due of one incident. A failure asks the platform to deliver again; after that the sweeper goes on. */
export async function evidenceWork(raw: unknown, context?: unknown): Promise<InvocationError | undefined> {
  if (isPaused(context)) return undefined;
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  try {
    await freeze(compose().ports, parsed.data.body.incidentId);
    return undefined;
  } catch (error) {
    logFailure('evidence-work', error);
    return new InvocationError({ retryAfter: RETRY_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });
  }
}
