/** What of a page that people wrote may stand on another page. What is not listed here is left out, never passed on. */
export interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly Node[];
}

const INLINE = ['text', 'hardBreak', 'mention', 'emoji', 'date', 'status', 'inlineCard', 'inlineExtension', 'placeholder'] as const;
const LISTS = ['bulletList', 'orderedList', 'taskList', 'decisionList'] as const;
const PLAIN = ['paragraph', 'codeBlock', ...LISTS, 'extension'] as const;
const RICH = [...PLAIN, 'heading', 'panel', 'blockquote', 'rule', 'blockCard', 'embedCard'] as const;
/** What may stand in what; the same as Confluence's own schema says, or less. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  doc: [...RICH, 'table', 'expand', 'bodiedExtension', 'layoutSection'],
  layoutSection: ['layoutColumn'],
  layoutColumn: [...RICH, 'table', 'expand', 'bodiedExtension'],
  bodiedExtension: [...RICH, 'table'],
  expand: [...RICH, 'table', 'nestedExpand'],
  nestedExpand: [...PLAIN, 'heading', 'panel', 'blockquote', 'rule'],
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
  tableCell: [...RICH, 'nestedExpand'],
  tableHeader: [...RICH, 'nestedExpand'],
  panel: [...PLAIN, 'heading', 'rule', 'blockCard'],
  blockquote: ['paragraph', 'codeBlock', 'bulletList', 'orderedList'],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: PLAIN,
  taskList: ['taskItem', 'taskList'],
  decisionList: ['decisionItem'],
  paragraph: INLINE,
  heading: INLINE,
  taskItem: INLINE,
  decisionItem: INLINE,
  codeBlock: ['text'],
};
/** Hold words, or none. */
const WORDY = new Set(['paragraph', 'heading', 'codeBlock', 'taskItem', 'decisionItem']);
/** Never empty: an empty paragraph stands in for what was left out. */
const BOXES = new Set(['listItem', 'tableCell', 'tableHeader', 'panel', 'blockquote', 'expand', 'nestedExpand', 'layoutColumn', 'bodiedExtension']);
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

/** What becomes of a node that stands in a `parent`. What is no node becomes nothing. */
export function cleaned(node: Node | null, how: Cleaning, parent = 'doc', depth = 0): readonly Node[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type } = node;
  if (how.isBoard(node)) return [];
  if (INSIDE[parent]?.includes(type) !== true || depth > DEEPEST || (isCard(type) && !isHarmless(node.attrs?.['url']))) {
    how.leave(String(type));
    return [];
  }
  if (type === 'text') return typeof node.text === 'string' && node.text !== '' ? how.words({ type, text: node.text, ...marksOf(node) }, parent === 'codeBlock') : [];
  const self = { type, ...attributes(node, how.id), ...marksOf(node) };
  if (INSIDE[type] === undefined) return [self];
  const content = (Array.isArray(node.content) ? (node.content as readonly (Node | null)[]) : []).flatMap((child) => cleaned(child, how, type, depth + 1));
  if (content.length > 0 || type === 'taskItem' || type === 'decisionItem') return [{ ...self, content }];
  if (WORDY.has(type)) return [self];
  // A list or a table is nothing without what it holds.
  return BOXES.has(type) ? [{ ...self, content: [EMPTY] }] : [];
}
