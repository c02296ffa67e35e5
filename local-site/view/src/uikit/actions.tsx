/** Buttons. */
import type { ComponentProps } from 'react';
import { ButtonGroup as AtlaskitGroup } from '@atlaskit/button';
import AtlaskitButton, { LinkButton as AtlaskitLinkButton } from '@atlaskit/button/new';
import { go, isOurs, siteAddress } from '../router';
import { Nodes, plain, propsOf, type Drawing } from './draw';
import { useIcon } from './icons';

type Appearance = 'default' | 'danger' | 'discovery' | 'primary' | 'subtle' | 'warning';
interface ButtonProps extends Omit<ComponentProps<typeof AtlaskitButton>, 'appearance' | 'spacing' | 'iconBefore' | 'iconAfter' | 'children'> {
  readonly appearance?: Appearance | 'link' | 'subtle-link';
  readonly spacing?: 'default' | 'compact' | 'none';
  readonly iconBefore?: string;
  readonly iconAfter?: string;
}
/** Link appearances and the missing padding went with the older button; the nearest of the new one stand for them. */
const look = ({ appearance, spacing }: { readonly appearance: ButtonProps['appearance'] | undefined; readonly spacing: ButtonProps['spacing'] | undefined }): { appearance?: Appearance; spacing?: 'default' | 'compact' } => ({
  ...(appearance === undefined ? {} : { appearance: appearance === 'link' || appearance === 'subtle-link' ? 'subtle' : appearance }),
  ...(spacing === undefined ? {} : { spacing: spacing === 'none' ? 'compact' : spacing }),
});

const Button: Drawing = ({ node }) => {
  const { appearance, spacing, iconBefore, iconAfter, children: _children, ...props } = propsOf<ButtonProps>(node);
  const before = useIcon(iconBefore);
  const after = useIcon(iconAfter);
  return (
    <AtlaskitButton {...props} {...look({ appearance, spacing })} {...(before ? { iconBefore: before } : {})} {...(after ? { iconAfter: after } : {})}>
      <Nodes of={node.children} />
    </AtlaskitButton>
  );
};

const LinkButton: Drawing = ({ node }) => {
  const { href, appearance, spacing, children: _children, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitLinkButton>, 'appearance' | 'spacing'> & ButtonProps>(node);
  const address = siteAddress(href) ?? '#';
  return (
    <AtlaskitLinkButton
      {...props}
      {...look({ appearance, spacing })}
      href={address}
      onClick={(event, analytics) => {
        props.onClick?.(event, analytics);
        if (!address.startsWith('/') || !isOurs(new URL(address, window.location.origin).pathname) || props.target === '_blank' || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(address);
      }}
    >
      <Nodes of={node.children} />
    </AtlaskitLinkButton>
  );
};

export const actions = { Button, LinkButton, LoadingButton: Button, ButtonGroup: plain(AtlaskitGroup) };
