import { API, ISSUE, jiraSite, paragraph, type JiraSite } from './jira-site';

let site: JiraSite;
beforeEach(() => {
  site = jiraSite();
});
afterEach(() => {
  expect(site.wrong()).toEqual([]);
});
const PROPERTY = 'mackerel_incident';

/** OPS-1 … OPS-4 and MOB-1, created a second apart from 2026-11-23T00:00Z on. */
async function five(): Promise<void> {
  const incident = (key: string, rank: number, note = 'none') => ({ [PROPERTY]: { key, severity: { rank }, declaredAt: '2026-11-20T10:00:00Z', note, hidden: 'x' } });
  await site.issue('alice', 'Add a cache', { fields: { labels: ['incident', 'cache'], duedate: '2026-12-01', assignee: { accountId: 'acc-bob' }, description: paragraph('The database was slow') }, properties: incident('I-1', 1, 'Slow database') });
  site.pass(1000);
  await site.issue('bob', 'キャッシュを追加', { fields: { issuetype: { name: 'Bug' }, priority: { name: 'Highest' }, labels: ['incident'] }, properties: incident('I-2', 3) });
  site.pass(1000);
  await site.issue('alice', 'Write a runbook', { fields: { duedate: '2026-11-01' } });
  site.pass(1000);
  await site.issue('alice', 'Secret', { fields: { security: { id: '10100' } }, properties: incident('I-1', 2) });
  site.pass(1000);
  await site.issue('mallory', 'Crash on start', { project: 'MOB', fields: { customfield_10050: { id: '10200' } } });
  await site.as('bob', 'POST', `${ISSUE}/OPS-2/transitions`, { transition: { id: '41' } });
  await site.as('bob', 'POST', `${ISSUE}/OPS-3/transitions`, { transition: { id: '21' } });
}

test('JQL: fields, operators, combinations', async () => {
  await five();
  const ops = ['OPS-4', 'OPS-3', 'OPS-2', 'OPS-1'];
  const table: [string, unknown][] = [
    ['project = OPS', ops],
    ['project in (OPS, "Mobile") AND status != Done', ['MOB-1', 'OPS-4', 'OPS-3', 'OPS-1']],
    ['project = 10002', ['MOB-1']],
    ['key = ops-1 OR key = OPS-3', ['OPS-3', 'OPS-1']],
    ['key in (OPS-1, OPS-2) AND NOT (type = Bug)', ['OPS-1']],
    ['project = OPS AND (assignee is EMPTY OR labels = cache)', ops],
    ['assignee = currentUser()', []],
    ['assignee in ("acc-bob")', ['OPS-1']],
    ['assignee != acc-alice', ['OPS-1']],
    ['statusCategory = "In Progress" or statusCategory = done', ['OPS-3', 'OPS-2']],
    ['resolution = Unresolved and project = OPS', ['OPS-4', 'OPS-3', 'OPS-1']],
    ['resolution = "Won\'t Do"', ['OPS-2']],
    ['resolution is not empty', ['OPS-2']],
    ['labels = incident and labels not in (cache)', ['OPS-2']],
    ['labels is empty && project = OPS', ['OPS-4', 'OPS-3']],
    ['duedate < 2026-12-01', ['OPS-3']],
    ['due <= "2026/12/01"', ['OPS-3', 'OPS-1']],
    ['duedate is not empty and duedate >= now()', ['OPS-1']],
    ['due < -1w', ['OPS-3']],
    // Alice's zone is nine hours ahead of UTC.
    ['created >= "2026-11-23 09:00" and created < "2026-11-23 09:01" and project = OPS', ops],
    ['created >= 2026-11-24', []],
    ['priority = highest', ['OPS-2']],
    ['summary ~ "cache add"', ['OPS-1']],
    ['summary ~ "キャッシュ"', ['OPS-2']],
    ['text ~ "\\"was slow\\""', ['OPS-1']],
    ['level = "Responders only"', ['OPS-4']],
    ['reporter = acc-bob order by key', ['OPS-2']],
    ['project = OPS order by priority desc, key asc', ['OPS-2', 'OPS-1', 'OPS-3', 'OPS-4']],
    ['project = OPS order by duedate', ['OPS-3', 'OPS-1', 'OPS-4', 'OPS-2']],
  ];
  for (const [jql, expected] of table) expect([jql, await site.find('alice', jql)]).toEqual([jql, expected]);
  expect(await site.find('mallory', 'project = OPS')).toEqual(['OPS-3', 'OPS-2', 'OPS-1']);
});

