/** Between a board macro's stored configuration and the form that edits it. */
import type { BoardConfig, BoardSection, IncidentHeadView } from '../contract';

/** In the order of the board. */
export const SECTIONS = ['state', 'alerts', 'graphs', 'hosts', 'similar', 'timeline', 'improvements'] as const satisfies readonly BoardSection[];

export interface BoardForm {
  /** null: the incident of the page the macro stands on. */
  readonly incidentId: string | null;
  readonly sections: readonly BoardSection[];
  readonly compact: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});

/** What cannot be read counts as not set: the page's own incident, every section, full size. */
export function formOf(config: unknown): BoardForm {
  const { incidentId, sections, compact } = object(config);
  const named = typeof sections === 'string' ? sections.split(',').map((name) => name.trim()) : [];
  const known = SECTIONS.filter((section) => named.includes(section));
  return {
    incidentId: typeof incidentId === 'string' && incidentId !== '' ? incidentId : null,
    sections: known.length === 0 ? SECTIONS : known,
    compact: compact === true,
  };
}

/**
 * The configuration to store. Confluence takes no null, so what is not set is left out. Other keys of the stored one stay: by the
 * nonce in it a page is recognised as the incident's own.
 */
export function configOf({ incidentId, sections, compact }: BoardForm, stored: unknown): BoardConfig {
  const { incidentId: _id, sections: _sections, compact: _compact, ...others } = object(stored);
  return {
    ...others,
    ...(incidentId === null ? {} : { incidentId }),
    ...(sections.length === SECTIONS.length ? {} : { sections: SECTIONS.filter((section) => sections.includes(section)).join(',') }),
    ...(compact ? { compact } : {}),
  };
}

export interface IncidentOption {
  readonly label: string;
  /** '' stands for the page's own incident: an option has no null. */
  readonly value: string;
}
interface OptionTexts {
  readonly own: string;
  /** For a stored incident that is not among `incidents`: too old for the list, or not visible to this person. */
  readonly unlisted: string;
  readonly status: (status: IncidentHeadView['status']) => string;
}

/** The page's own incident first, then what the person may see, newest first; a stored one is never dropped. */
export function incidentOptions(incidents: readonly IncidentHeadView[], stored: string | null, texts: OptionTexts): readonly IncidentOption[] {
  const newest = [...incidents].sort((a, b) => b.declaredAt - a.declaredAt);
  const listed = newest.map(({ id, key, title, status }) => ({ value: id, label: `${key} ${title} (${texts.status(status)})` }));
  const missing = stored !== null && !listed.some(({ value }) => value === stored);
  return [{ value: '', label: texts.own }, ...(missing ? [{ value: stored, label: texts.unlisted }] : []), ...listed];
}
