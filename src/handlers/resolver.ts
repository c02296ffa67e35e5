import { makeResolver } from '@forge/resolver';
import type { AppApi } from '../contract';
import { verbs } from './verbs';

const definitions = makeResolver<AppApi>(verbs as Parameters<typeof makeResolver<AppApi>>[0]);

/**
 * Entry of every UI call. The SDK looks verbs up with `in`, so inherited names (`constructor`, `__proto__`) would be
 * answered; only own keys of the table pass.
 */
export async function resolver(payload: Parameters<typeof definitions>[0], runtime?: Record<string, unknown>): Promise<unknown> {
  const key: unknown = payload.call.functionKey;
  if (typeof key !== 'string' || !Object.hasOwn(verbs, key)) {
    return { ok: false, error: { code: 'bad-request', messageKey: 'error.unknown-verb', params: {}, field: 'functionKey', retryAfterMs: null } };
  }
  return await definitions(payload, runtime);
}
