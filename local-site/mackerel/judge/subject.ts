/** What an alert is about besides its monitor, and who may be judged or notified. */
import type { About, AnyMonitor, Host } from '../model';
import { hostOwner, labelsOwner, serviceOwner } from '../store/metrics';

export const ABOUT_NOTHING: About = { hostId: null, series: null };
export const onHost = (hostId: string): About => ({ hostId, series: null });

/** At most one alert is open per monitor and subject. */
export function subjectOf(monitor: AnyMonitor, { hostId, series }: About): string {
  if (series !== null) return `${labelsOwner(series.labels)} ${series.name}`;
  if (hostId !== null) return hostOwner(hostId);
  return monitor.type === 'service' ? serviceOwner(monitor.service) : monitor.type;
}

/** A service, or one role of it. */
export interface Place {
  readonly service: string;
  readonly role: string | null;
}
/** Scopes are services or role full names, written `shop`, `shop:web` or, as the API answers them, `shop: web`. */
export function placeOf(scope: string): Place {
  const [service = '', role] = scope.split(':').map((part) => part.trim());
  return { service, role: role ?? null };
}
const inside = (place: Place, scope: Place): boolean => place.service === scope.service && (scope.role === null || place.role === scope.role);
/** Whether one of the places lies in one of the scopes. */
export const touches = (places: readonly Place[], scopes: readonly string[]): boolean => scopes.some((scope) => places.some((place) => inside(place, placeOf(scope))));

export const placesOfHost = (host: Host): Place[] => Object.entries(host.roles).flatMap(([service, roles]) => roles.map((role) => ({ service, role })));
/** Where an alert of this monitor happens: the host's roles, or the monitor's service. Nowhere for expressions, queries and unlinked URLs. */
export function placesOf(monitor: AnyMonitor, host: Host | null): Place[] {
  if (host !== null) return placesOfHost(host);
  return 'service' in monitor && monitor.service !== null ? [{ service: monitor.service, role: null }] : [];
}

export function covers(monitor: AnyMonitor, host: Host): boolean {
  if (monitor.type === 'check') return true;
  if (!('scopes' in monitor)) return false;
  const places = placesOfHost(host);
  const excluded = 'excludeScopes' in monitor && touches(places, monitor.excludeScopes);
  return !excluded && (monitor.scopes.length === 0 || touches(places, monitor.scopes));
}

/** Mackerel judges hosts that work or stand by; others keep the alerts they have. */
export const isJudged = (host: Host): boolean => !host.isRetired && (host.status === 'working' || host.status === 'standby');
/** Standby hosts are judged in silence. */
export const isNotified = (host: Host | null): boolean => host === null || host.isRetired || host.status === 'working';
