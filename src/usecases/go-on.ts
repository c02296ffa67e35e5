/** An alert that comes back soon after its incident's end: the incident goes on in place of a new one. */
import type { AlertSighting } from '../domain/alert';
import { firedAgain, goesOn, overSince } from '../domain/continuing';
import { AppFailure } from '../domain/failure';
import { ENDED } from '../domain/incident';
import type { Settings } from '../domain/model';
import type { Verdict } from '../domain/rules';
import type { Ports } from '../ports';
import { showOnPage } from './press';
import { claimForReopening, settleService } from './service-claim';
import { updateIncident } from './update-incident';

/** People took the incident for over: it was resolved or closed. */
export async function isOver(ports: Ports, incidentId: string): Promise<boolean> {
  const head = await ports.incidents.head(incidentId);
  return head !== null && overSince(head) !== null;
}

/**
 * Takes the alert into the incident and opens that again; false: the alert does not go on with it. Dying on the way leaves
 * either the incident as it was, with a stale claim of its service, or an open one that the alert joins.
 */
export async function goOn(ports: Ports, settings: Settings, incidentId: string, alert: AlertSighting, verdict: Verdict): Promise<boolean> {
  const incident = await ports.incidents.load(incidentId);
  if (incident === null || !goesOn(incident, alert, verdict, settings.grouping.flapMinutes)) return false;
  try {
    if (ENDED.has(incident.head.status)) await claimForReopening(ports, incident.head);
  } catch (error) {
    // Another incident of the service is open: the alert is its.
    if (error instanceof AppFailure && error.code === 'conflict') return false;
    throw error;
  }
  await updateIncident(ports, incidentId, (current) => firedAgain(current, alert, ports.clock.now()));
  await settleService(ports, incidentId);
  await showOnPage(ports, incidentId, { as: 'app' });
  return true;
}
