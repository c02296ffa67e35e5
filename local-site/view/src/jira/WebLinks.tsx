/** Links from the issue to pages elsewhere; those whose end is done are struck through. */
import type { ReactElement } from 'react';
import { IconButton } from '@atlaskit/button/new';
import CloseIcon from '@atlaskit/icon/core/close';
import LinkIcon from '@atlaskit/icon/core/link';
import DoneIcon from '@atlaskit/icon/core/status-success';
import type { RemoteLinkForWeb } from '../../../products/issues-for-web';
import type { IssueView } from '../../../web/api-types';
import { Link, siteAddress } from '../router';
import { useWords } from '../words';

export function WebLinks({ issue, onRemove }: { readonly issue: IssueView; readonly onRemove: (link: RemoteLinkForWeb) => void }): ReactElement | null {
  const say = useWords();
  if (issue.remoteLinks.length === 0) return null;
  const groups = [...new Set(issue.remoteLinks.map((link) => link.relationship ?? ''))];
  return (
    <section className="issue-section" aria-label={say('webLinks')}>
      <h2>{say('webLinks')}</h2>
      {groups.map((group) => (
        <div key={group}>
          {group === '' ? null : <h3 className="issue-links-group">{group}</h3>}
          <ul className="issue-links">
            {issue.remoteLinks
              .filter((link) => (link.relationship ?? '') === group)
              .map((link) => (
                <li key={link.id}>
                  {link.resolved ? <DoneIcon label={say('linkResolved')} color="var(--ds-icon-success)" /> : <LinkIcon label="" color="var(--ds-icon-subtle)" />}
                  <Target link={link} />
                  {issue.canEdit ? <IconButton icon={CloseIcon} appearance="subtle" spacing="compact" label={say('removeLink', { title: link.title })} onClick={() => onRemove(link)} /> : null}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Target({ link }: { readonly link: RemoteLinkForWeb }): ReactElement {
  const href = siteAddress(link.url);
  const title = link.resolved ? <s>{link.title}</s> : link.title;
  if (href === undefined) return <span>{title}</span>;
  return <Link href={href} {...(href.startsWith('/') ? {} : { target: '_blank', rel: 'noopener noreferrer' })}>{title}</Link>;
}
