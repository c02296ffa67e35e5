/** Tickets of a private incident: what a reader of Jira learns who may not see the incident's page. */
import { randomUUID } from 'node:crypto';
import type { TicketView } from '../../src/contract';
import { openAlertRoom } from './alert-room';
import { deskOf, type Desk } from './desk';
import type { TestSite } from './harness';
import type { Jira } from './jira';

let site: TestSite;
let jira: Jira;
beforeAll(async () => {
  ({ site, jira } = await openAlertRoom());
}, 180_000);
afterAll(async () => await site.stop());

describe('of a private incident', () => {
  const TITLE = 'Leaked credentials';
  /** Everything of the incident that must not be in Jira or anywhere mallory looks. */
  let secrets: readonly string[];
  let hidden: Desk;
  let ticket: TicketView;

  async function everythingMallorySees(): Promise<string> {
    const key = ticket.key ?? '';
    const jql = await Promise.all(['mackerelIncidentSeverity = "sev1"', 'mackerelIncidentType = "prevent"', 'labels = "mackerel-incident"'].map(async (query) => (await jira.search(query, 'mallory')).filter((issue) => issue.key === key)));
    const seen = [await jira.issue(key, 'mallory'), await jira.links(key, 'mallory'), jql, await site.bytes('mallory', 'issue.incident', { issueId: key }), await site.bytes('mallory', 'tickets.overview', {}), await site.bytes('mallory', 'home.load', {})];
    return JSON.stringify(seen);
  }
  const leaks = async (): Promise<readonly string[]> => {
    const seen = await everythingMallorySees();
    return secrets.filter((secret) => seen.includes(secret));
  };

  beforeAll(async () => {
    const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: TITLE, severity: 'sev1', visibility: 'private', candidateId: null });
    hidden = deskOf(site, incidentId);
    const ticketInput = { summary: 'Rotate the keys', kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } as const;
    await hidden.press('alice', 'ticket.create', { ticket: ticketInput });
    const [made] = (await hidden.board()).tickets;
    if (made === undefined) throw new Error('no ticket');
    ticket = made;
    const { incident } = await hidden.board();
    secrets = [incident.key, TITLE, 'Leaked', '"sev1"', '"prevent"', 'mackerel-incident"'];
  }, 60_000);

  test('a reader of Jira learns that a page is linked, and nothing else', async () => {
    const issue = await jira.issue(ticket.key ?? '', 'mallory');
    expect(issue.properties).toEqual({ mackerel_incident: { link: expect.any(String) as string } });
    expect(issue.fields).toMatchObject({ summary: 'Rotate the keys', labels: [], description: null });
    const [link, ...more] = await jira.links(issue.key, 'mallory');
    expect(more).toEqual([]);
    expect(link?.object).toMatchObject({ title: 'Incident page' });
    expect(link?.object.url).toMatch(/\/wiki\/pages\/viewpage\.action\?pageId=\d+$/);
    expect(await site.ok('mallory', 'issue.incident', { issueId: issue.key })).toEqual({ state: 'hidden' });
    expect(await leaks()).toEqual([]);
    expect((await site.slack()).join()).not.toContain(TITLE);
  });

  test('made public Jira is told, and the same look that found nothing finds it; made private again it is gone', async () => {
    await hidden.press('alice', 'incident.visibility', { visibility: 'public' });
    await site.rest();
    expect(await leaks()).toEqual(expect.arrayContaining([TITLE, '"sev1"', '"prevent"']));
    expect((await jira.issue(ticket.key ?? '')).fields.labels).toEqual(['mackerel-incident']);
    await hidden.press('alice', 'incident.visibility', { visibility: 'private' });
    await site.rest();
    expect(await leaks()).toEqual([]);
    expect(await site.outcome('bob', 'board.load', { incidentId: hidden.incidentId })).toBe('not-found');
  });
});
