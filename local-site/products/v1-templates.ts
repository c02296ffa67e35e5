/** Confluence v1: page templates of the site and of spaces. Hidden ones are refused as missing ones are. */
import { parseAdf } from './adf';
import { many, object, ok, oneOf, only, param, text, whole, window, type Call, type Reply, type Route } from './http';
import { spaceById } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { SpaceRow, TemplateRow } from './rows';
import { storageOf } from './storage-format';
import { losesMacros, Templates } from './templates';

const TEMPLATE = '/wiki/rest/api/template';
const CHANGED_DESCRIPTION_MAX = 100;
const templatesOf = (call: Call): Templates => new Templates(call, call.who);

function wantsBody(call: Call): boolean {
  return many(call, 'expand').map((each) => oneOf(each, ['body', 'body.storage'], 'templates with expand')).length > 0;
}
function shape(call: Call, row: TemplateRow, withBody: boolean): unknown {
  const space = row.space_id === null ? null : spaceById(call.sql, row.space_id);
  const labels = (JSON.parse(row.labels) as string[]).map((name, index) => ({ prefix: 'global', name, id: String(index + 1), label: name }));
  return {
    templateId: String(row.id),
    name: row.name,
    description: row.description,
    labels,
    templateType: 'page',
    editorVersion: 'v2',
    ...(space === null ? {} : { space: { id: space.id, key: space.key, name: space.name, type: 'global' } }),
    ...(withBody ? { body: { storage: { value: storageOf(JSON.parse(row.adf)), representation: 'storage', embeddedContent: [] } } } : { _expandable: { body: '' } }),
    _links: { self: `${call.baseUrl}${TEMPLATE}/${row.id}` },
  };
}

/** 403 for what is not there and for what is hidden, as the vendor says of these. */
function refusedAlike<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) throw new Refusal(403, 'There is no template with the given ID, or the user may not view it');
    throw error;
  }
}
function spaceNamed(call: Call, key: string): SpaceRow {
  const space = call.sql.get<SpaceRow>('SELECT * FROM spaces WHERE key = ?', key);
  if (space === null || call.rights.space(space.id) === null) throw new Refusal(403, 'The calling user may not view the space, or there is none');
  return space;
}

function list(call: Call): Reply {
  only(call, 'spaceKey', 'start', 'limit', 'expand');
  const key = call.query.get('spaceKey');
  const spaceId = key === null ? null : spaceNamed(call, key).id;
  const withBody = wantsBody(call);
  const { rows, ...range } = window(call, templatesOf(call).list().filter((row) => row.space_id === spaceId), 25);
  return ok({ results: rows.map((row) => shape(call, row, withBody)), ...range }, rows.length);
}

type Node = { readonly type: string; readonly content?: readonly Node[] };
const EXTENSIONS = new Set(['extension', 'bodiedExtension', 'inlineExtension']);
const withoutMacros = (node: Node): Node => (node.content === undefined ? node : { ...node, content: node.content.filter(({ type }) => !EXTENSIONS.has(type)).map(withoutMacros) });

function written(call: Call): { readonly name: string; readonly description: string; readonly adf: string; readonly spaceId: number | null } {
  const body = object(call.body);
  oneOf(text(body['templateType'], 'templateType'), ['page'], 'templateType');
  const [format, ...more] = Object.keys(object(body['body']));
  if (format === undefined || more.length > 0) throw new Refusal(400, 'Only one body format should be specified');
  if (format !== 'atlas_doc_format') throw new Unmodelled(`templates written as ${format}`);
  const adf = text(object(object(body['body'])[format])['value'], 'body.value');
  const key = object(body['space'])['key'];
  return {
    name: text(body['name'], 'name'),
    description: body['description'] === undefined ? '' : text(body['description'], 'description'),
    adf: losesMacros(call.sql) ? JSON.stringify(withoutMacros(parseAdf(adf) as Node)) : adf,
    spaceId: key === undefined ? null : spaceNamed(call, text(key, 'space.key')).id,
  };
}
function create(call: Call): Reply {
  only(call);
  const labels = object(call.body)['labels'];
  if (Array.isArray(labels) && labels.length > 0) throw new Unmodelled('templates made with labels');
  return ok(shape(call, templatesOf(call).create({ ...written(call), labels: [] }), true));
}
function update(call: Call): Reply {
  only(call);
  const { spaceId, ...change } = written(call);
  const id = whole(object(call.body)['templateId'], 'templateId');
  if (templatesOf(call).get(id).space_id !== spaceId) throw new Refusal(400, 'A template stays in its space');
  if (change.description.length > CHANGED_DESCRIPTION_MAX) throw new Refusal(400, `A description cannot be longer than ${CHANGED_DESCRIPTION_MAX} characters`);
  return ok(shape(call, templatesOf(call).update(id, change), true));
}
function read(call: Call): Reply {
  only(call, 'expand');
  if (param(call, 'contentTemplateId') === 'blueprint') throw new Unmodelled('templates of blueprints');
  return ok(shape(call, refusedAlike(() => templatesOf(call).get(whole(param(call, 'contentTemplateId'), 'contentTemplateId'))), wantsBody(call)));
}
function remove(call: Call): Reply {
  only(call);
  refusedAlike(() => templatesOf(call).remove(whole(param(call, 'contentTemplateId'), 'contentTemplateId')));
  return { status: 204 };
}

export const templateRoutes: readonly Route[] = [
  { method: 'POST', path: TEMPLATE, handle: create },
  { method: 'PUT', path: TEMPLATE, handle: update },
  { method: 'GET', path: `${TEMPLATE}/page`, handle: list },
  { method: 'GET', path: `${TEMPLATE}/{contentTemplateId}`, handle: read },
  { method: 'DELETE', path: `${TEMPLATE}/{contentTemplateId}`, handle: remove },
];
