/** One work item of Jira: what it is about, its fields, its links, and what the app shows of it. */
import { lazy, Suspense, useEffect, useMemo, useState, type ReactElement } from 'react';
import type { IssueChange } from '../../../products/issues-for-web';
import type { IssueView } from '../../../web/api-types';
import { AppRow, Contexts, Panels } from '../jira/Apps';
import { Details } from '../jira/Details';
import { IssueMenu } from '../jira/IssueMenu';
import { StatusMenu } from '../jira/StatusMenu';
import { Summary } from '../jira/Summary';
import { issuePath, useIssue, type Issue as Held } from '../jira/use-issue';
import { WebLinks } from '../jira/WebLinks';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { DocumentBoundary } from '../parts/DocumentBoundary';
import { go, Link, useTitle } from '../router';
import { useTime, useWords } from '../words';

const Document = lazy(() => import('./Document'));

export function Issue({ issueKey }: { readonly issueKey: string }): ReactElement {
  const say = useWords();
  const held = useIssue(issueKey);
  const { loaded, reload } = held;
  const issue = loaded.state === 'ready' ? loaded.value : null;
  useTitle(issue === null ? null : `[${issue.key}] ${issue.summary}`, 'Jira');
  // The key of an issue that was moved leads to its new one.
  useEffect(() => {
    if (issue !== null && issue.key !== issueKey) go(`/browse/${issue.key}`, 'replace');
  }, [issue, issueKey]);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('issueNotFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  return <Shown issue={loaded.value} act={held.act} reload={reload} />;
}

function Shown({ issue, act, reload }: { readonly issue: IssueView } & Pick<Held, 'act' | 'reload'>): ReactElement {
  const when = useTime();
  const say = useWords();
  const [isNew, setNew] = useState(false);
  const path = issuePath(issue.key);
  const edit = (change: IssueChange): Promise<boolean> => act(path, 'PATCH', change);
  const showPanels = (shown: boolean): void => {
    setNew(shown);
    void act(`${path}/panel`, 'POST', { shown });
  };
  return (
    <article className="issue">
      <div className="page-head issue-head">
        <nav className="crumbs">
          <Link href={`/jira/projects/${issue.project.key}`}>{issue.project.name}</Link>
          <span aria-hidden="true"> / </span>
          <Link href={`/browse/${issue.key}`}>{issue.key}</Link>
        </nav>
        <div className="page-actions">
          <IssueMenu issue={issue} />
        </div>
      </div>
      <div className="issue-columns">
        <div className="issue-main">
          <p className="quiet">{issue.type.name}</p>
          <Summary summary={issue.summary} canEdit={issue.canEdit} onSave={(summary) => edit({ summary })} />
          <AppRow issue={issue} onShow={showPanels} />
          <section className="issue-section" aria-label={say('description')}>
            <h2>{say('description')}</h2>
            {issue.description === null ? <p className="quiet">{say('noDescription')}</p> : <Description issue={issue} reload={reload} />}
          </section>
          <Panels issue={issue} isNew={isNew} onShow={showPanels} />
          <WebLinks issue={issue} onRemove={(link) => void act(`${path}/links/${encodeURIComponent(link.id)}`, 'DELETE')} />
        </div>
        <div className="issue-side">
          <StatusMenu issue={issue} onChoose={(id) => void act(`${path}/transition`, 'POST', { id })} />
          <Details issue={issue} onEdit={(change) => void edit(change)} />
          <Contexts issue={issue} />
          <p className="issue-times">
            <time dateTime={new Date(issue.createdAt).toISOString()}>{say('createdAt', { time: when(issue.createdAt) })}</time>
            <time dateTime={new Date(issue.updatedAt).toISOString()}>{say('updatedAt', { time: when(issue.updatedAt) })}</time>
          </p>
        </div>
      </div>
    </article>
  );
}

function Description({ issue, reload }: { readonly issue: IssueView; readonly reload: () => void }): ReactElement {
  const where = useMemo(() => ({ issueKey: issue.key }), [issue.key]);
  return (
    <DocumentBoundary retry={reload}>
      <Suspense fallback={<Waiting />}>
        <div className="issue-description">
          <Document body={issue.description} width="full" where={where} />
        </div>
      </Suspense>
    </DocumentBoundary>
  );
}
