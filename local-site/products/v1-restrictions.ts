/** Confluence v1: whom a page is kept to, all at once or one person or group at a time. */
import { groupById } from './groups';
import { object, ok, only, param, text, whole, type Call, type Reply, type Route } from './http';
import { visiblePage } from './page-rules';
import type { Kept, Named } from './pages';
import { Refusal, Unmodelled } from './refusal';
import type { PageRow } from './rows';
import { account } from './users';
import { groupShape } from './v1-people';
import { person } from './v1-shapes';

const RESTRICTION = '/wiki/rest/api/content/{id}/restriction';
const OPERATIONS = ['read', 'update'] as const;
type Operation = (typeof OPERATIONS)[number];

const pageOf = (call: Call): PageRow => visiblePage(call.sql, call.rights, whole(param(call, 'id'), 'id'));
const NOBODY: Named = { users: [], groups: [] };

function restriction(call: Call, page: PageRow, operation: Operation): Record<string, unknown> {
  const { users, groups } = call.pages.kept(page.id)[operation];
  const list = (results: readonly unknown[]): object => ({ results, start: 0, limit: 200, size: results.length });
  return {
    operation,
    restrictions: {
      user: list(users.map((accountId) => person(accountId, false))),
      group: list(groups.flatMap((id) => groupById(id) ?? []).map((group) => groupShape(call, group))),
    },
    _expandable: { content: `/rest/api/content/${page.id}` },
    _links: { self: `${call.baseUrl}/wiki/rest/api/content/${page.id}/restriction/byOperation/${operation}` },
  };
}
function restrictions(call: Call, page: PageRow): Reply {
  const results = OPERATIONS.map((operation) => restriction(call, page, operation));
  const restrictionsHash = Buffer.from(JSON.stringify(results)).toString('base64url').slice(-16);
  return ok({ results, start: 0, limit: 100, size: results.length, restrictionsHash, _links: { base: `${call.baseUrl}/wiki` } }, results.length);
}

function knownAccount(accountId: string): string {
  if (account(accountId) === null) throw new Refusal(404, `No user found with account id ${accountId}`);
  return accountId;
}
function knownGroup(id: string): string {
  if (groupById(id) === null) throw new Refusal(404, `No group found with id ${id}`);
  return id;
}
function operationOf(name: unknown): Operation {
  const operation = OPERATIONS.find((each) => each === name);
  if (operation === undefined) throw new Unmodelled(`restrictions of ${String(name)}`);
  return operation;
}
/** Who is named for one operation, in any of the shapes the vendor takes. */
function named(restriction: unknown): { readonly operation: Operation; readonly who: Named } {
  const { user, group } = object(object(restriction)['restrictions']);
  const list = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : Array.isArray(object(of)['results']) ? (object(of)['results'] as unknown[]) : []);
  const who = {
    users: list(user).map((each) => knownAccount(text(object(each)['accountId'], 'accountId'))),
    groups: list(group).map((each) => knownGroup(text(object(each)['id'], 'group.id'))),
  };
  return { operation: operationOf(object(restriction)['operation']), who };
}
function replaceAll(call: Call): Reply {
  only(call, 'expand');
  const page = pageOf(call);
  const given = Array.isArray(call.body) ? (call.body as unknown[]) : (object(call.body)['results'] as unknown[] | undefined);
  if (!Array.isArray(given)) throw new Refusal(400, 'A list of restrictions is required');
  const next: Record<Operation, Named> = { read: NOBODY, update: NOBODY };
  for (const { operation, who } of given.map(named)) next[operation] = { users: [...next[operation].users, ...who.users], groups: [...next[operation].groups, ...who.groups] };
  call.pages.restrict(page.id, next);
  return restrictions(call, page);
}
function lift(call: Call): Reply {
  const page = pageOf(call);
  call.pages.restrict(page.id, { read: NOBODY, update: NOBODY });
  return restrictions(call, page);
}

/** Names one more, or one less, for one operation. The vendor answers no body. */
function changeOne(call: Call, change: (named: Named) => Named): Reply {
  const page = pageOf(call);
  const operation = operationOf(param(call, 'operationKey'));
  const known: Kept = call.pages.kept(page.id);
  call.pages.restrict(page.id, { ...known, [operation]: change(known[operation]) });
  return { status: 200 };
}
const without = (all: readonly string[], one: string): readonly string[] => all.filter((each) => each !== one);
function oneUser(call: Call, add: boolean): Reply {
  only(call, 'accountId');
  const accountId = knownAccount(text(call.query.get('accountId'), 'accountId'));
  return changeOne(call, ({ users, groups }) => ({ users: [...without(users, accountId), ...(add ? [accountId] : [])], groups }));
}
function oneGroup(call: Call, add: boolean): Reply {
  const id = knownGroup(param(call, 'groupId'));
  return changeOne(call, ({ users, groups }) => ({ users, groups: [...without(groups, id), ...(add ? [id] : [])] }));
}

const USER = `${RESTRICTION}/byOperation/{operationKey}/user`;
const GROUP = `${RESTRICTION}/byOperation/{operationKey}/byGroupId/{groupId}`;
export const restrictionRoutes: readonly Route[] = [
  { method: 'GET', path: RESTRICTION, pointsPerObject: 2, handle: (call) => (only(call, 'expand', 'start', 'limit'), restrictions(call, pageOf(call))) },
  { method: 'PUT', path: RESTRICTION, handle: replaceAll },
  { method: 'DELETE', path: RESTRICTION, handle: lift },
  {
    method: 'GET',
    path: `${RESTRICTION}/byOperation`,
    pointsPerObject: 2,
    handle: (call) => {
      const page = pageOf(call);
      return ok(Object.fromEntries(OPERATIONS.map((operation) => [operation, restriction(call, page, operation)])), OPERATIONS.length);
    },
  },
  { method: 'PUT', path: USER, handle: (call) => oneUser(call, true) },
  { method: 'DELETE', path: USER, handle: (call) => oneUser(call, false) },
  { method: 'PUT', path: GROUP, handle: (call) => oneGroup(call, true) },
  { method: 'DELETE', path: GROUP, handle: (call) => oneGroup(call, false) },
];
