/** Confluence v2: pages. */
import { parseAdf } from './adf';
import { flag, idParam, many, object, ok, oneOf, only, paged, sorted, text, whole, type Call, type Reply, type Route } from './http';
import { draftOf, editablePage, spaceById, visiblePage } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { DraftRow, LabelRow, PageRow, PropertyRow, VersionRow } from './rows';
import { included, labelShape, pageShape, propertyShape, versionShape } from './v2-shapes';

const EMPTY = JSON.stringify({ version: 1, type: 'doc', content: [] });
const PAGES = '/wiki/api/v2/pages';

function wantsBody(call: Call): boolean {
  const format = call.query.get('body-format');
  if (format !== null) oneOf(format, ['atlas_doc_format'], 'body-format');
  return format !== null;
}

/** The document of a write, flat or nested by format, checked. */
function writtenAdf(body: unknown): string {
  if (body === undefined) return EMPTY;
  const outer = object(body);
  const format = typeof outer['representation'] === 'string' ? outer['representation'] : Object.keys(outer)[0];
  if (format === undefined) return EMPTY;
  oneOf(format, ['atlas_doc_format'], 'body.representation');
  const value = typeof outer['value'] === 'string' ? outer['value'] : text(object(outer['atlas_doc_format'])['value'], 'body.value');
  return JSON.stringify(parseAdf(value));
}

function create(call: Call): Reply {
  only(call, 'private', 'root-level', 'embedded');
  const body = object(call.body);
  if (flag(call, 'embedded')) throw new Unmodelled('embedded pages');
  if (body['subtype'] !== undefined) throw new Unmodelled('live docs');
  const rootLevel = flag(call, 'root-level');
  if (rootLevel && body['parentId'] !== undefined) throw new Refusal(400, 'parentId and root-level exclude each other');
  const made = call.pages.create({
    spaceId: whole(body['spaceId'], 'spaceId'),
    parentId: rootLevel ? null : body['parentId'] === undefined ? undefined : whole(body['parentId'], 'parentId'),
    status: body['status'] === 'draft' ? 'draft' : 'current',
    title: body['title'] === undefined ? '' : text(body['title'], 'title'),
    adf: writtenAdf(body['body']),
    private: flag(call, 'private'),
  });
  return single(call, made, made.adf);
}

function update(call: Call): Reply {
  const id = idParam(call, 'id');
  const body = object(call.body);
  if (whole(body['id'], 'id') !== id) throw new Refusal(400, 'The id of the path and of the body differ');
  const page = editablePage(call.sql, call.rights, id, 404);
  if (body['spaceId'] !== undefined && whole(body['spaceId'], 'spaceId') !== page.space_id) throw new Refusal(400, 'A page cannot be moved to a different space');
  if (body['ownerId'] !== undefined && body['ownerId'] !== page.author_id) throw new Unmodelled('owners of pages other than their authors');
  const version = object(body['version']);
  const change = {
    title: text(body['title'], 'title'),
    adf: writtenAdf(body['body']),
    number: whole(version['number'], 'version.number'),
    message: typeof version['message'] === 'string' ? version['message'] : '',
    parentId: body['parentId'] === undefined ? undefined : whole(body['parentId'], 'parentId'),
  };
  if (body['status'] === 'draft') return single(call, asDraft(page, call.pages.saveDraft(id, change)), change.adf);
  const after = call.pages.publish(id, change);
  return single(call, after, after.adf);
}

/** The page as its shared draft shows it; a draft is always version 1. */
const asDraft = (page: PageRow, draft: DraftRow): PageRow => ({ ...page, status: 'draft', title: draft.title, adf: draft.adf, version: 1, version_by: draft.by, version_at: draft.at, version_message: '' });

function single(call: Call, page: PageRow, adf: string | null): Reply {
  const shape = pageShape(call, page, adf);
  return ok({ ...shape, _links: { ...object(shape['_links']), base: `${call.baseUrl}/wiki` } });
}

function read(call: Call): Reply {
  only(call, 'body-format', 'get-draft', 'status', 'version', 'include-labels', 'include-properties', 'include-operations', 'include-versions', 'include-version', 'include-direct-children');
  const id = idParam(call, 'id');
  const stored = visiblePage(call.sql, call.rights, id);
  const page = chosen(call, stored);
  const wanted = many(call, 'status');
  if (wanted.length > 0 && !wanted.includes(page.status)) throw new Refusal(404, 'Not Found');
  const body = object(single(call, page, wantsBody(call) ? page.adf : null).body);
  const historical = page.version !== stored.version && page.status !== 'draft' ? { status: 'historical' } : {};
  return ok({ ...body, ...historical, ...extras(call, stored) });
}

/** The published page, an older version of it, or its draft. */
function chosen(call: Call, page: PageRow): PageRow {
  const version = call.query.get('version');
  if (version !== null) {
    const row = call.sql.get<VersionRow>('SELECT * FROM page_versions WHERE page_id = ? AND number = ?', page.id, whole(version, 'version'));
    if (row === null) throw new Refusal(404, 'Not Found');
    return { ...page, title: row.title, adf: row.adf, version: row.number, version_by: row.by, version_at: row.at, version_message: row.message };
  }
  if (!flag(call, 'get-draft')) {
    if (page.status === 'draft') throw new Refusal(404, 'Not Found');
    return page;
  }
  const draft = call.rights.canEdit(page) ? draftOf(call.sql, page.id) : null;
  return draft === null ? page : asDraft(page, draft);
}

