/** Who may do what. A look is taken per call: rights and restrictions as they are at that moment. */
import type { Viewer } from './for-web';
import { groupById } from './groups';
import type { PageRow } from './rows';
import type { SpaceAccess } from './schema';
import type { Sql } from './sql';
import { ADMIN } from './users';

export interface Operation {
  readonly operation: string;
  readonly targetType: string;
}
type PagePlace = Pick<PageRow, 'id' | 'space_id' | 'parent_id' | 'status' | 'author_id'>;

export interface Rights {
  readonly viewer: Viewer;
  readonly isAdmin: boolean;
  space(spaceId: number): SpaceAccess | null;
  canCreate(spaceId: number): boolean;
  canView(page: PagePlace): boolean;
  canEdit(page: PagePlace): boolean;
  /** Named people only, by the page's own restriction or one above it. */
  isRestricted(page: PagePlace): boolean;
  onPage(page: PagePlace): Operation[];
  onSpace(spaceId: number): Operation[];
}

export function rightsOf(sql: Sql, viewer: Viewer): Rights {
  const spaces = new Map<number, SpaceAccess>();
  if (viewer !== null) for (const row of sql.all<{ space_id: number; access: SpaceAccess }>('SELECT space_id, access FROM space_rights WHERE account_id = ?', viewer)) spaces.set(row.space_id, row.access);
  const named = new Map<string, Set<string>>();
  for (const row of sql.all<{ page_id: number; operation: string; account_id: string }>('SELECT * FROM page_restrictions')) {
    const key = `${row.operation} ${row.page_id}`;
    named.set(key, (named.get(key) ?? new Set()).add(row.account_id));
  }
  for (const row of sql.all<{ page_id: number; operation: string; group_id: string }>('SELECT * FROM page_group_restrictions')) {
    const key = `${row.operation} ${row.page_id}`;
    const members = named.get(key) ?? new Set();
    for (const member of groupById(row.group_id)?.members ?? []) members.add(member);
    // Also a group without members keeps everybody else out.
    named.set(key, members);
  }
  const lineage = (page: PagePlace): number[] => {
    const ids = [page.id];
    for (let parent = page.parent_id; parent !== null && !ids.includes(parent); ) {
      ids.push(parent);
      parent = sql.get<{ parent_id: number | null }>('SELECT parent_id FROM pages WHERE id = ?', parent)?.parent_id ?? null;
    }
    return ids;
  };
  // View restrictions are inherited from every page above; edit restrictions are the page's own.
  const readers = (page: PagePlace): Set<string>[] => (named.size === 0 ? [] : lineage(page).flatMap((id) => named.get(`read ${id}`) ?? []));
  const isNamed = (set: Set<string> | undefined): boolean => set === undefined || (viewer !== null && set.has(viewer));
  const canCreate = (spaceId: number): boolean => ['edit', 'admin'].includes(spaces.get(spaceId) ?? '');
  const canView = (page: PagePlace): boolean =>
    spaces.has(page.space_id) && readers(page).every(isNamed) && (page.status !== 'draft' || page.author_id === viewer);
  const canEdit = (page: PagePlace): boolean => canView(page) && canCreate(page.space_id) && isNamed(named.get(`update ${page.id}`));
  return {
    viewer,
    isAdmin: viewer === ADMIN,
    space: (spaceId) => spaces.get(spaceId) ?? null,
    canCreate,
    canView,
    canEdit,
    isRestricted: (page) => readers(page).length > 0,
    onPage: (page) => {
      const target = (targetType: string) => (operation: string): Operation => ({ operation, targetType });
      const view = canView(page) ? ['read', 'export'].map(target('page')) : [];
      const edit = canEdit(page) ? ['update', 'copy', 'move', 'delete', 'restrict_content'].map(target('page')) : [];
      return [...view, ...edit, ...(edit.length > 0 ? [{ operation: 'create', targetType: 'comment' }] : [])];
    },
    onSpace: (spaceId) => {
      const access = spaces.get(spaceId);
      if (!access) return [];
      const operations: Operation[] = [{ operation: 'read', targetType: 'space' }];
      if (access !== 'view') operations.push({ operation: 'create', targetType: 'page' }, { operation: 'delete', targetType: 'page' }, { operation: 'create', targetType: 'comment' });
      if (access === 'admin') operations.push({ operation: 'administer', targetType: 'space' });
      return operations;
    },
  };
}
