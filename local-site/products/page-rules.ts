/** Looking pages up, and the rules every write of one is held to. */
import type { Rights } from './access';
import type { PublishMode } from './for-web';
import { Refusal } from './refusal';
import type { DraftRow, PageRow, SpaceRow } from './rows';
import type { Sql } from './sql';

const TITLE_MAX = 255;
export const pageById = (sql: Sql, id: number): PageRow | null => sql.get<PageRow>('SELECT * FROM pages WHERE id = ?', id);
export const spaceById = (sql: Sql, id: number): SpaceRow | null => sql.get<SpaceRow>('SELECT * FROM spaces WHERE id = ?', id);
export const draftOf = (sql: Sql, id: number): DraftRow | null => sql.get<DraftRow>('SELECT * FROM page_drafts WHERE page_id = ?', id);

/** The page if this viewer may know of it; else 404, the same for hidden and for missing. */
export function visiblePage(sql: Sql, rights: Rights, id: number): PageRow {
  const page = pageById(sql, id);
  if (page === null || !rights.canView(page)) throw new Refusal(404, 'Not Found');
  return page;
}
export function editablePage(sql: Sql, rights: Rights, id: number, status: 403 | 404): PageRow {
  const page = visiblePage(sql, rights, id);
  if (!rights.canEdit(page)) throw new Refusal(status, status === 403 ? 'Not permitted to edit this content' : 'Not Found');
  return page;
}

export const publishMode = (sql: Sql): PublishMode =>
  sql.get<{ value: PublishMode }>("SELECT value FROM product_settings WHERE key = 'publish-mode'")?.value ?? 'conflict';

/** Titles are unique among the published pages of a space, those the caller may not see included. */
export function requireFreeTitle(sql: Sql, spaceId: number, title: string, self: number | null): void {
  if (title === '') throw new Refusal(400, 'A page title is required');
  if (title.length > TITLE_MAX) throw new Refusal(400, `Title cannot be longer than ${TITLE_MAX} characters`);
  const other = sql.get<{ id: number }>("SELECT id FROM pages WHERE space_id = ? AND status = 'current' AND title_key = ? AND id IS NOT ?", spaceId, title.toLowerCase(), self);
  if (other === null) return;
  const key = spaceById(sql, spaceId)?.key ?? '';
  throw new Refusal(400, `A page with this title already exists: A page already exists with the title ${title} in the space with key ${key}`);
}

export function requireParent(sql: Sql, rights: Rights, spaceId: number, parentId: number): void {
  const parent = pageById(sql, parentId);
  if (parent === null || parent.status !== 'current' || !rights.canView(parent)) throw new Refusal(404, 'The parent content does not exist');
  if (parent.space_id !== spaceId) throw new Refusal(400, 'The parent content is in another space');
}

export const nextPosition = (sql: Sql, parentId: number | null): number =>
  (sql.get<{ last: number | null }>('SELECT MAX(position) AS last FROM pages WHERE parent_id IS ?', parentId)?.last ?? -1) + 1;

/** A page and what lies below it, without what is in the trash. */
export const subtree = (sql: Sql, id: number): PageRow[] =>
  sql.all<PageRow>(
    `WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT p.id FROM pages p JOIN below b ON p.parent_id = b.id WHERE p.status <> 'trashed')
     SELECT p.* FROM pages p JOIN below b ON p.id = b.id ORDER BY p.id`,
    id,
  );
