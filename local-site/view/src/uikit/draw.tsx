/** Draws the nodes of a surface: known ones by their component, unknown ones as a refusal with their name. */
import { createContext, useContext, useEffect, type ComponentType, type ReactElement, type ReactNode } from 'react';
import { report } from '../bridge/unmodelled';
import { useWords } from '../words';
import { DRAWN, REFUSED, type Component } from './contract';
import { nodesOf, type ForgeDoc } from './doc';
import { handler } from './events';

export type Drawing = ComponentType<{ readonly node: ForgeDoc }>;
interface Drawings {
  readonly byType: Readonly<Partial<Record<string, Drawing>>>;
  /** A handler of the app threw. */
  fail(message: string): void;
}
export const Drawings = createContext<Drawings>({ byType: {}, fail: () => undefined });

export function Node({ node }: { readonly node: ForgeDoc }): ReactElement {
  const { byType, fail } = useContext(Drawings);
  useEffect(() => refusedProps(node).forEach(tellOnce));
  if (node.type === 'String') return <>{String(node.props['text'] ?? '')}</>;
  const Drawn = Object.hasOwn(byType, node.type) ? byType[node.type] : undefined;
  return Drawn ? <Drawn node={{ ...node, props: drawnProps(node, fail) }} /> : <Unknown node={node} />;
}

export function Nodes({ of }: { readonly of: readonly ForgeDoc[] }): ReactElement {
  return (
    <>
      {of.map((node) => (
        <Node key={node.key} node={node} />
      ))}
    </>
  );
}

/** What a prop that may hold text or elements shows; undefined when it holds nothing. */
export function content(value: unknown): ReactElement | undefined {
  const nodes = nodesOf(value);
  return nodes.length === 0 ? undefined : <Nodes of={nodes} />;
}

/** Props that hold elements, drawn; the absent ones stay absent. */
export function slots<Name extends string>({ props }: ForgeDoc, ...names: readonly Name[]): { readonly [Key in Name]?: ReactElement } {
  const drawn = names.map((name) => [name, content(props[name])] as const).filter(([, element]) => element !== undefined);
  return Object.fromEntries(drawn) as { [Key in Name]?: ReactElement };
}

/** The props as the drawn component types them. They were picked by the contract, and its values are the app's to get right. */
export function propsOf<P>(node: ForgeDoc): P & { readonly children?: ReactNode } {
  return node.props as P & { readonly children?: ReactNode };
}

/** A component that takes its props and children as they are. */
export function plain<P extends object>(Component_: ComponentType<P>): Drawing {
  return function Plain({ node }) {
    const props = propsOf<P>(node);
    return node.children.length === 0 ? (
      <Component_ {...props} />
    ) : (
      <Component_ {...props}>
        <Nodes of={node.children} />
      </Component_>
    );
  };
}

const isComponent = (type: string): type is Component => Object.hasOwn(DRAWN, type);
const told = new Set<string>();
function tellOnce(what: string): void {
  if (told.has(what)) return;
  told.add(what);
  void report(what);
}

function refusedProps({ type, props }: ForgeDoc): string[] {
  const refused: readonly string[] = Object.hasOwn(REFUSED, type) ? REFUSED[type as keyof typeof REFUSED] : [];
  return refused.filter((name) => props[name] !== undefined).map((name) => `UI Kit prop ${type}.${name}`);
}

function drawnProps({ type, props }: ForgeDoc, fail: Drawings['fail']): ForgeDoc['props'] {
  if (!isComponent(type)) return {};
  const drawn: readonly string[] = DRAWN[type];
  const entries = drawn.flatMap((name) => (props[name] === undefined ? [] : [[name, props[name]] as const]));
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'function' ? handler(value as (...args: unknown[]) => unknown, fail) : value]));
}

/** Says so, and shows what stands in it. */
function Unknown({ node: { type, children } }: { readonly node: ForgeDoc }): ReactElement {
  const say = useWords();
  useEffect(() => tellOnce(`UI Kit component ${type}`), [type]);
  return (
    <>
      <div className="notice notice-error" role="alert">
        {say('unknownComponent', { name: type })}
      </div>
      <Nodes of={children} />
    </>
  );
}
