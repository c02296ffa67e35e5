/** Pages as Confluence keeps them: versions, unique titles, one shared draft, trash. Refusals are thrown with the vendor's status. */
import type { ProductEvent, SiteClock } from '../types';
import { rightsOf, type Rights } from './access';
import { pageEvent, type Actor, type PageEventName } from './events';
import { draftOf, editablePage, nextPosition, pageById, publishMode, requireFreeTitle, requireParent, spaceById, subtree, visiblePage } from './page-rules';
import { Refusal } from './refusal';
import type { DraftRow, LabelRow, PageRow, PageStatus, PropertyRow } from './rows';
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
/** Where a copy goes and what of the page comes along besides its document. */
export interface PageCopy {
  readonly spaceId: number;
  readonly parentId: number | null;
  readonly title: string;
  readonly properties: boolean;
  readonly labels: boolean;
}
export interface PageChange {
  readonly title: string;
  readonly adf: string;
  readonly number: number;
  readonly message: string;
  readonly parentId: number | undefined;
}

/** Who may do something with a page: accounts, and groups by id. */
export interface Named {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}
export type Kept = Readonly<Record<'read' | 'update', Named>>;
const RESTRICTIONS = ['page_restrictions', 'page_group_restrictions'] as const;

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
    if (change.parentId !== undefined && change.parentId !== page.parent_id) {
      requireParent(sql, this.rights, page.space_id, change.parentId);
      this.move(id, change.parentId);
    }
    this.write(page, title, change.adf, page.version + 1, change.message);
    if (this.who.inEditor) sql.run('DELETE FROM page_drafts WHERE page_id = ?', id);
    else if (publishMode(sql) === 'replace-draft') sql.run('UPDATE page_drafts SET title = ?, adf = ?, base_version = ? WHERE page_id = ?', title, change.adf, change.number, id);
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

  /** Only the status changes, as the vendor documents; a page whose parent is gone comes back below the homepage. */
  private restore(page: PageRow, change: PageChange): PageRow {
    const { sql } = this.store;
    if (change.number !== page.version + 1) throw versionConflict(page.version, change.number);
    requireFreeTitle(sql, page.space_id, page.title, page.id);
    const parent = page.parent_id === null ? null : pageById(sql, page.parent_id);
    if (parent !== null && (parent.status !== 'current' || parent.space_id !== page.space_id)) this.place(page, spaceById(sql, page.space_id)?.homepage_id ?? page.id);
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

  /** Below another page, of another space too; the pages below come along and keep their places. */
  move(id: number, parentId: number): PageRow {
    const { sql } = this.store;
    const before = editablePage(sql, this.rights, id, 403);
    if (before.status !== 'current') throw new Refusal(404, 'Not Found');
    const { space_id: spaceId } = visiblePage(sql, this.rights, parentId);
    if (spaceId !== before.space_id) this.changeSpace(before, spaceId);
    this.place(this.row(id), parentId);
    const after = this.row(id);
    this.raise('moved', after, { before });
    return after;
  }

  private changeSpace(page: PageRow, spaceId: number): void {
    const { sql } = this.store;
    if (spaceById(sql, page.space_id)?.homepage_id === page.id) throw new Refusal(400, 'The homepage of a space cannot be moved to another one');
    if (!this.rights.canCreate(spaceId)) throw new Refusal(403, 'Not permitted to create pages in the target space');
    for (const moved of subtree(sql, page.id)) {
      if (moved.status === 'current') requireFreeTitle(sql, spaceId, moved.title, null);
      sql.run('UPDATE pages SET space_id = ? WHERE id = ?', spaceId, moved.id);
    }
  }

  /** The published document; restrictions, history and drafts stay behind. */
  copy(id: number, to: PageCopy): PageRow {
    const { sql, clock } = this.store;
    const page = visiblePage(sql, this.rights, id);
    if (page.status !== 'current') throw new Refusal(404, 'Not Found');
    const made = this.create({ ...to, status: 'current', adf: page.adf, private: false }, id);
    if (to.properties) {
      for (const { key, value } of sql.all<PropertyRow>('SELECT * FROM page_properties WHERE page_id = ? ORDER BY id', id)) {
        sql.run('INSERT INTO page_properties VALUES (?, ?, ?, ?, 1, ?, ?, ?)', sql.nextId(), made.id, key, value, this.who.accountId, clock.now(), '');
      }
    }
    if (to.labels) {
      for (const { prefix, name } of sql.all<LabelRow>('SELECT * FROM page_labels WHERE page_id = ? ORDER BY id', id)) {
        sql.run('INSERT INTO page_labels VALUES (?, ?, ?, ?)', sql.nextId(), made.id, prefix, name);
      }
    }
    return made;
  }

  /** Whom each operation is kept to; of nobody at all it is open to everybody. */
  kept(id: number): Kept {
    const { sql } = this.store;
    const of = (operation: 'read' | 'update'): Named => ({
      users: sql.all<{ account_id: string }>('SELECT account_id FROM page_restrictions WHERE page_id = ? AND operation = ? ORDER BY account_id', id, operation).map((row) => row.account_id),
      groups: sql.all<{ group_id: string }>('SELECT group_id FROM page_group_restrictions WHERE page_id = ? AND operation = ? ORDER BY group_id', id, operation).map((row) => row.group_id),
    });
    return { read: of('read'), update: of('update') };
  }

  /** Replaces all restrictions. */
  restrict(id: number, restrictions: Kept): void {
    const { sql } = this.store;
    const page = editablePage(sql, this.rights, id, 404);
    for (const table of RESTRICTIONS) sql.run(`DELETE FROM ${table} WHERE page_id = ?`, id);
    for (const [operation, { users, groups }] of Object.entries(restrictions) as [string, Named][]) {
      for (const accountId of new Set(users)) sql.run('INSERT INTO page_restrictions VALUES (?, ?, ?)', id, operation, accountId);
      for (const groupId of new Set(groups)) sql.run('INSERT INTO page_group_restrictions VALUES (?, ?, ?)', id, operation, groupId);
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
    this.store.sql.run('DELETE FROM attachment_versions WHERE attachment_id IN (SELECT id FROM attachments WHERE page_id = ?)', id);
    for (const table of ['attachments', 'page_versions', 'page_drafts', 'page_properties', 'page_labels', ...RESTRICTIONS]) this.store.sql.run(`DELETE FROM ${table} WHERE page_id = ?`, id);
    this.store.sql.run('DELETE FROM pages WHERE id = ?', id);
  }
}

function versionConflict(current: number, given: number): Refusal {
  return new Refusal(409, `Version must be incremented when updating a page. Current Version: [${current}]. Provided version: [${given}]`);
}
