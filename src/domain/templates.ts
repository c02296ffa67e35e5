/** Which template a new page is made from. Pure. */
import type { IncidentKind, Severity, TemplateChoice, TemplateId } from '../contract';

/** What the choice depends on. */
export interface Choosable {
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly service: string | null;
}

/** `named` by a rule or a person; else the first choice of the settings that fits; else by the kind alone. */
export function templateFor(named: TemplateId | undefined, choices: readonly TemplateChoice[], about: Choosable): TemplateId {
  if (named !== undefined) return named;
  const fits = ({ kind, severity, service }: TemplateChoice): boolean =>
    (kind === null || kind === about.kind) && (severity === null || severity === about.severity) && (service === null || service === about.service);
  return choices.find(fits)?.template ?? (about.kind === 'drill' ? 'drill' : 'incident');
}
