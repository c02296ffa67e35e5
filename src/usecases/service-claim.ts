/** One open incident per connection and service: its claim, from the declaration until the end, and again when reopened. */
import { ENDED } from '../domain/incident';
import { AppFailure } from '../domain/failure';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { serviceClaim, type IntentClaim } from './claims';
import { survivingHead, survivorOf } from './survivor';

/** What a claim stands for now: the open incident it leads to, through merges too. null: that one has ended or became private, the claim is stale. */
async function standing(ports: Ports, claim: IntentClaim): Promise<IntentClaim | null> {
  const head = await survivingHead(ports, claim.incidentId);
  if (head === null) return claim;
  if (ENDED.has(head.status) || head.visibility === 'private') return null;
  const saga = head.id === claim.incidentId ? null : await ports.sagas.get(head.id);
  return saga === null ? claim : { incidentId: head.id, intent: saga.value.intent };
}

/**
 * Claims the service. A claim whose incident has ended is stale (its release was lost) and is taken over. Answers the claim
 * that holds now; `made`: it is this one.
 */
export async function claimService(ports: Ports, conn: string, service: string, mine: IntentClaim): Promise<{ made: boolean; claim: IntentClaim }> {
  const key = serviceClaim(conn, service);
  for (;;) {
    const answer = await ports.claims.make(key, 'open-service', mine);
    if (answer.made) return { made: true, claim: mine };
    const other = answer.value;
    if (other.incidentId === mine.incidentId) return { made: true, claim: other };
    const claim = await standing(ports, other);
    if (claim !== null) return { made: claim.incidentId === mine.incidentId, claim };
    if (await ports.claims.take(key, 'open-service', mine, other.incidentId)) return { made: true, claim: mine };
  }
}

/** The open incident of a service, or the intent that is about to become it. */
export async function openIncidentOf(ports: Ports, conn: string, service: string): Promise<IntentClaim | null> {
  const claim = await ports.claims.get<IntentClaim>(serviceClaim(conn, service));
  return claim === null ? null : await standing(ports, claim);
}

interface EndedCell {
  readonly incidentId: string;
}
const endedKey = (conn: string, service: string): string => `ended:${conn}:${service}`;

async function noteEnded(ports: Ports, { conn, id }: IncidentHead, service: string): Promise<void> {
  const row = await ports.cells.get<EndedCell>(endedKey(conn, service));
  // Somebody else's word of this moment is as good.
  if (row?.value.incidentId !== id) await ports.cells.put<EndedCell>(endedKey(conn, service), 'ended', { incidentId: id }, row?.ver ?? null);
}

/** The incident of a service without an open one that was closed last, or the one it goes on in through merges. null: none is known. */
export async function lastEndedOf(ports: Ports, conn: string, service: string): Promise<string | null> {
  // A claim that still stands is one whose release was lost, or leads to where the service's incident was merged.
  const claim = await ports.claims.get<IntentClaim>(serviceClaim(conn, service));
  const last = claim?.incidentId ?? (await ports.cells.get<EndedCell>(endedKey(conn, service)))?.value.incidentId ?? null;
  return last === null ? null : await survivorOf(ports, last);
}

/** For an incident about to be open again. @throws AppFailure conflict while another incident of the service is open */
export async function claimForReopening(ports: Ports, head: IncidentHead): Promise<void> {
  if (head.service === null || head.visibility === 'private') return;
  const saga = await ports.sagas.get(head.id);
  if (saga === null) throw new AppFailure('internal');
  const { made } = await claimService(ports, head.conn, head.service, { incidentId: head.id, intent: saga.value.intent });
  if (!made) throw new AppFailure('conflict', 'error.reopen-other-open', { service: head.service });
}

/**
 * Brings the claim in line after the status was stored: let go when ended, held when open. Closing and reopening may
 * overlap, so whoever lets go looks once more. If this is lost, the next declaration takes the stale claim over. The claim of a
 * merged incident stays: it leads to the survivor.
 */
export async function settleService(ports: Ports, incidentId: string): Promise<void> {
  const head = await ports.incidents.head(incidentId);
  if (head === null || head.service === null || head.visibility === 'private' || head.mergedInto !== undefined) return;
  const ended = ENDED.has(head.status);
  if (head.status === 'closed') await noteEnded(ports, head, head.service);
  if (ended) await ports.claims.release(serviceClaim(head.conn, head.service), incidentId);
  const after = ended ? await ports.incidents.head(incidentId) : head;
  const saga = after === null || ENDED.has(after.status) ? null : await ports.sagas.get(incidentId);
  if (saga !== null) await claimService(ports, head.conn, head.service, { incidentId, intent: saga.value.intent });
}
