/**
 * Variables filled in once more on a page that was made from a template. What people changed since it was made stays: only a block
 * that is to the letter what was first written is replaced. The facts of the beginning are a record and stay too.
 */
import type { PageFacts } from '../../../ports';
import type { MacroIdentity } from './board-node';
import { pageVariables, variables } from './draw';
import { line, type Block } from './nodes';
import { pageWith, type PageTools, type Said } from './page';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly id?: unknown };
  readonly content?: readonly Node[];
}
export interface Change {
  readonly was: Node;
  readonly now: Node;
}
export interface Again {
  /** The document with what could be replaced replaced, as text. */
  readonly adf: string;
  readonly changes: readonly Change[];
  /** What it would read today, were it not for what people wrote there or took away. */
  readonly kept: readonly Node[];
}

/** No text of anybody's holds it: the characters are private ones that `plainLine` keeps and nobody types. */
const ANY = '\uE000any\uE001';
const FACTS = '\uE000facts\uE001';

const blocksOf = (adf: string): readonly Node[] | null => {
  try {
    const { content } = JSON.parse(adf) as { readonly content?: unknown };
    return Array.isArray(content) ? (content as readonly Node[]) : null;
  } catch {
    return null;
  }
};
/** What is read of a block: its words, and who is mentioned. */
function wordsOf({ type, text, attrs, content = [] }: Node, mentions: boolean): string {
  if (type === 'mention') return mentions ? `@${String(attrs?.id)}` : '';
  return text ?? content.map((node) => wordsOf(node, mentions)).join('');
}

/** The blocks before and after the facts. */
function round(facts: PageFacts, given: Omit<Said, 'facts'>, macro: MacroIdentity, tools: PageTools): { readonly before: readonly Node[]; readonly after: readonly Node[] } {
  const adf = JSON.stringify(pageWith(facts, { ...given, facts: [line(FACTS) as Block] }, macro, tools));
  const all = blocksOf(adf) ?? [];
  const at = all.findIndex((node) => wordsOf(node, false) === FACTS);
  return at === -1 ? { before: all, after: [] } : { before: all.slice(0, at), after: all.slice(at + 1) };
}
const anything = (known: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(Object.keys(known).map((name) => [name, ANY]));

/** Whether a block can be what the template held with some value or other for each variable. */
function mayBe(block: Node, open: Node): boolean {
  if (block.type !== open.type) return false;
  const [first = '', ...rest] = wordsOf(open, false).split(ANY);
  const text = wordsOf(block, false);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/**
 * `first`: the document as the page was made with it, `present`: as it is published now, both as text; `facts`: as they are now.
 * null: it was not made from this template, or that cannot be told.
 */
export function again(first: string, present: string, facts: PageFacts, macro: MacroIdentity, tools: PageTools): Again | null {
  const [made, there] = [blocksOf(first), blocksOf(present)];
  if (made === null || there === null) return null;
  const now = round(facts, { known: variables(facts, tools.texts), values: pageVariables(facts, tools.texts) }, macro, tools);
  const known = anything(variables(facts, tools.texts));
  const open = round({ ...facts, commander: null }, { known, values: anything(pageVariables(facts, tools.texts)) }, macro, tools);
  if (made.length < now.before.length + now.after.length) return null;
  const pairs = [
    ...now.before.map((next, index) => ({ next, open: open.before[index], was: made[index] })),
    ...now.after.map((next, index) => ({ next, open: open.after[index], was: made[made.length - now.after.length + index] })),
  ];
  const content = [...there];
  const changes: Change[] = [];
  const kept: Node[] = [];
  let strange = 0;
  for (const { next, open: shape, was } of pairs) {
    if (was === undefined || shape === undefined || !mayBe(was, shape)) {
      strange += 1;
      continue;
    }
    if (wordsOf(was, true) === wordsOf(next, true)) continue;
    const text = JSON.stringify(was);
    const at = content.findIndex((node) => JSON.stringify(node) === text);
    if (at !== -1) {
      content[at] = next;
      changes.push({ was, now: next });
    } else if (!content.some((node) => wordsOf(node, true) === wordsOf(next, true))) kept.push(next);
  }
  // A later version of the app may say a few things differently; where most is strange it was another template.
  if (strange * 2 > pairs.length) return null;
  return { adf: JSON.stringify({ ...(JSON.parse(present) as object), content }), changes, kept };
}
