import type { SimilarIncident } from '../../../../../src/contract';
import type { Issue } from '../../jira/issues';

const SHOWN = 3;

interface TicketNow {
  readonly id: string;
  readonly key: string;
  readonly issueId: string | null;
  readonly url: string | null;
  /** null: not read, or not for this viewer. */
  readonly issue: Issue | null;
}

/** Of an earlier incident's tickets those that are not done as far as Jira tells, and how many more there are. `issues` null: it has not answered. */
export function ticketsNow({ tickets, moreTickets }: SimilarIncident, issues: ReadonlyMap<string, Issue> | null): { readonly shown: readonly TicketNow[]; readonly rest: number; readonly isAllDone: boolean } {
  const now = tickets.map(({ id, key, issueId, url }): TicketNow => {
    const issue = issueId === null ? null : (issues?.get(issueId) ?? null);
    return { id, issueId, url, issue, key: issue?.key ?? key ?? '' };
  });
  const open = now.filter(({ issue }) => issue?.status?.category !== 'done');
  return { shown: open.slice(0, SHOWN), rest: Math.max(0, open.length - SHOWN) + moreTickets, isAllDone: open.length === 0 && moreTickets === 0 };
}
