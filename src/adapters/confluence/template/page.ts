/** The incident page's body: the live board, then what its template holds. */
import { doc, panel } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { PageFacts } from '../../../ports';
import { timeText } from '../../alert-words';
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

/** What variables stand for, and what stands where the facts belong. */
export interface Said {
  /** Of built-in templates. */
  readonly known: Readonly<Record<string, string>>;
  /** Of pages people wrote. */
  readonly values: Readonly<Record<string, string>>;
  readonly facts: readonly Block[];
}
const said = (facts: PageFacts, { org, texts }: PageTools): Said => ({ known: variables(facts, texts), values: pageVariables(facts, texts), facts: factBlocks(facts, org, texts) });

function filledWith(facts: PageFacts, { values, facts: blocks }: Said, macro: MacroIdentity, tools: PageTools): Filled | null {
  if (facts.source === undefined) return null;
  return fillPage(facts.source, { values, commander: facts.commander, board: boardOf(facts, macro, tools), facts: blocks }, tools.id);
}

/** The page that is to be used, filled in; null: there is none, or nothing can be made of it. */
export const filledPage = (facts: PageFacts, macro: MacroIdentity, tools: PageTools): Filled | null => filledWith(facts, said(facts, tools), macro, tools);

export const incidentPage = (facts: PageFacts, macro: MacroIdentity, tools: PageTools): ReturnType<typeof doc> => pageWith(facts, said(facts, tools), macro, tools);

export function pageWith(facts: PageFacts, given: Said, macro: MacroIdentity, tools: PageTools): ReturnType<typeof doc> {
  const filled = filledWith(facts, given, macro, tools);
  if (filled !== null) return filled.adf;
  const { lang, commander } = facts;
  const box = (type: PanelType, key: string, params: Readonly<Record<string, string>> = {}): Block => panel({ panelType: type })(line(bold(tools.texts.say(lang, key, params)))) as Block;
  const { imported } = facts;
  const notes = [...(imported === undefined ? [] : [box(INFO, 'page.imported', { key: imported.key, at: timeText(imported.at, lang) })]), ...(facts.isSample === true ? [box(WARNING, 'page.sample')] : []), ...(facts.lost === true || facts.source !== undefined ? [box(INFO, 'page.template.lost')] : [])];
  const drawn = draw(TEMPLATES[facts.template], { lang, commander, known: given.known, facts: given.facts }, tools);
  return doc(...notes, boardOf(facts, macro, tools), ...drawn);
}
