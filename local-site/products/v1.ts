/** Confluence v1: labels, restrictions, permission check. What v2 has no twin of. */
import { rightsOf } from './access';
import { object, ok, only, param, text, whole, type Call, type Reply, type Route } from './http';
import { visiblePage } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { LabelRow, PageRow } from './rows';
import { account } from './users';
import { person } from './v1-shapes';

const CONTENT = '/wiki/rest/api/content/{id}';
const OPERATIONS = ['read', 'update'] as const;
type Operation = (typeof OPERATIONS)[number];
const LABEL_FORBIDDEN = /[\s:;,.?&[\](){}#^*@!]/;

const pageOf = (call: Call): PageRow => visiblePage(call.sql, call.rights, whole(param(call, 'id'), 'id'));

const labelShape = (label: LabelRow): unknown => ({ prefix: label.prefix, name: label.name, id: String(label.id), label: label.name });
function requireEdit(call: Call, page: PageRow): void {
  if (!call.rights.canEdit(page)) throw new Refusal(403, 'The calling user cannot edit the content');
}
function addLabels(call: Call): Reply {
  const page = pageOf(call);
  requireEdit(call, page);
  for (const each of Array.isArray(call.body) ? (call.body as unknown[]) : [call.body]) {
    const name = text(object(each)['name'], 'name').toLowerCase();
    const prefix = text(object(each)['prefix'], 'prefix');
    if (name === '' || name.length > 255 || LABEL_FORBIDDEN.test(name)) throw new Refusal(400, `The label ${name} contains characters that are not allowed`);
    if (call.sql.get('SELECT id FROM page_labels WHERE page_id = ? AND prefix = ? AND name = ?', page.id, prefix, name) === null) {
      call.sql.run('INSERT INTO page_labels VALUES (?, ?, ?, ?)', call.sql.nextId(), page.id, prefix, name);
    }
  }
  const labels = call.sql.all<LabelRow>('SELECT * FROM page_labels WHERE page_id = ? ORDER BY id', page.id);
  return ok({ results: labels.map(labelShape), start: 0, limit: 200, size: labels.length, _links: {} });
}
function removeLabel(call: Call, name: string): Reply {
  const page = pageOf(call);
  requireEdit(call, page);
  const label = call.sql.get<LabelRow>('SELECT * FROM page_labels WHERE page_id = ? AND name = ?', page.id, name);
  if (label === null) throw new Refusal(404, 'The content has no such label');
  call.sql.run('DELETE FROM page_labels WHERE id = ?', label.id);
  return { status: 204 };
}

function restriction(call: Call, page: PageRow, operation: Operation): Record<string, unknown> {
  const rows = call.sql.all<{ account_id: string }>('SELECT account_id FROM page_restrictions WHERE page_id = ? AND operation = ? ORDER BY account_id', page.id, operation);
  const users = rows.map((row) => person(row.account_id, false));
  return {
    operation,
    restrictions: { user: { results: users, start: 0, limit: 200, size: users.length }, group: { results: [], start: 0, limit: 200, size: 0 } },
    _expandable: { content: `/rest/api/content/${page.id}` },
    _links: { self: `${call.baseUrl}/wiki/rest/api/content/${page.id}/restriction/byOperation/${operation}` },
  };
}
function restrictions(call: Call, page: PageRow): Reply {
  const results = OPERATIONS.map((operation) => restriction(call, page, operation));
  const restrictionsHash = Buffer.from(JSON.stringify(results)).toString('base64url').slice(-16);
  return ok({ results, start: 0, limit: 100, size: results.length, restrictionsHash, _links: { base: `${call.baseUrl}/wiki` } }, results.length);
}
/** Account ids of one operation in any of the shapes the vendor takes. */
function namedAccounts(restriction: unknown): { operation: Operation; accounts: string[] } {
  const operation = OPERATIONS.find((each) => each === object(restriction)['operation']);
  if (operation === undefined) throw new Unmodelled(`restrictions of ${String(object(restriction)['operation'])}`);
  const { user, group } = object(object(restriction)['restrictions']);
  if (Array.isArray(group) && group.length > 0) throw new Unmodelled('restrictions to groups');
  const users: unknown[] = Array.isArray(user) ? user : Array.isArray(object(user)['results']) ? (object(user)['results'] as unknown[]) : [];
  const accounts = users.map((each) => text(object(each)['accountId'], 'accountId'));
  for (const accountId of accounts) if (account(accountId) === null) throw new Refusal(404, `No user found with account id ${accountId}`);
  return { operation, accounts };
}
function putRestrictions(call: Call): Reply {
  only(call, 'expand');
  const page = pageOf(call);
  const given = Array.isArray(call.body) ? (call.body as unknown[]) : (object(call.body)['results'] as unknown[] | undefined);
  if (!Array.isArray(given)) throw new Refusal(400, 'A list of restrictions is required');
  const next: Record<Operation, string[]> = { read: [], update: [] };
  for (const each of given.map(namedAccounts)) next[each.operation].push(...each.accounts);
  call.pages.restrict(page.id, next);
  return restrictions(call, page);
}

function checkPermission(call: Call): Reply {
  const page = pageOf(call);
  const subject = object(object(call.body)['subject']);
  if (subject['type'] !== 'user') throw new Unmodelled('permission check of a group');
  const identifier = text(subject['identifier'], 'subject.identifier');
  const rights = rightsOf(call.sql, identifier === 'anonymous' ? null : identifier);
  const operation = text(object(call.body)['operation'], 'operation');
  return ok({ hasPermission: operation === 'read' ? rights.canView(page) : rights.canEdit(page), errors: [], _links: {} });
}

export const v1Routes: readonly Route[] = [
  { method: 'POST', path: `${CONTENT}/label`, handle: addLabels },
  { method: 'DELETE', path: `${CONTENT}/label`, handle: (call) => removeLabel(call, text(call.query.get('name'), 'name')) },
  { method: 'DELETE', path: `${CONTENT}/label/{label}`, handle: (call) => removeLabel(call, param(call, 'label')) },
  { method: 'GET', path: `${CONTENT}/restriction`, pointsPerObject: 2, handle: (call) => restrictions(call, pageOf(call)) },
  { method: 'PUT', path: `${CONTENT}/restriction`, handle: putRestrictions },
  {
    method: 'DELETE',
    path: `${CONTENT}/restriction`,
    handle: (call) => {
      const page = pageOf(call);
      call.pages.restrict(page.id, { read: [], update: [] });
      return restrictions(call, page);
    },
  },
  {
    method: 'GET',
    path: `${CONTENT}/restriction/byOperation`,
    pointsPerObject: 2,
    handle: (call) => {
      const page = pageOf(call);
      return ok(Object.fromEntries(OPERATIONS.map((operation) => [operation, restriction(call, page, operation)])), OPERATIONS.length);
    },
  },
  { method: 'POST', path: `${CONTENT}/permission/check`, pointsPerObject: 2, handle: checkPermission },
];
