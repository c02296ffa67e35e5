/** Counts within one warm instance, by installation: cheap, and no promise beyond it. Times are epoch ms. */
const KEPT = 1_000;

export interface Window {
  /** Counts one; when `key` has had its `max` within the window, ms until the next window, else null. */
  take(key: string, now: number): number | null;
}

export function createWindow(windowMs: number, max: number): Window {
  const counts = new Map<string, { readonly since: number; n: number }>();
  return {
    take(key, now) {
      const known = counts.get(key);
      // A clock that was set back begins a new window, too.
      if (known === undefined || now < known.since || now - known.since >= windowMs) {
        counts.delete(key);
        counts.set(key, { since: now, n: 1 });
        if (counts.size > KEPT) counts.delete(counts.keys().next().value ?? '');
        return null;
      }
      if (known.n >= max) return known.since + windowMs - now;
      known.n += 1;
      return null;
    },
  };
}
