/** A screen of a UI Kit surface, as `@forge/react` sends it on every commit: a tree of named nodes. */
export interface ForgeDoc {
  readonly type: string;
  /** The same node keeps its key from commit to commit. */
  readonly key: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly ForgeDoc[];
}

const record = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Throws for anything that is no such tree. */
export function parseDoc(raw: unknown): ForgeDoc {
  if (!record(raw) || typeof raw['type'] !== 'string' || typeof raw['key'] !== 'string' || !record(raw['props']) || !Array.isArray(raw['children'])) {
    throw new Error('reconcile sent something that is no ForgeDoc');
  }
  return { type: raw['type'], key: raw['key'], props: raw['props'], children: raw['children'].map(parseDoc) };
}

const textNode = (text: string, key: string): ForgeDoc => ({ type: 'String', key, props: { text }, children: [] });

/**
 * Nodes of a prop that holds elements (`actions`, `primaryAction`): these travel as React elements, not as nodes.
 * A prop that holds text gives a text node; anything else nothing.
 */
export function nodesOf(value: unknown): readonly ForgeDoc[] {
  return list(value).flatMap((item, index): readonly ForgeDoc[] => {
    if (typeof item === 'string' || typeof item === 'number') return [textNode(String(item), String(index))];
    if (Array.isArray(item)) return nodesOf(item);
    if (!record(item) || typeof item['type'] !== 'string' || !record(item['props'])) return [];
    const { children, ...props } = item['props'];
    return [{ type: item['type'], key: typeof item['key'] === 'string' ? item['key'] : String(index), props, children: nodesOf(children) }];
  });
}

/** The text below a node, without what is around it. */
export function textBelow(node: ForgeDoc): string {
  return node.type === 'String' ? String(node.props['text'] ?? '') : node.children.map(textBelow).join('');
}
