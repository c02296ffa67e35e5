/** What of a page that people wrote may stand on another page. What is not listed here is left out, never passed on. */
export interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly Node[];
}

/** Nodes without content of their own. */
const LEAVES = new Set(['rule', 'hardBreak', 'mention', 'emoji', 'date', 'status', 'inlineCard', 'blockCard', 'embedCard', 'extension', 'inlineExtension', 'placeholder']);
/** Hold words. */
const WORDY = new Set(['paragraph', 'heading', 'codeBlock', 'taskItem', 'decisionItem']);
/** Never empty: an empty paragraph stands in for what was left out. */
const BOXES = new Set(['listItem', 'tableCell', 'tableHeader', 'panel', 'blockquote', 'expand', 'nestedExpand', 'layoutColumn', 'bodiedExtension']);
/** Nothing without what they hold. */
const FRAMES = new Set(['bulletList', 'orderedList', 'taskList', 'decisionList', 'table', 'tableRow', 'layoutSection']);
const MARKS = new Set(['strong', 'em', 'code', 'underline', 'strike', 'subsup', 'textColor', 'backgroundColor', 'link', 'alignment', 'indentation', 'breakout']);
/** Tell apart what stands on one page; on another they are new. */
const OWN_ID = new Set(['taskList', 'taskItem', 'decisionList', 'decisionItem', 'extension', 'inlineExtension', 'bodiedExtension']);
const DEEPEST = 30;
const EMPTY: Node = { type: 'paragraph' };

/** Addresses that open a page or write a mail; anything else is no link. */
export const isHarmless = (href: unknown): boolean => typeof href === 'string' && /^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(href.trim());

export interface Cleaning {
  readonly id: () => string;
  /** What text nodes become; `plain`: nothing but text may stand there. */
  readonly words: (node: Node & { readonly text: string }, plain: boolean) => readonly Node[];
  readonly isBoard: (node: Node) => boolean;
  /** Told the kind of everything that is left out, our boards excepted. */
  readonly leave: (kind: string) => void;
}

function attributes({ type, attrs = {} }: Node, id: () => string): Pick<Node, 'attrs'> {
  const { localId: _old, ...kept } = attrs;
  const localId = id();
  const parameters = typeof kept['parameters'] === 'object' && kept['parameters'] !== null ? { parameters: { ...kept['parameters'], localId } } : {};
  const given = OWN_ID.has(type) ? { ...kept, ...parameters, localId, ...(type === 'taskItem' ? { state: 'TODO' } : {}) } : kept;
  return Object.keys(given).length === 0 ? {} : { attrs: given };
}
function marksOf({ marks = [] }: Node): Pick<Node, 'marks'> {
  const kept = marks.filter(({ type, attrs }) => MARKS.has(type) && (type !== 'link' || isHarmless(attrs?.['href'])));
  return kept.length === 0 ? {} : { marks: kept };
}
const isCard = (type: string): boolean => type.endsWith('Card');

/** `plain`: inside code. */
export function cleaned(node: Node, how: Cleaning, depth = 0, plain = false): readonly Node[] {
  const { type } = node;
  if (how.isBoard(node)) return [];
  if (type === 'text') return typeof node.text === 'string' && node.text !== '' ? how.words({ ...node, text: node.text, ...marksOf(node) }, plain) : [];
  const known = LEAVES.has(type) || WORDY.has(type) || BOXES.has(type) || FRAMES.has(type);
  if (!known || depth > DEEPEST || (isCard(type) && !isHarmless(node.attrs?.['url']))) {
    how.leave(type);
    return [];
  }
  const self = { type, ...attributes(node, how.id), ...marksOf(node) };
  if (LEAVES.has(type)) return [self];
  const inside = (Array.isArray(node.content) ? node.content : []).flatMap((child) => cleaned(child, how, depth + 1, plain || type === 'codeBlock'));
  if (WORDY.has(type)) return [inside.length === 0 && type !== 'taskItem' && type !== 'decisionItem' ? self : { ...self, content: inside }];
  if (inside.length > 0) return [{ ...self, content: inside }];
  return FRAMES.has(type) ? [] : [{ ...self, content: [EMPTY] }];
}
