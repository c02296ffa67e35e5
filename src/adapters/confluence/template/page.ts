/** The incident page's body: the live board, then what its template holds. */
import { doc, panel } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { PageFacts } from '../../../ports';
import { boardNode, type MacroIdentity } from './board-node';
import { draw, variables, type TemplateTools } from './draw';
import { factBlocks } from './facts';
import { bold, line } from './nodes';
import { TEMPLATES } from './parts';

/** The enum's own module would bring the whole editor schema into the bundle. */
const WARNING = 'warning' as PanelType;

export function incidentPage(facts: PageFacts, macro: MacroIdentity, tools: TemplateTools & { readonly org: string | null }): ReturnType<typeof doc> {
  const { lang, incidentId, nonce, commander } = facts;
  const said = facts.isSample === true ? [panel({ panelType: WARNING })(line(bold(tools.texts.say(lang, 'page.sample'))))] : [];
  const drawn = draw(TEMPLATES[facts.template], { lang, commander, known: variables(facts, tools.texts), facts: factBlocks(facts, tools.org, tools.texts) }, tools);
  return doc(...said, boardNode(lang, { incidentId, nonce }, macro, tools), ...drawn);
}
