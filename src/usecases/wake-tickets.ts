import type { Incident, TicketJob } from '../domain/model';
import { isOn } from '../domain/tickets';
import type { Ports } from '../ports';

/** Changes the job by compare-and-set; null: somebody else was first, or it is not there. */
export async function changeJob(ports: Ports, id: string, change: (job: TicketJob) => TicketJob | null): Promise<TicketJob | null> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const row = await ports.tickets.get(id);
    const next = row === null ? null : change(row.value);
    if (row === null || next === null) return null;
    if (await ports.tickets.put(next, row.ver)) return next;
  }
  return null;
}

/** Whatever stands in Jira of this incident's tickets is looked at again; the sweeper goes on where this stops. */
export async function wakeTickets(ports: Ports, incident: Incident): Promise<void> {
  for (const ticket of Object.values(incident.tickets).filter((each) => isOn(each) && each.issueId !== null)) {
    const woken = await changeJob(ports, ticket.id, (job) => (job.state === 'linked' ? { ...job, state: 'linking', nextAt: ports.clock.now() } : null));
    if (woken !== null) await ports.ticketQueue.request(ticket.id, 0);
  }
}