function extras(call: Call, page: PageRow): Record<string, unknown> {
  const self = (part: string): string => `${PAGES}/${page.id}/${part}`;
  const more: Record<string, unknown> = {};
  if (flag(call, 'include-labels')) more['labels'] = included(call.sql.all<LabelRow>('SELECT * FROM page_labels WHERE page_id = ? ORDER BY id', page.id).map(labelShape), self('labels'));
  if (flag(call, 'include-properties')) more['properties'] = included(call.sql.all<PropertyRow>('SELECT * FROM page_properties WHERE page_id = ? ORDER BY id', page.id).map(propertyShape), self('properties'));
  if (flag(call, 'include-operations')) more['operations'] = included(call.rights.onPage(page), self('operations'));
  if (flag(call, 'include-versions')) more['versions'] = included(versions(call, page.id).map(versionShape), self('versions'));
  if (flag(call, 'include-direct-children')) more['directChildren'] = included(children(call, page.id), self('direct-children'));
  if (call.query.get('include-version') === 'false') more['version'] = undefined;
  return more;
}

const versions = (call: Call, id: number): VersionRow[] => call.sql.all<VersionRow>('SELECT * FROM page_versions WHERE page_id = ? ORDER BY number DESC', id);
const children = (call: Call, id: number): unknown[] =>
  call.sql
    .all<PageRow>("SELECT * FROM pages WHERE parent_id = ? AND status = 'current' ORDER BY position", id)
    .filter((page) => call.rights.canView(page))
    .map((page) => ({ id: String(page.id), status: page.status, title: page.title, type: 'page', spaceId: String(page.space_id), childPosition: page.position }));

function remove(call: Call): Reply {
  only(call, 'purge', 'draft');
  const id = idParam(call, 'id');
  if (flag(call, 'draft')) call.pages.discardDraft(id);
  else if (flag(call, 'purge')) call.pages.purge(id);
  else call.pages.trash(id);
  return { status: 204 };
}

const SORTS = {
  id: (page: PageRow) => page.id,
  'created-date': (page: PageRow) => page.created_at,
  'modified-date': (page: PageRow) => page.version_at,
  title: (page: PageRow) => page.title_key,
};
function list(call: Call, where: (page: PageRow) => boolean): Reply {
  const statuses = many(call, 'status');
  const title = call.query.get('title');
  const withBody = wantsBody(call);
  const pages = call.sql
    .all<PageRow>("SELECT * FROM pages WHERE status <> 'draft' AND (? IS NULL OR title = ?) ORDER BY id", title, title)
    .filter((page) => (statuses.length === 0 ? page.status === 'current' : statuses.includes(page.status)))
    .filter((page) => where(page) && call.rights.canView(page));
  return paged(call, sorted(pages, call.query.get('sort'), SORTS), (page) => pageShape(call, page, withBody ? page.adf : null));
}
function listAll(call: Call): Reply {
  only(call, 'id', 'space-id', 'sort', 'status', 'title', 'body-format', 'cursor', 'limit');
  const ids = new Set(many(call, 'id'));
  const spaces = new Set(many(call, 'space-id'));
  return list(call, (page) => (ids.size === 0 || ids.has(String(page.id))) && (spaces.size === 0 || spaces.has(String(page.space_id))));
}
function listInSpace(call: Call): Reply {
  only(call, 'depth', 'sort', 'status', 'title', 'body-format', 'cursor', 'limit');
  const spaceId = idParam(call, 'id');
  if (spaceById(call.sql, spaceId) === null || call.rights.space(spaceId) === null) throw new Refusal(404, 'Not Found');
  const rootOnly = call.query.get('depth') === 'root';
  return list(call, (page) => page.space_id === spaceId && (!rootOnly || page.parent_id === null));
}

export const pageRoutes: readonly Route[] = [
  { method: 'GET', path: PAGES, handle: listAll },
  { method: 'POST', path: PAGES, handle: create },
  { method: 'GET', path: `${PAGES}/{id}`, handle: read },
  { method: 'PUT', path: `${PAGES}/{id}`, handle: update },
  { method: 'DELETE', path: `${PAGES}/{id}`, handle: remove },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/pages', handle: listInSpace },
  {
    method: 'GET',
    path: `${PAGES}/{id}/versions`,
    handle: (call) => {
      only(call, 'cursor', 'limit');
      return paged(call, versions(call, visiblePage(call.sql, call.rights, idParam(call, 'id')).id), versionShape);
    },
  },
  {
    method: 'GET',
    path: `${PAGES}/{id}/direct-children`,
    handle: (call) => {
      only(call, 'cursor', 'limit');
      return paged(call, children(call, visiblePage(call.sql, call.rights, idParam(call, 'id')).id), (child) => child);
    },
  },
];
