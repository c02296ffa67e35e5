/** Puts parts into a document and brings those there are up to date. Every other node stays the very same. */
import type { FillDid, FillPlace, FillSection, FillState } from '../../../contract';
import { hashOf, marked, standing, type Node, type Standing } from './own-part';

/** A part as it would be written now. */
export interface Part {
  readonly id: FillSection;
  /** An `expand` without a `localId`. */
  readonly node: Node;
}
/** What is known of what was written before, by part. */
export type Hashes = Readonly<Record<string, readonly string[]>>;
export interface Inserted {
  readonly did: readonly { readonly id: FillSection; readonly did: FillDid }[];
  /** The document with the parts; null: nothing is to be written. */
  readonly doc: Node | null;
}

const children = ({ content }: Node): readonly Node[] => (Array.isArray(content) ? (content as readonly Node[]) : []);
const isNode = (node: unknown): node is Node => typeof node === 'object' && node !== null && typeof (node as { type?: unknown }).type === 'string';

/** The document, or null for what is none. `adf`: as Confluence stores it. */
export function parsed(adf: string): Node | null {
  try {
    const root: unknown = JSON.parse(adf);
    return isNode(root) && root.type === 'doc' && Array.isArray(root.content) ? root : null;
  } catch {
    return null;
  }
}

type Standings = Standing & { readonly node: Node };
/** Where the part stands: one nobody changed before one that somebody did, as after a copy. */
function find(doc: Node, incidentId: string, part: string, hashes: readonly string[]): Standings | null {
  let edited: Standings | null = null;
  const look = (node: Node): Standings | null => {
    const found = standing(node, incidentId, part, hashes);
    if (found?.is === 'own') return { ...found, node };
    if (found !== null) edited ??= { ...found, node };
    for (const child of children(node)) {
      const own = isNode(child) ? look(child) : null;
      if (own !== null) return own;
    }
    return null;
  };
  return look(doc) ?? edited;
}
/** What stands of each part, by its hash, right after it was written. */
export const hashesIn = (doc: Node, parts: readonly Part[], incidentId: string): Readonly<Record<string, string>> =>
  Object.fromEntries(parts.flatMap(({ id, node }) => {
    const found = find(doc, incidentId, id, []);
    return found?.written === hashOf(node) ? [[id, found.hash]] : [];
  }));

/** How each part stands in the document. */
export function standings(doc: Node, parts: readonly Part[], incidentId: string, known: Hashes): ReadonlyMap<FillSection, FillState> {
  return new Map(
    parts.map(({ id, node }) => {
      const found = find(doc, incidentId, id, known[id] ?? []);
      return [id, found === null ? 'absent' : found.is === 'edited' ? 'edited' : found.written === hashOf(node) ? 'current' : 'outdated'];
    }),
  );
}

function replaced(node: Node, from: Node, to: Node): Node {
  if (node === from) return to;
  const before = children(node);
  const after = before.map((child) => (isNode(child) ? replaced(child, from, to) : child));
  return after.some((child, index) => child !== before[index]) ? { ...node, content: after } : node;
}

const textOf = (node: Node): string => (typeof node.text === 'string' ? node.text : children(node).filter(isNode).map(textOf).join(''));
export interface Heading extends FillPlace {
  readonly level: number;
}
/** Where a part may stand: the page itself, and columns of its layouts. */
const HOLDS = new Set(['doc', 'layoutSection', 'layoutColumn']);
const PLACES = 200;
const HEADING = 200;

interface Found extends Heading {
  readonly box: Node;
  readonly index: number;
}
function headingsIn(doc: Node): readonly Found[] {
  const found: Found[] = [];
  const counts = new Map<string, number>();
  const look = (box: Node): void => {
    for (const [index, node] of children(box).entries()) {
      if (!isNode(node)) continue;
      if (HOLDS.has(node.type)) look(node);
      const heading = node.type === 'heading' && box.type !== 'layoutSection' ? textOf(node).trim() : '';
      if (heading === '' || heading.length > HEADING) continue;
      const nth = counts.get(heading) ?? 0;
      counts.set(heading, nth + 1);
      const level = node.attrs?.['level'];
      found.push({ heading, nth, level: typeof level === 'number' ? level : 1, box, index });
    }
  };
  look(doc);
  return found;
}
export const headings = (doc: Node): readonly Heading[] => headingsIn(doc).slice(0, PLACES).map(({ heading, nth, level }) => ({ heading, nth, level }));

/** With the nodes at the end of what stands below the heading, or of the page. null: there is no such heading. */
function placed(doc: Node, place: FillPlace | null, nodes: readonly Node[]): Node | null {
  if (nodes.length === 0) return doc;
  if (place === null) return { ...doc, content: [...children(doc), ...nodes] };
  const at = headingsIn(doc).find(({ heading, nth }) => heading === place.heading && nth === place.nth);
  if (at === undefined) return null;
  const all = children(at.box);
  const next = all.findIndex((node, index) => index > at.index && isNode(node) && (node.type === 'heading' || node.type === 'layoutSection'));
  const end = next === -1 ? all.length : next;
  return replaced(doc, at.box, { ...at.box, content: [...all.slice(0, end), ...nodes, ...all.slice(end)] });
}

/** The parts in the document, each once. null: `place` is not there, and something was to be put there. */
export function insert(doc: Node, parts: readonly Part[], { incidentId, known, place }: { readonly incidentId: string; readonly known: Hashes; readonly place: FillPlace | null }): Inserted | null {
  let so = doc;
  const fresh: Node[] = [];
  const did = parts.map(({ id, node }): Inserted['did'][number] => {
    const found = find(so, incidentId, id, known[id] ?? []);
    const own = marked(node, incidentId, id);
    if (found === null) {
      fresh.push(own);
      return { id, did: 'inserted' };
    }
    if (found.is === 'edited') return { id, did: 'kept' };
    if (found.written === hashOf(node)) return { id, did: 'unchanged' };
    so = replaced(so, found.node, own);
    return { id, did: 'updated' };
  });
  const whole = placed(so, place, fresh);
  return whole === null ? null : { did, doc: whole === doc ? null : whole };
}
