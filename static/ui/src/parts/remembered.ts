/** What this browser keeps for this viewer between visits. A browser that keeps nothing is no error. */

/** The kept value as `parse` understands it; null: nothing, or nothing it understands. */
export function recall<T>(key: string, parse: (value: unknown) => T | null): T | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : parse(JSON.parse(kept));
  } catch {
    return null;
  }
}

/** Keeps a JSON value; null forgets it. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {}
}
