/** Who may do what in Jira, as it is at that moment: by role in the project and by the issue's security level. */
import type { Viewer } from '../for-web';
import type { Sql } from '../sql';
import { ROLES, setupOf, type Permission, type Role, type SecurityLevel } from './config';
import type { IssueRow } from './rows';

type Place = Pick<IssueRow, 'project_id' | 'security_id'>;
export interface JiraRights {
  readonly viewer: Viewer;
  in(projectId: number): ReadonlySet<Permission>;
  sees(issue: Place): boolean;
  can(permission: Permission, issue: Place): boolean;
  /** Security levels the person belongs to, and so may set. */
  levels(projectId: number): readonly SecurityLevel[];
}
const NONE: ReadonlySet<Permission> = new Set();

export function jiraRights(sql: Sql, viewer: Viewer): JiraRights {
  const roles = new Map<number, ReadonlySet<Permission>>();
  if (viewer !== null) for (const row of sql.all<{ project_id: number; role: Role }>('SELECT project_id, role FROM jira_roles WHERE account_id = ?', viewer)) roles.set(row.project_id, new Set(ROLES[row.role]));
  const inProject = (projectId: number): ReadonlySet<Permission> => roles.get(projectId) ?? NONE;
  const levels = (projectId: number): readonly SecurityLevel[] => setupOf(projectId).levels.filter((level) => viewer !== null && level.members.includes(viewer));
  const sees = (issue: Place): boolean => inProject(issue.project_id).has('BROWSE_PROJECTS') && (issue.security_id === null || levels(issue.project_id).some((level) => level.id === issue.security_id));
  return { viewer, in: inProject, sees, can: (permission, issue) => sees(issue) && inProject(issue.project_id).has(permission), levels };
}
