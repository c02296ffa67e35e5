import { InvocationError, InvocationErrorCode } from '@forge/events';
import { drain as drainAlerts } from '../usecases/drain';
import { noteFailure } from '../usecases/pulse';
import { logFailure } from './as-result';
import { compose } from './compose';
import { isPaused } from './license';

const RETRY_SECONDS = 5;

/** Queue consumer: one look at Mackerel. A failure asks the platform to deliver again; after that the sweeper goes on, as it does after a pause. */
export async function drain(_event: unknown, context?: unknown): Promise<InvocationError | undefined> {
  if (isPaused(context)) return undefined;
  try {
    await drainAlerts(compose().ports);
    return undefined;
  } catch (error) {
    logFailure('drain', error);
    await noteFailure(compose().ports, error);
    return new InvocationError({ retryAfter: RETRY_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });
  }
}
