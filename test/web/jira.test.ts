import type { Site } from '../../local-site/site';
import { startProbeSite } from './site';

let site: Site;
beforeAll(async () => {
  site = await startProbeSite();
}, 120_000);
afterAll(() => site.stop());

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}
async function ask(path: string, user: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Answer> {
  const init = body === undefined ? {} : { headers: { 'content-type': 'application/json', 'x-site-user': user }, body: JSON.stringify(body) };
  const answer = await fetch(site.url + path, { method, headers: { 'x-site-user': user }, ...init });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
async function newIssue(summary: string): Promise<string> {
  const { json } = await ask('/__web/projects/OPS/issues', 'alice', { typeId: '10001', summary });
  return String(json['key']);
}
const issue = (key: string, user = 'bob') => ask(`/__web/issues/${key}`, user);

describe('work items', () => {
  test('are listed newest first for who may see the project, and nobody else learns of it', async () => {
    const key = await newIssue('Listed');
    const { json } = await ask('/__web/projects/OPS/issues', 'bob');
    expect((json['issues'] as { key: string }[])[0]).toMatchObject({ key, summary: 'Listed', status: 'To Do', category: 'new' });
    expect((await ask('/__web/projects/OPS/issues', 'mallory')).status).toBe(404);
    expect((await ask('/__web/session', 'mallory')).json['projects']).toEqual([]);
    expect((await issue(key, 'mallory')).status).toBe(404);
  });

  test('take each change of a person, and a refusal leaves them as they were', async () => {
    const key = await newIssue('Changed');
    const change = (body: object, user = 'bob') => ask(`/__web/issues/${key}`, user, body, 'PATCH');
    expect((await change({ summary: ' Changed twice ' })).status).toBe(204);
    expect((await change({ dueDate: '2026-12-24', assigneeId: 'acc-alice', labels: ['shop'] })).status).toBe(204);
    expect((await ask(`/__web/issues/${key}/transition`, 'bob', { id: '31' })).status).toBe(204);
    const refusals = [await change({ dueDate: 'tomorrow' }), await change({ labels: ['two words'] }), await change({ status: 'Done' }), await change({ summary: 'Mine' }, 'viewer')];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 403]);
    expect((await issue(key)).json).toMatchObject({ summary: 'Changed twice', dueDate: '2026-12-24', assigneeId: 'acc-alice', labels: ['shop'], status: { name: 'Done' }, resolution: 'Done' });
    expect((await issue(key, 'viewer')).json).toMatchObject({ canEdit: false, canDelete: false, transitions: [], moveTo: [] });
  });

  test('keep their old key as a way to them after a move, and are gone after a deletion', async () => {
    const key = await newIssue('Moved');
    const { json } = await ask(`/__web/issues/${key}/move`, 'alice', { projectKey: 'SUP' });
    expect((await issue(key)).json).toMatchObject({ key: json['key'], project: { key: 'SUP' } });
    expect((await ask(`/__web/issues/${key}`, 'alice', undefined, 'DELETE')).status).toBe(204);
    expect((await issue(key)).status).toBe(404);
  });

  test('lose a web link when somebody removes it', async () => {
    const links = async () => ((await issue('OPS-1')).json['remoteLinks'] as { id: string }[]).map(({ id }) => id);
    expect(await links()).toEqual(['1', '2']);
    expect((await ask('/__web/issues/OPS-1/links/2', 'bob', undefined, 'DELETE')).status).toBe(204);
    expect(await links()).toEqual(['1']);
  });

  test('show the panel to everybody once one person has opened it', async () => {
    const key = await newIssue('Panelled');
    expect((await issue(key)).json['panelShown']).toBe(false);
    await ask(`/__web/issues/${key}/panel`, 'alice', { shown: true });
    expect((await issue(key, 'viewer')).json['panelShown']).toBe(true);
  });

  test('say in a property what stands beside the context, else the manifest does', async () => {
    const key = await newIssue('Told');
    const { json } = await ask('/__web/session', 'bob');
    const context = (json['modules'] as { key: string }[]).find((module) => module.key === 'issue-context');
    expect(context).toMatchObject({ label: 'Incident now', status: { type: 'lozenge', label: 'idle', appearance: 'default' } });
    expect((await issue(key)).json['contextStatus']).toEqual({});
    const property = `com.atlassian.jira.issue:${site.deps.manifest.appUuid}:issue-context:status`;
    await ask(`/rest/api/3/issue/${key}/properties/${property}`, 'bob', { type: 'badge', value: { label: '3' } }, 'PUT');
    expect((await issue(key)).json['contextStatus']).toEqual({ 'issue-context': { type: 'badge', label: '3', appearance: 'default' } });
  });
});

describe('what the app is told on a work item', () => {
  const extra = { location: 'http://localhost/browse/OPS-1' };
  const where = (issueKey: string) => ({ issueKey, extra });

  test('is the same in the page and in the function', async () => {
    const expected = {
      type: 'jira:issuePanel',
      issue: { id: '20001', key: 'OPS-1', type: 'Bug', typeId: '10002' },
      project: { id: '10000', key: 'OPS', type: 'software' },
      isNewToIssue: false,
      ...extra,
    };
    const page = await ask('/__bridge/context', 'bob', { moduleKey: 'issue-panel', place: where('OPS-1'), colorMode: 'light' });
    expect(page.json).toMatchObject({ moduleKey: 'issue-panel', accountId: 'acc-bob' });
    expect(page.json['extension']).toEqual(expected);
    const call = await ask('/__bridge/invoke', 'bob', { moduleKey: 'issue-panel', functionKey: 'echo', context: where('OPS-1') });
    expect((call.json['result'] as { extension: unknown }).extension).toEqual(expected);
  });

  test('is only the address for who may not see the issue', async () => {
    const { json } = await ask('/__bridge/context', 'mallory', { moduleKey: 'issue-context', place: where('OPS-1'), colorMode: 'light' });
    expect(json['extension']).toEqual({ type: 'jira:issueContext', issue: { key: 'OPS-1' }, project: { key: 'OPS' }, ...extra });
  });

  test('a call to Jira leaves as the person who looks', async () => {
    const answer = await ask('/__bridge/fetchProduct', 'bob', { product: 'jira', restPath: '/rest/api/3/myself', fetchRequestInit: { headers: [] } });
    expect(answer.json['status']).toBe(200);
    expect(JSON.parse(String(answer.json['body']))).toMatchObject({ accountId: 'acc-bob' });
  });

  test('a page\'s menu of selected text carries the text', async () => {
    const place = { contentId: '98401', spaceKey: 'OPS', extra: { selectedText: 'web-1 is slow', ...extra } };
    const { json } = await ask('/__bridge/invoke', 'bob', { moduleKey: 'page-selection', functionKey: 'echo', context: place });
    expect((json['result'] as { extension: unknown }).extension).toMatchObject({ type: 'confluence:contextMenu', selectedText: 'web-1 is slow', content: { id: '98401', type: 'page' }, space: { key: 'OPS' } });
  });
});
