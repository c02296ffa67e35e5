/** Alerts that wait for a person's judgement: one candidate per alert and connection. */
import { isLinked, alertOf, sightingOf } from '../domain/alert-record';
import { AppFailure } from '../domain/failure';
import type { AlertRecord, Candidate, IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { alertClaim, type AlertClaim } from './claims';

export function candidateId(conn: string, alertId: string): string {
  return `${conn}:${alertId}`;
}

const TRIES = 8;
/** Changes or makes a candidate by compare-and-set; `next` answers null when there is nothing to change. */
export async function changeCandidate(ports: Ports, id: string, next: (known: Candidate | null) => Candidate | null): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.candidates.get(id);
    const after = next(row?.value ?? null);
    if (after === null || (await ports.candidates.put(after, row?.ver ?? null))) return;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}

/** The alert has found its incident: nobody needs to judge it. */
export async function settleCandidate(ports: Ports, conn: string, alertId: string): Promise<void> {
  await changeCandidate(ports, candidateId(conn, alertId), (known) => {
    if (known === null || (known.state !== 'waiting' && known.heldFrom === undefined)) return null;
    const { heldFrom: _held, ...candidate } = known;
    return { ...candidate, state: 'declared' };
  });
}

/** Taken off by a person: while it fires it waits for judgement again; fired or not, no look links it there again by itself. */
async function offerAgain(ports: Ports, head: IncidentHead, alert: AlertRecord): Promise<void> {
  const id = candidateId(head.conn, alert.id);
  const state = alert.closedAt === null ? 'waiting' : 'recovered';
  await changeCandidate(ports, id, () => ({
    schema: 1, id, conn: head.conn, alert: sightingOf(alert), state, whyKey: 'candidate.why.detached', whyParams: { key: head.key }, dismissedBy: null, heldFrom: head.id, openedAt: alert.openedAt,
  }));
}

/**
 * Finishes what taking an alert off began: people are asked again, then its claim goes. The claim still standing is the mark
 * of unfinished work, so this may be called at any time and by anybody. True: it was taken off.
 */
export async function letGo(ports: Ports, incidentId: string, alertId: string): Promise<boolean> {
  const incident = await ports.incidents.load(incidentId);
  const row = incident === null ? null : alertOf(incident, alertId);
  if (incident === null || row === null || isLinked(row)) return false;
  const { head } = incident;
  const key = alertClaim(head.conn, alertId);
  if (head.visibility === 'private' || (await ports.claims.get<AlertClaim>(key))?.incidentId !== head.id) return true;
  await offerAgain(ports, head, row);
  await ports.claims.release(key, head.id);
  const after = await ports.incidents.load(incidentId);
  const again = after === null ? null : alertOf(after, alertId);
  if (again === null || !isLinked(again)) return true;
  // Linked again meanwhile: that came later and stands.
  await holdAlert(ports, head, alertId);
  return false;
}

/** Whoever linked the alert may have died before its candidate was settled. `incidentId` may not have it any more. */
export async function settleLinked(ports: Ports, incidentId: string, alertId: string): Promise<void> {
  const incident = await ports.incidents.load(incidentId);
  const row = incident === null ? null : alertOf(incident, alertId);
  if (incident !== null && row !== null && isLinked(row)) await holdAlert(ports, incident.head, alertId);
}

/** Makes sure of an alert that is linked: claimed by its incident, and no candidate any more. */
export async function holdAlert(ports: Ports, head: IncidentHead, alertId: string): Promise<void> {
  if (head.visibility === 'private') return;
  await ports.claims.make<AlertClaim>(alertClaim(head.conn, alertId), 'alert', { incidentId: head.id });
  await settleCandidate(ports, head.conn, alertId);
}
