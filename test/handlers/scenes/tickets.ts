/** Ways a ticket comes to an incident, whose calls also fail or lose their answer. */
import type { Desk } from '../desk';
import type { Jira } from '../jira';

interface Place {
  readonly jira: Jira;
  readonly desk: Desk;
  settle(): Promise<void>;
}
export interface TicketWay {
  readonly way: string;
  readonly verb: 'ticket.create' | 'ticket.link';
  prepare(place: Place, summary: string): Promise<object>;
}
export const ticketWays: readonly TicketWay[] = [
  {
    way: 'made',
    verb: 'ticket.create',
    prepare: async (_place, summary) => Promise.resolve({ ticket: { summary, kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } }),
  },
  { way: 'linked', verb: 'ticket.link', prepare: async ({ jira }, summary) => ({ issue: (await jira.create('alice', summary)).key, kind: 'detect' }) },
  {
    way: 'linked again',
    verb: 'ticket.link',
    async prepare({ jira, desk, settle }, summary) {
      const { id, key } = await jira.create('alice', summary);
      await desk.press('alice', 'ticket.link', { issue: key, kind: 'detect' });
      const ticketId = (await desk.board()).tickets.find(({ issueId }) => issueId === id)?.id ?? '';
      await desk.press('alice', 'ticket.unlink', { ticketId });
      await settle();
      return { issue: key, kind: null };
    },
  },
];
