/** Macros of the app in a document: the node Confluence writes, and what it tells the app. */
import type { Session, WebModule } from '../../../web/api-types';
import type { Place } from './scope';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Attributes of an `extension` node. */
export interface MacroAttrs {
  readonly extensionType: string;
  readonly extensionKey: string;
  readonly localId?: string | null;
  readonly parameters?: unknown;
}

/** The app's macro a node stands for; null for those of other apps. */
export function macroOf({ app, modules }: Session, { extensionType, extensionKey }: MacroAttrs): WebModule | null {
  const [id, , kind, key] = extensionKey.split('/');
  if (extensionType !== 'com.atlassian.ecosystem' || id !== app.id || kind !== 'static') return null;
  return modules.find((module) => module.type === 'macro' && module.key === key) ?? null;
}

/** What the node itself says of the macro's place. */
export function placeOfMacro({ localId, parameters }: MacroAttrs, where: Place): Place {
  const { guestParams, autoConvertLink, localId: own } = object(parameters);
  const id = text(localId) ?? text(own);
  const link = text(autoConvertLink);
  return {
    ...where,
    ...(id === null ? {} : { localId: id }),
    ...(guestParams === undefined ? {} : { config: object(guestParams) }),
    ...(link === null ? {} : { extra: { ...where.extra, autoConvertLink: link } }),
  };
}

/** Attributes of a new macro as Confluence writes them. `link`: the pasted address it was made from. */
export function newMacro({ app }: Session, module: WebModule, localId: string, link: string | null): MacroAttrs & { readonly layout: string; readonly text: string } {
  const key = `${app.id}/${app.environmentId}/static/${module.key}`;
  return {
    layout: 'default',
    extensionType: 'com.atlassian.ecosystem',
    extensionKey: key,
    text: module.title,
    localId,
    parameters: {
      layout: 'extension',
      forgeEnvironment: app.environmentType,
      render: module.render,
      localId,
      extensionTitle: module.title,
      extensionId: `ari:cloud:ecosystem::extension/${key}`,
      ...(link === null ? {} : { hasBeenAutoConverted: true, autoConvertLink: link }),
    },
  };
}

/** The same macro with another configuration. */
export function configured<A extends MacroAttrs>(attrs: A, config: Json): A {
  return { ...attrs, parameters: { ...object(attrs.parameters), guestParams: config } };
}

/** `*` stands for one segment of the path. */
function matches(pattern: string, url: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+');
  return new RegExp(`^${source}$`).test(url);
}

/** The macro that takes over a pasted address; null when none does. */
export function macroFor({ modules }: Session, url: string): WebModule | null {
  return modules.find((module) => module.macro?.autoConvert.some((pattern) => matches(pattern, url)) ?? false) ?? null;
}
