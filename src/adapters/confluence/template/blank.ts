/** A template before anything is known: a board of no incident, and the same headings with places to fill in. */
import { doc } from '@atlaskit/adf-utils/builders';
import type { Lang, BuiltInTemplate } from '../../../contract';
import { boardNode, type MacroIdentity } from './board-node';
import { draw, VARIABLES, type TemplateTools } from './draw';
import { note } from './nodes';
import { TEMPLATES } from './parts';

export function blankPage(template: BuiltInTemplate, lang: Lang, macro: MacroIdentity, tools: TemplateTools): ReturnType<typeof doc> {
  const say = (key: string): string => tools.texts.say(lang, key);
  const known = Object.fromEntries(VARIABLES.map((name) => [name, say(`page.blank.${name}`)]));
  return doc(boardNode(lang, {}, macro, tools), ...draw(TEMPLATES[template], { lang, commander: null, known, facts: [note(say('page.blank.facts'))] }, tools));
}
