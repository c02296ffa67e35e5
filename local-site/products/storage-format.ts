/** Documents in Confluence's storage format, the form in which its v1 API shows the bodies of templates. */
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly Node[];
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

const ELEMENTS: Readonly<Record<string, string>> = { paragraph: 'p', bulletList: 'ul', orderedList: 'ol', listItem: 'li', tableRow: 'tr', tableHeader: 'th', tableCell: 'td', blockquote: 'blockquote' };
const MARKS: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', code: 'code', underline: 'u', strike: 'del' };

function marked({ text = '', marks = [] }: Node): string {
  return marks.reduce((inside, { type, attrs }) => (type === 'link' ? `<a href="${escaped(String(attrs?.['href'] ?? ''))}">${inside}</a>` : MARKS[type] === undefined ? inside : element(MARKS[type], inside)), escaped(text));
}
function value(name: string, given: unknown, tag: 'attribute' | 'parameter'): string {
  const inside = typeof given === 'object' && given !== null ? Object.entries(given).map(([key, inner]) => value(key, inner, 'parameter')).join('') : escaped(String(given));
  return `<ac:adf-${tag} key="${kebab(name)}">${inside}</ac:adf-${tag}>`;
}

/** What the old format has no element for stands in it as the node it is. */
function kept(node: Node): string {
  const attributes = Object.entries(node.attrs ?? {}).map(([name, given]) => value(name, given, 'attribute')).join('');
  const inside = node.content === undefined ? '' : element('ac:adf-content', all(node.content));
  return element('ac:adf-extension', `<ac:adf-node type="${kebab(node.type)}">${attributes}${inside}</ac:adf-node>`);
}
function one(node: Node): string {
  const inside = all(node.content ?? []);
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'heading':
      return element(`h${String(node.attrs?.['level'] ?? 1)}`, inside);
    case 'table':
      return element('table', element('tbody', inside));
    case 'taskList':
      return element('ac:task-list', inside);
    case 'taskItem':
      return element('ac:task', `${element('ac:task-status', node.attrs?.['state'] === 'DONE' ? 'complete' : 'incomplete')}${element('ac:task-body', inside)}`);
    case 'hardBreak':
      return '<br />';
    case 'rule':
      return '<hr />';
    default:
      return ELEMENTS[node.type] === undefined ? kept(node) : element(ELEMENTS[node.type] ?? '', inside);
  }
}
const all = (nodes: readonly Node[]): string => nodes.map(one).join('');

/** `doc`: a valid document. */
export const storageOf = (doc: unknown): string => all((doc as Node).content ?? []);
