/** The Confluence and Jira stand-ins: one `call` for every REST path, the same rules for people, the app and scripts. */
import type { ProductAnswer, ProductCall, ProductEvent, ProductsOptions } from '../types';
import { rightsOf } from './access';
import { attachmentRoutes, formOf } from './attachments';
import { openDescriptions } from './descriptions';
import type { ProductsForWeb } from './for-web';
import type { Call, Reply, Route } from './http';
import { jiraRoutes } from './jira';
import { createIssueIndex } from './jira/issue-index';
import { Pages, type Store, type Who } from './pages';
import { FieldRefusal, Refusal, Unmodelled } from './refusal';
import { prepareTables } from './schema';
import { missingScope } from './scopes';
import { createSearchIndex } from './search-index';
import { openSql } from './sql';
import { APP_ACCOUNT, SITE_USERS } from './users';
import { v1Routes } from './v1';
import { restrictionRoutes } from './v1-restrictions';
import { copyMoveRoutes } from './v1-copy-move';
import { peopleRoutes } from './v1-people';
import { searchRoutes } from './v1-search';
import { templateRoutes } from './v1-templates';
import { partRoutes } from './v2-parts';
import { pageRoutes } from './v2-pages';
import { forWeb } from './web-view';

const BODY_MAX = 5 * 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}
type Form = Readonly<Record<string, unknown>> | null;
interface Outcome {
  readonly reply: Reply;
  readonly validated: boolean | null;
  readonly problem: string | null;
}

/** Everything under /wiki and /rest of the site. */
export function createProducts(options: ProductsOptions): ProductsForWeb {
  const sql = prepareTables(options.db, () => openSql(options.db), options.clock.now());
  const pending: ProductEvent[] = [];
  const store: Store = { sql, clock: options.clock, raise: (event) => void (event !== null && pending.push(event)) };
  const index = createSearchIndex(store);
  const issues = createIssueIndex(store);
  const routes = [...pageRoutes, ...partRoutes, ...attachmentRoutes, ...v1Routes, ...restrictionRoutes, ...copyMoveRoutes, ...templateRoutes, ...peopleRoutes, ...searchRoutes(index, options.contentProperties), ...jiraRoutes(issues, options.issueProperties)];
  const matcher = matcherOf(routes);
  const descriptionOf = openDescriptions(options.specsDir, new Set(routes.map(endpointOf)));

  /** One transaction; its events go out when it is stored. */
  const commit = <T>(work: () => T): T => {
    pending.length = 0;
    const result = sql.write(work);
    index.changed();
    issues.changed();
    for (const event of pending.splice(0)) options.onEvent(event);
    return result;
  };

  const web = forWeb(store, index, issues, commit);
  const accountOf = (call: ProductCall): string | null => (call.as.type === 'user' ? call.as.accountId : call.as.type === 'app' ? APP_ACCOUNT : null);

  const handle = ({ route, params }: Match, call: ProductCall, url: URL, form: Form): Reply => {
    const accountId = accountOf(call);
    if (accountId === null) throw new Refusal(url.pathname.startsWith('/wiki/rest/') ? 403 : 401, 'This site has no anonymous access');
    if (call.via !== 'browser') {
      const missing = missingScope(endpointOf(route), options.scopes);
      if (missing !== null) throw new Refusal(403, `Forbidden; scope does not match: ${endpointOf(route)} needs ${missing}`);
    }
    if ((call.bytes?.byteLength ?? Buffer.byteLength(call.body ?? '')) > BODY_MAX) throw new Refusal(413, 'The request is larger than 5 MB');
    const who: Who = { accountId, byApp: call.via !== 'browser', inEditor: call.via === 'browser' };
    const rights = rightsOf(sql, accountId);
    const given: Call = { ...store, baseUrl: options.baseUrl, rights, who, pages: new Pages(store, who), path: url.pathname, params, query: url.searchParams, headers: lowerCase(call.headers), body: form ?? parseBody(call.body) };
    return route.method === 'GET' || route.isRead === true ? route.handle(given) : commit(() => route.handle(given));
  };

  const answer = (call: ProductCall, form: Form): Outcome => {
    const url = new URL(call.path, options.baseUrl);
    const method = call.method.toUpperCase();
    const refuse = (error: Refusal): Reply => ({ status: error.status, body: refusalBody(url.pathname, error.status, error) });
    const unmodelled = (what: string): Outcome => {
      options.onUnmodelled(what);
      return { reply: { status: 501, body: refusalBody(url.pathname, 501, new Unmodelled(`Not modelled by the local site: ${what}`)) }, validated: null, problem: `not modelled: ${what}` };
    };
    if (web.switches.jiraAbsent && url.pathname.startsWith('/rest/api/3/')) return { reply: { status: 404, body: { message: 'This site has no Jira' } }, validated: null, problem: null };
    const description = descriptionOf(url.pathname);
    const match = matcher(method, url.pathname);
    if (match === null) {
      const operation = description?.operationAt(method, url.pathname) ?? null;
      if (description !== null && operation === null) return { reply: refuse(new Refusal(404, `No such resource: ${method} ${url.pathname}`)), validated: false, problem: 'not an operation of the vendor' };
      return unmodelled(`${operation === null ? '' : `${operation} `}${method} ${url.pathname}`.trim());
    }
    const endpoint = endpointOf(match.route);
    const wrong = description?.requestProblem(endpoint, { ...call, method, body: form === null ? call.body : described(form) }) ?? null;
    let reply: Reply;
    try {
      if (wrong !== null) throw new Refusal(400, wrong);
      reply = handle(match, call, url, form);
    } catch (error) {
      if (error instanceof Unmodelled) return unmodelled(`${endpoint}: ${error.message}`);
      if (!(error instanceof Refusal)) throw error;
      reply = refuse(error);
    }
    if (description === null) return { reply, validated: null, problem: null };
    if (wrong !== null) return { reply, validated: false, problem: `request: ${wrong}` };
    const body: unknown = reply.body === undefined ? undefined : JSON.parse(JSON.stringify(reply.body));
    const bug = description.answerProblem(endpoint, reply.status, body);
    if (bug === null) return { reply, validated: true, problem: null };
    return { reply: { status: 500, body: { message: `local site bug: ${endpoint} answered ${bug}` } }, validated: false, problem: `local site bug: ${bug}` };
  };

  return {
    async call(call: ProductCall): Promise<ProductAnswer> {
      const { reply, validated, problem } = answer(call, await formOf(call.headers, call.bytes ?? call.body));
      const points = call.via === 'function' ? pointsOf(call, reply, matcher) : 0;
      const as = accountOf(call) ?? 'anonymous';
      options.onCall({ at: options.clock.now(), product: call.product, as, via: call.via, method: call.method.toUpperCase(), path: call.path, status: reply.status, validated, problem, points });
      return { status: reply.status, headers: { ...(reply.body === undefined ? {} : JSON_TYPE), ...reply.headers }, body: reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)), ...(reply.bytes === undefined ? {} : { bytes: reply.bytes }) };
    },
    users: () => SITE_USERS,
    userByName: (name) => SITE_USERS.find((user) => user.name === name) ?? null,
    spaces: () => sql.all<{ id: number; key: string }>('SELECT id, key FROM spaces ORDER BY id').map(({ id, key }) => ({ id: String(id), key })),
    ...web,
  };
}

