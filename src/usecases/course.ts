/** First response, severity and status. */
import type { IncidentHeadView, IncidentStatus, Severity } from '../contract';
import { AppFailure } from '../domain/failure';
import { ENDED, respond, setSeverity, setStatus } from '../domain/incident';
import type { Incident } from '../domain/model';
import { plainLine } from '../domain/text';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { serviceClaim, type IntentClaim } from './claims';
import { changedByOther, press, showOnPage, type Pressed } from './press';
import { proveEditor } from './prove';
import { headView } from './views';

const NOTE_MAX = 500;

export async function pressRespond(ports: Ports, caller: Caller, p: Pressed): Promise<IncidentHeadView> {
  return headView((await press(ports, caller, p, respond)).head);
}

export async function pressSeverity(ports: Ports, caller: Caller, p: Pressed & { severity: Severity; seen?: Severity | undefined; note?: string | undefined }): Promise<IncidentHeadView> {
  const incident = await press(ports, caller, p, (current, by) => {
    const { severity } = current.head;
    if (p.seen !== undefined && p.seen !== severity && severity !== p.severity) throw changedByOther('severity');
    return setSeverity(current, p.severity, by, plainLine(p.note ?? '', NOTE_MAX));
  });
  await showOnPage(ports, incident);
  return headView(incident.head);
}

async function releaseService(ports: Ports, incident: Incident): Promise<void> {
  const { head } = incident;
  if (head.service === null || head.visibility === 'private' || !ENDED.has(head.status)) return;
  const key = serviceClaim(head.conn, head.service);
  // Released after the change is stored; if that is lost, the next declaration takes the stale claim over.
  if ((await ports.claims.get<IntentClaim>(key))?.incidentId === head.id) await ports.claims.release(key);
}

type StatusPress = Pressed & { status: Exclude<IncidentStatus, 'merged'>; seen?: IncidentStatus | undefined; note?: string | undefined; reason?: string | undefined };

/** Ending frees the service for the next incident. Reopening is refused while another incident of the service is open. */
export async function pressStatus(ports: Ports, caller: Caller, p: StatusPress): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p.incidentId);
  if (ENDED.has(head.status) && !ENDED.has(p.status) && head.service !== null && head.visibility === 'public') {
    const saga = await ports.sagas.get(head.id);
    if (saga === null) throw new AppFailure('internal');
    const mine: IntentClaim = { incidentId: head.id, intent: saga.value.intent };
    const claim = await ports.claims.make(serviceClaim(head.conn, head.service), 'open-service', mine);
    if (!claim.made && claim.value.incidentId !== head.id) throw new AppFailure('conflict', 'error.reopen-other-open', { service: head.service });
  }
  const reason = plainLine(p.reason ?? '', NOTE_MAX);
  const note = [reason, plainLine(p.note ?? '', NOTE_MAX)].filter((part) => part !== '').join(' / ');
  const incident = await press(ports, caller, p, (current, by) => {
    const { status, openAlerts } = current.head;
    if (p.seen !== undefined && p.seen !== status && status !== p.status) throw changedByOther('status');
    const over = p.status === 'resolved' || (p.status === 'closed' && status !== 'resolved');
    if (over && openAlerts > 0 && reason === '') throw new AppFailure('bad-request', 'error.alerts-open', { n: openAlerts }, 'reason');
    return setStatus(current, p.status, by, note);
  });
  await releaseService(ports, incident);
  await showOnPage(ports, incident);
  return headView(incident.head);
}
