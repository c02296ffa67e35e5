import { ISSUE, jiraSite, paragraph, type JiraSite } from './jira-site';
import { type Caller } from './site';

let site: JiraSite;
beforeEach(() => {
  site = jiraSite();
});
afterEach(() => {
  expect(site.wrong()).toEqual([]);
});
const MISSING = { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} };
const unsettable = (field: string): string => `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`;

test('an issue is created with its fields and properties, and read back', async () => {
  const made = await site.as('alice', 'POST', ISSUE, {
    fields: {
      project: { key: 'OPS' }, issuetype: { id: '10002' }, summary: '  Add a cache  ', description: paragraph('Why'), priority: { name: 'High' }, assignee: { accountId: 'acc-bob' },
      labels: ['incident', 'cache'], duedate: '2026-12-01', security: { id: '10100' }, customfield_10051: 'shop',
    },
    properties: [{ key: 'mackerel_incident', value: { key: 'I-1' } }],
  });
  expect(made).toMatchObject({ status: 201, json: { key: 'OPS-1', self: `http://localhost:4100/rest/api/3/issue/${made.json.id}` } });
  const read = await site.as('bob', 'GET', `${ISSUE}/OPS-1?properties=mackerel_incident,other`);
  expect(read.json).toMatchObject({ id: made.json.id, key: 'OPS-1', properties: { mackerel_incident: { key: 'I-1' } } });
  expect(read.json.fields).toMatchObject({
    summary: 'Add a cache', description: paragraph('Why'), issuetype: { id: '10002', name: 'Bug', subtask: false }, project: { id: '10000', key: 'OPS' }, priority: { id: '2', name: 'High' },
    assignee: { accountId: 'acc-bob', displayName: 'Bob Miller' }, reporter: { accountId: 'acc-alice' }, labels: ['cache', 'incident'], duedate: '2026-12-01', security: { id: '10100', name: 'Responders only' },
    status: { name: 'To Do', statusCategory: { key: 'new' } }, statusCategory: { key: 'new' }, resolution: null, resolutiondate: null, created: '2026-11-23T00:00:00.001+0000', customfield_10051: 'shop',
  });
  expect(Object.keys((await site.as('bob', 'GET', `${ISSUE}/${made.json.id}?fields=summary,duedate`)).json.fields)).toEqual(['summary', 'duedate']);
  expect((await site.as('bob', 'GET', `${ISSUE}/ops-1?fields=-description&fields=-security`)).json.fields).not.toHaveProperty('description');
});

test('every wrong field is named at once', async () => {
  const wrong = { project: { key: 'MOB' }, issuetype: { name: 'Epic' }, summary: '', description: 'plain', priority: { name: 'Urgent' }, assignee: { accountId: 'acc-viewer' }, labels: ['a b'], duedate: '2026-02-30', security: { id: '10100' }, customfield_99: 1 };
  expect((await site.as('alice', 'POST', ISSUE, { fields: wrong })).json).toEqual({
    errorMessages: [],
    errors: {
      issuetype: 'Specify a valid issue type',
      summary: 'You must specify a summary of the issue.',
      description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
      priority: "Specify a valid 'id' or 'name' for priority",
      assignee: "User 'acc-viewer' cannot be assigned issues.",
      labels: "The label 'a b' contains spaces which is invalid.",
      duedate: 'Error parsing date string: 2026-02-30',
      security: unsettable('security'),
      customfield_99: unsettable('customfield_99'),
      customfield_10050: 'Customer impact is required.',
    },
  });
  const bare = await site.as('alice', 'POST', ISSUE, { fields: { project: { id: '10002' } } });
  expect(bare).toMatchObject({ status: 400, json: { errors: { summary: 'You must specify a summary of the issue.', issuetype: 'Specify a valid issue type', customfield_10050: 'Customer impact is required.' } } });
  expect(site.products.issuesOf('acc-alice', 'MOB')).toEqual([]);
  expect(await site.issue('alice', 'With it', { project: 'MOB', fields: { customfield_10050: { value: 'All customers' } } })).toMatchObject({ key: 'MOB-1' });
  expect((await site.as('alice', 'GET', `${ISSUE}/MOB-1?fields=customfield_10050`)).json.fields.customfield_10050).toMatchObject({ id: '10202', value: 'All customers' });
});

