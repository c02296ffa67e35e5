import { noteFailure, noteReconcile } from '../usecases/pulse';
import { sweep as sweepAll } from '../usecases/sweep';
import { logFailure } from './as-result';
import { compose } from './compose';

/** Scheduled: the platform loses what is thrown here, so it is logged; the next run tries again. */
export async function sweep(): Promise<void> {
  try {
    await sweepAll(compose().ports);
    await noteReconcile(compose().ports);
  } catch (error) {
    logFailure('sweep', error);
    await noteFailure(compose().ports, error);
  }
}
