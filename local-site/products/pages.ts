/** Pages as Confluence keeps them: versions, unique titles, one shared draft, trash. Refusals are thrown with the vendor's status. */
import type { ProductEvent, SiteClock } from '../types';
import { rightsOf, type Rights } from './access';
import { pageEvent, type Actor, type PageEventName } from './events';
import type { PublishMode } from './for-web';
import { Refusal } from './refusal';
import type { DraftRow, PageRow, PageStatus, SpaceRow } from './rows';
import type { Sql } from './sql';

export interface Store {
  readonly sql: Sql;
  readonly clock: SiteClock;
  /** Collected during a call; sent when its transaction is stored. */
  readonly raise: (event: ProductEvent | null) => void;
}
export interface Who extends Actor {
  /** The editor of the site itself, which works on the shared draft. */
  readonly inEditor: boolean;
}
export interface NewPage {
  readonly spaceId: number;
  /** undefined: below the space's homepage; null: top level. */
  readonly parentId: number | null | undefined;
  readonly status: 'current' | 'draft';
  readonly title: string;
  readonly adf: string;
  readonly private: boolean;
}
export interface PageChange {
  readonly title: string;
  readonly adf: string;
  readonly number: number;
  readonly message: string;
  readonly parentId: number | undefined;
}

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
function requireFreeTitle(sql: Sql, spaceId: number, title: string, self: number | null): void {
  if (title === '') throw new Refusal(400, 'A page title is required');
  if (title.length > TITLE_MAX) throw new Refusal(400, `Title cannot be longer than ${TITLE_MAX} characters`);
  const other = sql.get<{ id: number }>("SELECT id FROM pages WHERE space_id = ? AND status = 'current' AND title_key = ? AND id IS NOT ?", spaceId, title.toLowerCase(), self);
  if (other === null) return;
  const key = spaceById(sql, spaceId)?.key ?? '';
  throw new Refusal(400, `A page with this title already exists: A page already exists with the title ${title} in the space with key ${key}`);
}

function requireParent(sql: Sql, rights: Rights, spaceId: number, parentId: number): void {
  const parent = pageById(sql, parentId);
  if (parent === null || parent.status !== 'current' || !rights.canView(parent)) throw new Refusal(404, 'The parent content does not exist');
  if (parent.space_id !== spaceId) throw new Refusal(400, 'The parent content is in another space');
}

const nextPosition = (sql: Sql, parentId: number | null): number =>
  (sql.get<{ last: number | null }>('SELECT MAX(position) AS last FROM pages WHERE parent_id IS ?', parentId)?.last ?? -1) + 1;

export class Pages {
  constructor(
    private readonly store: Store,
    private readonly who: Who,
  ) {}

  private get rights(): Rights {
    return rightsOf(this.store.sql, this.who.accountId);
  }

  private raise(name: PageEventName, page: PageRow, extra: { before?: PageRow; originId?: number } = {}): void {
    this.store.raise(pageEvent(this.store.sql, name, page, this.who, this.store.clock.now(), extra));
  }

  private row(id: number): PageRow {
    const page = pageById(this.store.sql, id);
    if (page === null) throw new Refusal(404, 'Not Found');
    return page;
  }

  create(page: NewPage, originId?: number): PageRow {
    const { sql, clock } = this.store;
    const { rights } = this;
    const space = spaceById(sql, page.spaceId);
    if (space === null || !rights.canCreate(page.spaceId)) throw new Refusal(404, 'The space does not exist or pages cannot be created in it');
    const parentId = page.parentId === undefined ? space.homepage_id : page.parentId;
    if (parentId !== null) requireParent(sql, rights, page.spaceId, parentId);
    const title = page.title.trim();
    if (page.status === 'current') requireFreeTitle(sql, page.spaceId, title, null);
    const id = sql.nextId();
    const now = clock.now();
    const by = this.who.accountId;
    sql.run(
      'INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)',
      id, page.spaceId, parentId, nextPosition(sql, parentId), page.status, title, title.toLowerCase(), page.adf, by, now, by, now, '',
    );
    if (page.private) for (const operation of ['read', 'update']) sql.run('INSERT INTO page_restrictions VALUES (?, ?, ?)', id, operation, by);
    const made = this.row(id);
    if (page.status === 'current') {
      this.keepVersion(made);
      this.raise(originId === undefined ? 'created' : 'copied', made, originId === undefined ? {} : { originId });
    }
    return made;
  }

