/** The work items of one project, newest first. */
import { useState, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import AddIcon from '@atlaskit/icon/core/add';
import TaskIcon from '@atlaskit/icon/core/task';
import type { ProjectForWeb } from '../../../products/issues-for-web';
import type { ProjectIssues } from '../../../web/api-types';
import { StatusLozenge } from '../jira/StatusMenu';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { SiteDialog } from '../parts/SiteDialog';
import { go, Link, useTitle } from '../router';
import { api, useApi } from '../session';
import { useWords } from '../words';

const pathOf = (projectKey: string): string => `/__web/projects/${encodeURIComponent(projectKey)}/issues`;

export function Project({ projectKey }: { readonly projectKey: string }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<ProjectIssues>(pathOf(projectKey), 5_000);
  const [creating, setCreating] = useState(false);
  useTitle(loaded.state === 'ready' ? loaded.value.project.name : null, 'Jira');
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('projectNotFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const { project, issues } = loaded.value;
  return (
    <div className="sheet">
      <p className="crumbs">{say('projects')}</p>
      <div className="project-head">
        <h1 className="page-title">{project.name}</h1>
        {project.canCreate ? (
          <Button appearance="primary" iconBefore={AddIcon} onClick={() => setCreating(true)}>
            {say('createIssue')}
          </Button>
        ) : null}
      </div>
      <h2 className="section-title">{say('issues')}</h2>
      {issues.length === 0 ? <p className="quiet">{say('noIssues')}</p> : null}
      <ul className="page-list issue-list">
        {issues.map((issue) => (
          <li key={issue.key}>
            <TaskIcon label="" color="var(--ds-icon-information)" />
            <Link href={`/browse/${issue.key}`} className="issue-key">
              {issue.key}
            </Link>
            <Link href={`/browse/${issue.key}`}>{issue.summary}</Link>
            <span className="issue-row-end">
              {issue.dueDate === null ? null : <time dateTime={issue.dueDate}>{issue.dueDate}</time>}
              <span className="quiet">{issue.assignee ?? say('unassigned')}</span>
              <StatusLozenge name={issue.status} category={issue.category} />
            </span>
          </li>
        ))}
      </ul>
      {creating ? <CreateDialog project={project} onClose={() => setCreating(false)} /> : null}
    </div>
  );
}

function CreateDialog({ project, onClose }: { readonly project: ProjectForWeb; readonly onClose: () => void }): ReactElement {
  const say = useWords();
  const [typeId, setTypeId] = useState(project.types[0]?.id ?? '');
  const [summary, setSummary] = useState('');
  const create = async (): Promise<void> => {
    const { key } = await api<{ key: string }>(pathOf(project.key), 'POST', { typeId, summary });
    onClose();
    go(`/browse/${key}`);
  };
  return (
    <SiteDialog title={say('createIssue')} submit={say('create')} disabled={summary.trim() === ''} refusal={say('jiraRefused')} onSubmit={create} onClose={onClose}>
      <label className="field">
        {say('workType')}
        <select value={typeId} onChange={(event) => setTypeId(event.target.value)}>
          {project.types.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('summary')}
        <input value={summary} maxLength={255} onChange={(event) => setSummary(event.target.value)} />
      </label>
    </SiteDialog>
  );
}
