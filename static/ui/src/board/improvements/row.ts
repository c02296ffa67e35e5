/** What a ticket's row says, from what the app knows and what Jira tells this viewer. Pure. */
import type { TicketView } from '../../../../../src/contract';
import type { Issue } from '../../jira/issues';

export type TicketState =
  | { readonly kind: 'searching' | 'unsure' | 'deleted' | 'elsewhere' | 'reading' | 'hidden' }
  /** `unlinked`: Jira has lost the link to the incident. */
  | { readonly kind: 'shown'; readonly issue: Issue; readonly unlinked: boolean };

/** A link needs this long to arrive at Jira before it counts as lost. */
const LINK_ARRIVES_MS = 60_000;

export function ticketState(ticket: TicketView, issue: Issue | null | undefined, now: number): TicketState {
  if (ticket.state !== 'linked') return { kind: ticket.state };
  if (ticket.issueId === null || issue === undefined) return { kind: 'reading' };
  if (issue === null) return { kind: 'hidden' };
  return { kind: 'shown', issue, unlinked: ticket.shownInJira && !issue.hasLink && now - ticket.at > LINK_ARRIVES_MS };
}

/** How many are done, of those that are to be done and whose state is known; null: of none is. */
export function doneShare(tickets: readonly TicketView[], issueOf: (ticket: TicketView) => Issue | null | undefined): { readonly done: number; readonly of: number } | null {
  const known = tickets.filter((ticket) => ticket.dropped === null).map(issueOf).filter((issue) => issue !== null && issue !== undefined);
  return known.length === 0 ? null : { done: known.filter((issue) => issue.status?.category === 'done').length, of: known.length };
}

/** Those to be done first, in the order they came; dropped ones last. */
export function inOrder(tickets: readonly TicketView[]): readonly TicketView[] {
  const rank = (ticket: TicketView): number => (ticket.dropped === null ? 0 : 1);
  return [...tickets].sort((a, b) => rank(a) - rank(b) || a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** First line of what somebody wrote, without its signs of Markdown, as long as a summary may be. */
export function summaryFrom(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const plain = line.replace(/^[\s>#*+-]+/, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`~]{1,3}/g, '');
  return [...plain.trim()].slice(0, 255).join('');
}
