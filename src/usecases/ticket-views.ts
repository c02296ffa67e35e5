import type { TicketView } from '../contract';
import type { Incident, TicketRecord } from '../domain/model';
import { droppedOf, isOn } from '../domain/tickets';

export function ticketView(ticket: TicketRecord): TicketView {
  const dropped = droppedOf(ticket);
  return {
    id: ticket.id,
    issueId: ticket.elsewhere === undefined ? ticket.issueId : null,
    key: ticket.issueKey,
    summary: ticket.summary,
    kind: ticket.kind,
    entryId: ticket.entryId,
    by: { accountId: ticket.by },
    at: ticket.at,
    state: ticket.elsewhere !== undefined ? 'elsewhere' : ticket.deletedAt !== null ? 'deleted' : (ticket.doubt ?? 'linked'),
    url: ticket.elsewhere == null || ticket.issueKey === null ? null : `${ticket.elsewhere}/browse/${encodeURIComponent(ticket.issueKey)}`,
    dropped: dropped === null ? null : { ...dropped, by: { accountId: dropped.by } },
    heardAt: ticket.heardAt,
    shownInJira: ticket.shown,
    linked: isOn(ticket),
    v: ticket.v,
  };
}

/**
 * Those changed after version `since`, oldest first. A first look (0) leaves those taken off out; a delta tells of them. Those of
 * a merged incident are the survivor's.
 */
export function ticketsSince(incident: Incident, since: number): readonly TicketView[] {
  const gone = incident.head.status === 'merged';
  return Object.values(incident.tickets)
    .filter((ticket) => (gone ? since > 0 : ticket.v > since && (since > 0 || isOn(ticket))))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map((ticket) => ({ ...ticketView(ticket), ...(gone ? { linked: false } : {}) }));
}
