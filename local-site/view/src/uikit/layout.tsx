/** Boxes and rows. */
import { useEffect, type ComponentProps } from 'react';
import { Box as AtlaskitBox, Inline as AtlaskitInline, Pressable as AtlaskitPressable, Stack as AtlaskitStack, xcss } from '@atlaskit/primitives';
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

interface Styled {
  readonly xcss?: Readonly<Record<string, unknown>>;
}
function useStyles(styles: Styled['xcss']): ReturnType<typeof xcss> {
  const { kept, refused } = sorted(styles ?? {});
  const names = refused.join(' ');
  useEffect(() => {
    if (names !== '') void report(`UI Kit xcss ${names}`);
  }, [names]);
  return xcss(kept as Styles);
}

const Box: Drawing = ({ node }) => {
  const { xcss: styles, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitBox>, 'xcss' | 'children'> & Styled>(node);
  return (
    <AtlaskitBox {...props} xcss={useStyles(styles)}>
      <Nodes of={node.children} />
    </AtlaskitBox>
  );
};

const Pressable: Drawing = ({ node }) => {
  const { xcss: styles, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitPressable>, 'xcss' | 'children'> & Styled>(node);
  return (
    <AtlaskitPressable {...props} xcss={useStyles(styles)}>
      <Nodes of={node.children} />
    </AtlaskitPressable>
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

export const layout = { Box, Inline, Pressable, Stack: plain(AtlaskitStack) };
