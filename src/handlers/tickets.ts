import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod';
import { tendTickets } from '../usecases/follow-tickets';
import { forgetCandidates } from '../usecases/forget-candidates';
import { erasePersonalData } from '../usecases/personal-data';
import { remindReviews } from '../usecases/remind-reviews';
import { workOn } from '../usecases/ticket-job';
import { logFailure } from './as-result';
import { compose } from './compose';
import { isPaused } from './license';

const RETRY_SECONDS = 15;
const eventSchema = z.object({ body: z.object({ ticketId: z.string() }) });

/** Queue consumer: looks after one ticket. A failure asks the platform to deliver again; after that the sweeper goes on. */
export async function ticketWork(raw: unknown, context?: unknown): Promise<InvocationError | undefined> {
  if (isPaused(context)) return undefined;
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  try {
    await workOn(compose().ports, parsed.data.body.ticketId);
    return undefined;
  } catch (error) {
    logFailure('ticket-work', error);
    return new InvocationError({ retryAfter: RETRY_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });
  }
}

/** Scheduled once a day. What fails is logged and does not keep the rest from being done; the next day does it. */
export async function daily(_event: unknown, context?: unknown): Promise<void> {
  if (isPaused(context)) return;
  const { ports } = compose();
  for (const work of [tendTickets, remindReviews, forgetCandidates, erasePersonalData]) await work(ports).catch((error: unknown) => logFailure('daily', error));
}
