/** Confluence v2: what belongs to a page (properties, labels, operations), spaces, people. */
import { flag, idParam, many, object, ok, only, paged, sorted, text, whole, type Call, type Reply, type Route } from './http';
import { editablePage, visiblePage } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { LabelRow, PropertyRow, SpaceRow } from './rows';
import { account, APP_ACCOUNT } from './users';
import { included, labelShape, propertyShape, spaceShape } from './v2-shapes';

const PAGE = '/wiki/api/v2/pages/{id}';
const PROPERTIES = '/wiki/api/v2/pages/{page-id}/properties';
const SPACES = '/wiki/api/v2/spaces';
const VALUE_MAX = 32_768;
const KEY_MAX = 255;

const propertiesOf = (call: Call, pageId: number): PropertyRow[] => call.sql.all<PropertyRow>('SELECT * FROM page_properties WHERE page_id = ? ORDER BY id', pageId);
function property(call: Call): PropertyRow {
  const found = call.sql.get<PropertyRow>('SELECT * FROM page_properties WHERE id = ? AND page_id = ?', idParam(call, 'property-id'), idParam(call, 'page-id'));
  if (found === null) throw new Refusal(404, 'Not Found');
  return found;
}
function writtenValue(value: unknown): string {
  if (value === undefined) throw new Refusal(400, 'value is required');
  const json = JSON.stringify(value);
  if (Buffer.byteLength(json) > VALUE_MAX) throw new Refusal(400, `Value cannot be longer than ${VALUE_MAX} bytes`);
  return json;
}

function createProperty(call: Call): Reply {
  const page = editablePage(call.sql, call.rights, idParam(call, 'page-id'), 403);
  const body = object(call.body);
  const key = text(body['key'], 'key');
  if (key === '' || key.length > KEY_MAX) throw new Refusal(400, `key must have 1 to ${KEY_MAX} characters`);
  const value = writtenValue(body['value']);
  if (propertiesOf(call, page.id).some((other) => other.key === key)) throw new Refusal(409, `A property with key ${key} already exists on this content`);
  const id = call.sql.nextId();
  call.sql.run('INSERT INTO page_properties VALUES (?, ?, ?, ?, 1, ?, ?, ?)', id, page.id, key, value, call.who.accountId, call.clock.now(), '');
  return ok(propertyShape(propertiesOf(call, page.id).find((made) => made.id === id) as PropertyRow));
}
function updateProperty(call: Call): Reply {
  const page = editablePage(call.sql, call.rights, idParam(call, 'page-id'), 403);
  const before = property(call);
  const body = object(call.body);
  if (body['key'] !== undefined && body['key'] !== before.key) throw new Refusal(400, 'The key of a property cannot change');
  const version = object(body['version']);
  const number = whole(version['number'], 'version.number');
  if (number !== before.version + 1) throw new Refusal(409, `Version must be incremented when updating a property. Current Version: [${before.version}]. Provided version: [${number}]`);
  const message = typeof version['message'] === 'string' ? version['message'] : '';
  call.sql.run('UPDATE page_properties SET value = ?, version = ?, by = ?, at = ?, message = ? WHERE id = ?', writtenValue(body['value']), number, call.who.accountId, call.clock.now(), message, before.id);
  return ok(propertyShape(propertiesOf(call, page.id).find((after) => after.id === before.id) as PropertyRow));
}
function deleteProperty(call: Call): Reply {
  editablePage(call.sql, call.rights, idParam(call, 'page-id'), 403);
  call.sql.run('DELETE FROM page_properties WHERE id = ?', property(call).id);
  return { status: 204 };
}

function space(call: Call): SpaceRow {
  const found = call.sql.get<SpaceRow>('SELECT * FROM spaces WHERE id = ?', idParam(call, 'id'));
  if (found === null || call.rights.space(found.id) === null) throw new Refusal(404, 'Not Found');
  return found;
}
function listSpaces(call: Call): Reply {
  only(call, 'ids', 'keys', 'type', 'status', 'sort', 'cursor', 'limit');
  const [ids, keys] = [many(call, 'ids'), many(call, 'keys')];
  const fits = (name: string, value: string): boolean => (call.query.get(name) ?? value) === value;
  const spaces = call.sql
    .all<SpaceRow>('SELECT * FROM spaces ORDER BY id')
    .filter((each) => call.rights.space(each.id) !== null && fits('type', 'global') && fits('status', 'current'))
    .filter((each) => (ids.length === 0 || ids.includes(String(each.id))) && (keys.length === 0 || keys.includes(each.key)));
  return paged(call, sorted(spaces, call.query.get('sort'), { id: (each) => each.id, key: (each) => each.key, name: (each) => each.name }), spaceShape);
}
function readSpace(call: Call): Reply {
  only(call, 'include-operations');
  const found = space(call);
  const shape = spaceShape(found);
  const operations = flag(call, 'include-operations') ? { operations: included(call.rights.onSpace(found.id), `${SPACES}/${found.id}/operations`) } : {};
  return ok({ ...shape, ...operations, _links: { ...object(shape['_links']), base: `${call.baseUrl}/wiki` } });
}

