/** The incident page's body: the live board, then what its template holds. */
import { doc, extension, panel } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { PageFacts } from '../../../ports';
import { draw, type TemplateTools } from './draw';
import { bold, line, type Block } from './nodes';
import { TEMPLATES } from './parts';

const MACRO_KEY = 'incident-board';
/** The enum's own module would bring the whole editor schema into the bundle. */
const WARNING = 'warning' as PanelType;

/** Which app and environment the macro belongs to; pages of a development environment are no pages of production. */
export interface MacroIdentity {
  readonly appId: string;
  readonly environmentId: string;
  /** DEVELOPMENT, STAGING or PRODUCTION. */
  readonly environment: string;
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
  const said = facts.isSample === true ? [panel({ panelType: WARNING })(line(bold(tools.texts.say(facts.lang, 'page.sample'))))] : [];
  return doc(...said, boardNode(facts, macro, tools), ...draw(TEMPLATES[facts.template], facts, tools));
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
