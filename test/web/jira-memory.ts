/** A Jira of two projects for the tests of the page view: everybody but mallory sees it, viewer only reads. */
import type { ProductsForWeb, Viewer, WebOutcome } from '../../local-site/products/for-web';
import type { IssueForWeb, ProjectForWeb } from '../../local-site/products/issues-for-web';
import type { ProductCall, SiteClock } from '../../local-site/types';

const TYPES = [{ id: '10001', name: 'Task' }, { id: '10002', name: 'Bug' }];
const PROJECTS = [{ id: '10000', key: 'OPS', name: 'Operations' }, { id: '10001', key: 'SUP', name: 'Support' }];
const STATUSES = [{ id: '11', name: 'To Do', category: 'new' }, { id: '21', name: 'In Progress', category: 'indeterminate' }, { id: '31', name: 'Done', category: 'done' }] as const;
const PROPERTY = /^\/rest\/api\/3\/issue\/([^/]+)\/properties\/([^/?]+)/;

type Stored = { -readonly [Key in keyof Omit<IssueForWeb, 'transitions' | 'canEdit' | 'canDelete' | 'moveTo' | 'assignee' | 'reporter'>]: IssueForWeb[Key] } & { reporterId: string; oldKeys: string[] };
const ok = <T>(value: T): WebOutcome<T> => ({ ok: true, value });
const refused = (status: number, message: string): WebOutcome<never> => ({ ok: false, status, message });

