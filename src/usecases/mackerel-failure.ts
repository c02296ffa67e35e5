import { AppFailure } from '../domain/failure';
import { MackerelError } from '../ports';

/** What a person is told when Mackerel did not do what was asked; anything that is not Mackerel's stays as it is. */
export function mackerelFailure(error: unknown): unknown {
  if (!(error instanceof MackerelError)) return error;
  switch (error.kind) {
    case 'key':
      return new AppFailure('mackerel-key', 'error.mackerel-key');
    case 'forbidden':
      return new AppFailure('mackerel-key', 'error.mackerel-forbidden');
    case 'rate':
      return new AppFailure('busy', 'error.mackerel-rate', {}, null, error.retryAfterMs ?? 10_000);
    case 'unreachable':
    case 'refused':
      return new AppFailure('mackerel-unreachable', 'error.mackerel-unreachable', {}, null, 10_000);
  }
}

/** The same for writes: a key that may only read, or a refusal of the change itself. */
export function writeFailure(error: unknown): unknown {
  if (!(error instanceof MackerelError)) return error;
  if (error.kind === 'forbidden') return new AppFailure('mackerel-refused', 'error.mackerel-read-only');
  if (error.kind === 'refused') return new AppFailure('mackerel-refused', 'error.mackerel-refused');
  return mackerelFailure(error);
}
