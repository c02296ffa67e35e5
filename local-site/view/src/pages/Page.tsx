/** One page: where it is, who wrote it, the app's byline item, the document, the labels. */
import { lazy, Suspense, useMemo, useRef, type ReactElement } from 'react';
import Avatar from '@atlaskit/avatar';
import Button from '@atlaskit/button/new';
import EditIcon from '@atlaskit/icon/core/edit';
import LockIcon from '@atlaskit/icon/core/lock-locked';
import type { PageView } from '../../../web/api-types';
import { openModule } from '../bridge/dialogs';
import { openBeside, type Anchor } from '../bridge/inline-dialogs';
import { BylineItem } from '../parts/Byline';
import { DocumentBoundary } from '../parts/DocumentBoundary';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { PageMenu, TrashedNotice } from '../parts/PageMenu';
import { SelectionBar } from '../parts/SelectionBar';
import { go, Link, useTitle } from '../router';
import { useApi, useSession } from '../session';
import { useTime, useWords } from '../words';

const Document = lazy(() => import('./Document'));

export function Page({ id }: { readonly id: string }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<PageView>(`/__web/pages/${encodeURIComponent(id)}`);
  useTitle(loaded.state === 'ready' ? loaded.value.title : null);
  const spaceKey = loaded.state === 'ready' ? loaded.value.space.key : '';
  const text = useRef<HTMLDivElement>(null);
  const where = useMemo(() => ({ contentId: id, spaceKey }), [id, spaceKey]);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('notFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const page = loaded.value;
  return (
    <article className={`page page-${page.width}`}>
      <div className="page-head">
        <nav className="crumbs">
          <Link href={`/wiki/spaces/${page.space.key}/overview`}>{page.space.name}</Link>
          {page.ancestors.map((ancestor) => (
            <span key={ancestor.url}>
              <span aria-hidden="true"> / </span>
              <Link href={ancestor.url}>{ancestor.title}</Link>
            </span>
          ))}
        </nav>
        <div className="page-actions">
          {page.restricted ? (
            <span className="lock" title={say('restricted')}>
              <LockIcon label={say('restricted')} color="var(--ds-icon-danger)" />
            </span>
          ) : null}
          {page.canEdit && !page.trashed ? (
            <Button iconBefore={EditIcon} appearance="subtle" onClick={() => go(`/wiki/spaces/${page.space.key}/pages/edit/${page.id}`)}>
              {say('edit')}
            </Button>
          ) : null}
          <PageMenu page={page} onMoved={reload} />
        </div>
      </div>
      <div className="page-column">
        {page.trashed ? <TrashedNotice page={page} onRestored={reload} /> : null}
        <h1 className="page-title">{page.title}</h1>
        <Authors page={page} />
      </div>
      <DocumentBoundary retry={reload}>
        <Suspense fallback={<Waiting />}>
          <div className="page-body" ref={text}>
            <Document body={page.body} width={page.width} where={where} />
          </div>
        </Suspense>
      </DocumentBoundary>
      <SelectionBar within={text} place={where} />
      {page.labels.length > 0 ? (
        <div className="page-column">
          <ul className="labels" aria-label={say('labels')}>
            {page.labels.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </article>
  );
}

function Authors({ page }: { readonly page: PageView }): ReactElement {
  const say = useWords();
  const when = useTime();
  const session = useSession();
  const item = session.modules.find((module) => module.type === 'confluence:contentBylineItem');
  // An item titled by the page is not there where the page has no title for it.
  const byline = page.byline ?? (item && !item.isTitledByPage ? { title: item.title, icon: null, tooltip: item.description } : null);
  const open = (anchor: Anchor): void => {
    if (!item) return;
    const place = { contentId: page.id, spaceKey: page.space.key, extra: { location: window.location.href } };
    const isPopup = item.viewportContainer === null ? item.render === 'native' : item.viewportContainer === 'popup';
    if (isPopup) openBeside(item, place, anchor);
    else openModule(session, item, place);
  };
  return (
    <div className="authors">
      <Avatar size="small" name={page.author} />
      <div>
        <div>{say('by', { author: page.author })}</div>
        <div className="quiet">
          <span>{say('updated', { editor: page.editor, time: when(page.editedAt) })}</span>
          <span>{say('version', { n: page.version })}</span>
          {byline ? <BylineItem byline={byline} onClick={open} /> : null}
        </div>
        {page.draft && page.canEdit ? <div className="quiet">{say('draftBy', { by: page.draft.by, time: when(page.draft.at) })}</div> : null}
      </div>
    </div>
  );
}
