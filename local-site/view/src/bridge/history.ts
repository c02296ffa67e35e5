/** `view.createHistory()`: the app's own locations below its page, as the `history` library of version 4 offers them. */
import { go, onNavigation } from '../router';

interface Location {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly state: unknown;
  readonly key: string;
}
type To = string | Partial<Location>;
type Action = 'PUSH' | 'REPLACE' | 'POP';

/** `cleanup` collects what ends with the frame. */
export function appHistory(base: string, cleanup: Set<() => void>): Record<string, unknown> {
  let action: Action = 'POP';
  const here = (): Location => {
    const { pathname, search, hash } = window.location;
    const own = pathname.startsWith(base) ? pathname.slice(base.length) : '';
    return { pathname: own === '' ? '/' : own, search, hash, state: window.history.state ?? undefined, key: `${pathname}${search}${hash}` };
  };
  const address = (to: To): string => {
    const text = typeof to === 'string' ? to : `${to.pathname ?? here().pathname}${to.search ?? ''}${to.hash ?? ''}`;
    const url = new URL(text, `http://app.invalid${here().pathname}`);
    return base + (url.pathname === '/' ? '' : url.pathname) + url.search + url.hash;
  };
  const move = (how: 'push' | 'replace') => (to: To, state?: unknown) => {
    action = how === 'push' ? 'PUSH' : 'REPLACE';
    go(address(to), how, state ?? (typeof to === 'string' ? null : (to.state ?? null)));
    action = 'POP';
  };
  return {
    location: here(),
    action,
    length: window.history.length,
    push: move('push'),
    replace: move('replace'),
    go: (steps: number) => window.history.go(steps),
    goBack: () => window.history.back(),
    goForward: () => window.history.forward(),
    createHref: (to: To) => address(to),
    listen: (listener: (location: Location, action: Action) => unknown) => {
      const stop = onNavigation(() => {
        if (window.location.pathname === base || window.location.pathname.startsWith(`${base}/`)) void listener(here(), action);
      });
      cleanup.add(stop);
      return stop;
    },
  };
}
