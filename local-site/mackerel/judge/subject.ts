/** What an alert is about besides its monitor, and who may be judged or notified. */
import type { Alert, AnyMonitor, Host } from '../model';
import { hostOwner, serviceOwner } from '../store/metrics';

export const subjectOf = (monitor: AnyMonitor, hostId: string | null): string =>
  monitor.type === 'service' ? serviceOwner(monitor.service) : hostOwner(hostId ?? '');
export const subjectOfAlert = (alert: Alert): string => subjectOf(alert.monitor, alert.hostId);

/** Scopes are services or role full names, written `shop`, `shop:web` or, as the API answers them, `shop: web`. */
function inScope(host: Host, scope: string): boolean {
  const [service = '', role] = scope.split(':').map((part) => part.trim());
  const roles = host.roles[service];
  return roles !== undefined && (role === undefined || roles.includes(role));
}
export function covers(monitor: AnyMonitor, host: Host): boolean {
  if (monitor.type === 'service') return false;
  if (monitor.type === 'check') return true;
  const wanted = monitor.scopes.length === 0 || monitor.scopes.some((scope) => inScope(host, scope));
  return wanted && !monitor.excludeScopes.some((scope) => inScope(host, scope));
}

/** Mackerel judges hosts that work or stand by; others keep the alerts they have. */
export const isJudged = (host: Host): boolean => !host.isRetired && (host.status === 'working' || host.status === 'standby');
/** Standby hosts are judged in silence. */
export const isNotified = (host: Host | null): boolean => host === null || host.isRetired || host.status === 'working';
