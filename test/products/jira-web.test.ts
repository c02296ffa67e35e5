import { API, ISSUE, jiraSite, type JiraSite } from './jira-site';

let site: JiraSite;
beforeEach(() => {
  site = jiraSite();
});
afterEach(() => {
  expect(site.wrong()).toEqual([]);
});
const told = () => site.events.map(({ eventType, body }) => ({ eventType, ...(body as { atlassianId: string; selfGenerated: boolean; changelog?: { items: { field: string; from: unknown; to: unknown; fromString: unknown; toString: unknown }[] } }) }));
const changes = () => told().flatMap(({ changelog }) => changelog?.items.map(({ field, fromString, toString }) => [field, fromString, toString]) ?? []);

test('the site\'s pages show an issue with what the person may do to it', async () => {
  const { key, id } = await site.issue('alice', 'A', { fields: { duedate: '2026-12-01', assignee: { accountId: 'acc-bob' }, labels: ['incident'] } });
  await site.as('app', 'POST', `${ISSUE}/${key}/remotelink`, { globalId: 'g', relationship: 'incident', object: { url: 'https://x.example/', title: 'I-1', status: { resolved: true } } });
  const seen = site.products.issueForView('acc-bob', key);
  expect(seen).toEqual({
    id, key: 'OPS-1', summary: 'A', description: null, project: { id: '10000', key: 'OPS', name: 'Operations' }, type: { id: '10001', name: 'Task' }, status: { name: 'To Do', category: 'new' },
    resolution: null, priority: 'Medium', assignee: 'Bob Miller', reporter: '有栖 佐和', assigneeId: 'acc-bob', labels: ['incident'], dueDate: '2026-12-01', securityLevel: null,
    createdAt: Date.parse('2026-11-23T00:00:00.001Z'), updatedAt: Date.parse('2026-11-23T00:00:00.001Z'),
    remoteLinks: [{ id: seen?.remoteLinks[0]?.id, globalId: 'g', title: 'I-1', url: 'https://x.example/', resolved: true, relationship: 'incident' }],
    transitions: [{ id: '11', name: 'To Do' }, { id: '21', name: 'In Progress' }, { id: '31', name: 'Done' }, { id: '41', name: "Won't do" }],
    canEdit: true, canDelete: true, moveTo: [{ key: 'SEC', name: 'Security' }, { key: 'MOB', name: 'Mobile' }], panelShown: false,
  });
  expect(site.products.issueForView('acc-viewer', id)).toMatchObject({ transitions: [], canEdit: false, canDelete: false, moveTo: [] });
  expect(site.products.issueForView(null, key)).toBeNull();
  expect(site.products.issuesOf('acc-viewer', 'OPS')).toEqual([{ key: 'OPS-1', summary: 'A', status: 'To Do', category: 'new', dueDate: '2026-12-01', assignee: 'Bob Miller' }]);
  expect(site.products.projectsFor('acc-viewer').map(({ key: project, canCreate }) => [project, canCreate])).toEqual([['OPS', false], ['MOB', false]]);
  expect(site.products.removeRemoteLink('acc-viewer', key, seen?.remoteLinks[0]?.id ?? '')).toMatchObject({ ok: false, status: 403 });
  expect(site.products.removeRemoteLink('acc-bob', key, seen?.remoteLinks[0]?.id ?? '')).toEqual({ ok: true, value: null });
  expect(site.products.issueForView('acc-bob', key)?.remoteLinks).toEqual([]);
});

test('people create, change, finish and delete there; each raises its event', async () => {
  expect(site.products.createIssue('acc-bob', 'OPS', { typeId: '10002', summary: 'A' })).toEqual({ ok: true, value: { key: 'OPS-1' } });
  expect(site.products.createIssue('acc-bob', 'MOB', { typeId: '10001', summary: 'A' })).toEqual({ ok: false, status: 400, message: 'Customer impact is required.' });
  expect(site.products.createIssue('acc-viewer', 'OPS', { typeId: '10001', summary: 'A' })).toMatchObject({ ok: false, status: 403 });
  expect(site.products.changeIssue('acc-alice', 'OPS-1', { summary: 'B', dueDate: '2026-12-01', assigneeId: 'acc-alice', labels: ['x', 'y'] })).toEqual({ ok: true, value: null });
  expect(site.products.changeIssue('acc-alice', 'OPS-1', { assigneeId: null, summary: 'B' })).toEqual({ ok: true, value: null });
  expect(site.products.changeIssue('acc-alice', 'OPS-1', { summary: 'B' })).toEqual({ ok: true, value: null });
  expect(site.products.changeIssue('acc-alice', 'OPS-1', { summary: '' })).toEqual({ ok: false, status: 400, message: 'You must specify a summary of the issue.' });
  expect(site.products.transitionIssue('acc-mallory', 'OPS-1', '31')).toEqual({ ok: true, value: null });
  expect(site.products.showPanel('acc-viewer', 'OPS-1', true)).toMatchObject({ ok: false, status: 403 });
  expect(site.products.showPanel('acc-bob', 'OPS-1', true)).toEqual({ ok: true, value: null });
  expect(site.products.issueForView('acc-viewer', 'OPS-1')).toMatchObject({ panelShown: true, resolution: 'Done', status: { name: 'Done', category: 'done' } });
  expect(site.products.deleteIssue('acc-viewer', 'OPS-1')).toMatchObject({ ok: false, status: 403 });
  expect(site.products.deleteIssue('acc-bob', 'OPS-1')).toEqual({ ok: true, value: null });
  expect(told().map(({ eventType, atlassianId, selfGenerated }) => [eventType, atlassianId, selfGenerated])).toEqual([
    ['avi:jira:created:issue', 'acc-bob', false], ['avi:jira:updated:issue', 'acc-alice', false], ['avi:jira:updated:issue', 'acc-alice', false], ['avi:jira:updated:issue', 'acc-mallory', false], ['avi:jira:deleted:issue', 'acc-bob', false],
  ]);
  expect(changes()).toEqual([
    ['summary', 'A', 'B'], ['assignee', null, '有栖 佐和'], ['labels', '', 'x y'], ['duedate', null, '2026-12-01 00:00:00.0'], ['assignee', '有栖 佐和', null], ['status', 'To Do', 'Done'], ['resolution', null, 'Done'],
  ]);
});

