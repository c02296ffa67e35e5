/** Whether an alert belongs with an open incident although its service has none of its own. Pure. */
import type { GroupingView } from '../contract';
import type { AlertSighting } from './alert';
import { linkedAlerts } from './alert-record';
import type { Incident, Why } from './record';
import { WHY } from './why';

const MINUTE_MS = 60_000;
/** One alert had not ended more than the window before the other began. `now` stands for the end of what still fires. */
function near(a: AlertSighting, b: AlertSighting, windowMs: number, now: number): boolean {
  const ends = (alert: AlertSighting): number => alert.closedAt ?? Math.max(now, alert.openedAt);
  return a.openedAt <= ends(b) + windowMs && b.openedAt <= ends(a) + windowMs;
}
const sameMonitor = (a: AlertSighting, b: AlertSighting): boolean =>
  a.monitorId !== null && b.monitorId !== null ? a.monitorId === b.monitorId : a.monitorName === b.monitorName && a.monitorType === b.monitorType;

/** null: it does not belong there. `now`: epoch ms. */
export function joins(incident: Incident, alert: AlertSighting, grouping: GroupingView, now: number): Why | null {
  const windowMs = grouping.monitorMinutes * MINUTE_MS;
  const close = linkedAlerts(incident.alerts).filter((linked) => near(linked, alert, windowMs, now));
  // One of a service has that service's incident to join; only where nothing says whose it is, its monitor does.
  if (alert.service === null && close.some((linked) => sameMonitor(linked, alert))) return WHY.monitor(alert.monitorName, grouping.monitorMinutes);
  if (grouping.by !== 'role') return null;
  const roles = new Set(alert.roles ?? []);
  const shared = close.flatMap((linked) => linked.roles ?? []).find((role) => roles.has(role));
  return shared === undefined ? null : WHY.role(shared);
}