test('who may create where', async () => {
  const create = async (caller: Caller, project: string) => (await site.as(caller, 'POST', ISSUE, { fields: { project: { key: project }, issuetype: { id: '10001' }, summary: 'A' } })).status;
  const table: Record<string, number[]> = {};
  for (const caller of ['admin', 'alice', 'bob', 'viewer', 'mallory', 'anonymous', 'app'] as const) table[caller] = [await create(caller, 'OPS'), await create(caller, 'SEC')];
  expect(table).toEqual({ admin: [201, 201], alice: [201, 400], bob: [201, 201], viewer: [403, 400], mallory: [201, 400], anonymous: [401, 401], app: [201, 400] });
  const hidden = await site.as('app', 'POST', ISSUE, { fields: { project: { key: 'SEC' }, issuetype: { id: '10001' }, summary: 'A' } });
  expect(hidden.json).toEqual({ errorMessages: [], errors: { project: 'Specify a valid project ID or key' } });
  const viewer = await site.as('viewer', 'POST', ISSUE, { fields: { project: { key: 'OPS' }, issuetype: { id: '10001' }, summary: 'A' } });
  expect(viewer.json).toEqual({ errorMessages: ['You do not have permission to create issues in this project.'], errors: {} });
});

test('a security level hides the issue from everybody else', async () => {
  const { key, id } = await site.issue('alice', 'Secret', { fields: { security: { name: 'Responders only' } } });
  const statuses: Record<string, number> = {};
  for (const caller of ['admin', 'alice', 'bob', 'viewer', 'mallory', 'app'] as const) statuses[caller] = (await site.as(caller, 'GET', `${ISSUE}/${key}`)).status;
  expect(statuses).toEqual({ admin: 200, alice: 200, bob: 200, viewer: 404, mallory: 404, app: 200 });
  const [hidden, missing] = [await site.as('mallory', 'GET', `${ISSUE}/${id}`), await site.as('mallory', 'GET', `${ISSUE}/OPS-999`)];
  expect([hidden.json, missing.json]).toEqual([MISSING, MISSING]);
  expect((await site.as('mallory', 'PUT', `${ISSUE}/${key}`, { fields: { summary: 'x' } })).status).toBe(404);
  expect((await site.as('mallory', 'DELETE', `${ISSUE}/${key}`)).status).toBe(404);
  expect(site.products.issuesOf('acc-mallory', 'OPS')).toEqual([]);
});

test('an edit changes the fields it names; labels can be added and removed one by one', async () => {
  const { key } = await site.issue('alice', 'Old', { fields: { labels: ['a', 'b'], duedate: '2026-12-01' } });
  expect((await site.as('bob', 'PUT', `${ISSUE}/${key}`, { fields: { summary: 'New', duedate: null, assignee: { accountId: 'acc-bob' } }, update: { labels: [{ add: 'c' }, { remove: 'a' }] } })).status).toBe(204);
  expect((await site.as('bob', 'GET', `${ISSUE}/${key}?fields=summary,duedate,labels,assignee`)).json.fields).toMatchObject({ summary: 'New', duedate: null, labels: ['b', 'c'], assignee: { accountId: 'acc-bob' } });
  const denied = await site.as('viewer', 'PUT', `${ISSUE}/${key}`, { fields: { summary: 'x' } });
  expect([denied.status, denied.json]).toEqual([400, { errorMessages: [], errors: { summary: unsettable('summary') } }]);
  const both = await site.as('bob', 'PUT', `${ISSUE}/${key}`, { fields: { labels: [] }, update: { labels: [{ add: 'c' }] } });
  expect(both.json.errors).toEqual({ labels: "Field 'labels' cannot appear in both 'fields' and 'update'" });
  expect((await site.as('app', 'PUT', `${ISSUE}/${key}`, { fields: { assignee: null } })).json.errors).toEqual({ assignee: unsettable('assignee') });
  expect((await site.as('bob', 'PUT', `${ISSUE}/${key}`, { fields: { project: { key: 'MOB' } } })).json.errors).toEqual({ project: unsettable('project') });
});

