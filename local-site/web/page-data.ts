/** What the page view shows of Confluence, and what people write with it, as the person who looks. */
import type { PageForView, SpaceForWeb, Viewer, WebOutcome } from '../products/for-web';
import type { Byline, Editable, EditInput, NewPage, PageLink, PageView, SpacePages, WebSpace } from './api-types';
import type { WebDeps } from './deps';

/** Confluence refused; `status` and its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How many of the newest pages are looked at for incidents. */
const RECENT = 30;

export function recentIncidents(deps: WebDeps, user: Viewer): PageLink[] {
  const pages = deps.products.spacesFor(user).flatMap((space) => deps.products.pagesOf(user, space.key));
  const newest = [...pages].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, RECENT);
  return newest.flatMap(({ id }) => link(deps, user, id)).filter((page) => page.byline).slice(0, 8);
}

export function spacePages(deps: WebDeps, user: Viewer, key: string): SpacePages {
  const space = deps.products.spacesFor(user).find((candidate) => candidate.key === key);
  if (!space) throw new Refused(404, `no space ${key}`);
  return { space: toSpace(space), pages: deps.products.pagesOf(user, key).flatMap(({ id }) => link(deps, user, id)) };
}

export function view(deps: WebDeps, user: Viewer, id: string): PageView {
  const page = load(deps, user, id);
  return {
    id: page.id,
    title: page.title,
    url: page.path,
    space: toSpace(page.space),
    ancestors: page.ancestors.map(({ title, path }) => ({ title, url: path })),
    version: page.version.number,
    author: page.author.displayName,
    editor: page.version.by.displayName,
    editedAt: page.version.at,
    canEdit: page.canEdit,
    restricted: page.restricted,
    trashed: page.status === 'trashed',
    draft: page.draft && { by: page.draft.by.displayName, at: page.draft.at },
    labels: page.labels,
    byline: byline(deps, page),
    width: page.properties['content-appearance-published'] === 'full-width' ? 'full' : 'default',
    body: page.adf,
  };
}

export function editable(deps: WebDeps, user: Viewer, id: string): Editable {
  const page = load(deps, user, id);
  const draft = need(deps.products.openDraft(user, id));
  return { title: draft.title, body: JSON.stringify(draft.adf, null, 2), baseVersion: draft.baseVersion, pageVersion: page.version.number, url: page.path };
}

export function create(deps: WebDeps, user: Viewer, page: NewPage): { url: string } {
  const made = need(deps.products.createPage(user, { spaceKey: page.spaceKey, title: page.title, adf: parse(page.body) }));
  return { url: made.path };
}

export function save(deps: WebDeps, user: Viewer, id: string, input: EditInput): { version: number | null } {
  need(deps.products.saveDraft(user, id, { title: input.title, adf: parse(input.body) }));
  return { version: input.publish ? need(deps.products.publishDraft(user, id)).version : null };
}

export function discard(deps: WebDeps, user: Viewer, id: string): Record<string, never> {
  need(deps.products.discardDraft(user, id));
  return {};
}

export function toSpace(space: SpaceForWeb): WebSpace {
  return { id: space.id, key: space.key, name: space.name, canCreate: space.canCreate };
}

function load(deps: WebDeps, user: Viewer, id: string): PageForView {
  const page = deps.products.pageForView(user, id);
  if (!page) throw new Refused(404, `no page ${id}`);
  return page;
}

function link(deps: WebDeps, user: Viewer, id: string): PageLink[] {
  const page = deps.products.pageForView(user, id);
  if (!page) return [];
  return [{ id, title: page.title, url: page.path, at: page.createdAt, restricted: page.restricted, byline: byline(deps, page) }];
}

function byline(deps: WebDeps, page: PageForView): Byline | null {
  const item = [...deps.manifest.modules.values()].find((module) => module.type === 'confluence:contentBylineItem');
  const key = item?.raw['contentPropertyKey'];
  const value = typeof key === 'string' ? page.properties[key] : null;
  if (typeof value !== 'object' || value === null) return null;
  const { title, icon, tooltip } = value as Record<string, unknown>;
  if (typeof title !== 'string') return null;
  return { title, icon: typeof icon === 'string' ? icon : null, tooltip: typeof tooltip === 'string' ? tooltip : null };
}

function need<T>(outcome: WebOutcome<T>): T {
  if (!outcome.ok) throw new Refused(outcome.status, outcome.message);
  return outcome.value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Refused(400, `The document is not JSON: ${(error as Error).message}`);
  }
}
