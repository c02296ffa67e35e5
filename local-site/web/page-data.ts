/** What the page view shows of Confluence to the person who looks. */
import type { PageForView, SpaceForWeb } from '../products/for-web';
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { Byline, PageLink, PageView, SpacePages, SpaceTrash, WebSpace } from './api-types';
import { Refused } from './confluence';
import { draftOf } from './editing';
import { trashOf } from './lifecycle';

type Viewer = SiteUser | null;
const idOf = (user: Viewer): string | null => user?.accountId ?? null;

/** How many of the newest pages are looked at for incidents, and how many are shown. */
const RECENT = 40;
const SHOWN = 8;

/** Newest first; ids ascend with creation. */
export function recentIncidents(deps: SiteDeps, user: Viewer): PageLink[] {
  const pages = spaces(deps, user).flatMap((space) => deps.products.pagesOf(idOf(user), space.key));
  const newest = [...pages].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, RECENT);
  return newest.flatMap(({ id }) => link(deps, user, id)).filter((page) => page.byline).slice(0, SHOWN);
}

export function spaces(deps: SiteDeps, user: Viewer): WebSpace[] {
  return deps.products.spacesFor(idOf(user)).map(toSpace);
}

export function spacePages(deps: SiteDeps, user: Viewer, key: string): SpacePages {
  const space = spaces(deps, user).find((candidate) => candidate.key === key);
  if (!space) throw new Refused(404, `no space ${key}`);
  return { space, pages: deps.products.pagesOf(idOf(user), key).flatMap(({ id }) => link(deps, user, id)) };
}

export async function spaceTrash(deps: SiteDeps, user: Viewer, key: string): Promise<SpaceTrash> {
  const space = spaces(deps, user).find((candidate) => candidate.key === key);
  if (!space) throw new Refused(404, `no space ${key}`);
  return { space, pages: await trashOf(deps, user, space.id) };
}

export async function view(deps: SiteDeps, user: Viewer, id: string): Promise<PageView> {
  const page = deps.products.pageForView(idOf(user), id);
  if (!page) throw new Refused(404, `no page ${id}`);
  const draft = page.canEdit && page.status === 'current' ? await draftOf(deps, user, id) : null;
  const nameOf = (accountId: string): string => deps.products.account(accountId)?.displayName ?? accountId;
  return {
    id: page.id,
    title: page.title,
    url: page.path,
    space: toSpace(page.space),
    parentId: page.parentId,
    ancestors: ancestors(deps, user, page),
    version: page.version.number,
    author: nameOf(page.authorId),
    editor: nameOf(page.version.authorId),
    editedAt: page.version.at,
    canEdit: page.canEdit,
    restricted: page.restricted,
    trashed: page.status === 'trashed',
    isHome: page.id === page.space.homepageId,
    canPurge: page.canPurge,
    draft: draft && { by: nameOf(draft.by), at: draft.at },
    labels: page.labels,
    byline: byline(deps, page),
    width: page.properties['content-appearance-published'] === 'full-width' ? 'full' : 'default',
    body: page.adf,
  };
}

function ancestors(deps: SiteDeps, user: Viewer, page: PageForView): PageView['ancestors'] {
  const parent = page.parentId === null || page.parentId === page.space.homepageId ? null : deps.products.pageForView(idOf(user), page.parentId);
  return parent ? [...ancestors(deps, user, parent), { title: parent.title, url: parent.path }] : [];
}

function toSpace(space: SpaceForWeb): WebSpace {
  return { id: space.id, homepageId: space.homepageId, key: space.key, name: space.name, canCreate: space.canCreate, canAdminister: space.canAdminister };
}

function link(deps: SiteDeps, user: Viewer, id: string): PageLink[] {
  const page = deps.products.pageForView(idOf(user), id);
  if (!page) return [];
  return [{ id, title: page.title, url: page.path, at: page.createdAt, restricted: page.restricted, byline: byline(deps, page) }];
}

function byline(deps: SiteDeps, page: PageForView): Byline | null {
  const item = [...deps.manifest.modules.values()].find((module) => module.type === 'confluence:contentBylineItem');
  const key = item?.raw['contentPropertyKey'];
  const value = typeof key === 'string' ? page.properties[key] : null;
  if (typeof value !== 'object' || value === null) return null;
  const { title, icon, tooltip } = value as Record<string, unknown>;
  if (typeof title !== 'string') return null;
  return { title, icon: typeof icon === 'string' ? icon : null, tooltip: typeof tooltip === 'string' ? tooltip : null };
}
