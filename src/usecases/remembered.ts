/** Answers read a moment ago, for other calls on the same warm instance. Keys carry the installation. */
const AT_MOST = 300;
const kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

/** `read` again once `freshMs` have passed since it was begun; a failure is not kept. `now`: epoch ms. */
export function remembered<T>(key: string, now: number, freshMs: number, read: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known !== undefined && now >= known.at && now - known.at < freshMs) return known.answer as Promise<T>;
  const answer = read();
  kept.set(key, { at: now, answer });
  answer.catch(() => kept.delete(key));
  if (kept.size > AT_MOST) kept.delete(kept.keys().next().value ?? '');
  return answer;
}
