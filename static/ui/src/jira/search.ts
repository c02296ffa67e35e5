/** Finding existing issues, as the viewer. */
import { askJira, JiraFault } from '../api';
import { parseIssue, type Issue } from './issues';
import { listOf, pathOf } from './raw';

const FIELDS = 'summary,status,assignee,duedate';
const KEY = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;

/** The key that was typed or that an address names; null: neither. */
export function keyIn(typed: string): string | null {
  const text = typed.normalize('NFKC').trim();
  const named = /\/browse\/([^/?#\s]+)/.exec(text)?.[1] ?? /[?&]selectedIssue=([^&#\s]+)/.exec(text)?.[1] ?? text;
  const key = named.toUpperCase();
  return KEY.test(key) ? key : null;
}

/** JQL for issues with these words, newest first; null: nothing of it can be searched for. */
export function wordsJql(typed: string): string | null {
  // Signs of the search language would change the question; what is left is quoted.
  const words = typed.normalize('NFKC').replace(/["'\\+\-&|!(){}[\]^~*?:/<>=]/g, ' ').trim().replace(/\s+/g, ' ').slice(0, 100);
  return words === '' ? null : `(text ~ "${words}" OR text ~ "${words}*") ORDER BY created DESC`;
}

/** The issue of that key first, then those with the words; at most twenty. Throws `JiraFault`. */
export async function findIssues(typed: string): Promise<readonly Issue[]> {
  const key = keyIn(typed);
  const jql = /^https?:/i.test(typed.trim()) ? null : wordsJql(typed);
  const named = key === null ? null : askJira(`/rest/api/3/issue/${encodeURIComponent(key)}?fields=${FIELDS}`, null, true).then(parseIssue, (error: unknown) => {
    if (error instanceof JiraFault && ['not-found', 'forbidden'].includes(error.kind)) return null;
    throw error;
  });
  const worded = jql === null ? [] : askJira(`/rest/api/3/search/jql?jql=${encodeURIComponent(jql)}&fields=${FIELDS}&maxResults=20`).then((answer) => listOf(pathOf(answer, 'issues')).map(parseIssue));
  const found = [await named, ...(await worded)].filter((issue) => issue !== null);
  return [...new Map(found.map((issue) => [issue.id, issue])).values()].slice(0, 20);
}
