/** Addresses that open a board at a time of its past. Pure. */

/** The time a path of the Incidents page asks for: `/board/<id>?at=<epoch ms>`; null: now. */
export function momentOfPath(path: string): number | null {
  const at = Number(/[?&]at=(\d{12,14})(?:[&#]|$)/.exec(path)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(at) ? at : null;
}

/** `boardUrl` with the time in it. */
export function urlAt(boardUrl: string, at: number): string {
  const url = new URL(boardUrl);
  url.searchParams.set('at', String(at));
  return url.href;
}