const endpointOf = (route: Route): string => `${route.method} ${route.path}`;

/** Literal paths win over templates, as with the vendor. */
function matcherOf(routes: readonly Route[]): (method: string, path: string) => Match | null {
  const names = (path: string): string[] => [...path.matchAll(/\{([^}]+)\}/g)].map((found) => found[1] ?? '');
  const table = routes
    .map((route) => ({ route, names: names(route.path), shape: new RegExp(`^${route.path.replace(/\{[^}]+\}/g, '([^/]+)')}/?$`) }))
    .sort((a, b) => a.names.length - b.names.length);
  return (method, path) => {
    for (const { route, names, shape } of table) {
      const found = route.method === method ? shape.exec(path) : null;
      if (found) return { route, params: Object.fromEntries(names.map((name, i) => [name, decoded(found[i + 1] ?? '')])) };
    }
    return null;
  };
}

/** A segment that is no percent-encoding stands for itself; no id or key looks like it. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A file is a string to the vendor's description. */
const described = (form: NonNullable<Form>): Record<string, string> => Object.fromEntries(Object.entries(form).map(([name, value]) => [name, typeof value === 'string' ? value : '']));
const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function parseBody(body: string | null): unknown {
  if (body === null || body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'The body is not JSON');
  }
}

/** Errors in the form of the API they come from. */
function refusalBody(path: string, status: number, error: Refusal | Unmodelled): unknown {
  const { message } = error;
  if (path.startsWith('/rest/')) return error instanceof FieldRefusal ? { errorMessages: [], errors: error.errors } : { errorMessages: [message], errors: {} };
  if (path.startsWith('/wiki/rest/')) return { statusCode: status, data: { authorized: status !== 403, valid: status !== 400, errors: [], successful: false }, message };
  const code = { 400: 'INVALID_REQUEST_PARAMETER', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 409: 'CONFLICT', 413: 'PAYLOAD_TOO_LARGE', 501: 'NOT_IMPLEMENTED' }[status] ?? 'ERROR';
  return { errors: [{ status, code, title: message, detail: null }] };
}

/** A read costs 1 and 1 per object (2 where the objects are users or permissions), a write 1. */
function pointsOf(call: ProductCall, reply: Reply, matcher: (method: string, path: string) => Match | null): number {
  const method = call.method.toUpperCase();
  const route = matcher(method, call.path.split('?')[0] ?? '')?.route;
  const isRead = method === 'GET' || route?.pointsPerObject === 2 || route?.isRead === true;
  return isRead ? 1 + (reply.objects ?? 0) * (route?.pointsPerObject ?? 1) : 1;
}
