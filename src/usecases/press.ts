/** What people press on a board. Each proves the right to change at once and is accepted exactly once per operation id. */
import type { IncidentHeadView, IncidentStatus, Severity } from '../contract';
import { alreadyDone, ENDED, respond, setSeverity, setStatus } from '../domain/incident';
import { AppFailure } from '../domain/failure';
import type { Incident } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { serviceClaim, type IntentClaim } from './claims';
import { proveEditor } from './prove';
import { updateIncident } from './update-incident';
import { headView } from './views';

async function press(ports: Ports, caller: Caller, incidentId: string, opId: string, apply: (incident: Incident, by: { opId: string; by: string; now: number }) => Incident): Promise<Incident> {
  await proveEditor(ports, caller, incidentId);
  const by = { opId: `${caller.accountId}:${opId}`, by: caller.accountId, now: ports.clock.now() };
  return await updateIncident(ports, incidentId, (incident) => (alreadyDone(incident, by.opId) ? incident : apply(incident, by)));
}

/** The page's properties follow for search and byline; they are only shown, so a failure must not undo what was accepted. */
async function showOnPage(ports: Ports, incident: Incident): Promise<void> {
  const head = await ports.incidents.head(incident.head.id);
  if (head === null || head.page === null) return;
  await ports.pages.mark(head, { as: 'user' }).catch(() => undefined);
}

export async function pressRespond(ports: Ports, caller: Caller, p: { incidentId: string; opId: string }): Promise<IncidentHeadView> {
  return headView((await press(ports, caller, p.incidentId, p.opId, respond)).head);
}

export async function pressSeverity(ports: Ports, caller: Caller, p: { incidentId: string; severity: Severity; opId: string }): Promise<IncidentHeadView> {
  const incident = await press(ports, caller, p.incidentId, p.opId, (current, by) => setSeverity(current, p.severity, by));
  await showOnPage(ports, incident);
  return headView(incident.head);
}

async function releaseService(ports: Ports, incident: Incident): Promise<void> {
  const { head } = incident;
  if (head.service === null || head.visibility === 'private') return;
  const key = serviceClaim(head.conn, head.service);
  if (!ENDED.has(head.status)) return;
  // Released after the change is stored; if that is lost, the next declaration takes the stale claim over.
  if ((await ports.claims.get<IntentClaim>(key))?.incidentId === head.id) await ports.claims.release(key);
}

/** Ending frees the service for the next incident. Reopening is refused while another incident of the service is open. */
export async function pressStatus(ports: Ports, caller: Caller, p: { incidentId: string; status: Exclude<IncidentStatus, 'merged'>; opId: string }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p.incidentId);
  if (ENDED.has(head.status) && !ENDED.has(p.status) && head.service !== null && head.visibility === 'public') {
    const saga = await ports.sagas.get(head.id);
    if (saga === null) throw new AppFailure('internal');
    const mine: IntentClaim = { incidentId: head.id, intent: saga.value.intent };
    const claim = await ports.claims.make(serviceClaim(head.conn, head.service), 'open-service', mine);
    if (!claim.made && claim.value.incidentId !== head.id) throw new AppFailure('conflict', 'error.reopen-other-open', { service: head.service });
  }
  const incident = await press(ports, caller, p.incidentId, p.opId, (current, by) => setStatus(current, p.status, by));
  await releaseService(ports, incident);
  await showOnPage(ports, incident);
  return headView(incident.head);
}
