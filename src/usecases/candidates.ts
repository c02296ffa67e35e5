/** Alerts that wait for a person's judgement: one candidate per alert and connection. */
import { joinAlert, sameAlert, type AlertSighting } from '../domain/alert';
import { isLinked, alertOf, sightingOf } from '../domain/alert-record';
import { isUnjudged } from '../domain/candidate';
import { AppFailure } from '../domain/failure';
import type { AlertRecord, Candidate, IncidentHead, Why } from '../domain/model';
import type { Ports } from '../ports';
import { alertClaim, type AlertClaim } from './claims';
import { survivorOf } from './survivor';

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
    if (known === null || (!isUnjudged(known) && known.heldFrom === undefined)) return null;
    const { heldFrom: _held, ...candidate } = known;
    return { ...candidate, state: 'declared' };
  });
}

/** Keeps an alert that is in a downtime: people see it without being asked. One they were asked about before stays as it was. */
export async function keepQuiet(ports: Ports, conn: string, alert: AlertSighting, why: Why): Promise<void> {
  const id = candidateId(conn, alert.id);
  await changeCandidate(ports, id, (known) => {
    if (known !== null && !isUnjudged(known)) return null;
    const joined = known === null ? alert : joinAlert(known.alert, alert);
    const over = joined.closedAt !== null;
    if (known === null && over) return null;
    const quiet: Pick<Candidate, 'state' | 'whyKey' | 'whyParams'> =
      known?.state === 'waiting' ? known : { state: over ? 'left' : 'downtime', whyKey: why.key, whyParams: why.params };
    const { state, whyKey, whyParams } = quiet;
    const next: Candidate = { ...known, schema: 1, id, conn, alert: joined, state, whyKey, whyParams, dismissedBy: null, openedAt: joined.openedAt };
    return known !== null && sameAlert(known.alert, joined) && sameQuiet(known, next) ? null : next;
  });
}
const sameQuiet = (a: Candidate, b: Candidate): boolean => JSON.stringify([a.state, a.whyKey, a.whyParams]) === JSON.stringify([b.state, b.whyKey, b.whyParams]);

/** Its downtime is over, and the rules ask nobody about it. */
export async function leaveAlone(ports: Ports, conn: string, alertId: string): Promise<void> {
  await changeCandidate(ports, candidateId(conn, alertId), (known) => (known?.state === 'downtime' ? { ...known, state: 'left' } : null));
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
 * of unfinished work, so this may be called at any time and by anybody. True: it was taken off. Nobody is asked
 * about one that was moved: it has its incident.
 */
export async function letGo(ports: Ports, incidentId: string, alertId: string): Promise<boolean> {
  const incident = await ports.incidents.load(incidentId);
  const row = incident === null ? null : alertOf(incident, alertId);
  if (incident === null || row === null || isLinked(row)) return false;
  const { head } = incident;
  const key = alertClaim(head.conn, alertId);
  const claim = await ports.claims.get<AlertClaim>(key);
  if (head.visibility === 'private' || claim === null || row.links.at(-1)?.to !== undefined) return true;
  if ((await survivorOf(ports, claim.incidentId)) !== (await survivorOf(ports, head.id))) return true;
  await offerAgain(ports, head, row);
  await ports.claims.release(key, claim.incidentId);
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
