import { AppFailure, notFound } from '../domain/failure';
import { MERGES_IN_A_ROW } from '../domain/merge';
import { MergedAway } from '../domain/merged-away';
import type { Incident } from '../domain/model';
import type { Ports } from '../ports';
import { flushOutbox } from './notices';

const TRIES = 12;

/**
 * Loads, applies a pure transition and stores it if nobody wrote in between; else loads and applies again.
 * The transition returns the same incident when there is nothing to change. Pings open boards after a change, and pays the
 * notices owed, also those a crash left. What went to another incident with a merge is changed there: that one comes back.
 * @throws AppFailure not-found, or busy when the record stays contended
 */
export async function updateIncident(ports: Ports, incidentId: string, transition: (incident: Incident) => Incident): Promise<Incident> {
  let id = incidentId;
  for (let merges = 0; ; merges += 1) {
    try {
      return await update(ports, id, transition);
    } catch (error) {
      if (!(error instanceof MergedAway) || merges === MERGES_IN_A_ROW) throw error;
      id = error.into;
    }
  }
}

async function update(ports: Ports, incidentId: string, transition: (incident: Incident) => Incident): Promise<Incident> {
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
