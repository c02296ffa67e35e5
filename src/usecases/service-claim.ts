/** One open incident per connection and service: its claim, from the declaration until the end, and again when reopened. */
import { ENDED } from '../domain/incident';
import { AppFailure } from '../domain/failure';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { serviceClaim, type IntentClaim } from './claims';

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
    const head = await ports.incidents.head(other.incidentId);
    if (head === null || !ENDED.has(head.status)) return { made: false, claim: other };
    if (await ports.claims.take(key, 'open-service', mine, other.incidentId)) return { made: true, claim: mine };
  }
}

/** The open incident of a service, or the intent that is about to become it. */
export async function openIncidentOf(ports: Ports, conn: string, service: string): Promise<IntentClaim | null> {
  const claim = await ports.claims.get<IntentClaim>(serviceClaim(conn, service));
  if (claim === null) return null;
  const head = await ports.incidents.head(claim.incidentId);
  return head !== null && ENDED.has(head.status) ? null : claim;
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
 * overlap, so whoever lets go looks once more. If this is lost, the next declaration takes the stale claim over.
 */
export async function settleService(ports: Ports, incidentId: string): Promise<void> {
  const head = await ports.incidents.head(incidentId);
  if (head === null || head.service === null || head.visibility === 'private') return;
  const ended = ENDED.has(head.status);
  if (ended) await ports.claims.release(serviceClaim(head.conn, head.service), incidentId);
  const after = ended ? await ports.incidents.head(incidentId) : head;
  const saga = after === null || ENDED.has(after.status) ? null : await ports.sagas.get(incidentId);
  if (saga !== null) await claimService(ports, head.conn, head.service, { incidentId, intent: saga.value.intent });
}
