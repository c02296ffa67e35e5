import { ISSUE, jiraSite, type JiraSite } from './jira-site';
import type { Caller } from './site';

let site: JiraSite;
let key: string;
let id: string;
beforeEach(async () => {
  site = jiraSite();
  ({ key, id } = await site.issue('alice', 'A'));
});
afterEach(() => {
  expect(site.wrong()).toEqual([]);
});
const page = 'https://site.example/wiki/spaces/OPS/pages/1';
const full = { globalId: 'mackerel-incident:1', application: { type: 'app', name: 'Incidents' }, relationship: 'incident', object: { url: page, title: 'I-1', summary: 'Down', status: { resolved: true }, icon: { url16x16: `${page}/i.png` } } };

describe('remote links', () => {
  const links = (caller: Caller = 'bob', query = '') => site.as(caller, 'GET', `${ISSUE}/${key}/remotelink${query}`);
  const put = (caller: Caller, body: unknown) => site.as(caller, 'POST', `${ISSUE}/${key}/remotelink`, body);

  test('are replaced whole by their global id: what is left out is gone', async () => {
    const made = await put('app', full);
    expect([made.status, made.json]).toEqual([201, { id: made.json.id, self: `http://localhost:4100/rest/api/3/issue/${id}/remotelink/${made.json.id}` }]);
    expect((await links()).json).toEqual([
      { id: made.json.id, self: made.json.self, globalId: 'mackerel-incident:1', application: { type: 'app', name: 'Incidents' }, relationship: 'incident', object: { url: page, title: 'I-1', summary: 'Down', status: { resolved: true, icon: {} }, icon: { url16x16: `${page}/i.png` } } },
    ]);
    const again = await put('bob', { globalId: 'mackerel-incident:1', object: { url: page, title: 'I-1 resolved' } });
    expect([again.status, again.json.id]).toEqual([200, made.json.id]);
    expect((await links('bob', '?globalId=mackerel-incident%3A1')).json).toEqual({ id: made.json.id, self: made.json.self, globalId: 'mackerel-incident:1', application: {}, object: { url: page, title: 'I-1 resolved', status: { icon: {} }, icon: {} } });
  });

  test('without a global id there is one more each time', async () => {
    await put('bob', { object: { url: page, title: 'x' } });
    await put('bob', { object: { url: page, title: 'x' } });
    expect((await links()).json).toHaveLength(2);
  });

  test('need the right to link, and are removed by global id', async () => {
    await put('bob', full);
    expect((await put('viewer', full)).json).toEqual({ errorMessages: ["No Link Issue Permission for issue 'OPS-1'"], errors: {} });
    const remove = async (caller: Caller) => (await site.as(caller, 'DELETE', `${ISSUE}/${key}/remotelink?globalId=mackerel-incident%3A1`)).status;
    expect([await remove('viewer'), await remove('app'), await remove('app')]).toEqual([403, 204, 404]);
    expect((await links('bob', '?globalId=mackerel-incident%3A1')).status).toBe(404);
    expect((await put('bob', { globalId: 'x', object: { url: 'not an address', title: 'x' } })).json).toEqual({ errorMessages: [], errors: { url: 'The URL specified is not valid.' } });
    const secret = await site.issue('alice', 'Secret', { fields: { security: { id: '10100' } } });
    expect((await site.as('mallory', 'POST', `${ISSUE}/${secret.key}/remotelink`, full)).status).toBe(404);
  });
});

describe('properties', () => {
  const at = `/properties/mackerel_incident`;
  test('are set, listed, read and deleted', async () => {
    const put = async (value: unknown) => (await site.as('app', 'PUT', `${ISSUE}/${key}${at}`, value)).status;
    expect([await put({ key: 'I-1' }), await put({ key: 'I-2' })]).toEqual([201, 200]);
    expect((await site.as('viewer', 'GET', `${ISSUE}/${key}${at}`)).json).toEqual({ key: 'mackerel_incident', value: { key: 'I-2' } });
    expect((await site.as('viewer', 'GET', `${ISSUE}/${key}/properties`)).json).toEqual({ keys: [{ self: `http://localhost:4100/rest/api/3/issue/${id}/properties/mackerel_incident`, key: 'mackerel_incident' }] });
    expect((await site.as('viewer', 'PUT', `${ISSUE}/${key}${at}`, 1)).status).toBe(403);
    expect((await site.as('viewer', 'DELETE', `${ISSUE}/${key}${at}`)).status).toBe(404);
    expect((await site.as('app', 'DELETE', `${ISSUE}/${key}${at}`)).status).toBe(204);
    expect((await site.as('app', 'GET', `${ISSUE}/${key}${at}`)).json).toEqual({ errorMessages: ["The property with key 'mackerel_incident' does not exist."], errors: {} });
  });

  test('have limits, which stop the whole creation', async () => {
    expect((await site.as('app', 'PUT', `${ISSUE}/${key}${at}`, 'x'.repeat(32_767))).status).toBe(400);
    expect((await site.as('app', 'PUT', `${ISSUE}/${key}/properties/${'k'.repeat(256)}`, 1)).status).toBe(400);
    const made = await site.as('alice', 'POST', ISSUE, { fields: { project: { key: 'OPS' }, issuetype: { id: '10001' }, summary: 'B' }, properties: [{ key: 'k', value: 'x'.repeat(40_000) }] });
    expect(made.status).toBe(400);
    expect(site.products.issuesOf('acc-alice', 'OPS').map((issue) => issue.summary)).toEqual(['A']);
    expect((await site.issue('alice', 'C')).key).toBe('OPS-2');
  });
});
