/** Reads and helpers for the site's own pages, without HTTP. */
import { rightsOf } from './access';
import type { PageForList, PageForView, ProductsForWeb, SpaceForWeb, TemplateForWeb, Viewer } from './for-web';
import type { IssueIndex } from './jira/issue-index';
import { jiraForWeb } from './jira/web-view';
import { pagePath } from './links';
import { pageById, publishMode } from './page-rules';
import type { Store } from './pages';
import { personally } from './personally';
import type { PageRow, SpaceRow } from './rows';
import type { SearchIndex } from './search-index';
import { losesMacros, Templates } from './templates';
import { account } from './users';

const idOf = (pageId: string): number => (/^\d{1,15}$/.test(pageId) ? Number(pageId) : -1);

/** `commit` makes one transaction of a change and lets its events out. */
export function forWeb(store: Store, index: SearchIndex, issues: IssueIndex, commit: <T>(work: () => T) => T): Omit<ProductsForWeb, 'call' | 'users' | 'userByName' | 'spaces'> {
  const { sql } = store;
  let jiraAbsent = false;
  const visible = (user: Viewer, pageId: string): PageRow | null => {
    const page = pageById(sql, idOf(pageId));
    return page !== null && rightsOf(sql, user).canView(page) ? page : null;
  };
  const spacesFor = (user: Viewer): SpaceForWeb[] => {
    const rights = rightsOf(sql, user);
    return sql
      .all<SpaceRow>('SELECT * FROM spaces ORDER BY key')
      .filter((space) => rights.space(space.id) !== null)
      .map((space) => ({ id: String(space.id), key: space.key, name: space.name, lang: space.lang, homepageId: String(space.homepage_id), canCreate: rights.canCreate(space.id), canAdminister: rights.space(space.id) === 'admin' }));
  };
  const entry = (page: PageRow, spaceKey: string): PageForList => ({
    id: String(page.id),
    title: page.title,
    parentId: page.parent_id === null ? null : String(page.parent_id),
    path: `/wiki${pagePath(spaceKey, page)}`,
    lastModifiedAt: page.version_at,
  });
  const asPerson = personally(commit);
  return {
    ...jiraForWeb(store, asPerson, () => !jiraAbsent),
    account,
    spacesFor,
    canView: (user, pageId) => visible(user, pageId) !== null,
    canEdit: (user, pageId) => {
      const page = visible(user, pageId);
      return page !== null && rightsOf(sql, user).canEdit(page);
    },
    pageForView(user, pageId): PageForView | null {
      const page = visible(user, pageId);
      const space = page === null ? undefined : spacesFor(user).find((each) => each.id === String(page.space_id));
      if (page === null || !space) return null;
      const rights = rightsOf(sql, user);
      const properties = sql.all<{ key: string; value: string }>('SELECT key, value FROM page_properties WHERE page_id = ?', page.id);
      return {
        ...entry(page, space.key),
        status: page.status,
        space,
        adf: JSON.parse(page.adf),
        authorId: page.author_id,
        createdAt: page.created_at,
        version: { number: page.version, authorId: page.version_by, at: page.version_at },
        properties: Object.fromEntries(properties.map(({ key, value }) => [key, JSON.parse(value)])),
        labels: sql.all<{ name: string }>('SELECT name FROM page_labels WHERE page_id = ? ORDER BY id', page.id).map(({ name }) => name),
        restricted: rights.isRestricted(page),
        canEdit: rights.canEdit(page),
        canPurge: rights.space(page.space_id) === 'admin',
      };
    },
    pagesOf(user, spaceKey) {
      const space = spacesFor(user).find((each) => each.key === spaceKey);
      if (!space) return [];
      const rights = rightsOf(sql, user);
      const pages = sql.all<PageRow>("SELECT * FROM pages WHERE space_id = ? AND status = 'current' ORDER BY title_key", Number(space.id));
      return pages.filter((page) => rights.canView(page)).map((page) => entry(page, space.key));
    },
    templatesFor(user) {
      if (user === null) return [];
      const templates = new Templates(store, { accountId: user, byApp: false, inEditor: true });
      const keys = new Map(spacesFor(user).map(({ id, key }) => [Number(id), key]));
      return templates.list().map((row): TemplateForWeb => {
        const { id, name, description, space_id: spaceId } = row;
        return { id: String(id), name, description, spaceKey: spaceId === null ? null : (keys.get(spaceId) ?? null), adf: JSON.parse(row.adf), canManage: templates.mayManage(spaceId) };
      });
    },
    createTemplate: (user, spaceKey, template) =>
      asPerson(user, (who) => {
        const space = sql.get<SpaceRow>('SELECT * FROM spaces WHERE key = ?', spaceKey);
        return { id: String(new Templates(store, who).create({ ...template, spaceId: space?.id ?? -1, labels: [] }).id) };
      }),
    changeTemplate: (user, id, template) => asPerson(user, (who) => (new Templates(store, who).update(idOf(id), template), null)),
    deleteTemplate: (user, id) => asPerson(user, (who) => (new Templates(store, who).remove(idOf(id)), null)),
    switches: {
      get searchLagMs() {
        return index.lagMs;
      },
      set searchLagMs(ms) {
        index.lagMs = ms;
      },
      get jiraSearchLagMs() {
        return issues.lagMs;
      },
      set jiraSearchLagMs(ms) {
        issues.lagMs = ms;
      },
      get jiraAbsent() {
        return jiraAbsent;
      },
      set jiraAbsent(absent) {
        jiraAbsent = absent;
      },
      get publishMode() {
        return publishMode(sql);
      },
      set publishMode(mode) {
        sql.run("INSERT OR REPLACE INTO product_settings VALUES ('publish-mode', ?)", mode);
      },
      get templatesLoseMacros() {
        return losesMacros(sql);
      },
      set templatesLoseMacros(lost) {
        if (lost) sql.run("INSERT OR REPLACE INTO product_settings VALUES ('templates-lose-macros', 'yes')");
        else sql.run("DELETE FROM product_settings WHERE key = 'templates-lose-macros'");
      },
    },
  };
}
