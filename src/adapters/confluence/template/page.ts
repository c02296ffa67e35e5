/** The incident page's body: the live board, then what was known, then the structure people fill in. */
import { doc, extension } from '@atlaskit/adf-utils/builders';
import type { PageFacts, Texts } from '../../../ports';
import { factBlocks } from './facts';
import type { Block } from './nodes';
import { improveBlocks, respondBlocks, reviewBlocks } from './phases';

const MACRO_KEY = 'incident-board';

/** Which app and environment the macro belongs to; pages of a development environment are no pages of production. */
export interface MacroIdentity {
  readonly appId: string;
  readonly environmentId: string;
  /** DEVELOPMENT, STAGING or PRODUCTION. */
  readonly environment: string;
}
export interface TemplateTools {
  readonly texts: Texts;
  readonly id: () => string;
  readonly org: string | null;
}

/** The node as Confluence writes it itself: `extensionKey` is the short form, the full ARI there fails to load. */
export function boardNode(facts: Pick<PageFacts, 'incidentId' | 'nonce' | 'lang'>, macro: MacroIdentity, { texts, id }: Pick<TemplateTools, 'texts' | 'id'>): Block {
  const key = `${macro.appId}/${macro.environmentId}/static/${MACRO_KEY}`;
  const title = texts.say(facts.lang, 'module.board.title');
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
      guestParams: { incidentId: facts.incidentId, nonce: facts.nonce },
    },
  });
}

export function incidentPage(facts: PageFacts, macro: MacroIdentity, tools: TemplateTools): ReturnType<typeof doc> {
  const say = (key: string): string => tools.texts.say(facts.lang, key);
  return doc(
    boardNode(facts, macro, tools),
    ...factBlocks(facts, tools.org, tools.texts),
    ...respondBlocks(say, tools.id),
    ...reviewBlocks(say, tools.id),
    ...improveBlocks(say, tools.id),
  );
}

/** True when a board node of the document (stringified ADF) carries `nonce`. */
export function carriesNonce(adf: string, nonce: string): boolean {
  const holds = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    const { type, attrs, content } = node as { type?: unknown; attrs?: { extensionKey?: unknown; parameters?: { guestParams?: { nonce?: unknown } } }; content?: unknown };
    const board = type === 'extension' && typeof attrs?.extensionKey === 'string' && attrs.extensionKey.endsWith(`/${MACRO_KEY}`);
    if (board && attrs.parameters?.guestParams?.nonce === nonce) return true;
    return Array.isArray(content) && content.some(holds);
  };
  try {
    return holds(JSON.parse(adf));
  } catch {
    return false;
  }
}