  /** `PUT` with status current: the next version; of an unpublished draft the first one; of a trashed page its return. */
  publish(id: number, change: PageChange): PageRow {
    const page = editablePage(this.store.sql, this.rights, id, 404);
    if (page.status === 'trashed') return this.restore(page, change);
    if (page.status === 'draft') return this.publishFirst(page, change);
    const { sql } = this.store;
    const draft = draftOf(sql, id);
    const overwrites = this.who.inEditor && draft !== null && publishMode(sql) === 'overwrite' && change.number > draft.base_version && change.number <= page.version;
    if (change.number !== page.version + 1 && !overwrites) throw versionConflict(page.version, change.number);
    const title = change.title.trim();
    requireFreeTitle(sql, page.space_id, title, id);
    if (change.parentId !== undefined && change.parentId !== page.parent_id) this.move(id, change.parentId);
    this.write(page, title, change.adf, page.version + 1, change.message);
    if (this.who.inEditor) sql.run('DELETE FROM page_drafts WHERE page_id = ?', id);
    const after = this.row(id);
    this.raise('updated', after);
    return after;
  }

  private publishFirst(page: PageRow, change: PageChange): PageRow {
    if (change.number !== 1) throw versionConflict(0, change.number);
    const title = change.title.trim();
    requireFreeTitle(this.store.sql, page.space_id, title, page.id);
    if (change.parentId !== undefined && change.parentId !== page.parent_id) this.place(page, change.parentId);
    this.setStatus(page.id, 'current');
    this.write(page, title, change.adf, 1, change.message);
    const after = this.row(page.id);
    this.raise('created', after);
    return after;
  }

  /** Only the status changes, as the vendor documents. */
  private restore(page: PageRow, change: PageChange): PageRow {
    if (change.number !== page.version + 1) throw versionConflict(page.version, change.number);
    requireFreeTitle(this.store.sql, page.space_id, page.title, page.id);
    this.setStatus(page.id, 'current');
    const after = this.row(page.id);
    this.raise('restored', after);
    return after;
  }

  /** `PUT` with status draft: replaces the one draft everybody shares. */
  saveDraft(id: number, change: PageChange): DraftRow {
    const { sql, clock } = this.store;
    const page = editablePage(sql, this.rights, id, 404);
    if (change.number !== 1) throw new Refusal(400, 'A draft is always version 1');
    if (page.status === 'trashed') throw new Refusal(400, 'A page in the trash has no draft');
    if (page.status === 'draft') {
      this.write(page, change.title.trim(), change.adf, 1, '');
      return { page_id: id, title: change.title.trim(), adf: change.adf, base_version: 0, by: this.who.accountId, at: clock.now() };
    }
    const base = draftOf(sql, id)?.base_version ?? page.version;
    sql.run('INSERT OR REPLACE INTO page_drafts VALUES (?, ?, ?, ?, ?, ?)', id, change.title.trim(), change.adf, base, this.who.accountId, clock.now());
    return { page_id: id, title: change.title.trim(), adf: change.adf, base_version: base, by: this.who.accountId, at: clock.now() };
  }

  discardDraft(id: number): void {
    const { sql } = this.store;
    const page = editablePage(sql, this.rights, id, 404);
    if (page.status === 'draft') this.erase(id);
    else if (draftOf(sql, id)) sql.run('DELETE FROM page_drafts WHERE page_id = ?', id);
    else throw new Refusal(404, 'The page has no draft');
  }

  /** To the trash; pages below move up to its parent. */
  trash(id: number): void {
    const { sql } = this.store;
    const page = editablePage(sql, this.rights, id, 404);
    if (page.status === 'draft') throw new Refusal(400, 'A draft is deleted with draft=true');
    if (page.status === 'trashed') throw new Refusal(404, 'Not Found');
    if (spaceById(sql, page.space_id)?.homepage_id === id) throw new Refusal(400, 'The homepage of a space cannot be deleted');
    sql.run('UPDATE pages SET parent_id = ? WHERE parent_id = ?', page.parent_id, id);
    sql.run('DELETE FROM page_drafts WHERE page_id = ?', id);
    this.setStatus(id, 'trashed');
    this.raise('trashed', this.row(id));
  }

