/**
 * Parts the app put on a page, told from what people wrote. Each is an `expand` whose `localId` names incident, part and the hash of
 * what was written; whatever does not hash to that any more is people's, all of it.
 */
import { createHash } from 'node:crypto';
import type { Node } from '../template/clean';

export type { Node };

/** Attributes that say nothing beyond what their absence says; editors add and drop them at will. */
const NOTHING: readonly unknown[] = [null, undefined, false, '', 'default'];
function attributes(attrs: Readonly<Record<string, unknown>> = {}): readonly (readonly [string, unknown])[] {
  return Object.entries(attrs).filter(([name, value]) => name !== 'localId' && !NOTHING.includes(value)).sort(([a], [b]) => (a < b ? -1 : 1));
}
/** Runs of text with the same marks are one, as an editor makes them. */
function joined(content: readonly Node[]): readonly Node[] {
  return content.reduce<Node[]>((so, node) => {
    const last = so.at(-1);
    if (last?.type === 'text' && node.type === 'text' && JSON.stringify(marksOf(last)) === JSON.stringify(marksOf(node))) return [...so.slice(0, -1), { ...last, text: `${last.text ?? ''}${node.text ?? ''}` }];
    return [...so, node];
  }, []);
}
const marksOf = ({ marks = [] }: Node): readonly unknown[] => marks.map(({ type, attrs }) => [type, attributes(attrs)]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
function normal(node: Node): unknown {
  const { type, text, attrs, content } = node;
  return [type, text ?? null, attributes(attrs), marksOf(node), Array.isArray(content) ? joined(content as readonly Node[]).map(normal) : []];
}
const LENGTH = 24;
/** Of what a reader sees of the node, whatever ids and defaults an editor gave it. */
export const hashOf = (node: Node): string => createHash('sha256').update(JSON.stringify(normal(node))).digest('hex').slice(0, LENGTH);

const short = (incidentId: string): string => createHash('sha256').update(incidentId).digest('hex').slice(0, 12);
const markOf = (incidentId: string, part: string): string => `review-${short(incidentId)}-${part}-`;
/** The node with its name; what it holds decides the name. */
export function marked(node: Node, incidentId: string, part: string): Node {
  return { ...node, attrs: { ...node.attrs, localId: `${markOf(incidentId, part)}${hashOf(node)}` } };
}

export interface Standing {
  /** `own`: as the app wrote it; `edited`: it was the app's, and people changed it. */
  readonly is: 'own' | 'edited';
  /** Of what the app wrote: Confluence may store it in another form. */
  readonly written: string;
  /** Of what stands there now. */
  readonly hash: string;
}
/** null: it never was this part. `hashes`: of what stood there right after the app wrote it. */
export function standing(node: Node, incidentId: string, part: string, hashes: readonly string[]): Standing | null {
  if (node.type !== 'expand') return null;
  const localId = node.attrs?.['localId'];
  const mark = markOf(incidentId, part);
  const named = typeof localId === 'string' && localId.startsWith(mark) ? localId.slice(mark.length) : null;
  const hash = hashOf(node);
  if (hash === named || hashes.includes(hash)) return { is: 'own', written: named ?? hash, hash };
  return named === null ? null : { is: 'edited', written: named, hash };
}
