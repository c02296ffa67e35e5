/** Confluence v1: people, found by id or by name, and the groups they are in. */
import type { SiteUser } from '../types';
import { parseCql, type Term } from './cql';
import { groupById as groupOf, GROUPS, type Group } from './groups';
import { many, only, ok, text, window, type Call, type Reply, type Route } from './http';
import { iso } from './links';
import { Refusal, Unmodelled } from './refusal';
import { APP_USER, SITE_USERS } from './users';
import { person } from './v1-shapes';

function wantsOperations(call: Call): boolean {
  const expand = many(call, 'expand');
  for (const each of expand) if (each !== 'operations') throw new Unmodelled(`users with expand=${each}`);
  return expand.length > 0;
}

const words = (name: string): string[] => name.toLowerCase().split(/\s+/).filter((word) => word !== '');
/** Every word asked for begins one of the name's. */
const named = (name: string, asked: string): boolean => words(asked.replace(/\*/g, ' ')).every((start) => words(name).some((word) => word.startsWith(start)));

function fits({ field, is, values }: Term): (user: SiteUser) => boolean {
  const [first = ''] = values;
  if (field === 'user.fullname') {
    if (is !== '~') throw new Unmodelled(`CQL ${field} ${is}`);
    return (user) => named(user.displayName, first);
  }
  if (field === 'user.userkey') throw new Unmodelled(`CQL field ${field}`);
  if (!['user', 'user.accountid', 'type'].includes(field)) throw new Refusal(400, `Could not parse cql : ${field} is not a field of users`);
  if (is !== '=' && is !== '!=' && is !== 'in') throw new Unmodelled(`CQL ${field} ${is}`);
  return (user) => values.includes(field === 'type' ? 'user' : user.accountId) === (is !== '!=');
}

/** The vendor lists licensed accounts, an app's among them; this site has no guests. */
function search(call: Call): Reply {
  only(call, 'cql', 'start', 'limit', 'expand', 'sitePermissionTypeFilter');
  const cql = text(call.query.get('cql'), 'cql');
  const { terms, order } = parseCql(cql);
  if (order.length > 0) throw new Unmodelled('users with ORDER BY');
  const withOperations = wantsOperations(call);
  const tests = terms.map(fits);
  const everybody = call.query.get('sitePermissionTypeFilter') === 'externalCollaborator' ? [] : [...SITE_USERS, APP_USER];
  const found = everybody.filter((user) => tests.every((test) => test(user)));
  const { rows, ...range } = window(call, found, 25);
  const results = rows.map((user) => ({
    user: person(user.accountId, withOperations),
    title: user.displayName,
    excerpt: '',
    url: `/people/${user.accountId}`,
    breadcrumbs: [],
    entityType: 'user',
    iconCssClass: 'aui-icon content-type-profile',
    lastModified: iso(0),
    score: 0,
  }));
  return ok({ results, ...range, totalSize: found.length, cqlQuery: cql, searchDuration: 1 }, results.length);
}

export const groupShape = (call: Call, group: Group): unknown => ({
  type: 'group',
  id: group.id,
  name: group.name,
  usageType: 'USERBASE_GROUP',
  managedBy: 'ADMINS',
  _links: { self: `${call.baseUrl}/wiki/rest/api/group/by-id?id=${group.id}` },
});
function listed(call: Call, groups: readonly Group[]): Reply {
  const { rows, ...range } = window(call, groups, 200);
  return ok({ results: rows.map((group) => groupShape(call, group)), ...range }, rows.length);
}
function groupById(call: Call): Reply {
  const found = groupOf(call.query.get('id') ?? '');
  if (!found) throw new Refusal(404, 'No group with this id');
  return ok(groupShape(call, found), 1);
}
function memberOf(call: Call): Reply {
  only(call, 'accountId', 'start', 'limit');
  const { accountId } = person(text(call.query.get('accountId'), 'accountId'), false);
  return listed(call, GROUPS.filter((group) => group.members.some((member) => member === accountId)));
}
function pickGroups(call: Call): Reply {
  only(call, 'query', 'start', 'limit');
  const part = text(call.query.get('query'), 'query').toLowerCase();
  return listed(call, GROUPS.filter((group) => group.name.toLowerCase().includes(part)));
}

const USER = '/wiki/rest/api/user';
const GROUP = '/wiki/rest/api/group';
export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: `${USER}/current`, pointsPerObject: 2, handle: (call) => ok(person(call.who.accountId, wantsOperations(call))) },
  { method: 'GET', path: USER, pointsPerObject: 2, handle: (call) => ok(person(text(call.query.get('accountId'), 'accountId'), wantsOperations(call))) },
  { method: 'GET', path: '/wiki/rest/api/search/user', pointsPerObject: 2, handle: search },
  { method: 'GET', path: `${USER}/memberof`, pointsPerObject: 2, handle: memberOf },
  { method: 'GET', path: GROUP, pointsPerObject: 2, handle: (call) => (only(call, 'start', 'limit'), listed(call, GROUPS)) },
  { method: 'GET', path: `${GROUP}/by-id`, pointsPerObject: 2, handle: groupById },
  { method: 'GET', path: `${GROUP}/picker`, pointsPerObject: 2, handle: pickGroups },
];
