/** What Forge hands over is parsed into these types; anything unexpected becomes `null` or a safe default. */
import type { AppApi, BoardSection, Lang, SchemeView } from '../../../src/contract';
import { DIALOGS, type DialogName } from './dialogs/names';

/** What an author chose in the macro's settings. */
export interface MacroConfig {
  /** Incident the macro was made for; a hint, access is proven by the backend. */
  readonly incidentId: string | null;
  /** In the order of the board; null: all. */
  readonly sections: readonly BoardSection[] | null;
  readonly compact: boolean;
}
export const SECTIONS = ['state', 'alerts', 'graphs', 'hosts', 'similar', 'timeline', 'improvements'] as const satisfies readonly BoardSection[];

/** What a graph macro shows, as the verb takes it. */
export type WantedGraph = Parameters<AppApi['metric.graph']>[0];

export interface ViewerContext {
  readonly lang: Lang;
  /** BCP 47, for number and date formats. */
  readonly locale: string;
  readonly timeZone: string;
  readonly accountId: string | null;
  /** The host says that the app's license is not active. */
  readonly isPaused: boolean;
  /** Origin of the site, without a slash at its end. */
  readonly siteUrl: string | null;
  readonly moduleKey: string;
  readonly dark: boolean;
  /** Page the macro or byline stands on. */
  readonly pageId: string | null;
  readonly spaceKey: string | null;
  readonly config: MacroConfig;
  /** Of a graph macro; null: nobody has chosen a metric yet. */
  readonly graph: WantedGraph | null;
  readonly isEditing: boolean;
  /** The macro's settings are open. */
  readonly isConfiguring: boolean;
  /** The macro stands in a template: there is no page yet. */
  readonly templateId: string | null;
  /** The address that became this macro when somebody pasted it. */
  readonly autoConvertLink: string | null;
  /** In a dialog's frame: which one, and what its opener handed over. */
  readonly dialog: { readonly name: DialogName; readonly given: Readonly<Record<string, unknown>>; readonly scheme: SchemeView | null } | null;
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

export function parseContext(raw: unknown): ViewerContext {
  const locale = (text(at(raw, 'locale')) ?? 'en-US').replace('_', '-');
  const japanese = locale.toLowerCase().startsWith('ja');
  const extension = at(raw, 'extension');
  return {
    lang: japanese ? 'ja' : 'en',
    locale: japanese ? 'ja-JP' : locale.toLowerCase().startsWith('en') ? locale : 'en-US',
    timeZone: knownZone(text(at(raw, 'timezone'))),
    accountId: text(at(raw, 'accountId')),
    isPaused: at(raw, 'license', 'active') === false,
    siteUrl: text(at(raw, 'siteUrl'))?.replace(/\/+$/, '') ?? null,
    moduleKey: text(at(raw, 'moduleKey')) ?? '',
    dark: at(raw, 'theme', 'colorMode') === 'dark',
    pageId: text(at(extension, 'content', 'id')),
    spaceKey: text(at(extension, 'space', 'key')),
    config: parseConfig(at(extension, 'config')),
    graph: parseGraph(at(extension, 'config')),
    isEditing: at(extension, 'isEditing') === true,
    isConfiguring: at(extension, 'macro', 'isConfiguring') === true,
    templateId: text(at(extension, 'template', 'id')),
    autoConvertLink: text(at(extension, 'autoConvertLink')),
    dialog: parseDialog(at(extension, 'modal')),
  };
}

/** Typed parameters come back as strings. Sections nobody knows are left out; with none left, all are shown. */
function parseConfig(config: unknown): MacroConfig {
  const named = (text(at(config, 'sections')) ?? '').split(',').map((name) => name.trim());
  const sections = SECTIONS.filter((section) => named.includes(section));
  return { incidentId: text(at(config, 'incidentId')), sections: sections.length === 0 ? null : sections, compact: ['true', true].includes(at(config, 'compact') as string | boolean) };
}

const HOUR = 60;
function parseGraph(config: unknown): WantedGraph | null {
  const [hostId, service, metric] = [text(at(config, 'hostId')), text(at(config, 'service')), text(at(config, 'metric'))];
  const minutes = Number(text(at(config, 'minutes')) ?? HOUR);
  const of = hostId !== null ? { hostId } : service !== null ? { service } : null;
  return of === null || metric === null ? null : { of, metric, minutes: Number.isInteger(minutes) && minutes >= 5 && minutes <= 24 * HOUR ? minutes : HOUR };
}

function parseDialog(modal: unknown): ViewerContext['dialog'] {
  const name = DIALOGS.find((known) => known === at(modal, 'name'));
  const given = at(modal, 'given');
  const scheme = at(modal, 'scheme');
  return name === undefined ? null : { name, given: typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}, scheme: typeof at(scheme, 'severities') === 'object' ? (scheme as SchemeView) : null };
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

/** Id of the alert that an address of Mackerel's own site names; null for any other address. */
export function alertOfLink(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const { protocol, hostname, pathname } = new URL(link);
  return ['https:', 'http:'].includes(protocol) && hostname === 'mackerel.io' ? (/^\/(?:orgs\/[^/]+|my)\/alerts\/([A-Za-z0-9]+)\/?$/.exec(pathname)?.[1] ?? null) : null;
}
