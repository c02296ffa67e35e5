/** Jira for the site's own pages, without HTTP. */
import { object } from '../http';
import type { JiraForWeb, Viewer } from '../for-web';
import type { IssueForWeb, RemoteLinkForWeb } from '../issues-for-web';
import type { Store } from '../pages';
import type { Personally } from '../personally';
import { Refusal } from '../refusal';
import { account } from '../users';
import { nameOf, PRIORITIES, PROJECTS, RESOLUTIONS, setupOf, statusOf, TRANSITIONS, TYPES, typesOf } from './config';
import { Issues } from './issues';
import { linksOf, removeLink } from './remote-links';
import { jiraRights } from './rights';
import { issueByIdOrKey, labelsOf, projectById, projectByIdOrKey, visibleIssue, type IssueRow, type LinkRow } from './rows';

const named = (accountId: string | null): string | null => (accountId === null ? null : (account(accountId)?.displayName ?? accountId));

function linkForWeb(link: LinkRow): RemoteLinkForWeb {
  const { relationship, object: linked } = JSON.parse(link.doc) as Record<string, unknown>;
  const { title, url, status } = object(linked);
  return { id: String(link.id), globalId: link.global_id, title: String(title), url: String(url), resolved: object(status)['resolved'] === true, relationship: typeof relationship === 'string' ? relationship : null };
}

/** `present`: whether the site has Jira at all. */
export function jiraForWeb(store: Store, personally: Personally, present: () => boolean): JiraForWeb {
  const { sql } = store;
  const rightsOf = (user: Viewer): ReturnType<typeof jiraRights> => jiraRights(sql, present() ? user : null);
  const changed: Personally = (user, work) => (present() ? personally(user, work) : { ok: false, status: 404, message: 'This site has no Jira' });

  function view(user: Viewer, issue: IssueRow): IssueForWeb {
    const rights = rightsOf(user);
    const { id, key, name } = projectById(sql, issue.project_id) ?? setupOf(issue.project_id);
    const status = statusOf(issue.status_id);
    const may = (permission: Parameters<typeof rights.can>[0]): boolean => rights.can(permission, issue);
    return {
      id: String(issue.id),
      key: issue.key,
      summary: issue.summary,
      description: issue.description === null ? null : JSON.parse(issue.description),
      project: { id: String(id), key, name },
      type: { id: issue.type_id, name: nameOf(TYPES, issue.type_id) ?? '' },
      status: { name: status.name, category: status.category },
      resolution: nameOf(RESOLUTIONS, issue.resolution_id),
      priority: nameOf(PRIORITIES, issue.priority_id),
      assignee: named(issue.assignee_id),
      reporter: named(issue.reporter_id) ?? '',
      assigneeId: issue.assignee_id,
      labels: labelsOf(issue),
      dueDate: issue.due_date,
      securityLevel: nameOf(setupOf(issue.project_id).levels, issue.security_id),
      createdAt: issue.created_at,
      updatedAt: issue.updated_at,
      remoteLinks: linksOf(sql, issue.id).map(linkForWeb),
      transitions: may('TRANSITION_ISSUES') ? TRANSITIONS.map((each) => ({ id: each.id, name: each.name })) : [],
      canEdit: may('EDIT_ISSUES'),
      canDelete: may('DELETE_ISSUES'),
      moveTo: may('MOVE_ISSUES') ? PROJECTS.filter((each) => each.id !== issue.project_id && rights.in(each.id).has('CREATE_ISSUES')).map((each) => ({ key: each.key, name: each.name })) : [],
      panelShown: sql.get('SELECT 1 FROM jira_panels WHERE issue_id = ?', issue.id) !== null,
    };
  }

  return {
    projectsFor(user) {
      const rights = rightsOf(user);
      const seen = PROJECTS.filter(({ id }) => rights.in(id).has('BROWSE_PROJECTS'));
      return seen.map(({ id, key, name }) => ({ id: String(id), key, name, canCreate: rights.in(id).has('CREATE_ISSUES'), types: typesOf(id).map((type) => ({ id: type.id, name: type.name })) }));
    },
    issuesOf(user, projectKey) {
      const rights = rightsOf(user);
      const issues = sql.all<IssueRow>('SELECT * FROM jira_issues WHERE project_id = ? ORDER BY id DESC', projectByIdOrKey(sql, projectKey)?.id ?? -1);
      return issues.filter((issue) => rights.sees(issue)).map((issue) => {
        const { name, category } = statusOf(issue.status_id);
        return { key: issue.key, summary: issue.summary, status: name, category, dueDate: issue.due_date, assignee: named(issue.assignee_id) };
      });
    },
    issueForView(user, key) {
      const issue = issueByIdOrKey(sql, key);
      return issue !== null && rightsOf(user).sees(issue) ? view(user, issue) : null;
    },
    changeIssue: (user, key, { summary, dueDate, assigneeId, labels }) =>
      changed(user, (who) => {
        const assignee = assigneeId === null || assigneeId === undefined ? assigneeId : { accountId: assigneeId };
        const fields = Object.entries({ summary, duedate: dueDate, assignee, labels }).filter(([, value]) => value !== undefined);
        new Issues(store, who).change(key, { fields: Object.fromEntries(fields) });
        return null;
      }),
    transitionIssue: (user, key, transitionId) => changed(user, (who) => (new Issues(store, who).transition(key, transitionId), null)),
    deleteIssue: (user, key) => changed(user, (who) => (new Issues(store, who).remove(key), null)),
    moveIssue: (user, key, projectKey) => changed(user, (who) => ({ key: new Issues(store, who).move(key, projectKey).key })),
    removeRemoteLink: (user, key, linkId) => changed(user, (who) => (removeLink(sql, jiraRights(sql, who.accountId), key, ({ id }) => String(id) === linkId), null)),
    createIssue: (user, projectKey, { typeId, summary }) => changed(user, (who) => ({ key: new Issues(store, who).create({ fields: { project: { key: projectKey }, issuetype: { id: typeId }, summary } }).key })),
    showPanel: (user, key, shown) =>
      changed(user, (who) => {
        const rights = jiraRights(sql, who.accountId);
        const issue = visibleIssue(sql, rights, key);
        // The panel is put on the issue for everybody, so it takes the right to edit.
        if (!rights.can('EDIT_ISSUES', issue)) throw new Refusal(403, 'You do not have permission to edit issues in this project.');
        if (shown) sql.run('INSERT OR IGNORE INTO jira_panels VALUES (?)', issue.id);
        else sql.run('DELETE FROM jira_panels WHERE issue_id = ?', issue.id);
        return null;
      }),
  };
}
