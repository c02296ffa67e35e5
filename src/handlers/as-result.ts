import type { AppError, Result } from '../contract';
import { AppFailure } from '../domain/failure';

function toAppError(error: unknown): AppError {
  if (error instanceof AppFailure) {
    const { code, messageKey, params, field, retryAfterMs } = error;
    return { code, messageKey, params, field, retryAfterMs };
  }
  const status = statusOf(error);
  if (status === 429) return { code: 'busy', messageKey: 'error.busy', params: {}, field: null, retryAfterMs: 2000 };
  return { code: 'internal', messageKey: 'error.internal', params: {}, field: null, retryAfterMs: null };
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('responseDetails' in error)) return null;
  const details: unknown = error.responseDetails;
  return typeof details === 'object' && details !== null && 'status' in details && typeof details.status === 'number' ? details.status : null;
}

/** One line for the log, without payload, names or secrets. */
export function logFailure(where: string, error: unknown): void {
  if (error instanceof AppFailure && error.code !== 'internal') return;
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
  console.error(`${where}: ${name} ${statusOf(error) ?? ''} ${frame}`);
}

/** The one place where failures become answers. */
export async function asResult<T>(where: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    logFailure(where, error);
    return { ok: false, error: toAppError(error) };
  }
}