  purge(id: number): void {
    const page = visiblePage(this.store.sql, this.rights, id);
    if (this.rights.space(page.space_id) !== 'admin') throw new Refusal(404, 'Not Found');
    if (page.status !== 'trashed') throw new Refusal(400, 'Only a page in the trash can be purged');
    this.raise('deleted', page);
    this.erase(id);
  }

  /** Below another page of the same space. */
  move(id: number, parentId: number): void {
    const before = editablePage(this.store.sql, this.rights, id, 404);
    this.place(before, parentId);
    this.raise('moved', this.row(id), { before });
  }

  /** Body and properties come along, as in Confluence; labels and restrictions do not. */
  copy(id: number, title: string, parentId: number | undefined): PageRow {
    const { sql, clock } = this.store;
    const page = visiblePage(sql, this.rights, id);
    const made = this.create({ spaceId: page.space_id, parentId: parentId ?? page.parent_id, status: 'current', title, adf: page.adf, private: false }, id);
    for (const property of sql.all<{ key: string; value: string }>('SELECT key, value FROM page_properties WHERE page_id = ?', id)) {
      sql.run('INSERT INTO page_properties VALUES (?, ?, ?, ?, 1, ?, ?, ?)', sql.nextId(), made.id, property.key, property.value, this.who.accountId, clock.now(), '');
    }
    return made;
  }

  /** Replaces all restrictions; an empty list of an operation lifts it. */
  restrict(id: number, restrictions: Readonly<Record<'read' | 'update', readonly string[]>>): void {
    const { sql } = this.store;
    const page = editablePage(sql, this.rights, id, 404);
    sql.run('DELETE FROM page_restrictions WHERE page_id = ?', id);
    for (const [operation, accounts] of Object.entries(restrictions)) {
      for (const accountId of new Set(accounts)) sql.run('INSERT INTO page_restrictions VALUES (?, ?, ?)', id, operation, accountId);
    }
    this.raise('permissions_updated', page);
  }

  private place(page: PageRow, parentId: number): void {
    const { sql } = this.store;
    requireParent(sql, this.rights, page.space_id, parentId);
    for (let above: number | null = parentId; above !== null; above = pageById(sql, above)?.parent_id ?? null) {
      if (above === page.id) throw new Refusal(400, 'A page cannot be moved below itself');
    }
    sql.run('UPDATE pages SET parent_id = ?, position = ? WHERE id = ?', parentId, nextPosition(sql, parentId), page.id);
  }

  private write(page: PageRow, title: string, adf: string, version: number, message: string): void {
    const { sql, clock } = this.store;
    sql.run(
      'UPDATE pages SET title = ?, title_key = ?, adf = ?, version = ?, version_by = ?, version_at = ?, version_message = ? WHERE id = ?',
      title, title.toLowerCase(), adf, version, this.who.accountId, clock.now(), message, page.id,
    );
    const after = this.row(page.id);
    if (after.status === 'current') this.keepVersion(after);
  }

  private keepVersion(page: PageRow): void {
    this.store.sql.run('INSERT INTO page_versions VALUES (?, ?, ?, ?, ?, ?, ?)', page.id, page.version, page.title, page.adf, page.version_by, page.version_at, page.version_message);
  }

  private setStatus(id: number, status: PageStatus): void {
    this.store.sql.run('UPDATE pages SET status = ? WHERE id = ?', status, id);
  }

  private erase(id: number): void {
    for (const table of ['page_versions', 'page_drafts', 'page_properties', 'page_labels', 'page_restrictions']) this.store.sql.run(`DELETE FROM ${table} WHERE page_id = ?`, id);
    this.store.sql.run('DELETE FROM pages WHERE id = ?', id);
  }
}

function versionConflict(current: number, given: number): Refusal {
  return new Refusal(409, `Version must be incremented when updating a page. Current Version: [${current}]. Provided version: [${given}]`);
}
