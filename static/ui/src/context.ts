/** What Forge hands over is parsed into these types; anything unexpected becomes `null` or a safe default. */
import type { Lang } from '../../../src/contract';
import { DIALOGS, type DialogName } from './dialogs/names';

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
  /** In a dialog's frame: which one, and what its opener handed over. */
  readonly dialog: { readonly name: DialogName; readonly given: Readonly<Record<string, unknown>> } | null;
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
    moduleKey: text(at(raw, 'moduleKey')) ?? '',
    dark: at(raw, 'theme', 'colorMode') === 'dark',
    pageId: text(at(extension, 'content', 'id')),
    incidentId: text(at(extension, 'config', 'incidentId')),
    isEditing: at(extension, 'isEditing') === true,
    dialog: parseDialog(at(extension, 'modal')),
  };
}

function parseDialog(modal: unknown): ViewerContext['dialog'] {
  const name = DIALOGS.find((known) => known === at(modal, 'name'));
  const given = at(modal, 'given');
  return name === undefined ? null : { name, given: typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {} };
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