test('JQL: properties by path and by alias, where the manifest indexes them', async () => {
  await five();
  const table: [string, unknown][] = [
    [`issue.property[${PROPERTY}].key = "I-1"`, ['OPS-4', 'OPS-1']],
    [`issue.property["${PROPERTY}"].key in ("I-2", "I-3")`, ['OPS-2']],
    ['mackerelIncidentKey = I-2', ['OPS-2']],
    ['mackerelincidentkey is not EMPTY and project = OPS', ['OPS-4', 'OPS-2', 'OPS-1']],
    ['mackerelIncidentKey is empty and project = OPS', ['OPS-3']],
    [`issue.property[${PROPERTY}].severity.rank >= 2`, ['OPS-4', 'OPS-2']],
    [`issue.property[${PROPERTY}].note ~ "database"`, ['OPS-1']],
    ['mackerelDeclaredAt < "2026-11-21"', ['OPS-4', 'OPS-2', 'OPS-1']],
    ['mackerelIncidentKey ~ "I"', 400],
    [`issue.property[${PROPERTY}].hidden = "x"`, 400],
    ['issue.property[other].key = "x"', 400],
  ];
  for (const [jql, expected] of table) expect([jql, await site.find('alice', jql)]).toEqual([jql, expected]);
  expect(await site.find('mallory', 'mackerelIncidentKey = I-1')).toEqual(['OPS-1']);
});

test.each<[string, number, string]>([
  ['', 400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
  ['order by created', 400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
  ['project = SEC', 400, "The value 'SEC' does not exist for the field 'project'."],
  ['key = OPS-77', 400, "An issue with key 'OPS-77' does not exist for field 'key'."],
  ['id in (77)', 400, "A value with ID '77' does not exist for the field 'id'."],
  ['colour = red', 400, "Field 'colour' does not exist or you do not have permission to view it."],
  ['status ~ "Do"', 400, "The operator '~' is not supported by the 'status' field."],
  ['project = OPS and', 400, "Error in the JQL Query: Expecting something else at 'the end of the query'."],
  ['project == OPS', 400, "Error in the JQL Query: Expecting something else at '='."],
  ['sprint = 1', 501, 'Not modelled by the local site: POST /rest/api/3/search/jql: JQL field sprint'],
  ['status was Done', 501, 'Not modelled by the local site: POST /rest/api/3/search/jql: JQL was'],
  ['due < startOfDay()', 501, 'Not modelled by the local site: POST /rest/api/3/search/jql: JQL function startOfDay()'],
])('refused: %s', async (jql, status, message) => {
  const answer = await site.as('alice', 'POST', `${API}/search/jql`, { jql });
  expect([answer.status, answer.json]).toEqual([status, { errorMessages: [message], errors: {} }]);
});

test('pages, ids alone unless fields are asked for, and properties', async () => {
  await five();
  const first = await site.as('alice', 'GET', `${API}/search/jql?jql=project%20%3D%20OPS&maxResults=3`);
  expect(first.json).toMatchObject({ isLast: false });
  expect(Object.keys(first.json.issues[0])).toEqual(['id']);
  const second = await site.as('alice', 'GET', `${API}/search/jql?jql=project%20%3D%20OPS&maxResults=3&nextPageToken=${first.json.nextPageToken}&fields=summary,status&properties=${PROPERTY}`);
  expect(second.json).toMatchObject({ isLast: true, issues: [{ key: 'OPS-1', fields: { summary: 'Add a cache', status: { name: 'To Do' } }, properties: { [PROPERTY]: { key: 'I-1' } } }] });
  expect(second.json).not.toHaveProperty('nextPageToken');
  expect((await site.as('alice', 'POST', `${API}/search/jql`, { jql: 'project = OPS', nextPageToken: 'x' })).status).toBe(400);
});

test('search may lag behind; named issues are found as they are', async () => {
  const old = await site.issue('alice', 'Old title');
  site.products.switches.jiraSearchLagMs = 60_000;
  await site.as('alice', 'PUT', `${ISSUE}/${old.key}`, { fields: { summary: 'New title' } });
  const young = await site.issue('alice', 'Young');
  await site.as('alice', 'PUT', `${ISSUE}/${young.key}/properties/${PROPERTY}`, { key: 'I-9' });
  expect([await site.find('bob', 'summary ~ Old'), await site.find('bob', 'summary ~ Young'), await site.find('bob', 'mackerelIncidentKey = I-9')]).toEqual([['OPS-1'], [], []]);
  const reconciled = { reconcileIssues: [Number(old.id), Number(young.id)] };
  expect([await site.find('bob', 'summary ~ Old', reconciled), await site.find('bob', 'mackerelIncidentKey = I-9', reconciled), await site.find('bob', 'project = OPS', reconciled)]).toEqual([[], ['OPS-2'], ['OPS-2', 'OPS-1']]);
  site.pass(60_000);
  expect([await site.find('bob', 'summary ~ New'), await site.find('bob', 'mackerelIncidentKey = I-9')]).toEqual([['OPS-1'], ['OPS-2']]);
  await site.as('alice', 'DELETE', `${ISSUE}/${young.key}`);
  await site.as('alice', 'PUT', `${ISSUE}/${old.key}`, { fields: { security: { id: '10100' } } });
  expect([await site.find('mallory', 'project = OPS'), await site.find('bob', 'project = OPS')]).toEqual([[], ['OPS-1']]);
});
