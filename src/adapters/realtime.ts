import { getAppContext } from '@forge/api';
import { publishGlobal, signRealtimeToken } from '@forge/realtime';
import type { LiveChannel } from '../ports';
import { withRetry, type RetryPlan } from './retry';

/** Tokens are renewed this long before they expire. */
const MARGIN_MS = 60_000;
interface Token {
  readonly token: string;
  readonly expiresAt: number;
}

/** Fifty operations a second are all there are, and boards that open together use them up. */
class Crowded extends Error {}
const ANNOUNCE: RetryPlan = { tries: 3, budgetMs: 4_000, firstWaitMs: 700, again: (error) => error instanceof Crowded, asked: () => null };
/** What @forge/realtime makes of a refusal for being too fast; all its other errors are final. */
function throwIfCrowded(errors: unknown): void {
  if (Array.isArray(errors) && errors.some((error: { message?: unknown }) => error.message === 'RATE_LIMIT_EXCEEDED')) throw new Crowded();
}

/** Module memory outlives a call and is shared by installations: tokens are kept per installation. */
const publishing = new Map<string, Token>();

/**
 * Global channels, because web triggers and queue consumers may publish to no other. A token with the claim `{incident}` on
 * both sides keeps everybody out who was not given one. Sides meet only when their claims are exactly equal.
 */
export function createLiveChannel(now: () => number): LiveChannel {
  async function sign(incidentId: string, permission: 'subscribe' | 'publish'): Promise<Token | null> {
    const answer = await signRealtimeToken(channelOf(incidentId), { incident: incidentId }, [permission]);
    throwIfCrowded(answer.errors);
    if (answer.errors || typeof answer.token !== 'string' || typeof answer.expiresAt !== 'number') return null;
    return { token: answer.token, expiresAt: answer.expiresAt * 1000 };
  }
  async function publishToken(incidentId: string): Promise<Token | null> {
    const key = `${getAppContext().installationAri.toString()}|${incidentId}`;
    const known = publishing.get(key);
    if (known !== undefined && known.expiresAt - MARGIN_MS > now()) return known;
    const made = await sign(incidentId, 'publish');
    if (publishing.size > 500) publishing.clear();
    if (made !== null) publishing.set(key, made);
    return made;
  }

  return {
    async ping(incidentId, ver) {
      try {
        await withRetry(ANNOUNCE, now, async () => {
          const token = await publishToken(incidentId);
          if (token !== null) throwIfCrowded((await publishGlobal(channelOf(incidentId), { ver }, { token: token.token })).errors);
        });
      } catch {
        // Boards poll: a lost ping costs them seconds, a thrown one would cost the change it tells of.
      }
    },
    async token(incidentId) {
      try {
        const token = await sign(incidentId, 'subscribe');
        return token === null ? null : { name: channelOf(incidentId), ...token };
      } catch {
        return null;
      }
    },
  };
}

function channelOf(incidentId: string): string {
  return `incident-${incidentId}`;
}
