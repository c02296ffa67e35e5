/** Words: text, headings, links, code, lists. */
import { createContext, useContext, type ComponentProps, type ReactElement } from 'react';
import { Code, CodeBlock } from '@atlaskit/code';
import AtlaskitHeading from '@atlaskit/heading';
import { Text as AtlaskitText } from '@atlaskit/primitives';
import { Link as SiteLink, siteAddress } from '../router';
import { Nodes, plain, propsOf, type Drawing } from './draw';
import type { ForgeDoc } from './doc';

/** A Text is a paragraph of its own, except within other words. */
const WithinWords = createContext(false);

function Words({ of }: { readonly of: readonly ForgeDoc[] }): ReactElement {
  return (
    <WithinWords.Provider value={true}>
      <Nodes of={of} />
    </WithinWords.Provider>
  );
}

const Text: Drawing = ({ node }) => {
  const within = useContext(WithinWords);
  const { as, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitText>, 'as' | 'children'> & { as?: 'span' | 'p' | 'strong' | 'em' | 'strike' }>(node);
  const words = <Words of={node.children} />;
  return (
    <AtlaskitText {...props} as={as === undefined || as === 'strike' ? (within ? 'span' : 'p') : as}>
      {as === 'strike' ? <s>{words}</s> : words}
    </AtlaskitText>
  );
};

type Size = 'xxlarge' | 'xlarge' | 'large' | 'medium' | 'small' | 'xsmall' | 'xxsmall';
const SIZE: Readonly<Record<string, Size>> = { h1: 'xlarge', h2: 'large', h3: 'medium', h4: 'small', h5: 'xsmall', h6: 'xxsmall' };
const Heading: Drawing = ({ node }) => {
  const props = propsOf<Omit<ComponentProps<typeof AtlaskitHeading>, 'size' | 'children'> & { size?: Size }>(node);
  return (
    <AtlaskitHeading {...props} size={props.size ?? SIZE[props.as ?? ''] ?? 'medium'}>
      <Words of={node.children} />
    </AtlaskitHeading>
  );
};

const tag = (Tag: 'strong' | 'em' | 's'): Drawing =>
  function Marked({ node }) {
    return (
      <Tag>
        <Words of={node.children} />
      </Tag>
    );
  };

const Link: Drawing = ({ node }) => {
  const { href, openNewTab } = propsOf<{ href?: string; openNewTab?: boolean }>(node);
  const address = siteAddress(href);
  const words = <Words of={node.children} />;
  if (address === undefined) return words;
  return (
    <SiteLink href={address} className="uikit-link" {...(openNewTab ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
      {words}
    </SiteLink>
  );
};

const List: Drawing = ({ node }) => {
  const Tag = node.props['type'] === 'ordered' ? 'ol' : 'ul';
  return (
    <Tag className="uikit-list">
      <Nodes of={node.children} />
    </Tag>
  );
};
const ListItem: Drawing = ({ node }) => (
  <li>
    <Words of={node.children} />
  </li>
);

export const text = { Text, Heading, Strong: tag('strong'), Em: tag('em'), Strike: tag('s'), Link, List, ListItem, Code: plain(Code), CodeBlock: plain(CodeBlock) };
