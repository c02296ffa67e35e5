/** What a merge or a move leaves to be done outside of the two records. Safe to repeat; the survivor owes it until it is done. */
import type { Incident, IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { settleCandidate } from './candidates';
import { bringClaim } from './claims';
import { changeJob } from './wake-tickets';

const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** Search and byline of the old page say what became of it. They are only shown: one that cannot be written for a day stays as it is. */
async function showMerged(ports: Ports, merged: IncidentHead, since: number): Promise<boolean> {
  if (merged.page?.state !== 'current') return true;
  const failed = await ports.pages.mark(merged, { as: 'app' }).then(() => false, () => true);
  return !failed || ports.clock.now() - since > GIVE_UP_AFTER_MS;
}

/** Tickets and page of an incident that was merged into `survivor` at `at`. False: not all of it is done. */
export async function finishMerge(ports: Ports, survivor: IncidentHead, mergedId: string, at: number): Promise<boolean> {
  const merged = await ports.incidents.load(mergedId);
  if (merged === null) return true;
  for (const ticket of Object.values(merged.tickets)) {
    const now = ports.clock.now();
    const moved = await changeJob(ports, ticket.id, (job) => (job.incidentId === mergedId ? { ...job, incidentId: survivor.id, ...(job.state === 'linked' ? { state: 'linking' as const, nextAt: now } : {}) } : null));
    if (moved?.state === 'linking') await ports.ticketQueue.request(ticket.id, 0);
  }
  return await showMerged(ports, merged.head, at);
}

/** The claim of an alert that came to `target`; nobody is asked about it any more. */
export async function finishMove(ports: Ports, target: Incident, alertId: string): Promise<void> {
  const { id, conn, visibility } = target.head;
  if (visibility === 'private') return;
  await bringClaim(ports, conn, id, alertId);
  await settleCandidate(ports, conn, alertId);
}
