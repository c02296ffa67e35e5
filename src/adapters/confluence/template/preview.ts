/** A page reduced to its lines, for somebody who wants to know what a template holds before it is made. */
import type { PreviewLine } from '../../../contract';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly level?: number; readonly title?: string; readonly text?: string };
  readonly content?: readonly Node[];
}

const textOf = (node: Node): string => node.text ?? (node.content ?? []).map(textOf).join('');
const row = (cells: readonly Node[]): string => cells.map(textOf).filter((text) => text !== '').join(' · ');

function linesOf(node: Node): readonly PreviewLine[] {
  const inside = node.content ?? [];
  switch (node.type) {
    case 'extension':
      return [{ is: 'board', text: node.attrs?.text ?? '' }];
    case 'heading':
      return [{ is: (node.attrs?.level ?? 3) < 3 ? 'title' : 'part', text: textOf(node) }];
    case 'paragraph':
      return [{ is: 'text', text: textOf(node) }];
    case 'taskItem':
      return [{ is: 'task', text: textOf(node) }];
    case 'tableRow':
      return [{ is: 'row', text: row(inside) }];
    case 'expand':
      return [{ is: 'part', text: node.attrs?.title ?? '' }, ...inside.flatMap(linesOf)];
    default:
      return inside.flatMap(linesOf);
  }
}

/** `adf`: a document as it would be stored. */
export function previewOf(adf: object): readonly PreviewLine[] {
  // The builders' types are per node; what is read here is the stored form.
  const root = JSON.parse(JSON.stringify(adf)) as Node;
  return linesOf(root).filter(({ text }) => text !== '');
}
