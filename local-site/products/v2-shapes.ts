/** Rows in the shapes of Confluence's v2 API. */
import type { Call } from './http';
import { iso, pagePath } from './links';
import { spaceById } from './page-rules';
import type { LabelRow, PageRow, PropertyRow, SpaceRow, VersionRow } from './rows';

export const versionShape = (version: { readonly number: number; readonly by: string; readonly at: number; readonly message: string }): unknown => ({
  number: version.number,
  message: version.message,
  minorEdit: false,
  authorId: version.by,
  createdAt: iso(version.at),
});
export const versionOf = (page: PageRow): Omit<VersionRow, 'title' | 'adf'> => ({ number: page.version, by: page.version_by, at: page.version_at, message: page.version_message });
export const labelShape = (label: LabelRow): unknown => ({ id: String(label.id), name: label.name, prefix: label.prefix });
export const propertyShape = (property: PropertyRow): unknown => ({ id: String(property.id), key: property.key, value: JSON.parse(property.value), version: versionShape({ ...property, number: property.version }) });

/** A page as lists and single reads begin it. `adf` null: no body asked for. */
export function pageShape(call: Call, page: PageRow, adf: string | null): Record<string, unknown> {
  const path = pagePath(spaceById(call.sql, page.space_id)?.key ?? '', page);
  return {
    id: String(page.id),
    status: page.status,
    title: page.title,
    spaceId: String(page.space_id),
    parentId: page.parent_id === null ? null : String(page.parent_id),
    parentType: page.parent_id === null ? null : 'page',
    position: page.position,
    authorId: page.author_id,
    ownerId: page.author_id,
    lastOwnerId: null,
    createdAt: iso(page.created_at),
    version: versionShape(versionOf(page)),
    body: adf === null ? {} : { atlas_doc_format: { representation: 'atlas_doc_format', value: adf } },
    _links: { webui: path, editui: `/pages/resumedraft.action?draftId=${page.id}`, tinyui: `/x/${page.id.toString(36)}` },
  };
}

export function spaceShape(space: SpaceRow): Record<string, unknown> {
  return {
    id: String(space.id),
    key: space.key,
    name: space.name,
    type: 'global',
    status: 'current',
    authorId: 'acc-admin',
    currentActiveAlias: space.key,
    createdAt: iso(space.created_at),
    homepageId: String(space.homepage_id),
    _links: { webui: `/spaces/${space.key}` },
  };
}

/** A list inside a single read (`include-…=true`); `self` is where the rest of it can be read. */
export const included = (results: readonly unknown[], self: string): unknown => ({ results, meta: { hasMore: false }, _links: { self } });
