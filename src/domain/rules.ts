import type { Severity } from '../contract';
import { worstStatus, type AlertSighting } from './alert';
import type { Rule, Settings } from './model';

export type Verdict =
  | { readonly action: 'ignore' }
  | { readonly action: 'candidate'; readonly whyKey: string; readonly whyParams: Readonly<Record<string, string | number>> }
  | { readonly action: 'declare'; readonly severity: Severity };

function matches(rule: Rule, alert: AlertSighting): boolean {
  return (rule.service === null || rule.service === alert.service) && (rule.status === null || rule.status === worstStatus(alert));
}

/** The first rule that matches decides; without one a person does. */
export function judge(rules: readonly Rule[], alert: AlertSighting): Verdict {
  const index = rules.findIndex((rule) => matches(rule, alert));
  const rule = rules[index];
  if (rule === undefined) return { action: 'candidate', whyKey: 'candidate.why.default', whyParams: {} };
  switch (rule.action) {
    case 'ignore':
      return { action: 'ignore' };
    case 'declare':
      return { action: 'declare', severity: rule.severity };
    case 'candidate':
      return { action: 'candidate', whyKey: 'candidate.why.rule', whyParams: { n: index + 1 } };
  }
}

/** Where the pages of a service go; null: the service is not mapped to a space. */
export function homeOf(settings: Settings, service: string | null): Settings['services'][number] | null {
  return settings.services.find((mapped) => mapped.name === service) ?? null;
}
