import { API, ISSUE, jiraSite, type JiraSite } from './jira-site';
import { testSite, type Caller } from './site';

let site: JiraSite;
beforeEach(() => {
  site = jiraSite();
});
afterEach(() => {
  expect(site.wrong()).toEqual([]);
});
const keys = (list: readonly { key: string }[]): string[] => list.map(({ key }) => key);

test('projects: who sees which, and where who may create', async () => {
  const seen: Record<string, string[][]> = {};
  for (const caller of ['admin', 'alice', 'bob', 'viewer', 'mallory', 'app'] as const) {
    const list = async (query: string) => keys((await site.as(caller, 'GET', `${API}/project/search${query}`)).json.values);
    seen[caller] = [await list(''), await list('?action=create')];
  }
  expect(seen).toEqual({
    admin: [['MOB', 'OPS', 'SEC'], ['MOB', 'OPS', 'SEC']], alice: [['MOB', 'OPS'], ['MOB', 'OPS']], bob: [['MOB', 'OPS', 'SEC'], ['MOB', 'OPS', 'SEC']],
    viewer: [['MOB', 'OPS'], []], mallory: [['MOB', 'OPS'], ['MOB', 'OPS']], app: [['MOB', 'OPS'], ['MOB', 'OPS']],
  });
  const page = await site.as('bob', 'GET', `${API}/project/search?maxResults=2&startAt=2&orderBy=key`);
  expect(page.json).toMatchObject({ startAt: 2, maxResults: 2, total: 3, isLast: true, values: [{ id: '10001', key: 'SEC', name: 'Security' }] });
  expect((await site.as('bob', 'GET', `${API}/project/10002`)).json).toMatchObject({ key: 'MOB', name: 'Mobile', issueTypes: [{ name: 'Task' }, { name: 'Bug' }, { name: 'Story' }] });
  const [hidden, missing] = [await site.as('alice', 'GET', `${API}/project/SEC`), await site.as('alice', 'GET', `${API}/project/NOPE`)];
  expect([hidden.status, hidden.json, missing.json]).toEqual([404, { errorMessages: ["No project could be found with key 'SEC'."], errors: {} }, { errorMessages: ["No project could be found with key 'NOPE'."], errors: {} }]);
});

