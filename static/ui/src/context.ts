/** What Forge hands over is parsed into these types; anything unexpected becomes `null` or a safe default. */
import type { BoardSection, Lang } from '../../../src/contract';

/** What a person chose for this macro. */
export interface MacroConfig {
  readonly incidentId: string | null;
  /** In the order of the board; null: every section. */
  readonly sections: readonly BoardSection[] | null;
  readonly compact: boolean;
}
export interface ViewerContext {
  readonly lang: Lang;
  /** BCP 47, for number and date formats. */
  readonly locale: string;
  readonly timeZone: string;
  readonly accountId: string | null;
  readonly moduleKey: string;
  readonly dark: boolean;
  /** Page the macro or byline stands on. */
  readonly pageId: string | null;
  /** Incident the macro was made for; a hint, access is proven by the backend. */
  readonly incidentId: string | null;
  readonly isEditing: boolean;
  /** The macro's configuration is open. */
  readonly isConfiguring: boolean;
  readonly config: MacroConfig;
  /** The Mackerel alert whose pasted address became this macro. */
  readonly autoConvertLink: string | null;
  /** The macro stands in a template: there is no page yet. */
  readonly templateId: string | null;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined), value);
}
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null);

function knownZone(zone: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? undefined }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const SECTIONS = ['state', 'alerts', 'graphs', 'hosts', 'timeline', 'improvements'] as const satisfies readonly BoardSection[];

function macroConfig(config: unknown): MacroConfig {
  const named = (text(at(config, 'sections')) ?? '').split(',').map((name) => name.trim());
  const sections = SECTIONS.filter((section) => named.includes(section));
  return { incidentId: text(at(config, 'incidentId')), sections: sections.length === 0 ? null : sections, compact: at(config, 'compact') === true };
}

/** An alert's page at Mackerel; null for any other address. */
function alertLink(link: unknown): string | null {
  return typeof link === 'string' && /^https?:\/\/mackerel\.io\/orgs\/[^/?#]+\/alerts\/[^/?#]+(?:[?#]|$)/.test(link) ? link : null;
}

export function parseContext(raw: unknown): ViewerContext {
  const locale = (text(at(raw, 'locale')) ?? 'en-US').replace('_', '-');
  const japanese = locale.toLowerCase().startsWith('ja');
  const extension = at(raw, 'extension');
  const config = macroConfig(at(extension, 'config'));
  return {
    lang: japanese ? 'ja' : 'en',
    locale: japanese ? 'ja-JP' : locale.toLowerCase().startsWith('en') ? locale : 'en-US',
    timeZone: knownZone(text(at(raw, 'timezone'))),
    accountId: text(at(raw, 'accountId')),
    moduleKey: text(at(raw, 'moduleKey')) ?? '',
    dark: at(raw, 'theme', 'colorMode') === 'dark',
    pageId: text(at(extension, 'content', 'id')),
    incidentId: config.incidentId,
    isEditing: at(extension, 'isEditing') === true,
    isConfiguring: at(extension, 'macro', 'isConfiguring') === true,
    config,
    autoConvertLink: alertLink(at(extension, 'autoConvertLink')),
    templateId: text(at(extension, 'template', 'id')),
  };
}

/** The version a live message announces; null for anything else. */
export function parseVersion(message: unknown): number | null {
  if (typeof message === 'string') {
    try {
      return parseVersion(JSON.parse(message));
    } catch {
      return null;
    }
  }
  const version = typeof message === 'number' ? message : [at(message, 'version'), at(message, 'ver'), at(message, 'v')].find((found) => found !== undefined);
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : null;
}

/** The incident a path of the Incidents page names: `/board/<id>`; null: the lists. */
export function incidentOfPath(path: string): string | null {
  const id = /(?:^|\/|#)board\/([^/?#]+)/.exec(path)?.[1];
  return id === undefined ? null : decodeURIComponent(id);
}
