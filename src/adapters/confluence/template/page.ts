/** The incident page's body: the live board, then what its template holds. */
import { doc, panel } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { PageFacts } from '../../../ports';
import { boardNode, type MacroIdentity } from './board-node';
import { draw, pageVariables, variables, type TemplateTools } from './draw';
import { factBlocks } from './facts';
import { fillPage, type Filled } from './fill';
import { bold, line, type Block } from './nodes';
import { TEMPLATES } from './parts';

/** The enum's own module would bring the whole editor schema into the bundle. */
const [WARNING, INFO] = ['warning' as PanelType, 'info' as PanelType];
export interface PageTools extends TemplateTools {
  /** Mackerel's organisation, for links; null while unknown. */
  readonly org: string | null;
}

const boardOf = ({ lang, incidentId, nonce }: PageFacts, macro: MacroIdentity, tools: PageTools): Block => boardNode(lang, { incidentId, nonce }, macro, tools);

/** The page that is to be used, filled in; null: there is none, or nothing can be made of it. */
export function filledPage(facts: PageFacts, macro: MacroIdentity, tools: PageTools): Filled | null {
  if (facts.source === undefined) return null;
  const given = { values: pageVariables(facts, tools.texts), commander: facts.commander, board: boardOf(facts, macro, tools), facts: factBlocks(facts, tools.org, tools.texts) };
  return fillPage(facts.source, given, tools.id);
}

export function incidentPage(facts: PageFacts, macro: MacroIdentity, tools: PageTools): ReturnType<typeof doc> {
  const filled = filledPage(facts, macro, tools);
  if (filled !== null) return filled.adf;
  const { lang, commander } = facts;
  const said = (type: PanelType, key: string): Block => panel({ panelType: type })(line(bold(tools.texts.say(lang, key)))) as Block;
  const notes = [...(facts.isSample === true ? [said(WARNING, 'page.sample')] : []), ...(facts.lost === true || facts.source !== undefined ? [said(INFO, 'page.template.lost')] : [])];
  const drawn = draw(TEMPLATES[facts.template], { lang, commander, known: variables(facts, tools.texts), facts: factBlocks(facts, tools.org, tools.texts) }, tools);
  return doc(...notes, boardOf(facts, macro, tools), ...drawn);
}
