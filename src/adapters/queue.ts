import { Queue } from '@forge/events';
import type { DrainQueue, EvidenceQueue, TicketQueue } from '../ports';

/** The manifest's queue `drain`. One drain at a time per connection, so that drains do not race each other. */
export function createDrainQueue(): DrainQueue {
  return {
    async request(conn, delaySeconds) {
      try {
        await new Queue<{ conn: string }>({ key: 'drain' }).push({
          body: { conn },
          delayInSeconds: Math.min(900, Math.max(0, Math.round(delaySeconds))),
          concurrency: { key: `drain-${conn}`, limit: 1 },
        });
        return true;
      } catch {
        // Rate limit, cyclic depth or an outage: whatever it is, the sweeper drains within five minutes.
        return false;
      }
    },
  };
}

/** The manifest's queue `tickets`: one event looks after one ticket. */
export function createTicketQueue(): TicketQueue {
  return {
    async request(ticketId, delaySeconds) {
      try {
        await new Queue<{ ticketId: string }>({ key: 'tickets' }).push({ body: { ticketId }, delayInSeconds: Math.min(900, Math.max(0, Math.round(delaySeconds))) });
        return true;
      } catch {
        // As above: the sweeper comes anyway.
        return false;
      }
    },
  };
}

/** The manifest's queue `evidence`: one event freezes values of one incident, one incident after the other. */
export function createEvidenceQueue(): EvidenceQueue {
  return {
    async request(incidentId, delaySeconds) {
      try {
        await new Queue<{ incidentId: string }>({ key: 'evidence' }).push({
          body: { incidentId },
          delayInSeconds: Math.min(900, Math.max(0, Math.round(delaySeconds))),
          concurrency: { key: 'evidence', limit: 1 },
        });
        return true;
      } catch {
        // As above: the sweeper comes anyway.
        return false;
      }
    },
  };
}
