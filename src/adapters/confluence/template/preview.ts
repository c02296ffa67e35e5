/** A page reduced to its lines, for somebody who wants to know what a template holds before it is made. */
import type { PreviewLine } from '../../../contract';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly level?: number; readonly title?: string; readonly text?: string; readonly id?: string };
  readonly content?: readonly Node[];
}

const textOf = (node: Node): string => node.text ?? (node.content ?? []).map(textOf).join('');
const row = (cells: readonly Node[]): string => cells.map(textOf).filter((text) => text !== '').join(' · ');

const mentioned = (node: Node): readonly string[] => [...(node.type === 'mention' && node.attrs?.id !== undefined ? [node.attrs.id] : []), ...(node.content ?? []).flatMap(mentioned)];
function told(is: PreviewLine['is'], text: string, node: Node): PreviewLine {
  const people = mentioned(node);
  return people.length === 0 ? { is, text } : { is, text, people };
}

function linesOf(node: Node): readonly PreviewLine[] {
  const inside = node.content ?? [];
  switch (node.type) {
    case 'extension':
      return [{ is: 'board', text: node.attrs?.text ?? '' }];
    case 'heading':
      return [{ is: (node.attrs?.level ?? 3) < 3 ? 'title' : 'part', text: textOf(node) }];
    case 'paragraph':
      return [told('text', textOf(node), node)];
    case 'taskItem':
      return [told('task', textOf(node), node)];
    case 'tableRow':
      return [told('row', row(inside), node)];
    case 'expand':
      return [{ is: 'part', text: node.attrs?.title ?? '' }, ...inside.flatMap(linesOf)];
    default:
      return inside.flatMap(linesOf);
  }
}

/** `blocks`: as stored. */
export const linesOfBlocks = (blocks: readonly object[]): readonly PreviewLine[] => (blocks as readonly Node[]).flatMap(linesOf).filter(({ text, people }) => text !== '' || people !== undefined);

/** `adf`: a document as it would be stored. */
export function previewOf(adf: object): readonly PreviewLine[] {
  // The builders' types are per node; what is read here is the stored form.
  return linesOfBlocks([JSON.parse(JSON.stringify(adf)) as Node]);
}
