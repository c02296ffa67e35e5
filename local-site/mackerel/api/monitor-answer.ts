import type { Monitor } from '../model';

const spaced = (scopes: readonly string[]): string[] => scopes.map((scope) => scope.replace(/:\s*/, ': '));

/** A monitor as the API answers it: keys without a value are left out, and role names get a space (`shop: web`). */
export function monitorAnswer(monitor: Monitor): Record<string, unknown> & { readonly type: Monitor['type'] } {
  const answer = Object.entries(monitor).filter(([key, value]) => value !== null || key === 'warning' || key === 'critical');
  const scopes = monitor.type === 'service' ? {} : { scopes: spaced(monitor.scopes), excludeScopes: spaced(monitor.excludeScopes) };
  return { ...Object.fromEntries(answer), ...scopes, type: monitor.type };
}
