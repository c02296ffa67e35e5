import { privacy } from '@forge/api';
import type { Clock } from '../ports';
import type { Privacy } from '../ports/personal-data';

/** Atlassian takes so many at a time. */
const AT_ONCE = 90;

/** Of people the app stores nothing but their account ids, so that `updated` accounts leave nothing to do. */
export function createPrivacy(clock: Clock): Privacy {
  return {
    async closed(accountIds) {
      const closed = new Set<string>();
      const updatedAt = new Date(clock.now()).toISOString();
      for (let start = 0; start < accountIds.length; start += AT_ONCE) {
        const answers = await privacy.reportPersonalData(accountIds.slice(start, start + AT_ONCE).map((accountId) => ({ accountId, updatedAt })));
        for (const { accountId, status } of answers) if (status === 'closed') closed.add(accountId);
      }
      return closed;
    },
  };
}
