import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod';
import { tendTickets } from '../usecases/follow-tickets';
import { workOn } from '../usecases/ticket-job';
import { logFailure } from './as-result';
import { compose } from './compose';

const RETRY_SECONDS = 15;
const eventSchema = z.object({ body: z.object({ ticketId: z.string() }) });

/** Queue consumer: looks after one ticket. A failure asks the platform to deliver again; after that the sweeper goes on. */
export async function ticketWork(raw: unknown): Promise<InvocationError | undefined> {
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

/** Scheduled once a day. What fails is logged; the next day does it, once a week at most for each ticket. */
export async function daily(): Promise<void> {
  try {
    await tendTickets(compose().ports);
  } catch (error) {
    logFailure('daily', error);
  }
}
