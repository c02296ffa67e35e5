import type { ReactElement } from 'react';
import PageIcon from '@atlaskit/icon/core/page';
import TemplateIcon from '@atlaskit/icon/core/pages';
import type { SpacePages, TemplateLink } from '../../../web/api-types';
import { BylineItem } from '../parts/Byline';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { Link, useTitle } from '../router';
import { useApi } from '../session';
import { useTime, useWords } from '../words';
import { templatePath } from './Template';

export function Space({ spaceKey }: { readonly spaceKey: string }): ReactElement {
  const say = useWords();
  const when = useTime();
  const { loaded, reload } = useApi<SpacePages>(`/__web/spaces/${encodeURIComponent(spaceKey)}`);
  const { loaded: listed } = useApi<readonly TemplateLink[]>('/__web/templates');
  const templates = (listed.state === 'ready' ? listed.value : []).filter((template) => template.spaceKey === null || template.spaceKey === spaceKey);
  useTitle(loaded.state === 'ready' ? loaded.value.space.name : null);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('spaceNotFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const { space, pages } = loaded.value;
  return (
    <div className="sheet">
      <p className="crumbs">{say('spaces')}</p>
      <h1 className="page-title">{space.name}</h1>
      {space.canCreate ? <Link href={`/wiki/spaces/${space.key}/trash`}>{say('trash')}</Link> : null}
      <h2 className="section-title">{say('pages')}</h2>
      {pages.length === 0 ? <p className="quiet">{say('noPages')}</p> : null}
      <ul className="page-list">
        {pages.map((page) => (
          <li key={page.id}>
            <PageIcon label="" color="var(--ds-icon-subtle)" />
            <Link href={page.url}>{page.title}</Link>
            {page.byline ? <BylineItem byline={page.byline} /> : null}
            <time dateTime={new Date(page.at).toISOString()}>{when(page.at)}</time>
          </li>
        ))}
      </ul>
      {templates.length > 0 ? <h2 className="section-title">{say('templates')}</h2> : null}
      <ul className="page-list">
        {templates.map((template) => (
          <li key={template.id}>
            <TemplateIcon label="" color="var(--ds-icon-subtle)" />
            <Link href={templatePath(spaceKey, template.id)}>{template.name}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
