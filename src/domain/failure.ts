import type { AppError, ErrorCode } from '../contract';

/** The one family of errors inside; `handlers/as-result.ts` turns it into the contract's AppError. */
export class AppFailure extends Error {
  override readonly name = 'AppFailure';
  constructor(
    readonly code: ErrorCode,
    readonly messageKey: string = `error.${code}`,
    readonly params: AppError['params'] = {},
    readonly field: string | null = null,
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${code}: ${messageKey}`);
  }
}

/** A stored incident that cannot be read: damaged, or of a later version. Looking again finds it no better; the others go on. */
export class RecordFailure extends AppFailure {
  constructor(messageKey: 'error.record-damaged' | 'error.record-newer', params: AppError['params']) {
    super('internal', messageKey, params);
  }
}

/** One answer for what does not exist and for what the caller may not know of. */
export const notFound = (): AppFailure => new AppFailure('not-found');
export const badRequest = (field: string, messageKey = 'error.bad-request'): AppFailure =>
  new AppFailure('bad-request', messageKey, {}, field);