test('create metadata: types and fields, required or not, for those who may create', async () => {
  const types = await site.as('alice', 'GET', `${ISSUE}/createmeta/MOB/issuetypes?maxResults=2`);
  expect(types.json).toMatchObject({ startAt: 0, maxResults: 2, total: 3, issueTypes: [{ id: '10001', name: 'Task', subtask: false }, { id: '10002', name: 'Bug' }] });
  const fields = async (caller: Caller, project: string) => (await site.as(caller, 'GET', `${ISSUE}/createmeta/${project}/issuetypes/10001`)).json.fields as { fieldId: string; required: boolean; hasDefaultValue: boolean; allowedValues?: { id: string }[] }[];
  const mobile = await fields('alice', 'MOB');
  expect(mobile.map((field) => field.fieldId)).toEqual(['project', 'summary', 'issuetype', 'description', 'priority', 'assignee', 'labels', 'duedate', 'customfield_10050']);
  expect(mobile.filter((field) => field.required).map((field) => field.fieldId)).toEqual(['project', 'summary', 'issuetype', 'customfield_10050']);
  expect(mobile.at(-1)).toEqual({
    required: true, schema: { type: 'option', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select', customId: 10050 }, name: 'Customer impact', key: 'customfield_10050', fieldId: 'customfield_10050', hasDefaultValue: false, operations: ['set'],
    allowedValues: [
      { self: 'http://localhost:4100/rest/api/3/customFieldOption/10200', id: '10200', value: 'None' },
      { self: 'http://localhost:4100/rest/api/3/customFieldOption/10201', id: '10201', value: 'Some customers' },
      { self: 'http://localhost:4100/rest/api/3/customFieldOption/10202', id: '10202', value: 'All customers' },
    ],
  });
  const names = async (caller: Caller) => (await fields(caller, 'OPS')).map((field) => field.fieldId);
  expect(await names('admin')).toContain('reporter');
  expect((await fields('admin', 'OPS')).find((field) => field.fieldId === 'reporter')).toMatchObject({ required: true, hasDefaultValue: true });
  expect(await names('bob')).toEqual(['project', 'summary', 'issuetype', 'description', 'priority', 'assignee', 'labels', 'duedate', 'security', 'customfield_10051']);
  // Mallory belongs to no level; the app may not assign.
  expect(await names('mallory')).toEqual(['project', 'summary', 'issuetype', 'description', 'priority', 'assignee', 'labels', 'duedate', 'customfield_10051']);
  expect(await names('app')).not.toContain('assignee');
  expect(await fields('viewer', 'OPS')).toEqual([]);
  expect((await site.as('viewer', 'GET', `${ISSUE}/createmeta/OPS/issuetypes`)).json.issueTypes).toEqual([]);
  expect((await site.as('app', 'GET', `${ISSUE}/createmeta/SEC/issuetypes`)).status).toBe(404);
  expect((await site.as('alice', 'GET', `${ISSUE}/createmeta/SEC/issuetypes/10002`)).status).toBe(404);
});

test('one\'s own permissions, in a project, on an issue, anywhere', async () => {
  const { key } = await site.issue('alice', 'A');
  const have = async (caller: Caller, query: string) => {
    const { status, json } = await site.as(caller, 'GET', `${API}/mypermissions?permissions=BROWSE_PROJECTS,CREATE_ISSUES,DELETE_ISSUES${query}`);
    return status === 200 ? Object.values(json.permissions as Record<string, { havePermission: boolean }>).map((each) => each.havePermission) : status;
  };
  expect([await have('viewer', '&projectKey=OPS'), await have('app', `&issueKey=${key}`), await have('alice', '&projectId=10000'), await have('alice', '')]).toEqual([[true, false, false], [true, true, false], [true, true, true], [true, true, true]]);
  expect([await have('alice', '&projectKey=SEC'), await have('alice', '&issueKey=OPS-9')]).toEqual([404, 404]);
  expect((await site.as('alice', 'GET', `${API}/mypermissions`)).status).toBe(400);
  expect((await site.as('alice', 'GET', `${API}/mypermissions?permissions=WORK_ON_ISSUES`)).status).toBe(501);
});

test('people an issue can be given to', async () => {
  const { key } = await site.issue('alice', 'Secret', { fields: { security: { id: '10100' } } });
  const find = async (query: string) => {
    const { status, json } = await site.as('alice', 'GET', `${API}/user/assignable/search?${query}`);
    return status === 200 ? json.map((user: { accountId: string }) => user.accountId) : status;
  };
  expect(await find('project=OPS&query=')).toEqual(['acc-admin', 'acc-alice', 'acc-bob', 'acc-mallory']);
  expect(await find('project=OPS&query=mi')).toEqual(['acc-bob']);
  expect(await find(`issueKey=${key}&query=&maxResults=2&startAt=1`)).toEqual(['acc-alice', 'acc-bob']);
  expect(await find(`issueKey=${key}&accountId=acc-mallory`)).toEqual([]);
  expect([await find('project=SEC&query='), await find('project=OPS'), await find('query=x')]).toEqual([404, 400, 400]);
});

test('priorities, the site and oneself', async () => {
  expect((await site.as('alice', 'GET', `${API}/priority/search`)).json.values.map((each: { name: string }) => each.name)).toEqual(['Highest', 'High', 'Medium', 'Low', 'Lowest']);
  expect((await site.as('app', 'GET', `${API}/myself`)).json).toMatchObject({ accountId: 'acc-app', accountType: 'app' });
  expect((await site.as('alice', 'GET', `${API}/serverInfo`)).json).toMatchObject({ deploymentType: 'Cloud' });
});

test('the app\'s calls need the manifest\'s scopes', async () => {
  const poor = testSite({ scopes: ['read:jira-work'] });
  const body = { fields: { project: { key: 'OPS' }, issuetype: { id: '10001' }, summary: 'A' } };
  expect([(await poor.as('app', 'POST', ISSUE, body)).status, (await poor.as('alice', 'POST', ISSUE, body, 'bridge')).status, (await poor.as('alice', 'POST', ISSUE, body)).status]).toEqual([403, 403, 201]);
  expect((await poor.as('app', 'POST', `${API}/search/jql`, { jql: 'project = OPS' })).status).toBe(200);
  expect(poor.rows.at(-1)).toMatchObject({ points: 2 });
});
