/** Who is looking and what they may open; and the one way to ask the site for JSON. */
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { Session, WebFailure } from '../../web/api-types';

export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Answers the parsed JSON (undefined for 204); throws Failure, with status 0 when the site cannot be reached. */
export async function api<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const init: RequestInit = body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, init).catch(() => {
    throw new Failure(0, 'The local site cannot be reached. Is `npm start` still running?');
  });
  const text = await answer.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok) throw new Failure(answer.status, (json as WebFailure | undefined)?.message ?? `${answer.status}`);
  return json as T;
}

export const SessionContext = createContext<Session | null>(null);
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session');
  return session;
}

export type Loaded<T> = { readonly state: 'loading' } | { readonly state: 'failed'; readonly failure: Failure } | { readonly state: 'ready'; readonly value: T };

/** Loads `path` again whenever it changes or `reload` is called. `everyMs`: polls while the tab is visible. */
export function useApi<T>(path: string, everyMs = 0): { readonly loaded: Loaded<T>; reload(): void } {
  const [loaded, setLoaded] = useState<{ path: string; value: Loaded<T> }>({ path, value: { state: 'loading' } });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    api<T>(path).then(
      (value) => current && setLoaded({ path, value: { state: 'ready', value } }),
      (error: unknown) => current && setLoaded({ path, value: { state: 'failed', failure: error instanceof Failure ? error : new Failure(0, String(error)) } }),
    );
    return () => {
      current = false;
    };
  }, [path, turn]);
  useEffect(() => {
    if (everyMs === 0) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && setTurn((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { loaded: loaded.path === path ? loaded.value : { state: 'loading' }, reload };
}

export async function switchUser(name: string): Promise<void> {
  await api('/__web/user', 'POST', { name });
  window.location.reload();
}
