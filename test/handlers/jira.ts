/** Jira as people of the site use it, next to a test site. */
import type { TestSite } from './harness';

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are asserted field by field
  readonly fields: any;
  readonly properties: Readonly<Record<string, unknown>>;
}
export interface RemoteLink {
  readonly globalId?: string;
  readonly relationship?: string;
  readonly object: { readonly url: string; readonly title: string; readonly summary?: string; readonly status?: { readonly resolved?: boolean } };
}
export interface Jira {
  /** Status and parsed body of any call, as this person's browser makes it. */
  call(user: string, method: string, path: string, body?: object): Promise<{ readonly status: number; readonly json: unknown }>;
  /** By id or key. */
  issue(idOrKey: string, user?: string): Promise<JiraIssue>;
  links(idOrKey: string, user?: string): Promise<readonly RemoteLink[]>;
  /** By JQL, newest first. */
  search(jql: string, user?: string): Promise<readonly JiraIssue[]>;
  create(user: string, summary: string, more?: object): Promise<{ readonly id: string; readonly key: string }>;
  transition(user: string, key: string, name: string): Promise<void>;
}

export function jiraOf(site: TestSite): Jira {
  const call: Jira['call'] = async (user, method, path, body) => {
    const answer = await fetch(`${site.site.url}/rest/api/3/${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const good = async <T>(user: string, method: string, path: string, body?: object): Promise<T> => {
    const { status, json } = await call(user, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} as ${user}: ${status} ${JSON.stringify(json)}`);
    return json as T;
  };
  return {
    call,
    issue: (idOrKey, user = 'admin') => good(user, 'GET', `issue/${idOrKey}?properties=*all`),
    links: (idOrKey, user = 'admin') => good(user, 'GET', `issue/${idOrKey}/remotelink`),
    search: async (jql, user = 'admin') => (await good<{ issues: JiraIssue[] }>(user, 'POST', 'search/jql', { jql: `${jql} ORDER BY created DESC`, fields: ['summary', 'labels'], maxResults: 50 })).issues,
    create: (user, summary, more = {}) => good(user, 'POST', 'issue', { fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary, ...more } }),
    async transition(user, key, name) {
      const { transitions } = await good<{ transitions: { id: string; name: string }[] }>(user, 'GET', `issue/${key}/transitions`);
      const id = transitions.find((one) => one.name === name)?.id;
      if (id === undefined) throw new Error(`no transition ${name} of ${key}: ${transitions.map((one) => one.name).join()}`);
      await good(user, 'POST', `issue/${key}/transitions`, { transition: { id } });
    },
  };
}
