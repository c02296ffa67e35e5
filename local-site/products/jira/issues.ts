/** Issues as Jira keeps them. Refusals are thrown with the vendor's status; events go out when the transaction is stored. */
import { object } from '../http';
import type { Store, Who } from '../pages';
import { FieldRefusal, Refusal } from '../refusal';
import { changesBetween } from './changelog';
import { DEFAULT_PRIORITY, FIRST_STATUS, setupOf, TRANSITIONS, typesOf } from './config';
import { issueEvent } from './events';
import { setProperties } from './properties';
import { jiraRights, type JiraRights } from './rights';
import { customOf, projectById, projectByIdOrKey, visibleIssue, type Draft, type IssueRow, type ProjectRow } from './rows';
import { applyToExisting, applyToNew } from './write';

export class Issues {
  constructor(
    private readonly store: Store,
    private readonly who: Who,
  ) {}

  private get rights(): JiraRights {
    return jiraRights(this.store.sql, this.who.accountId);
  }

  /** `body` as REST takes it: `fields`, `update`, `properties`. */
  create(body: Record<string, unknown>): IssueRow {
    const { sql, clock } = this.store;
    const { rights } = this;
    const { id, key } = object(object(body['fields'])['project']);
    const project = projectByIdOrKey(sql, String(id ?? key ?? ''));
    if (project === null || !rights.in(project.id).has('BROWSE_PROJECTS')) throw new FieldRefusal({ project: 'Specify a valid project ID or key' });
    if (!rights.in(project.id).has('CREATE_ISSUES')) throw new Refusal(403, 'You do not have permission to create issues in this project.');
    const now = clock.now();
    const draft: Draft = {
      id: sql.nextId(), project_id: project.id, key: '', type_id: '', summary: '', description: null, priority_id: DEFAULT_PRIORITY, assignee_id: null,
      reporter_id: this.who.accountId, creator_id: this.who.accountId, labels: '[]', due_date: null, status_id: FIRST_STATUS, resolution_id: null, resolved_at: null,
      security_id: null, custom: '{}', created_at: now, updated_at: now,
    };
    applyToNew(body, draft, { sql, rights, projectId: project.id });
    draft.key = this.nextKey(project);
    this.save(draft);
    setProperties(sql, draft.id, body['properties']);
    this.store.raise(issueEvent(sql, 'created', draft, this.who, now));
    return draft;
  }

  change(asked: string, body: Record<string, unknown>): void {
    const { sql } = this.store;
    const { rights } = this;
    const issue = visibleIssue(sql, rights, asked);
    const draft = { ...issue };
    applyToExisting(body, draft, { sql, rights, projectId: issue.project_id });
    if (body['properties'] !== undefined) {
      if (!rights.can('EDIT_ISSUES', issue)) throw new Refusal(403, 'You do not have permission to edit issues in this project.');
      setProperties(sql, issue.id, body['properties']);
    }
    this.update(issue, draft);
  }

  transition(asked: string, transitionId: string): void {
    const issue = visibleIssue(this.store.sql, this.rights, asked);
    const transition = TRANSITIONS.find(({ id }) => id === transitionId);
    if (!transition || !this.rights.can('TRANSITION_ISSUES', issue)) throw new Refusal(400, `Transition id '${transitionId}' is not valid for this issue.`);
    const resolvedAt = transition.resolution === null ? null : (issue.resolved_at ?? this.store.clock.now());
    this.update(issue, { ...issue, status_id: transition.to, resolution_id: transition.resolution, resolved_at: resolvedAt });
  }

  remove(asked: string): void {
    const { sql, clock } = this.store;
    const issue = visibleIssue(sql, this.rights, asked);
    if (!this.rights.can('DELETE_ISSUES', issue)) throw new Refusal(403, 'You do not have permission to delete issues in this project.');
    sql.run('DELETE FROM jira_issues WHERE id = ?', issue.id);
    for (const table of ['jira_old_keys', 'jira_properties', 'jira_remote_links', 'jira_panels']) sql.run(`DELETE FROM ${table} WHERE issue_id = ?`, issue.id);
    this.store.raise(issueEvent(sql, 'deleted', issue, this.who, clock.now()));
  }

  /** What the move wizard does. It asks for what the other project requires; here its first option is taken. */
  move(asked: string, projectKey: string): IssueRow {
    const { sql } = this.store;
    const { rights } = this;
    const issue = visibleIssue(sql, rights, asked);
    const project = projectByIdOrKey(sql, projectKey);
    if (!rights.can('MOVE_ISSUES', issue)) throw new Refusal(403, 'You do not have permission to move issues in this project.');
    if (project === null || project.id === issue.project_id || !rights.in(project.id).has('CREATE_ISSUES')) throw new Refusal(400, `Issues cannot be moved to project '${projectKey}'.`);
    const { custom, levels } = setupOf(project.id);
    const types = typesOf(project.id);
    const own = customOf(issue);
    const kept = custom.flatMap(({ id, required, options }) => {
      const value = own[id] ?? (required ? options[0]?.id : undefined);
      return value === undefined ? [] : [[id, value] as const];
    });
    const draft: Draft = {
      ...issue,
      project_id: project.id,
      key: this.nextKey(project),
      type_id: types.find(({ id }) => id === issue.type_id)?.id ?? types[0]?.id ?? '',
      security_id: levels.find(({ id }) => id === issue.security_id)?.id ?? null,
      custom: JSON.stringify(Object.fromEntries(kept)),
    };
    sql.run('INSERT OR REPLACE INTO jira_old_keys VALUES (?, ?)', issue.key, issue.id);
    this.update(issue, draft);
    return draft;
  }

  private nextKey(project: ProjectRow): string {
    const { sql } = this.store;
    sql.run('UPDATE jira_projects SET last_number = last_number + 1 WHERE id = ?', project.id);
    return `${project.key}-${projectById(sql, project.id)?.last_number ?? 0}`;
  }

  /** What changes nothing raises no event and does not touch the issue. */
  private update(before: IssueRow, draft: Draft): void {
    const { sql, clock } = this.store;
    const items = changesBetween(sql, before, draft);
    if (items.length === 0) return;
    draft.updated_at = clock.now();
    this.save(draft);
    this.store.raise(issueEvent(sql, 'updated', draft, this.who, draft.updated_at, items));
  }

  private save(issue: IssueRow): void {
    this.store.sql.run(
      'INSERT OR REPLACE INTO jira_issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      issue.id, issue.project_id, issue.key, issue.type_id, issue.summary, issue.description, issue.priority_id, issue.assignee_id, issue.reporter_id, issue.creator_id,
      issue.labels, issue.due_date, issue.status_id, issue.resolution_id, issue.resolved_at, issue.security_id, issue.custom, issue.created_at, issue.updated_at,
    );
  }
}
