/** Paths of the site, without a page load between them. */
import { useEffect, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type ReactElement } from 'react';

const watchers = new Set<() => void>();
const tell = (): void => watchers.forEach((watcher) => watcher());
window.addEventListener('popstate', tell);

/** Called after every change of the address. */
export function onNavigation(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function go(to: string, how: 'push' | 'replace' = 'push', state: unknown = null): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](state, '', to);
  if (how === 'push') window.scrollTo(0, 0);
  tell();
}

export function usePath(): string {
  return useSyncExternalStore(onNavigation, () => window.location.pathname);
}

/** Names the window while the page is shown. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? 'Confluence (local)' : `${title} - Confluence (local)`;
  }, [title]);
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): ReactElement {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || !href.startsWith('/')) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
