import type { Monitor } from '../model';

const spaced = (scopes: readonly string[]): string[] => scopes.map((scope) => scope.replace(/:\s*/, ': '));

/** A monitor as the API answers it and notifications show it: what is unset is left out, and role names get a space (`shop: web`). */
export function monitorAnswer(monitor: Monitor): Record<string, unknown> & { readonly type: Monitor['type'] } {
  const shown = ([key, value]: [string, unknown]): boolean => (value !== null && !(key === 'memo' && value === '')) || key === 'warning' || key === 'critical';
  const answer = Object.entries(monitor).filter(shown);
  const scopes = 'scopes' in monitor ? { scopes: spaced(monitor.scopes) } : {};
  const excludeScopes = 'excludeScopes' in monitor ? { excludeScopes: spaced(monitor.excludeScopes) } : {};
  return { ...Object.fromEntries(answer), ...scopes, ...excludeScopes, type: monitor.type };
}
