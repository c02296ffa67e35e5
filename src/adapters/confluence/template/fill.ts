/** A page people wrote, as the body of a new incident page: our board, what was known, and their words with the variables filled in. */
import { doc } from '@atlaskit/adf-utils/builders';
import { isBoard } from './board-node';
import { cleaned, type Node } from './clean';
import type { Block } from './nodes';

const VARIABLE = /\{\{\s*([A-Za-z][A-Za-z0-9_.-]{0,40})\s*\}\}/g;
const FACTS = /^\s*\{\{\s*facts\s*\}\}\s*$/;
const COMMANDER = 'commander';

export interface Given {
  /** By the name between the braces. */
  readonly values: Readonly<Record<string, string>>;
  /** Account of who leads; null: nobody yet, and `values` says so. */
  readonly commander: string | null;
  readonly board: Block;
  /** Stand in place of a line of `{{facts}}`, or below the board. */
  readonly facts: readonly Block[];
}
export interface Filled {
  readonly adf: ReturnType<typeof doc>;
  /** Variables nobody knows, as they are written; they stay on the page. */
  readonly unknown: readonly string[];
  /** Kinds of what may not stand on another page. */
  readonly leftOut: readonly string[];
}

const isFactsLine = ({ type, content }: Node): boolean => type === 'paragraph' && Array.isArray(content) && content.length === 1 && FACTS.test((content as Node['content'])?.[0]?.text ?? '');

function parsed(adf: string): readonly Node[] | null {
  try {
    const root = JSON.parse(adf) as { readonly type?: unknown; readonly content?: unknown } | null;
    if (root === null || root.type !== 'doc' || !Array.isArray(root.content)) return null;
    return (root.content as readonly (Node | null)[]).filter((node): node is Node => typeof node === 'object' && node !== null);
  } catch {
    return null;
  }
}

/** `adf`: a document as Confluence stores it. null: it is none. */
export function fillPage(adf: string, { values, commander, board, facts }: Given, id: () => string): Filled | null {
  const source = parsed(adf);
  if (source === null) return null;
  const unknown = new Set<string>();
  const leftOut = new Set<string>();
  const words = (node: Node & { readonly text: string }, plain: boolean): readonly Node[] => {
    const { text, ...rest } = node;
    const parts: Node[] = [];
    let open = '';
    const close = (): void => {
      if (open !== '') parts.push({ ...rest, text: open });
      open = '';
    };
    let from = 0;
    for (const match of text.matchAll(VARIABLE)) {
      const name = match[1] ?? '';
      open += text.slice(from, match.index);
      from = match.index + match[0].length;
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) unknown.add(match[0]);
      if (name === COMMANDER && commander !== null && !plain) {
        close();
        parts.push({ type: 'mention', attrs: { id: commander, text: '' } });
      } else open += value ?? match[0];
    }
    open += text.slice(from);
    close();
    return parts;
  };
  const how = { id, words, isBoard: (node: Node) => isBoard(node), leave: (kind: string) => void leftOut.add(kind) };
  // Nodes made by the builders and cleaned ones are one kind of thing once they are JSON.
  const ours = (blocks: readonly Block[]): readonly Node[] => JSON.parse(JSON.stringify(blocks)) as readonly Node[];
  const [boardAt, factsAt] = [source.findIndex(isBoard), source.findIndex(isFactsLine)];
  const head = [...ours([board]), ...(factsAt === -1 ? ours(facts) : [])];
  const body = source.flatMap((node, index) => (index === boardAt ? head : index === factsAt ? ours(facts) : cleaned(node, how)));
  const content = boardAt === -1 ? [...head, ...body] : body;
  return { adf: { ...doc(), content } as unknown as ReturnType<typeof doc>, unknown: [...unknown], leftOut: [...leftOut] };
}
