/** `router.navigate`, `router.open` and `router.getUrl`. */
import type { PageView } from '../../../web/api-types';
import { go, isOurs } from '../router';
import { api } from '../session';
import type { FrameScope } from './scope';
import { notModelled } from './unmodelled';

export interface NavigationLocation {
  readonly target?: string;
  readonly url?: string;
  readonly type?: 'same-tab' | 'new-tab';
  readonly contentId?: string;
  readonly spaceKey?: string;
  readonly issueKey?: string;
  readonly moduleKey?: string;
  readonly path?: string;
}

/** The absolute address of a place in the product. */
export async function urlOf(to: NavigationLocation, { session }: FrameScope): Promise<string> {
  const at = (path: string): string => session.urls.site + path;
  switch (to.target) {
    case 'contentView':
    case 'contentEdit': {
      const page = await api<PageView>(`/__web/pages/${encodeURIComponent(to.contentId ?? '')}`);
      return at(to.target === 'contentView' ? page.url : `/wiki/spaces/${page.space.key}/pages/edit/${page.id}`);
    }
    case 'spaceView':
    case 'contentList':
      return at(`/wiki/spaces/${encodeURIComponent(to.spaceKey ?? '')}/overview`);
    case 'issue':
      return at(`/browse/${encodeURIComponent(to.issueKey ?? '')}`);
    case 'module': {
      const module = session.modules.find((candidate) => candidate.key === to.moduleKey);
      if (!module) throw new Error(`no module ${to.moduleKey ?? ''}`);
      return at(`/wiki/apps/${module.route ?? module.key}${to.path ? `/${to.path.replace(/^\//, '')}` : ''}`);
    }
    default:
      return notModelled(`router target ${String(to.target)}`);
  }
}

export async function navigate(to: NavigationLocation, frame: FrameScope): Promise<void> {
  const url = new URL(to.url ?? (await urlOf(to, frame)), frame.session.urls.site);
  if (url.protocol !== 'http:' && url.protocol !== 'https:' && url.protocol !== 'mailto:') throw new Error(`cannot navigate to ${url.protocol}`);
  if (to.type === 'new-tab') window.open(url.href, '_blank', 'noopener');
  else if (url.origin === window.location.origin && isOurs(url.pathname)) go(url.pathname + url.search + url.hash);
  else window.location.assign(url.href);
}
