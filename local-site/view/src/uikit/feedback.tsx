/** What tells a state. */
import type { ComponentProps } from 'react';
import AtlaskitBadge from '@atlaskit/badge';
import AtlaskitEmptyState from '@atlaskit/empty-state';
import Lozenge from '@atlaskit/lozenge';
import ProgressBar from '@atlaskit/progress-bar';
import AtlaskitSectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import AtlaskitTag from '@atlaskit/tag';
import AtlaskitTooltip from '@atlaskit/tooltip';
import { content, Node, Nodes, plain, propsOf, slots, type Drawing } from './draw';
import { nodesOf, textBelow } from './doc';
import { useIcon } from './icons';

/** The number is compared with `max`, so it must be one again. */
const Badge: Drawing = ({ node }) => {
  const text = textBelow(node);
  return <AtlaskitBadge {...propsOf<Omit<ComponentProps<typeof AtlaskitBadge>, 'children'>>(node)}>{text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text}</AtlaskitBadge>;
};

const Tag: Drawing = ({ node }) => {
  return <AtlaskitTag {...propsOf<ComponentProps<typeof AtlaskitTag>>(node)} {...slots(node, 'elemBefore')} />;
};
const TagGroup: Drawing = ({ node }) => (
  <div className={`uikit-tags ${node.props['alignment'] === 'end' ? 'uikit-tags-end' : ''}`}>
    <Nodes of={node.children} />
  </div>
);

const SectionMessage: Drawing = ({ node }) => {
  const { actions, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitSectionMessage>, 'children'>>(node);
  return (
    <AtlaskitSectionMessage {...props} actions={nodesOf(actions).map((action) => <Node key={action.key} node={action} />)}>
      <Nodes of={node.children} />
    </AtlaskitSectionMessage>
  );
};

const EmptyState: Drawing = ({ node }) => (
  <AtlaskitEmptyState {...propsOf<ComponentProps<typeof AtlaskitEmptyState>>(node)} {...slots(node, 'description', 'primaryAction', 'secondaryAction', 'tertiaryAction')} />
);

const Tooltip: Drawing = ({ node }) => {
  const { content: words, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitTooltip>, 'children'>>(node);
  return (
    <AtlaskitTooltip {...props} tag="span" content={content(words) ?? null}>
      <Nodes of={node.children} />
    </AtlaskitTooltip>
  );
};

/** `color` is a design token's name. */
const Icon: Drawing = ({ node }) => {
  const { glyph, label, color, size } = propsOf<{ glyph?: string; label?: string; color?: string; size?: 'small' | 'medium' | 'large' }>(node);
  const Drawn = useIcon(glyph);
  if (!Drawn) return null;
  const variable = color === undefined ? 'currentColor' : (`var(--ds-${color.replace(/^color\./, '').replaceAll('.', '-')})` as 'currentColor');
  return <Drawn label={label ?? ''} color={variable} size={size === 'small' ? 'small' : 'medium'} />;
};

export const feedback = {
  Badge, EmptyState, Icon, Lozenge: plain(Lozenge), ProgressBar: plain(ProgressBar), SectionMessage, SectionMessageAction: plain(SectionMessageAction),
  Spinner: plain(Spinner), Tag, TagGroup, Tooltip,
};
