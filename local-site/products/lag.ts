/** What a search index knows of stored rows. With a lag, a change reaches it that much later: until then a row is found as it was. */
import type { SiteClock } from '../types';

export interface Lagging<T> {
  /** 0: what is stored is found at once. */
  lagMs: number;
  /** To be called after everything that may have changed a row. */
  changed(): void;
  rows(): readonly T[];
}
interface Entry<T> {
  /** null: the index does not know the row yet. */
  readonly found: T | null;
  /** When it catches up with what is stored; null: it has. */
  readonly due: number | null;
}

export function lagging<T extends { readonly id: number }>(clock: SiteClock, read: () => readonly T[]): Lagging<T> {
  const known = new Map<number, Entry<T>>();
  let lagMs = 0;
  const stored = (): Map<number, T> => new Map(read().map((row) => [row.id, row]));
  const same = (a: T | null, b: T | null): boolean => JSON.stringify(a) === JSON.stringify(b);

  function caughtUp(): T[] {
    const late = [...known].filter(([, { due }]) => due !== null && due <= clock.now());
    const now = late.length > 0 ? stored() : new Map<number, T>();
    for (const [id] of late) {
      const found = now.get(id);
      if (found === undefined) known.delete(id);
      else known.set(id, { found, due: null });
    }
    return [...known.values()].flatMap(({ found }) => found ?? []);
  }

  return {
    get lagMs() {
      return lagMs;
    },
    set lagMs(ms) {
      if (ms === 0) known.clear();
      else if (lagMs === 0) for (const [id, found] of stored()) known.set(id, { found, due: null });
      lagMs = ms;
    },
    changed() {
      if (lagMs === 0) return;
      const due = clock.now() + lagMs;
      const now = stored();
      for (const id of new Set([...known.keys(), ...now.keys()])) {
        const before = known.get(id) ?? { found: null, due: null };
        if (before.due === null && !same(before.found, now.get(id) ?? null)) known.set(id, { ...before, due });
      }
    },
    rows: () => (lagMs === 0 ? read() : caughtUp()),
  };
}
