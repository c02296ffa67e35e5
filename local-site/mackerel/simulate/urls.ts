/** What URLs can be made to answer. */
import { UP } from '../judge/external';

export const URL_STATES = {
  up: UP,
  down: { ...UP, status: null },
  slow: { ...UP, responseTimeMs: 9_000 },
  error: { ...UP, status: 503 },
} as const;
export type UrlStateName = keyof typeof URL_STATES;
