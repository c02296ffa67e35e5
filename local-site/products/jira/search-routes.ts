/** Jira v3: search by JQL over what the caller may see. */
import type { IndexedIssueProperty } from '../../types';
import { many, object, ok, only, whole, type Call, type Reply, type Route } from '../http';
import { Refusal, Unmodelled } from '../refusal';
import { account } from '../users';
import type { IndexedIssue, IssueIndex } from './issue-index';
import { parseJql } from './jql';
import { compile, ORDERS, type Search } from './jql-fields';
import { propertyFields, type PropertyFields } from './jql-properties';
import { jiraRights } from './rights';
import { issueByIdOrKey } from './rows';
import { issueShape, wantedOf } from './shapes';

const MOST = 5000;
const RECONCILED_MOST = 50;
interface Asked {
  readonly jql: string;
  readonly maxResults: number;
  readonly nextPageToken: string | null;
  readonly fields: unknown;
  readonly properties: unknown;
  readonly reconcileIssues: readonly number[];
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  try {
    return whole(object(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')))['offset'], 'nextPageToken');
  } catch {
    throw new Refusal(400, 'The provided next page token is invalid.');
  }
}

/** What is found is what the index knows; whether the caller may see it, and what is shown, is the issue as it is now. */
function search(call: Call, index: IssueIndex, properties: PropertyFields, asked: Asked): Reply {
  const { where, order } = parseJql(asked.jql);
  if (where === null) throw new Refusal(400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  if (asked.reconcileIssues.length > RECONCILED_MOST) throw new Refusal(400, `At most ${RECONCILED_MOST} issues can be reconciled.`);
  const rights = jiraRights(call.sql, call.who.accountId);
  const asker = { accountId: call.who.accountId, timezone: account(call.who.accountId)?.timezone ?? 'UTC', now: call.clock.now() };
  const fits = compile(where, { sql: call.sql, rights, asker, properties } satisfies Search);
  const named = new Set(asked.reconcileIssues);
  const known: IndexedIssue[] = [...index.rows().filter(({ id }) => !named.has(id)), ...[...named].flatMap((id) => index.fresh(id) ?? [])];
  let found = known.filter(fits).sort((a, b) => b.created_at - a.created_at || b.id - a.id);
  for (const { field, descending } of [...order].reverse()) {
    const by = ORDERS[field.toLowerCase()];
    if (!by) throw new Unmodelled(`JQL ORDER BY ${field}`);
    const direction = descending ? -1 : 1;
    found = [...found].sort((a, b) => direction * (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  }
  const seen = found.flatMap(({ id }) => {
    const now = issueByIdOrKey(call.sql, String(id));
    return now !== null && rights.sees(now) ? [now] : [];
  });
  const offset = offsetOf(asked.nextPageToken);
  const rows = seen.slice(offset, offset + Math.min(asked.maxResults, MOST));
  const isLast = offset + rows.length >= seen.length;
  const next = isLast ? {} : { nextPageToken: Buffer.from(JSON.stringify({ offset: offset + rows.length })).toString('base64url') };
  const wanted = wantedOf(asked.fields, asked.properties, 'id');
  return ok({ issues: rows.map((issue) => issueShape(call, issue, wanted)), ...next, isLast }, rows.length);
}

function byQuery(call: Call): Asked {
  only(call, 'jql', 'nextPageToken', 'maxResults', 'fields', 'properties', 'reconcileIssues');
  return {
    jql: call.query.get('jql') ?? '',
    maxResults: whole(call.query.get('maxResults') ?? 50, 'maxResults'),
    nextPageToken: call.query.get('nextPageToken'),
    fields: many(call, 'fields'),
    properties: many(call, 'properties'),
    reconcileIssues: many(call, 'reconcileIssues').map((id) => whole(id, 'reconcileIssues')),
  };
}
function byBody(call: Call): Asked {
  only(call);
  const { jql, maxResults, nextPageToken, fields, properties, reconcileIssues, ...more } = object(call.body);
  for (const name of Object.keys(more)) throw new Unmodelled(`a search with ${name}`);
  return {
    jql: typeof jql === 'string' ? jql : '',
    maxResults: whole(maxResults ?? 50, 'maxResults'),
    nextPageToken: typeof nextPageToken === 'string' ? nextPageToken : null,
    fields,
    properties,
    reconcileIssues: Array.isArray(reconcileIssues) ? (reconcileIssues as unknown[]).map((id) => whole(id, 'reconcileIssues')) : [],
  };
}

export function jiraSearchRoutes(index: IssueIndex, modules: readonly IndexedIssueProperty[]): readonly Route[] {
  const properties = propertyFields(modules);
  return [
    { method: 'GET', path: '/rest/api/3/search/jql', handle: (call) => search(call, index, properties, byQuery(call)) },
    { method: 'POST', path: '/rest/api/3/search/jql', isRead: true, handle: (call) => search(call, index, properties, byBody(call)) },
  ];
}
