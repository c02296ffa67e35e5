/** What people write: new pages, the one draft everybody shares, and its publishing. */
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { Editable, EditInput, NewPage } from './api-types';
import { object, Refused, rest, text, type Json } from './confluence';

const EMPTY_DOC = { type: 'doc', version: 1, content: [] };
const pathOf = (id: string): string => `/wiki/api/v2/pages/${encodeURIComponent(id)}`;
const bodyOf = (adf: string): Json => ({ representation: 'atlas_doc_format', value: adf });

/** Whose unpublished draft lies on a published page since when; null: none. */
export async function draftOf(deps: SiteDeps, user: SiteUser | null, id: string): Promise<{ by: string; at: number } | null> {
  const page = await rest(deps, user, 'GET', `${pathOf(id)}?get-draft=true`);
  if (page['status'] !== 'draft') return null;
  const version = object(page['version']);
  return { by: text(version['authorId']), at: Date.parse(text(version['createdAt'])) };
}

/** The draft, or the published page where there is none. */
export async function editable(deps: SiteDeps, user: SiteUser | null, id: string): Promise<Editable> {
  const published = deps.products.pageForView(user?.accountId ?? null, id);
  if (!published) throw new Refused(404, `no page ${id}`);
  if (!published.canEdit) throw new Refused(403, 'You may not edit this page.');
  const page = await rest(deps, user, 'GET', `${pathOf(id)}?body-format=atlas_doc_format&get-draft=true`);
  const adf = text(object(object(page['body'])['atlas_doc_format'])['value']);
  return {
    title: text(page['title']),
    body: JSON.stringify(adf === '' ? EMPTY_DOC : JSON.parse(adf), null, 2),
    isDraft: page['status'] === 'draft',
    version: published.version.number,
    url: published.path,
    spaceKey: published.space.key,
  };
}

export async function create(deps: SiteDeps, user: SiteUser | null, page: NewPage): Promise<{ url: string }> {
  const space = deps.products.spacesFor(user?.accountId ?? null).find((candidate) => candidate.key === page.spaceKey);
  if (!space) throw new Refused(404, `no space ${page.spaceKey}`);
  const made = await rest(deps, user, 'POST', '/wiki/api/v2/pages', { spaceId: space.id, status: 'current', title: page.title, body: bodyOf(page.body) });
  const url = deps.products.pageForView(user?.accountId ?? null, text(made['id']))?.path;
  return { url: url ?? `/wiki/spaces/${space.key}/overview` };
}

/** Keeps the draft, or publishes it as the version after the one it was opened at. */
export async function save(deps: SiteDeps, user: SiteUser | null, id: string, input: EditInput): Promise<void> {
  const change = { id, title: input.title, body: bodyOf(input.body) };
  await rest(deps, user, 'PUT', pathOf(id), { ...change, status: 'draft', version: { number: 1 } });
  if (input.publish) await rest(deps, user, 'PUT', pathOf(id), { ...change, status: 'current', version: { number: input.version + 1 } });
}

export async function discard(deps: SiteDeps, user: SiteUser | null, id: string): Promise<void> {
  await rest(deps, user, 'DELETE', `${pathOf(id)}?draft=true`);
}
