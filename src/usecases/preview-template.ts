/** What a new page would hold. */
import type { IncidentKind, Severity, TemplateId, TemplatePreview } from '../contract';
import { takeIn } from '../domain/alert-record';
import { badRequest } from '../domain/failure';
import type { Settings } from '../domain/model';
import { templateFor } from '../domain/templates';
import type { Ports } from '../ports';
import { candidateOf, placeOf } from './declare';
import { madeFrom } from './page-templates';

export interface PreviewInput {
  readonly template: TemplateId | null;
  readonly spaceKey: string;
  /** As typed so far; may be empty. */
  readonly title: string;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly candidateId: string | null;
  /** Of an incident that is over, epoch ms. */
  readonly begunAt?: number | undefined;
}

/**
 * Built as `declareByPerson` would have it written, and thrown away.
 * @throws AppFailure bad-request for a space the caller cannot see, not-found for a candidate they may not know of
 */
export async function previewTemplate(ports: Ports, settings: Settings, input: PreviewInput): Promise<TemplatePreview> {
  const candidate = await candidateOf(ports, settings, input);
  const [space] = await ports.access.spaces([input.spaceKey]);
  if (space === undefined) throw badRequest('spaceKey', 'error.space-unknown');
  const { service, lang } = placeOf(settings, input.spaceKey, candidate);
  const { kind, severity, title } = input;
  const template = templateFor(input.template ?? undefined, settings.templates, { kind, severity, service });
  const now = ports.clock.now();
  const alert = candidate?.alert;
  const lines = await ports.pages.preview({
    incidentId: '', nonce: '', key: ports.texts.say(lang, 'page.unknown.key'), title, lang, visibility: 'public', detectedAt: input.begunAt ?? alert?.openedAt ?? now, declaredAt: now, severity, service, commander: null, ...(await madeFrom(ports, settings, template, kind)),
    alerts: alert === undefined ? {} : { [alert.id]: takeIn(alert, now, 1, null) },
  });
  return { template, lang, lines };
}
