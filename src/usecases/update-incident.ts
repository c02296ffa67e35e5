import { AppFailure, notFound } from '../domain/failure';
import type { Incident } from '../domain/model';
import type { Ports } from '../ports';
import { flushOutbox } from './notices';

const TRIES = 12;

/**
 * Loads, applies a pure transition and stores it if nobody wrote in between; else loads and applies again.
 * The transition returns the same incident when there is nothing to change. Pings open boards after a change, and pays the
 * notices owed, also those a crash left.
 * @throws AppFailure not-found, or conflict when the record stays contended
 */
export async function updateIncident(ports: Ports, incidentId: string, transition: (incident: Incident) => Incident): Promise<Incident> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await ports.incidents.load(incidentId);
    if (before === null) throw notFound();
    const after = transition(before);
    if (after === before) return await flushOutbox(ports, before);
    if ((await ports.incidents.save(before, after)) === 'saved') {
      await ports.live.ping(incidentId, after.head.ver);
      return await flushOutbox(ports, after);
    }
    await ports.clock.sleep(Math.round(20 * 2 ** Math.min(attempt, 5) * ports.random.fraction()));
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
