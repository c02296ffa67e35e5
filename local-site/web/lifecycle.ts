/** What people do with whole pages: copy, move, trash and back, delete for good. Their own REST calls, so their own rights. */
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { PageTarget, TrashedPage } from './api-types';
import { Refused, rest, text, type Json } from './confluence';

type Viewer = SiteUser | null;
const v1 = (id: string): string => `/wiki/rest/api/content/${encodeURIComponent(id)}`;
const v2 = (id: string): string => `/wiki/api/v2/pages/${encodeURIComponent(id)}`;

function urlOf(deps: SiteDeps, user: Viewer, id: string): { url: string } {
  const page = deps.products.pageForView(user?.accountId ?? null, id);
  if (!page) throw new Refused(404, `no page ${id}`);
  return { url: page.path };
}

/** As Confluence's own "Copy": body and properties, a title of its own. */
export async function copy(deps: SiteDeps, user: Viewer, id: string, to: PageTarget & { readonly title: string }): Promise<{ url: string }> {
  const destination = { type: 'parent_page', value: to.parentId };
  const made = await rest(deps, user, 'POST', `${v1(id)}/copy`, { destination, pageTitle: to.title, copyProperties: true });
  return urlOf(deps, user, text(made['id']));
}

export async function move(deps: SiteDeps, user: Viewer, id: string, to: PageTarget): Promise<{ url: string }> {
  await rest(deps, user, 'PUT', `${v1(id)}/move/append/${encodeURIComponent(to.parentId)}`);
  return urlOf(deps, user, id);
}

export async function trash(deps: SiteDeps, user: Viewer, id: string): Promise<void> {
  await rest(deps, user, 'DELETE', v2(id));
}

/** Back where it was, as it was. */
export async function restore(deps: SiteDeps, user: Viewer, id: string): Promise<{ url: string }> {
  const page = deps.products.pageForView(user?.accountId ?? null, id);
  if (!page) throw new Refused(404, `no page ${id}`);
  if (page.status !== 'trashed') throw new Refused(400, 'This page is not in the trash.');
  const body = { representation: 'atlas_doc_format', value: JSON.stringify(page.adf) };
  await rest(deps, user, 'PUT', v2(id), { id, status: 'current', title: page.title, body, version: { number: page.version.number + 1 } });
  return urlOf(deps, user, id);
}

export async function purge(deps: SiteDeps, user: Viewer, id: string): Promise<void> {
  await rest(deps, user, 'DELETE', `${v2(id)}?purge=true`);
}

/** The space's trash as this person sees it, last changed first. */
export async function trashOf(deps: SiteDeps, user: Viewer, spaceId: string): Promise<TrashedPage[]> {
  const { results } = await rest(deps, user, 'GET', `/wiki/api/v2/spaces/${spaceId}/pages?status=trashed&sort=-modified-date&limit=250`);
  return (results as Json[]).flatMap((row) => {
    const page = deps.products.pageForView(user?.accountId ?? null, text(row['id']));
    return page ? [{ id: page.id, title: page.title, url: page.path, canEdit: page.canEdit, canPurge: page.canPurge }] : [];
  });
}
