/** Jira's issues as the page view shows and changes them, with the person's own rights. */
import type { WebOutcome } from '../products/for-web';
import type { IssueChange, NewIssue, ProjectForWeb } from '../products/issues-for-web';
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { IssueView, ProjectIssues, WebStatus } from './api-types';
import { Refused } from './confluence';
import { webStatus } from './modules';
import { asCaller } from './session';

type Viewer = SiteUser | null;
const idOf = (user: Viewer): string | null => user?.accountId ?? null;

/** Throws Refused for what the product refused. */
function done<T>(outcome: WebOutcome<T>): T {
  if (!outcome.ok) throw new Refused(outcome.status, outcome.message);
  return outcome.value;
}

export const projects = (deps: SiteDeps, user: Viewer): ProjectForWeb[] => [...deps.products.projectsFor(idOf(user))];

export function list(deps: SiteDeps, user: Viewer, projectKey: string): ProjectIssues {
  const project = projects(deps, user).find(({ key }) => key === projectKey);
  if (!project) throw new Refused(404, `no project ${projectKey}`);
  return { project, issues: deps.products.issuesOf(idOf(user), projectKey) };
}

export async function view(deps: SiteDeps, user: Viewer, key: string): Promise<IssueView> {
  const issue = deps.products.issueForView(idOf(user), key);
  if (!issue) throw new Refused(404, `no issue ${key}`);
  const contexts = [...deps.manifest.modules.values()].filter((module) => module.type === 'jira:issueContext');
  const told = await Promise.all(contexts.map(async (module) => [module.key, await statusOf(deps, user, issue.id, module.key)] as const));
  return { ...issue, contextStatus: Object.fromEntries(told.flatMap(([moduleKey, status]) => (status === null ? [] : [[moduleKey, status] as const]))) };
}

/** An app says what stands beside its context in a property of the issue. The form of its key for Forge apps is from public code, not from the docs. */
async function statusOf(deps: SiteDeps, user: Viewer, issueId: string, moduleKey: string): Promise<WebStatus | null> {
  const property = encodeURIComponent(`com.atlassian.jira.issue:${deps.manifest.appUuid}:${moduleKey}:status`);
  const answer = await deps.products.call({
    product: 'jira',
    as: asCaller(user),
    via: 'browser',
    method: 'GET',
    path: `/rest/api/3/issue/${encodeURIComponent(issueId)}/properties/${property}`,
    headers: { accept: 'application/json' },
    body: null,
  });
  return answer.status === 200 ? webStatus((JSON.parse(answer.body) as { value?: unknown }).value) : null;
}

export const create = (deps: SiteDeps, user: Viewer, projectKey: string, input: NewIssue): { readonly key: string } => done(deps.products.createIssue(idOf(user), projectKey, input));
export const change = (deps: SiteDeps, user: Viewer, key: string, edit: IssueChange): null => done(deps.products.changeIssue(idOf(user), key, edit));
export const transition = (deps: SiteDeps, user: Viewer, key: string, transitionId: string): null => done(deps.products.transitionIssue(idOf(user), key, transitionId));
export const move = (deps: SiteDeps, user: Viewer, key: string, projectKey: string): { readonly key: string } => done(deps.products.moveIssue(idOf(user), key, projectKey));
export const remove = (deps: SiteDeps, user: Viewer, key: string): null => done(deps.products.deleteIssue(idOf(user), key));
export const removeLink = (deps: SiteDeps, user: Viewer, key: string, linkId: string): null => done(deps.products.removeRemoteLink(idOf(user), key, linkId));
export const showPanel = (deps: SiteDeps, user: Viewer, key: string, shown: boolean): null => done(deps.products.showPanel(idOf(user), key, shown));