export function withJira(products: ProductsForWeb, clock: SiteClock): ProductsForWeb {
  const issues: Stored[] = [];
  const properties = new Map<string, string>();
  let numbers = 0;
  const reads = (user: Viewer): boolean => user !== null && user !== 'acc-mallory';
  const writes = (user: Viewer): boolean => reads(user) && user !== 'acc-viewer';
  const nameOf = (id: string | null): string | null => (id === null ? null : (products.account(id)?.displayName ?? null));
  const find = (user: Viewer, key: string): Stored | null => (reads(user) ? (issues.find((issue) => issue.key === key || issue.id === key || issue.oldKeys.includes(key)) ?? null) : null);
  const change = <T>(user: Viewer, key: string, work: (issue: Stored) => T): WebOutcome<T> => {
    const issue = find(user, key);
    if (issue === null) return refused(404, 'Issue does not exist or you do not have permission to see it.');
    if (!writes(user)) return refused(403, 'You do not have permission to edit issues in this project.');
    issue.updatedAt = Math.max(clock.now(), issue.updatedAt + 1);
    return ok(work(issue));
  };
  const projectOf = (key: string) => PROJECTS.find((project) => project.key === key);
  const add = (reporterId: string, projectKey: string, typeId: string, summary: string): Stored | null => {
    const project = projectOf(projectKey);
    const type = TYPES.find((known) => known.id === typeId);
    if (!project || !type) return null;
    const number = ++numbers;
    const { name, category } = STATUSES[0];
    const issue: Stored = {
      id: String(20000 + number), key: `${projectKey}-${number}`, summary, description: null, project, type, status: { name, category }, resolution: null, priority: 'Medium', assigneeId: null,
      reporterId, labels: [], dueDate: null, securityLevel: null, createdAt: clock.now(), updatedAt: clock.now(), remoteLinks: [], panelShown: false, oldKeys: [],
    };
    issues.unshift(issue);
    return issue;
  };
  const first = add('acc-bob', 'OPS', '10002', 'Checkout is slow on web-1 and web-2');
  if (first) {
    const text = (words: string) => [{ type: 'text', text: words }];
    first.description = {
      type: 'doc',
      version: 1,
      content: [
        { type: 'paragraph', content: text('p95 of checkout is above 800 ms since 02:23.') },
        { type: 'bulletList', content: ['web-1', 'web-2'].map((host) => ({ type: 'listItem', content: [{ type: 'paragraph', content: text(host) }] })) },
      ],
    };
    Object.assign(first, { labels: ['checkout'], dueDate: '2026-12-01', assigneeId: 'acc-alice' });
    const link = { globalId: null, url: '/wiki/home', relationship: 'mentioned in' };
    first.remoteLinks = [
      { ...link, id: '1', title: 'Incident 12: checkout is slow', resolved: true },
      { ...link, id: '2', title: 'Runbook of checkout', resolved: false, relationship: null, url: 'https://example.com/runbook' },
    ];
  }
  const projects = (user: Viewer): ProjectForWeb[] => (reads(user) ? PROJECTS.map((project) => ({ ...project, canCreate: writes(user), types: TYPES })) : []);
  return {
    ...products,
    call: async (call: ProductCall) => {
      const [, key, name] = PROPERTY.exec(call.path) ?? [];
      if (key === undefined || name === undefined) return products.call(call);
      const issue = find(call.as.type === 'user' ? call.as.accountId : null, key);
      const slot = `${issue?.id ?? ''} ${decodeURIComponent(name)}`;
      if (issue !== null && call.method === 'PUT') properties.set(slot, call.body ?? 'null');
      const value = properties.get(slot);
      return value === undefined || issue === null ? { status: 404, headers: {}, body: '{}' } : { status: 200, headers: { 'content-type': 'application/json' }, body: `{"key":"x","value":${value}}` };
    },
    projectsFor: projects,
    issuesOf: (user, projectKey) =>
      reads(user)
        ? issues
            .filter((issue) => issue.project.key === projectKey)
            .map(({ key, summary, status, dueDate, assigneeId }) => ({ key, summary, status: status.name, category: status.category, dueDate, assignee: nameOf(assigneeId) }))
        : [],
    issueForView(user, key) {
      const issue = find(user, key);
      if (issue === null) return null;
      const { reporterId, oldKeys: _old, ...shown } = issue;
      const may = writes(user);
      return {
        ...shown,
        assignee: nameOf(issue.assigneeId),
        reporter: nameOf(reporterId) ?? '',
        transitions: may ? STATUSES.filter(({ name }) => name !== issue.status.name).map(({ id, name }) => ({ id, name })) : [],
        canEdit: may,
        canDelete: may,
        moveTo: may ? PROJECTS.filter((project) => project.key !== issue.project.key) : [],
      };
    },
    changeIssue: (user, key, edit) => change(user, key, (issue) => (Object.assign(issue, edit), null)),
    transitionIssue(user, key, transitionId) {
      const to = STATUSES.find(({ id }) => id === transitionId);
      if (!to) return refused(400, 'It is not possible to make this transition.');
      return change(user, key, (issue) => {
        Object.assign(issue, { status: { name: to.name, category: to.category }, resolution: to.category === 'done' ? 'Done' : null });
        return null;
      });
    },
    deleteIssue: (user, key) => change(user, key, (issue) => (issues.splice(issues.indexOf(issue), 1), null)),
    moveIssue(user, key, projectKey) {
      const project = projectOf(projectKey);
      if (!project) return refused(404, 'No project could be found.');
      return change(user, key, (issue) => {
        issue.oldKeys.push(issue.key);
        Object.assign(issue, { project, key: `${projectKey}-${++numbers}` });
        return { key: issue.key };
      });
    },
    removeRemoteLink: (user, key, linkId) => change(user, key, (issue) => ((issue.remoteLinks = issue.remoteLinks.filter(({ id }) => id !== linkId)), null)),
    createIssue(user, projectKey, { typeId, summary }) {
      if (!writes(user) || user === null) return refused(403, 'You do not have permission to create issues in this project.');
      const issue = add(user, projectKey, typeId, summary);
      return issue === null ? refused(400, 'Specify a valid project and work type.') : ok({ key: issue.key });
    },
    showPanel: (user, key, shown) => change(user, key, (issue) => ((issue.panelShown = shown), null)),
  };
}
