/** Rules to begin with. Pure. */
import type { RulePreset, RuleView } from '../contract';
import { ANY } from './rules';

/** More than that is better said with a rule of one's own. */
const ROLES = 50;
/** `prod`, `production`, 本番 as a word of the service's or the role's name. */
const PRODUCTION = /(^|[^a-z])(prod|production|prd)([^a-z]|$)|本番/i;
const DECLARE = { action: 'declare', severity: 'pending', kind: 'incident', spaceKey: null } as const;

const critical = (id: string, role: string | null): RuleView => ({ id, name: '', when: { ...ANY, role, statuses: ['CRITICAL'] }, then: DECLARE });

/** Those of `roles` (`service:role`) that are called production; where none is, nobody can tell them apart: all. */
export function productionRoles(roles: readonly string[]): readonly string[] {
  const named = roles.filter((role) => PRODUCTION.test(role));
  return (named.length === 0 ? roles : named).slice(0, ROLES);
}

/** What the set-up guide offers; `roles`: those Mackerel has, without any there is none to go by. Ids are the same each time, so a choice made twice is one. */
export function presets(roles: readonly string[]): readonly RulePreset[] {
  return [
    { id: 'critical', rules: [critical('preset-critical', null)], fallback: 'candidate' },
    { id: 'people', rules: [], fallback: 'candidate' },
    ...(roles.length === 0 ? [] : [{ id: 'production' as const, rules: productionRoles(roles).map((role, n) => critical(`preset-role-${n + 1}`, role)), fallback: 'candidate' as const }]),
  ];
}
