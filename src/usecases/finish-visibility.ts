/** What making an incident private or public leaves to be done. Safe to repeat; it goes by what the incident has become by then. */
import { linkedAlerts } from '../domain/alert-record';
import type { AlertRecord, IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { candidateId, changeCandidate, holdAlert } from './candidates';
import { alertClaim, claimAlert, releaseClaim, serviceClaim } from './claims';
import { survivorOf } from './survivor';

/** Everybody else is asked about it again, then its claim goes: while that stands, this is not done. */
async function letOthersHave(ports: Ports, { id, conn }: IncidentHead, alert: AlertRecord): Promise<void> {
  const key = alertClaim(conn, alert.id);
  const claim = await ports.claims.get(key);
  if (claim === null || (await survivorOf(ports, claim.incidentId)) !== id) return;
  if (alert.closedAt === null) await changeCandidate(ports, candidateId(conn, alert.id), (known) => (known?.state === 'declared' ? { ...known, state: 'waiting' } : null));
  await releaseClaim(ports, key, id);
}

/** A private incident holds no claims, so that its alerts are candidates for everybody else; a public one has its alerts to itself. */
export async function finishVisibility(ports: Ports, incidentId: string): Promise<void> {
  const incident = await ports.incidents.load(incidentId);
  if (incident === null) return;
  const { head } = incident;
  const alerts = linkedAlerts(incident.alerts);
  if (head.visibility === 'public') {
    for (const { id } of alerts) if ((await claimAlert(ports, head.conn, head.id, id)).mine) await holdAlert(ports, head, id);
    return;
  }
  if (head.service !== null) await releaseClaim(ports, serviceClaim(head.conn, head.service), head.id);
  for (const alert of alerts) await letOthersHave(ports, head, alert);
}