test('an event carries the documented fields, and the properties for filters beside them', async () => {
  const { key, id } = await site.issue('app', 'A', { properties: { mackerel_incident: { key: 'I-1' } } });
  await site.as('alice', 'POST', `${ISSUE}/${key}/transitions`, { transition: { id: '21' } });
  expect(site.events[1]).toEqual({
    eventType: 'avi:jira:updated:issue',
    issueProperties: { mackerel_incident: { key: 'I-1' } },
    body: {
      eventType: 'avi:jira:updated:issue', timestamp: Date.parse('2026-11-23T00:00:00.003Z'), atlassianId: 'acc-alice', selfGenerated: false,
      issue: {
        id, key: 'OPS-1',
        fields: {
          summary: 'A', issuetype: { id: '10001', name: 'Task', subtask: false }, creator: { accountId: 'acc-app' }, created: '2026-11-23T00:00:00.001+0000', project: { id: '10000', key: 'OPS', name: 'Operations' },
          reporter: { accountId: 'acc-app' }, assignee: null, updated: '2026-11-23T00:00:00.003+0000', status: { id: '3', name: 'In Progress', statusCategory: { id: 4, key: 'indeterminate', name: 'In Progress' } },
        },
      },
      changelog: { items: [{ field: 'status', fieldtype: 'jira', fieldId: 'status', from: '10000', fromString: 'To Do', to: '3', ['toString']: 'In Progress' }] },
    },
  });
  expect(site.events[0]?.body).toMatchObject({ selfGenerated: true, atlassianId: 'acc-app' });
  await site.as('alice', 'PUT', `${ISSUE}/${key}/properties/k`, 1);
  await site.as('alice', 'POST', `${ISSUE}/${key}/remotelink`, { object: { url: 'https://x.example/', title: 'x' } });
  expect(site.events).toHaveLength(2);
});

test('a moved issue has a new key and answers to the old one', async () => {
  const { id } = await site.issue('alice', 'A', { fields: { security: { id: '10100' }, customfield_10051: 'shop' }, properties: { k: 1 } });
  expect(site.products.moveIssue('acc-alice', 'OPS-1', 'SEC')).toMatchObject({ ok: false, status: 400 });
  expect(site.products.moveIssue('acc-viewer', 'OPS-1', 'MOB')).toMatchObject({ ok: false, status: 404 });
  expect(site.products.moveIssue('acc-alice', 'OPS-1', 'MOB')).toEqual({ ok: true, value: { key: 'MOB-1' } });
  expect((await site.as('alice', 'GET', `${ISSUE}/OPS-1?properties=k`)).json).toMatchObject({ id, key: 'MOB-1', properties: { k: 1 }, fields: { project: { key: 'MOB' }, security: null, customfield_10050: { value: 'None' } } });
  expect(changes()).toEqual([['security', 'Responders only', null], ['project', 'Operations', 'Mobile'], ['Key', 'OPS-1', 'MOB-1'], ['Affected service', 'shop', null], ['Customer impact', null, 'None']]);
  expect(site.products.issueForView('acc-viewer', 'ops-1')?.key).toBe('MOB-1');
  // Where the app has no rights, the issue is gone for it.
  expect(site.products.moveIssue('acc-bob', 'OPS-1', 'SEC')).toEqual({ ok: true, value: { key: 'SEC-1' } });
  expect([(await site.as('app', 'GET', `${ISSUE}/${id}`)).status, (await site.as('bob', 'GET', `${ISSUE}/MOB-1`)).json.key]).toEqual([404, 'SEC-1']);
  expect(site.products.moveIssue('acc-bob', 'SEC-1', 'OPS')).toEqual({ ok: true, value: { key: 'OPS-2' } });
  expect((await site.issue('alice', 'B')).key).toBe('OPS-3');
});

test('a site without Jira answers none of its calls', async () => {
  await site.issue('alice', 'A');
  site.products.switches.jiraAbsent = true;
  expect([(await site.as('alice', 'GET', `${API}/myself`)).status, (await site.as('app', 'POST', ISSUE, {})).status]).toEqual([404, 404]);
  expect([site.products.projectsFor('acc-admin'), site.products.issuesOf('acc-admin', 'OPS'), site.products.issueForView('acc-admin', 'OPS-1')]).toEqual([[], [], null]);
  expect(site.products.deleteIssue('acc-admin', 'OPS-1')).toEqual({ ok: false, status: 404, message: 'This site has no Jira' });
  expect((await site.as('alice', 'GET', '/wiki/api/v2/spaces')).status).toBe(200);
  site.products.switches.jiraAbsent = false;
  expect(site.products.issueForView('acc-admin', 'OPS-1')?.summary).toBe('A');
});
