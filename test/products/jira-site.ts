/** Issues of a products stand-in, as the people of the site. */
import { testSite, type Caller, type TestSite } from './site';

export const API = '/rest/api/3';
export const ISSUE = `${API}/issue`;
export const JIRA_SCOPES = ['read:jira-work', 'write:jira-work', 'read:jira-user'];
export const paragraph = (text: string): unknown => ({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

export interface JiraSite extends TestSite {
  /** Creates an issue and returns its key and id. */
  issue(caller: Caller, summary: string, more?: { project?: string; fields?: Record<string, unknown>; properties?: Record<string, unknown> }): Promise<{ key: string; id: string }>;
  /** Keys found by JQL. */
  find(caller: Caller, jql: string, more?: Record<string, unknown>): Promise<string[] | number>;
  /** Calls that did not hold against the vendor's description. */
  wrong(): unknown[];
}
export function jiraSite(): JiraSite {
  const site = testSite({ scopes: JIRA_SCOPES });
  return {
    ...site,
    async issue(caller, summary, { project = 'OPS', fields = {}, properties = {} } = {}) {
      const made = await site.as(caller, 'POST', ISSUE, {
        fields: { project: { key: project }, issuetype: { name: 'Task' }, summary, ...fields },
        properties: Object.entries(properties).map(([key, value]) => ({ key, value })),
      });
      expect({ summary, status: made.status, body: made.json }).toMatchObject({ summary, status: 201 });
      return { key: made.json.key, id: made.json.id };
    },
    async find(caller, jql, more = {}) {
      const { status, json } = await site.as(caller, 'POST', `${API}/search/jql`, { jql, fields: ['summary'], ...more });
      return status === 200 ? json.issues.map((issue: { key: string }) => issue.key) : status;
    },
    wrong: () => site.rows.filter((row) => row.validated === false).map((row) => [row.method, row.path, row.problem]),
  };
}
