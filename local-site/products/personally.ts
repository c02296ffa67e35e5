/** A change a person makes on the site's own pages: one transaction, refusals as values. */
import type { Viewer, WebOutcome } from './for-web';
import type { Who } from './pages';
import { Refusal } from './refusal';

export type Personally = <T>(user: Viewer, work: (who: Who) => T) => WebOutcome<T>;

/** `commit` makes one transaction of a change and lets its events out. */
export function personally(commit: <T>(work: () => T) => T): Personally {
  return (user, work) => {
    if (user === null) return { ok: false, status: 401, message: 'This site has no anonymous access' };
    try {
      return { ok: true, value: commit(() => work({ accountId: user, byApp: false, inEditor: true })) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, status: error.status, message: error.message };
      throw error;
    }
  };
}
