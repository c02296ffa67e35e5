/** The macro's node: as the app writes it, and as it is found again. */
import { extension } from '@atlaskit/adf-utils/builders';
import type { Lang } from '../../../contract';
import type { TemplateTools } from './draw';
import type { Block } from './nodes';

export const MACRO_KEY = 'incident-board';

/** Which app and environment the macro belongs to; pages of a development environment are no pages of production. */
export interface MacroIdentity {
  readonly appId: string;
  readonly environmentId: string;
  /** DEVELOPMENT, STAGING or PRODUCTION. */
  readonly environment: string;
}

export const extensionKeyOf = (macro: MacroIdentity): string => `${macro.appId}/${macro.environmentId}/static/${MACRO_KEY}`;

/** The node as Confluence writes it itself: `extensionKey` is the short form, the full ARI there fails to load. `given`: what the macro is told. */
export function boardNode(lang: Lang, given: Readonly<Record<string, string>>, macro: MacroIdentity, { texts, id }: Pick<TemplateTools, 'texts' | 'id'>): Block {
  const key = extensionKeyOf(macro);
  const title = texts.say(lang, 'module.board.title');
  const localId = id();
  return extension({
    layout: 'full-width',
    extensionType: 'com.atlassian.ecosystem',
    extensionKey: key,
    text: title,
    localId,
    parameters: {
      layout: 'extension',
      forgeEnvironment: macro.environment,
      render: 'default',
      localId,
      extensionTitle: title,
      extensionId: `ari:cloud:ecosystem::extension/${key}`,
      guestParams: given,
    },
  });
}

interface Node {
  readonly type?: unknown;
  readonly attrs?: { readonly extensionKey?: unknown; readonly parameters?: { readonly guestParams?: { readonly nonce?: unknown } } };
  readonly content?: unknown;
}
/** A board of any app and environment. */
export function isBoard(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, attrs } = node as Node;
  return type === 'extension' && typeof attrs?.extensionKey === 'string' && attrs.extensionKey.endsWith(`/${MACRO_KEY}`);
}

/** Mutable, as parsed. */
interface Parsed {
  attrs?: { extensionKey?: unknown; parameters?: { guestParams?: Record<string, unknown> } };
  content?: unknown;
}
/**
 * The document (stringified ADF) whose first board of this app and environment that names no incident names this one; null:
 * it has no such board, or is none.
 */
export function nameBoard(adf: string, given: { readonly incidentId: string; readonly nonce: string }, macro: MacroIdentity): string | null {
  const key = extensionKeyOf(macro);
  const nameIn = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    const { attrs, content } = node as Parsed;
    const known = attrs?.parameters?.guestParams ?? {};
    if (isBoard(node) && attrs?.extensionKey === key && attrs.parameters !== undefined && known['incidentId'] === undefined) {
      attrs.parameters.guestParams = { ...known, ...given };
      return true;
    }
    return Array.isArray(content) && content.some(nameIn);
  };
  try {
    const doc: unknown = JSON.parse(adf);
    return nameIn(doc) ? JSON.stringify(doc) : null;
  } catch {
    return null;
  }
}

/** True when a board node of the document (stringified ADF) carries `nonce`. */
export function carriesNonce(adf: string, nonce: string): boolean {
  const holds = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    const { attrs, content } = node as Node;
    if (isBoard(node) && attrs?.parameters?.guestParams?.nonce === nonce) return true;
    return Array.isArray(content) && content.some(holds);
  };
  try {
    return holds(JSON.parse(adf));
  } catch {
    return false;
  }
}
