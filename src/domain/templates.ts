/** Which template a new page is made from. Pure. */
import type { BuiltInTemplate, IncidentKind, PageTemplateId, Severity, TemplateChoice, TemplateId } from '../contract';
import type { Settings } from './model';

/** What the choice depends on. */
export interface Choosable {
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly service: string | null;
}

/** Where nothing else is chosen, or what was chosen cannot be had. */
export const builtInFor = (kind: IncidentKind): BuiltInTemplate => (kind === 'drill' ? 'drill' : 'incident');
export const isPageTemplate = (template: TemplateId): template is PageTemplateId => template.startsWith('page-');

/** `named` by a rule or a person; else the first choice of the settings that fits; else by the kind alone. */
export function templateFor(named: TemplateId | undefined, choices: readonly TemplateChoice[], about: Choosable): TemplateId {
  if (named !== undefined) return named;
  const fits = ({ kind, severity, service }: TemplateChoice): boolean =>
    (kind === null || kind === about.kind) && (severity === null || severity === about.severity) && (service === null || service === about.service);
  return choices.find(fits)?.template ?? builtInFor(about.kind);
}

/** How many rules and lines of the settings name it. */
export function usesOf({ rules, templates }: Pick<Settings, 'rules' | 'templates'>, template: string): number {
  return rules.filter(({ then }) => then.action === 'declare' && then.template === template).length + templates.filter((one) => one.template === template).length;
}
