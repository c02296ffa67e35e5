import type { TemplateId } from '../../../../src/contract';

/** In the order they are offered. */
export const TEMPLATES: readonly TemplateId[] = ['incident', 'short', 'security', 'drill', 'postmortem', 'whys', 'communications'];