function users(call: Call): Reply {
  const ids = object(call.body)['accountIds'];
  if (!Array.isArray(ids) || ids.length === 0) throw new Refusal(400, 'accountIds must name at least one account');
  const found = [...new Set(ids)].flatMap((id) => account(String(id)) ?? []);
  const results = found.map((user) => ({
    accountId: user.accountId,
    accountType: user.accountId === APP_ACCOUNT ? 'app' : 'atlassian',
    accountStatus: 'active',
    displayName: user.displayName,
    publicName: user.displayName,
    email: '',
    timeZone: user.timezone,
    isExternalCollaborator: false,
    profilePicture: { path: '/wiki/aa-avatar/default', isDefault: true },
  }));
  return ok({ results, _links: { base: `${call.baseUrl}/wiki` } }, results.length);
}

export const partRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PROPERTIES,
    handle: (call) => {
      only(call, 'key', 'sort', 'cursor', 'limit');
      const page = visiblePage(call.sql, call.rights, idParam(call, 'page-id'));
      const key = call.query.get('key');
      const found = propertiesOf(call, page.id).filter((each) => key === null || each.key === key);
      return paged(call, sorted(found, call.query.get('sort'), { key: (each) => each.key }), propertyShape);
    },
  },
  { method: 'POST', path: PROPERTIES, handle: createProperty },
  {
    method: 'GET',
    path: `${PROPERTIES}/{property-id}`,
    handle: (call) => {
      visiblePage(call.sql, call.rights, idParam(call, 'page-id'));
      return ok(propertyShape(property(call)));
    },
  },
  { method: 'PUT', path: `${PROPERTIES}/{property-id}`, handle: updateProperty },
  { method: 'DELETE', path: `${PROPERTIES}/{property-id}`, handle: deleteProperty },
  {
    method: 'GET',
    path: `${PAGE}/labels`,
    handle: (call) => {
      only(call, 'prefix', 'cursor', 'limit');
      const page = visiblePage(call.sql, call.rights, idParam(call, 'id'));
      const prefix = call.query.get('prefix');
      const labels = call.sql.all<LabelRow>('SELECT * FROM page_labels WHERE page_id = ? ORDER BY id', page.id);
      return paged(call, labels.filter((label) => prefix === null || label.prefix === prefix), labelShape);
    },
  },
  { method: 'GET', path: `${PAGE}/operations`, pointsPerObject: 2, handle: (call) => ok({ operations: call.rights.onPage(visiblePage(call.sql, call.rights, idParam(call, 'id'))) }) },
  {
    method: 'GET',
    path: `${PAGE}/ancestors`,
    handle: (call) => {
      if (call.query.size > 0) throw new Unmodelled('ancestors with a limit');
      const ancestors: unknown[] = [];
      let above = visiblePage(call.sql, call.rights, idParam(call, 'id')).parent_id;
      while (above !== null) {
        ancestors.unshift({ id: String(above), type: 'page' });
        above = call.sql.get<{ parent_id: number | null }>('SELECT parent_id FROM pages WHERE id = ?', above)?.parent_id ?? null;
      }
      return ok({ results: ancestors, _links: { base: `${call.baseUrl}/wiki` } }, ancestors.length);
    },
  },
  { method: 'GET', path: SPACES, handle: listSpaces },
  { method: 'GET', path: `${SPACES}/{id}`, handle: readSpace },
  { method: 'GET', path: `${SPACES}/{id}/operations`, pointsPerObject: 2, handle: (call) => ok({ operations: call.rights.onSpace(space(call).id) }) },
  { method: 'POST', path: '/wiki/api/v2/users-bulk', pointsPerObject: 2, handle: users },
];
