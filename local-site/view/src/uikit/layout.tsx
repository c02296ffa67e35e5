/** Boxes and rows. */
import { useEffect, type ComponentProps } from 'react';
import { Box as AtlaskitBox, Inline as AtlaskitInline, Stack as AtlaskitStack, xcss } from '@atlaskit/primitives';
import { report } from '../bridge/unmodelled';
import { XCSS } from './contract';
import { content, Nodes, plain, propsOf, type Drawing } from './draw';

type Styles = Parameters<typeof xcss>[0];
const settable = new Set<string>(XCSS);
const nested = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** What may be set, pseudo classes and media queries included; the rest by name. */
function sorted(styles: Readonly<Record<string, unknown>>): { readonly kept: Record<string, unknown>; readonly refused: readonly string[] } {
  const kept: Record<string, unknown> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(styles)) {
    if (nested(value) && /^[:@&]/.test(name)) {
      const inner = sorted(value);
      kept[name] = inner.kept;
      refused.push(...inner.refused);
    } else if (settable.has(name) && (name !== 'position' || value === 'relative' || value === 'static')) kept[name] = value;
    else refused.push(name);
  }
  return { kept, refused };
}

const Box: Drawing = ({ node }) => {
  const { xcss: styles, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitBox>, 'xcss' | 'children'> & { xcss?: Readonly<Record<string, unknown>> }>(node);
  const { kept, refused } = sorted(styles ?? {});
  const names = refused.join(' ');
  useEffect(() => {
    if (names !== '') void report(`UI Kit xcss ${names}`);
  }, [names]);
  return (
    <AtlaskitBox {...props} xcss={xcss(kept as Styles)}>
      <Nodes of={node.children} />
    </AtlaskitBox>
  );
};

const Inline: Drawing = ({ node }) => {
  const { separator, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitInline>, 'children'>>(node);
  return (
    <AtlaskitInline {...props} separator={typeof separator === 'string' ? separator : content(separator)}>
      {/* Each child is one cell, and the separator stands between them. */}
      {node.children.map((child) => (
        <Nodes key={child.key} of={[child]} />
      ))}
    </AtlaskitInline>
  );
};

export const layout = { Box, Inline, Stack: plain(AtlaskitStack) };
