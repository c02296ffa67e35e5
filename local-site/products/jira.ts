/** Jira v3: one empty project. */
import { object, ok, only, param, type Call, type Reply, type Route } from './http';
import { iso } from './links';
import { Refusal } from './refusal';
import { account, APP_ACCOUNT } from './users';

const PROJECT = { id: '10000', key: 'OPS', name: 'Operations' } as const;
const MEMBERS = new Set(['acc-admin', 'acc-alice', 'acc-bob', 'acc-viewer', APP_ACCOUNT]);
const avatars = (call: Call): Record<string, string> => Object.fromEntries(['48x48', '24x24', '16x16', '32x32'].map((size) => [size, `${call.baseUrl}/avatar.svg`]));

function project(call: Call): Reply {
  only(call);
  const asked = param(call, 'projectIdOrKey');
  if (!MEMBERS.has(call.who.accountId) || (asked !== PROJECT.id && asked !== PROJECT.key)) throw new Refusal(404, `No project could be found with key '${asked}'.`);
  return ok({
    ...PROJECT,
    self: `${call.baseUrl}/rest/api/3/project/${PROJECT.id}`,
    projectTypeKey: 'software',
    simplified: false,
    style: 'classic',
    isPrivate: false,
    assigneeType: 'UNASSIGNED',
    avatarUrls: avatars(call),
    components: [],
    issueTypes: [],
    versions: [],
    roles: {},
  });
}

function myself(call: Call): Reply {
  only(call);
  const user = account(call.who.accountId);
  if (user === null) throw new Refusal(401, 'Client must be authenticated to access this resource.');
  return ok({
    self: `${call.baseUrl}/rest/api/3/user?accountId=${user.accountId}`,
    accountId: user.accountId,
    accountType: user.accountId === APP_ACCOUNT ? 'app' : 'atlassian',
    displayName: user.displayName,
    active: true,
    locale: user.locale.replace('-', '_'),
    timeZone: user.timezone,
    avatarUrls: avatars(call),
  });
}

export const jiraRoutes: readonly Route[] = [
  { method: 'GET', path: '/rest/api/3/project/{projectIdOrKey}', handle: project },
  { method: 'GET', path: '/rest/api/3/myself', pointsPerObject: 2, handle: myself },
  {
    method: 'GET',
    path: '/rest/api/3/serverInfo',
    handle: (call) => {
      const site = { baseUrl: call.baseUrl, displayUrl: call.baseUrl, serverTitle: 'Jira', deploymentType: 'Cloud', version: '1001.0.0-SNAPSHOT', versionNumbers: [1001, 0, 0], buildNumber: 100_000 };
      return ok({ ...object(site), buildDate: iso(0), serverTime: iso(call.clock.now()) });
    },
  },
];
