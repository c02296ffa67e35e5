/** Jira v3: projects, and what creating an issue in one takes. */
import { many, object, ok, only, param, whole, type Call, type Reply, type Route } from '../http';
import { Refusal, Unmodelled } from '../refusal';
import { DEFAULT_PRIORITY, PRIORITIES, typesOf, type Permission } from './config';
import { fieldsOf, type Field, type Place } from './fields';
import { jiraRights } from './rights';
import { visibleProject, type ProjectRow } from './rows';
import { priorityShape, projectShape, typeShape, wholeProject } from './shapes';

interface Window<T> {
  readonly rows: readonly T[];
  readonly startAt: number;
  readonly maxResults: number;
  readonly total: number;
}
function windowOf<T>(call: Call, items: readonly T[], most: number): Window<T> {
  const startAt = whole(call.query.get('startAt') ?? 0, 'startAt');
  const maxResults = whole(call.query.get('maxResults') ?? 50, 'maxResults');
  return { rows: items.slice(startAt, startAt + Math.min(maxResults, most)), startAt, maxResults: Math.min(maxResults, most), total: items.length };
}
function bean<T>(call: Call, items: readonly T[], show: (item: T) => unknown): Reply {
  const { rows, ...range } = windowOf(call, items, 100);
  const self = `${call.baseUrl}${call.path}?${call.query.toString()}`;
  return ok({ self, ...range, isLast: range.startAt + rows.length >= range.total, values: rows.map(show) }, rows.length);
}

function searchProjects(call: Call): Reply {
  only(call, 'startAt', 'maxResults', 'query', 'keys', 'id', 'action', 'orderBy');
  const rights = jiraRights(call.sql, call.who.accountId);
  const actions: Readonly<Record<string, Permission>> = { view: 'BROWSE_PROJECTS', browse: 'BROWSE_PROJECTS', create: 'CREATE_ISSUES' };
  const needed = actions[call.query.get('action') ?? 'view'];
  const order = call.query.get('orderBy') ?? 'key';
  if (needed === undefined || !['key', '+key', 'name', '+name'].includes(order)) throw new Unmodelled('a project search with this action or orderBy');
  const [query, keys, ids] = [(call.query.get('query') ?? '').toLowerCase(), many(call, 'keys'), many(call, 'id')];
  const found = call.sql
    .all<ProjectRow>(`SELECT * FROM jira_projects ORDER BY ${order.endsWith('name') ? 'name' : 'key'}`)
    .filter(({ id, key, name }) => rights.in(id).has(needed) && `${key} ${name}`.toLowerCase().includes(query) && (keys.length === 0 || keys.includes(key)) && (ids.length === 0 || ids.includes(String(id))));
  return bean(call, found, (project) => ({ ...projectShape(call, project), style: 'classic', isPrivate: false }));
}

function fieldShape(call: Call, project: ProjectRow, place: Place, typeId: string, field: Field): unknown {
  const { id, name, schema, operations, required, hasDefault, offers } = field;
  const base = { required, schema, name, key: id, fieldId: id, hasDefaultValue: hasDefault, operations };
  if (id === 'issuetype') return { ...base, allowedValues: [typeShape(call, typeId)] };
  if (id === 'priority') return { ...base, allowedValues: PRIORITIES.map((each) => priorityShape(call, each.id)), defaultValue: priorityShape(call, DEFAULT_PRIORITY) };
  if (schema.type === 'user') return { ...base, autoCompleteUrl: `${call.baseUrl}/rest/api/3/user/assignable/search?project=${project.key}&query=` };
  if (!offers) return base;
  const kind = schema.custom === undefined ? 'securitylevel' : 'customFieldOption';
  return { ...base, allowedValues: offers(place).map((each) => ({ self: `${call.baseUrl}/rest/api/3/${kind}/${each.id}`, id: each.id, ...('value' in each ? { value: each.value } : { name: each.name }) })) };
}

/** The project's window of create metadata; empty for who may see the project and not create in it. */
function creatable(call: Call): { readonly project: ProjectRow; readonly place: Place; readonly mayCreate: boolean } {
  only(call, 'startAt', 'maxResults');
  const rights = jiraRights(call.sql, call.who.accountId);
  const project = visibleProject(call.sql, rights, param(call, 'projectIdOrKey'));
  return { project, place: { sql: call.sql, rights, projectId: project.id }, mayCreate: rights.in(project.id).has('CREATE_ISSUES') };
}
function createTypes(call: Call): Reply {
  const { project, mayCreate } = creatable(call);
  const { rows, ...range } = windowOf(call, mayCreate ? typesOf(project.id) : [], 200);
  return ok({ issueTypes: rows.map(({ id }) => typeShape(call, id)), ...range }, rows.length);
}
function createFields(call: Call): Reply {
  const { project, place, mayCreate } = creatable(call);
  const typeId = param(call, 'issueTypeId');
  if (!typesOf(project.id).some(({ id }) => id === typeId)) throw new Refusal(400, `The issue type with id '${typeId}' does not exist in the project.`);
  const projectField = { required: true, schema: { type: 'project', system: 'project' }, name: 'Project', key: 'project', fieldId: 'project', hasDefaultValue: false, operations: ['set'], allowedValues: [projectShape(call, project)] };
  const shown = mayCreate ? [projectField, ...fieldsOf(place).map((field) => fieldShape(call, project, place, typeId, field))] : [];
  const { rows, ...range } = windowOf(call, shown, 200);
  return ok({ fields: rows, ...range }, rows.length);
}

function searchPriorities(call: Call): Reply {
  only(call, 'startAt', 'maxResults', 'id', 'onlyDefault');
  const ids = many(call, 'id');
  const found = PRIORITIES.filter(({ id }) => (ids.length === 0 || ids.includes(id)) && (call.query.get('onlyDefault') !== 'true' || id === DEFAULT_PRIORITY));
  return bean(call, found, ({ id, color }) => ({ ...object(priorityShape(call, id)), description: '', statusColor: color, isDefault: id === DEFAULT_PRIORITY }));
}

export const projectRoutes: readonly Route[] = [
  { method: 'GET', path: '/rest/api/3/project/search', handle: searchProjects },
  {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}',
    handle: (call) => (only(call), ok(wholeProject(call, visibleProject(call.sql, jiraRights(call.sql, call.who.accountId), param(call, 'projectIdOrKey'))))),
  },
  { method: 'GET', path: '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes', handle: createTypes },
  { method: 'GET', path: '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}', handle: createFields },
  { method: 'GET', path: '/rest/api/3/priority/search', handle: searchPriorities },
];
