import { noteFailure, noteReconcile } from '../usecases/pulse';
import { sweep as sweepAll } from '../usecases/sweep';
import { logFailure } from './as-result';
import { compose } from './compose';
import { isPaused } from './license';

/** Scheduled: the platform loses what is thrown here, so it is logged; the next run tries again. The first after a pause makes up for it. */
export async function sweep(_event: unknown, context?: unknown): Promise<void> {
  if (isPaused(context)) return;
  try {
    await sweepAll(compose().ports);
    await noteReconcile(compose().ports);
  } catch (error) {
    logFailure('sweep', error);
    await noteFailure(compose().ports, error);
  }
}
