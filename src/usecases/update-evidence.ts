import type { Evidence } from '../domain/evidence';
import { AppFailure } from '../domain/failure';
import type { Ports } from '../ports';

const TRIES = 8;

/** Changes the row if nobody wrote in between, else once more. null from `change`: nothing is stored. @throws AppFailure busy */
export async function updateEvidence(ports: Ports, incidentId: string, change: (known: Evidence | null) => Evidence | null): Promise<Evidence | null> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.evidence.get(incidentId);
    const after = change(row?.value ?? null);
    if (after === null || (await ports.evidence.put(after, row?.ver ?? null))) return after;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
