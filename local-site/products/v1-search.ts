/** Confluence v1: search by CQL over what the caller may see. */
import { parseCql, type Term } from './cql';
import { many, only, ok, text, whole, type Call, type Reply, type Route } from './http';
import { iso, pagePath } from './links';
import { Refusal, Unmodelled } from './refusal';
import type { PageRow, SpaceRow } from './rows';

/** A `confluence:contentProperty` module: values of a page property that CQL can name. */
export interface IndexedProperty {
  readonly propertyKey: string;
  readonly values: readonly { readonly path: string; readonly type: string; readonly searchAlias: string }[];
}
const FIELDS_NOT_MODELLED = new Set(['ancestor', 'container', 'content', 'contributor', 'creator', 'favourite', 'macro', 'mention', 'parent', 'siteSearch', 'space.title', 'space.type', 'text', 'user', 'watcher']);

const compare = (term: Term, value: string): boolean => {
  const [first = ''] = term.values;
  const order = value < first ? -1 : value > first ? 1 : 0;
  if (term.is === 'in') return term.values.includes(value);
  return { '=': order === 0, '!=': order !== 0, '>': order > 0, '>=': order >= 0, '<': order < 0, '<=': order <= 0, '~': value.toLowerCase().includes(first.toLowerCase()) }[term.is];
};
const atTime = (text: string): string => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Refusal(400, `Could not parse cql : ${text} is not a date`);
  return iso(ms);
};

function fits(call: Call, indexed: readonly IndexedProperty[], term: Term): (page: PageRow, space: SpaceRow) => boolean {
  const allow = (...signs: Term['is'][]): void => {
    if (!signs.includes(term.is)) throw new Unmodelled(`CQL ${term.field} ${term.is}`);
  };
  switch (term.field) {
    case 'label': {
      allow('=', '!=', 'in');
      const labels = (page: PageRow): string[] => call.sql.all<{ name: string }>('SELECT name FROM page_labels WHERE page_id = ?', page.id).map((row) => row.name);
      return (page) => (term.is === '!=' ? !labels(page).includes(term.values[0] ?? '') : labels(page).some((name) => term.values.includes(name)));
    }
    case 'space':
    case 'space.key':
      allow('=', '!=', 'in');
      return (_, space) => compare(term, space.key);
    case 'type':
      allow('=', '!=', 'in');
      return () => compare(term, 'page');
    case 'title':
      allow('=', '!=', '~', 'in');
      return (page) => compare(term, page.title);
    case 'id':
      allow('=', '!=', 'in');
      return (page) => compare(term, String(page.id));
    case 'created':
    case 'lastmodified': {
      allow('=', '>', '>=', '<', '<=');
      const dated = { ...term, values: term.values.map(atTime) };
      return (page) => compare(dated, iso(term.field === 'created' ? page.created_at : page.version_at));
    }
    default:
      return propertyFits(call, indexed, term);
  }
}

function propertyFits(call: Call, indexed: readonly IndexedProperty[], term: Term): (page: PageRow) => boolean {
  const entry = indexed.flatMap((property) => property.values.map((value) => ({ ...value, key: property.propertyKey }))).find((each) => each.searchAlias === term.field);
  if (!entry) {
    if (FIELDS_NOT_MODELLED.has(term.field)) throw new Unmodelled(`CQL field ${term.field}`);
    throw new Refusal(400, `Could not parse cql : No field exists with name ${term.field}`);
  }
  const isDate = entry.type === 'date';
  const normal = isDate ? { ...term, values: term.values.map(atTime) } : term;
  return (page) => {
    const row = call.sql.get<{ value: string }>('SELECT value FROM page_properties WHERE page_id = ? AND key = ?', page.id, entry.key);
    const value = row === null ? undefined : entry.path.split('.').reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined), JSON.parse(row.value));
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    if (entry.type === 'number') return compare({ ...term, values: term.values.map(padded) }, padded(String(value)));
    return compare(normal, isDate ? iso(typeof value === 'number' ? value : Date.parse(value)) : String(value));
  };
}
/** Numbers as text that sorts like them (integers of either sign, up to 15 digits). */
const padded = (number: string): string => String(Number(number) + 1e15).padStart(16, '0');

const ORDERS: Readonly<Record<string, (page: PageRow) => string | number>> = { created: (page) => page.created_at, lastmodified: (page) => page.version_at, title: (page) => page.title_key, id: (page) => page.id };

function shape(call: Call, page: PageRow, space: SpaceRow, expand: readonly string[]): unknown {
  const path = pagePath(space.key, page);
  const spaceShape = { id: space.id, key: space.key, name: space.name, type: 'global', status: 'current', _expandable: {}, _links: { webui: `/spaces/${space.key}` } };
  const version = { number: page.version, when: iso(page.version_at), message: page.version_message, minorEdit: false, by: { type: 'known', accountId: page.version_by } };
  return {
    content: {
      id: String(page.id),
      type: 'page',
      status: page.status,
      title: page.title,
      ...(expand.includes('content.space') ? { space: spaceShape } : {}),
      ...(expand.includes('content.version') ? { version } : {}),
      _expandable: {},
      _links: { webui: path, self: `${call.baseUrl}/wiki/rest/api/content/${page.id}` },
    },
    title: page.title,
    excerpt: '',
    url: path,
    resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: 'aui-icon content-type-page',
    lastModified: iso(page.version_at),
    friendlyLastModified: '',
    score: 0,
  };
}

function search(call: Call, indexed: readonly IndexedProperty[]): Reply {
  only(call, 'cql', 'limit', 'start', 'expand', 'excerpt');
  const cql = text(call.query.get('cql'), 'cql');
  const { terms, order } = parseCql(cql);
  const expand = many(call, 'expand');
  for (const each of expand) if (!['content.space', 'content.version'].includes(each)) throw new Unmodelled(`search with expand=${each}`);
  const spaces = new Map(call.sql.all<SpaceRow>('SELECT * FROM spaces').map((space) => [space.id, space]));
  const tests = terms.map((term) => fits(call, indexed, term));
  let found = call.sql.all<PageRow>("SELECT * FROM pages WHERE status = 'current' ORDER BY version_at DESC, id DESC").filter((page) => {
    const space = spaces.get(page.space_id);
    return space !== undefined && call.rights.canView(page) && tests.every((test) => test(page, space));
  });
  for (const { field, descending } of [...order].reverse()) {
    const by = ORDERS[field];
    if (!by) throw new Unmodelled(`CQL ORDER BY ${field}`);
    const direction = descending ? -1 : 1;
    found = [...found].sort((a, b) => direction * (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  }
  const start = whole(call.query.get('start') ?? 0, 'start');
  const limit = whole(call.query.get('limit') ?? 25, 'limit');
  const results = found.slice(start, start + limit).flatMap((page) => {
    const space = spaces.get(page.space_id);
    return space === undefined ? [] : [shape(call, page, space, expand)];
  });
  const next = start + limit < found.length ? { next: `/rest/api/search?${new URLSearchParams({ cql, start: String(start + limit), limit: String(limit) }).toString()}` } : {};
  const body = { results, start, limit, size: results.length, totalSize: found.length, cqlQuery: cql, searchDuration: 1, _links: { base: `${call.baseUrl}/wiki`, context: '/wiki', ...next } };
  return ok(body, results.length);
}

export const searchRoutes = (indexed: readonly IndexedProperty[]): readonly Route[] => [{ method: 'GET', path: '/wiki/rest/api/search', handle: (call) => search(call, indexed) }];
