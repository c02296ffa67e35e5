/** Confluence v1: labels, permission check. What v2 has no twin of. */
import { rightsOf } from './access';
import { object, ok, param, text, whole, type Call, type Reply, type Route } from './http';
import { visiblePage } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { LabelRow, PageRow } from './rows';

const CONTENT = '/wiki/rest/api/content/{id}';
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
  { method: 'POST', path: `${CONTENT}/permission/check`, pointsPerObject: 2, handle: checkPermission },
];
