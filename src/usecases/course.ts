/** First response, severity and status. */
import type { IncidentHeadView, IncidentStatus, Severity } from '../contract';
import { AppFailure } from '../domain/failure';
import { ENDED, respond, setSeverity, setStatus } from '../domain/incident';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { accept, acceptedBefore, changedByOther, press, proveEditor, showOnPage, type Pressed } from './press';
import { claimForReopening, settleService } from './service-claim';
import { typedLine } from './typed';
import { headView } from './views';

const NOTE_MAX = 500;

export async function pressRespond(ports: Ports, caller: Caller, p: Pressed): Promise<IncidentHeadView> {
  return headView((await press(ports, caller, p, respond)).head);
}

export async function pressSeverity(ports: Ports, caller: Caller, p: Pressed & { severity: Severity; seen?: Severity | undefined; note?: string | undefined }): Promise<IncidentHeadView> {
  const note = typedLine(p.note ?? '', NOTE_MAX, 'note');
  const incident = await press(ports, caller, p, (current, by) => {
    const { severity } = current.head;
    if (p.seen !== undefined && p.seen !== severity && severity !== p.severity) throw changedByOther('severity');
    return setSeverity(current, p.severity, by, note);
  });
  await showOnPage(ports, p.incidentId);
  return headView(incident.head);
}

type StatusPress = Pressed & { status: Exclude<IncidentStatus, 'merged'>; seen?: IncidentStatus | undefined; note?: string | undefined; reason?: string | undefined };

/** Ending frees the service for the next incident. Reopening is refused while another incident of the service is open. */
export async function pressStatus(ports: Ports, caller: Caller, p: StatusPress): Promise<IncidentHeadView> {
  const reason = typedLine(p.reason ?? '', NOTE_MAX, 'reason');
  const note = [reason, typedLine(p.note ?? '', NOTE_MAX, 'note')].filter((part) => part !== '').join(' / ');
  const head = await proveEditor(ports, caller, p);
  const reopens = ENDED.has(head.status) && !ENDED.has(p.status);
  if (reopens && (await acceptedBefore(ports, caller, p)) === null) await claimForReopening(ports, head);
  const incident = await accept(ports, caller, p, (current, by) => {
    const { status, openAlerts } = current.head;
    if (p.seen !== undefined && p.seen !== status && status !== p.status) throw changedByOther('status');
    const over = status !== p.status && (p.status === 'resolved' || p.status === 'closed');
    if (over && openAlerts > 0 && reason === '') throw new AppFailure('bad-request', 'error.alerts-open', { n: openAlerts }, 'reason');
    return setStatus(current, p.status, by, note);
  });
  if (reopens || ENDED.has(p.status)) await settleService(ports, p.incidentId);
  await showOnPage(ports, p.incidentId);
  return headView(incident.head);
}
