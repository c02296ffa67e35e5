import { Queue } from '@forge/events';
import type { DrainQueue } from '../ports';

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
