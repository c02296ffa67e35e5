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

/** Whether a path of the site is drawn by this program. */
export function isOurs(path: string): boolean {
  return path === '/' || /^\/(wiki|browse|jira)(\/|$)/.test(path) && !path.startsWith('/wiki/rest/') && !path.startsWith('/wiki/api/');
}

/** The address if following it stays a web page or a mail, without the origin when it is this site's; other schemes lead nowhere. */
export function siteAddress(href: unknown): string | undefined {
  if (typeof href !== 'string' || !URL.canParse(href, window.location.origin)) return undefined;
  const { protocol, origin, pathname, search, hash } = new URL(href, window.location.origin);
  if (!['http:', 'https:', 'mailto:'].includes(protocol)) return undefined;
  return origin === window.location.origin ? pathname + search + hash : href;
}

export function usePath(): string {
  return useSyncExternalStore(onNavigation, () => window.location.pathname);
}

/** Names the window while the page is shown. */
export function useTitle(title: string | null, product: 'Confluence' | 'Jira' = 'Confluence'): void {
  useEffect(() => {
    document.title = title === null ? `${product} (local)` : `${title} - ${product} (local)`;
  }, [title, product]);
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }): ReactElement {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || !isOurs(new URL(href, window.location.origin).pathname) || !href.startsWith('/')) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
