/** A site with one incident and a project for its tickets, as tests of tickets use it. */
import type { TicketInput, TicketView } from '../../src/contract';
import { declareDesk, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf, type Jira, type JiraIssue } from './jira';

export interface TicketRoom {
  readonly site: TestSite;
  readonly jira: Jira;
  readonly desk: Desk;
  input(summary: string, more?: Partial<TicketInput>): TicketInput;
  tickets(of?: Desk): Promise<readonly TicketView[]>;
  /** Issues of exactly this summary, in Jira. */
  issues(summary: string): Promise<readonly JiraIssue[]>;
  /** A ticket that is made and stands on the board. */
  made(summary: string, of?: Desk): Promise<TicketView>;
  /** Time passes for what waits, in steps small enough that nothing is skipped. */
  hours(n: number): Promise<void>;
}

export async function openTicketRoom(): Promise<TicketRoom> {
  const site = await startTestSite(WITHOUT_QUOTA);
  const jira = jiraOf(site);
  const project = (await jira.call('alice', 'GET', 'project/OPS')).json as { id: string };
  const { issueTypes } = (await jira.call('alice', 'GET', `issue/createmeta/${project.id}/issuetypes`)).json as { issueTypes: { id: string; name: string }[] };
  const issueTypeId = issueTypes.find(({ name }) => name === 'Task')?.id ?? '';
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, rules, tickets: { projectId: project.id, issueTypeId }, version });
  const desk = await declareDesk(site, 'Checkout is slow');
  await site.rest();

  const room: TicketRoom = {
    site,
    jira,
    desk,
    input: (summary, more = {}) => ({ summary, kind: 'prevent', assignee: 'acc-bob', dueDate: '2027-01-15', priority: null, projectId: project.id, issueTypeId, fields: {}, ...more }),
    tickets: async (of = desk) => (await of.board()).tickets,
    issues: async (summary) => (await jira.search(`project = OPS AND summary ~ "${summary}"`)).filter((issue) => issue.fields.summary === summary),
    async made(summary, of = desk) {
      await of.press('alice', 'ticket.create', { ticket: room.input(summary) });
      const [issue] = await room.issues(summary);
      const ticket = (await room.tickets(of)).find(({ issueId }) => issueId === issue?.id);
      if (ticket === undefined) throw new Error(`${summary} is not on the board`);
      return ticket;
    },
    async hours(n) {
      for (let step = 0; step < n * 12; step += 1) {
        await site.later(5 * 60_000);
        await site.rest();
      }
    },
  };
  return room;
}