test('transitions lead from any status to any, and set and clear the resolution', async () => {
  const { key } = await site.issue('alice', 'A');
  const listed = await site.as('bob', 'GET', `${ISSUE}/${key}/transitions`);
  expect(listed.json.transitions.map((each: { id: string; name: string; to: { name: string } }) => [each.id, each.name, each.to.name])).toEqual([['11', 'To Do', 'To Do'], ['21', 'In Progress', 'In Progress'], ['31', 'Done', 'Done'], ['41', "Won't do", 'Done']]);
  const state = async (id: string) => {
    expect((await site.as('bob', 'POST', `${ISSUE}/${key}/transitions`, { transition: { id } })).status).toBe(204);
    const { status, resolution, resolutiondate } = (await site.as('bob', 'GET', `${ISSUE}/${key}`)).json.fields;
    return [status.name, status.statusCategory.key, resolution?.name ?? null, resolutiondate !== null];
  };
  expect(await state('31')).toEqual(['Done', 'done', 'Done', true]);
  expect(await state('41')).toEqual(['Done', 'done', "Won't Do", true]);
  expect(await state('21')).toEqual(['In Progress', 'indeterminate', null, false]);
  expect((await site.as('viewer', 'GET', `${ISSUE}/${key}/transitions`)).json.transitions).toEqual([]);
  const invalid = { errorMessages: ["Transition id '31' is not valid for this issue."], errors: {} };
  expect((await site.as('viewer', 'POST', `${ISSUE}/${key}/transitions`, { transition: { id: '31' } })).json).toEqual(invalid);
  expect((await site.as('app', 'POST', `${ISSUE}/${key}/transitions`, { transition: { id: '31' } })).json).toEqual(invalid);
});

test('deleting takes its own permission and everything of the issue', async () => {
  const { key } = await site.issue('alice', 'A', { properties: { k: 1 } });
  expect((await site.as('app', 'DELETE', `${ISSUE}/${key}`)).status).toBe(403);
  expect((await site.as('viewer', 'DELETE', `${ISSUE}/${key}`)).json).toEqual({ errorMessages: ['You do not have permission to delete issues in this project.'], errors: {} });
  expect((await site.as('mallory', 'DELETE', `${ISSUE}/${key}`)).status).toBe(204);
  expect((await site.as('alice', 'GET', `${ISSUE}/${key}/properties/k`)).json).toEqual(MISSING);
  expect((await site.issue('alice', 'B')).key).toBe('OPS-2');
});

test('bulk fetch leaves out what is missing or hidden, without a word', async () => {
  const secret = await site.issue('alice', 'Secret', { fields: { security: { id: '10100' } } });
  const a = await site.issue('alice', 'A', { properties: { k: 1 } });
  const fetch = async (caller: Caller) => (await site.as(caller, 'POST', `${ISSUE}/bulkfetch`, { issueIdsOrKeys: [a.key.toLowerCase(), secret.id, a.id, 'OPS-99'], fields: ['summary'], properties: ['k'] })).json;
  expect(await fetch('mallory')).toEqual({ issues: [{ expand: '', id: a.id, key: 'OPS-2', self: `http://localhost:4100/rest/api/3/issue/${a.id}`, fields: { summary: 'A' }, properties: { k: 1 } }], issueErrors: [] });
  expect((await fetch('bob')).issues.map((issue: { key: string }) => issue.key)).toEqual(['OPS-1', 'OPS-2']);
  expect((await site.as('bob', 'POST', `${ISSUE}/bulkfetch`, { issueIdsOrKeys: Array.from({ length: 101 }, (_, i) => `OPS-${i}`) })).status).toBe(400);
});
