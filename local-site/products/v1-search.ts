/** Confluence v1: search by CQL over what the caller may see. */
import type { IndexedProperty } from '../types';
import { parseCql, type Term } from './cql';
import { many, object, only, ok, oneOf, text, window, type Call, type Reply, type Route } from './http';
import { iso, pagePath } from './links';
import { pageById } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { PageRow, SpaceRow } from './rows';
import type { IndexedPage, SearchIndex } from './search-index';
import { contentShape, type ContentPart } from './v1-shapes';

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

function fits(aliases: readonly IndexedProperty[], term: Term): (page: IndexedPage, space: SpaceRow) => boolean {
  const allow = (...signs: Term['is'][]): void => {
    if (!signs.includes(term.is)) throw new Unmodelled(`CQL ${term.field} ${term.is}`);
  };
  switch (term.field) {
    case 'label': {
      allow('=', '!=', 'in');
      const labels = (page: IndexedPage): string[] => JSON.parse(page.labels) as string[];
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
      return propertyFits(aliases, term);
  }
}

function propertyFits(aliases: readonly IndexedProperty[], term: Term): (page: IndexedPage) => boolean {
  const entry = aliases.flatMap((property) => property.values.map((value) => ({ ...value, key: property.propertyKey }))).find((each) => each.searchAlias === term.field);
  if (!entry) {
    if (FIELDS_NOT_MODELLED.has(term.field)) throw new Unmodelled(`CQL field ${term.field}`);
    throw new Refusal(400, `Could not parse cql : No field exists with name ${term.field}`);
  }
  const isDate = entry.type === 'date';
  const normal = isDate ? { ...term, values: term.values.map(atTime) } : term;
  return (page) => {
    const json = (JSON.parse(page.properties) as Record<string, string>)[entry.key];
    const value = json === undefined ? undefined : entry.path.split('.').reduce<unknown>((inner, part) => object(inner)[part], JSON.parse(json));
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    if (entry.type === 'number') return compare({ ...term, values: term.values.map(padded) }, padded(String(value)));
    return compare(normal, isDate ? iso(typeof value === 'number' ? value : Date.parse(value)) : String(value));
  };
}
/** Numbers as text that sorts like them (integers of either sign, up to 15 digits). */
const padded = (number: string): string => String(Number(number) + 1e15).padStart(16, '0');

const ORDERS: Readonly<Record<string, (page: PageRow) => string | number>> = { created: (page) => page.created_at, lastmodified: (page) => page.version_at, title: (page) => page.title_key, id: (page) => page.id };

function shape(call: Call, page: PageRow, space: SpaceRow, parts: readonly ContentPart[]): unknown {
  return {
    content: contentShape(call, page, space, parts),
    title: page.title,
    excerpt: '',
    url: pagePath(space.key, page),
    resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: 'aui-icon content-type-page',
    lastModified: iso(page.version_at),
    friendlyLastModified: '',
    score: 0,
  };
}

/** What is found is what the index knows; whether the caller may see it is asked of the page as it is now. */
function search(call: Call, index: SearchIndex, aliases: readonly IndexedProperty[]): Reply {
  only(call, 'cql', 'limit', 'start', 'expand', 'excerpt');
  const cql = text(call.query.get('cql'), 'cql');
  const { terms, order } = parseCql(cql);
  const expand = many(call, 'expand').map((each) => oneOf(each, ['content.space', 'content.version'], 'search with expand').slice('content.'.length) as ContentPart);
  const spaces = new Map(call.sql.all<SpaceRow>('SELECT * FROM spaces').map((space) => [space.id, space]));
  const tests = terms.map((term) => fits(aliases, term));
  let found = index.rows().filter((page) => {
    const space = spaces.get(page.space_id);
    const now = pageById(call.sql, page.id);
    return space !== undefined && now !== null && call.rights.canView(now) && tests.every((test) => test(page, space));
  });
  for (const { field, descending } of [...order].reverse()) {
    const by = ORDERS[field];
    if (!by) throw new Unmodelled(`CQL ORDER BY ${field}`);
    const direction = descending ? -1 : 1;
    found = [...found].sort((a, b) => direction * (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  }
  const { rows, ...range } = window(call, found, 25);
  const results = rows.flatMap((page) => {
    const space = spaces.get(page.space_id);
    return space === undefined ? [] : [shape(call, page, space, expand)];
  });
  return ok({ results, ...range, totalSize: found.length, cqlQuery: cql, searchDuration: 1 }, results.length);
}

export const searchRoutes = (index: SearchIndex, aliases: readonly IndexedProperty[]): readonly Route[] => [{ method: 'GET', path: '/wiki/rest/api/search', handle: (call) => search(call, index, aliases) }];
