/** Jira v3: who one is, what one may do, who can be given an issue; and the site itself. */
import { many, object, ok, only, whole, type Call, type Reply, type Route } from '../http';
import { iso } from '../links';
import { Refusal, Unmodelled } from '../refusal';
import { account, SITE_USERS } from '../users';
import { PERMISSIONS, PROJECTS, type Permission } from './config';
import { jiraRights } from './rights';
import { visibleIssue, visibleProject } from './rows';
import { userShape } from './shapes';

function myself(call: Call): Reply {
  only(call);
  const user = account(call.who.accountId);
  if (user === null) throw new Refusal(401, 'Client must be authenticated to access this resource.');
  return ok({ ...userShape(call, user.accountId), locale: user.locale.replace('-', '_') });
}

function myPermissions(call: Call): Reply {
  only(call, 'projectKey', 'projectId', 'issueKey', 'issueId', 'permissions');
  const wanted = many(call, 'permissions');
  if (wanted.length === 0) throw new Refusal(400, 'The "permissions" query parameter is required');
  const rights = jiraRights(call.sql, call.who.accountId);
  const issueAsked = call.query.get('issueKey') ?? call.query.get('issueId');
  const projectAsked = call.query.get('projectKey') ?? call.query.get('projectId');
  const issue = issueAsked === null ? null : visibleIssue(call.sql, rights, issueAsked);
  const projectId = issue?.project_id ?? (projectAsked === null ? null : visibleProject(call.sql, rights, projectAsked).id);
  const projects = projectId === null ? PROJECTS.map(({ id }) => id) : [projectId];
  const shown = wanted.map((key): [string, unknown] => {
    if (key === 'ADMINISTER') return [key, { id: '0', key, name: key, type: 'GLOBAL', description: '', havePermission: call.rights.isAdmin }];
    if (!Object.hasOwn(PERMISSIONS, key)) throw new Unmodelled(`permission ${key}`);
    const permission = key as Permission;
    return [key, { id: PERMISSIONS[permission], key, name: key, type: 'PROJECT', description: '', havePermission: projects.some((id) => rights.in(id).has(permission)) }];
  });
  return ok({ permissions: Object.fromEntries(shown) }, shown.length);
}

/** People whose name or a word of it begins so; an empty query finds everybody. */
function assignable(call: Call): Reply {
  only(call, 'project', 'issueKey', 'issueId', 'query', 'accountId', 'startAt', 'maxResults');
  const rights = jiraRights(call.sql, call.who.accountId);
  const [query, accountId] = [call.query.get('query'), call.query.get('accountId')];
  if ((query === null) === (accountId === null)) throw new Refusal(400, "Exactly one of 'query' and 'accountId' has to be given.");
  const issueAsked = call.query.get('issueKey') ?? call.query.get('issueId');
  const projectAsked = call.query.get('project');
  if (issueAsked === null && projectAsked === null) throw new Refusal(400, "Either 'project' or 'issueKey' has to be given.");
  const issue = issueAsked === null ? null : visibleIssue(call.sql, rights, issueAsked);
  const projectId = issue?.project_id ?? visibleProject(call.sql, rights, projectAsked ?? '').id;
  const found = SITE_USERS.filter(({ accountId: id, displayName }) => {
    const theirs = jiraRights(call.sql, id);
    if (!theirs.in(projectId).has('ASSIGNABLE_USER') || (issue !== null && !theirs.sees(issue))) return false;
    const name = displayName.toLowerCase();
    return accountId === null ? [name, ...name.split(/\s+/)].some((part) => part.startsWith((query ?? '').toLowerCase())) : id === accountId;
  });
  const startAt = whole(call.query.get('startAt') ?? 0, 'startAt');
  const page = found.slice(startAt, startAt + whole(call.query.get('maxResults') ?? 50, 'maxResults'));
  return ok(page.map((user) => userShape(call, user.accountId)), page.length);
}

function serverInfo(call: Call): Reply {
  const site = { baseUrl: call.baseUrl, displayUrl: call.baseUrl, serverTitle: 'Jira', deploymentType: 'Cloud', version: '1001.0.0-SNAPSHOT', versionNumbers: [1001, 0, 0], buildNumber: 100_000 };
  return ok({ ...object(site), buildDate: iso(0), serverTime: iso(call.clock.now()) });
}

export const jiraPeopleRoutes: readonly Route[] = [
  { method: 'GET', path: '/rest/api/3/myself', pointsPerObject: 2, handle: myself },
  { method: 'GET', path: '/rest/api/3/mypermissions', pointsPerObject: 2, handle: myPermissions },
  { method: 'GET', path: '/rest/api/3/user/assignable/search', pointsPerObject: 2, handle: assignable },
  { method: 'GET', path: '/rest/api/3/serverInfo', handle: serverInfo },
];
