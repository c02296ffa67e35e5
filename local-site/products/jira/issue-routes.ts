/** Jira v3: issues, their transitions, properties and remote links. */
import { object, ok, only, param, text, type Call, type Reply, type Route } from '../http';
import { Refusal, Unmodelled } from '../refusal';
import { TRANSITIONS } from './config';
import { Issues } from './issues';
import { setProperty } from './properties';
import { linkByGlobalId, linksOf, putLink, removeLink } from './remote-links';
import { jiraRights, type JiraRights } from './rights';
import { issueByIdOrKey, propertiesOf, visibleIssue, type IssueRow } from './rows';
import { issueShape, linkShape, statusShape, wantedByQuery, wantedOf } from './shapes';

const BULK_MAX = 100;
const DONE: Reply = { status: 204 };
const asked = (call: Call): string => param(call, 'issueIdOrKey');
const rightsOf = (call: Call): JiraRights => jiraRights(call.sql, call.who.accountId);
const visible = (call: Call): IssueRow => visibleIssue(call.sql, rightsOf(call), asked(call));

function create(call: Call): Reply {
  only(call);
  const issue = new Issues(call, call.who).create(object(call.body));
  return { status: 201, body: { id: String(issue.id), key: issue.key, self: `${call.baseUrl}/rest/api/3/issue/${issue.id}` }, objects: 1 };
}
function read(call: Call): Reply {
  only(call, 'fields', 'properties');
  return ok(issueShape(call, visible(call), wantedByQuery(call, '*all')));
}
function edit(call: Call): Reply {
  only(call);
  new Issues(call, call.who).change(asked(call), object(call.body));
  return DONE;
}
function remove(call: Call): Reply {
  only(call);
  new Issues(call, call.who).remove(asked(call));
  return DONE;
}
/** By id, each once; what does not exist or must not be seen is not among them. */
function bulkFetch(call: Call): Reply {
  only(call);
  const { issueIdsOrKeys, fields, properties, expand } = object(call.body);
  const wanted = Array.isArray(issueIdsOrKeys) ? (issueIdsOrKeys as unknown[]).map(String) : [];
  if (wanted.length === 0 || wanted.length > BULK_MAX) throw new Refusal(400, `Between 1 and ${BULK_MAX} issue ids or keys have to be given.`);
  if (Array.isArray(expand) && expand.length > 0) throw new Unmodelled('bulkfetch with expand');
  const rights = rightsOf(call);
  const found = new Map(wanted.map((each) => issueByIdOrKey(call.sql, each)).flatMap((issue) => (issue !== null && rights.sees(issue) ? [[issue.id, issue] as const] : [])));
  const issues = [...found.values()].sort((a, b) => a.id - b.id).map((issue) => issueShape(call, issue, wantedOf(fields, properties, '*navigable')));
  return ok({ issues, issueErrors: [] }, issues.length);
}

function transitions(call: Call): Reply {
  only(call, 'transitionId');
  const issue = visible(call);
  const only_ = call.query.get('transitionId');
  const open = rightsOf(call).can('TRANSITION_ISSUES', issue) ? TRANSITIONS.filter(({ id }) => only_ === null || id === only_) : [];
  const shown = open.map(({ id, name, to }) => ({ id, name, to: statusShape(call, to), hasScreen: false, isGlobal: true, isInitial: false, isAvailable: true, isConditional: false, looped: to === issue.status_id }));
  return ok({ expand: 'transitions', transitions: shown }, shown.length);
}
function transition(call: Call): Reply {
  only(call);
  const { transition: chosen, ...more } = object(call.body);
  for (const [name, value] of Object.entries(more)) if (Object.keys(object(value)).length > 0) throw new Unmodelled(`a transition with ${name}`);
  const { id } = object(chosen);
  if (id === undefined) throw new Refusal(400, "Missing 'transition' identifier");
  new Issues(call, call.who).transition(asked(call), String(id));
  return DONE;
}

function propertyKeys(call: Call): Reply {
  only(call);
  const issue = visible(call);
  const keys = Object.keys(propertiesOf(call.sql, issue.id)).map((key) => ({ self: `${call.baseUrl}/rest/api/3/issue/${issue.id}/properties/${encodeURIComponent(key)}`, key }));
  return ok({ keys }, keys.length);
}
const noProperty = (key: string): Refusal => new Refusal(404, `The property with key '${key}' does not exist.`);
function property(call: Call): Reply {
  only(call);
  const key = param(call, 'propertyKey');
  const properties = propertiesOf(call.sql, visible(call).id);
  if (!Object.hasOwn(properties, key)) throw noProperty(key);
  return ok({ key, value: properties[key] });
}
function putProperty(call: Call): Reply {
  only(call);
  const issue = visible(call);
  if (!rightsOf(call).can('EDIT_ISSUES', issue)) throw new Refusal(403, 'You do not have permission to edit issues in this project.');
  return { status: setProperty(call.sql, issue.id, param(call, 'propertyKey'), call.body) ? 201 : 200 };
}
function deleteProperty(call: Call): Reply {
  only(call);
  const issue = visible(call);
  const key = param(call, 'propertyKey');
  // The vendor describes 404, not 403, for who may not edit.
  if (!rightsOf(call).can('EDIT_ISSUES', issue) || !Object.hasOwn(propertiesOf(call.sql, issue.id), key)) throw noProperty(key);
  call.sql.run('DELETE FROM jira_properties WHERE issue_id = ? AND key = ?', issue.id, key);
  return DONE;
}

/** With a global id the one link, else the list. */
function links(call: Call): Reply {
  only(call, 'globalId');
  const issue = visible(call);
  const globalId = call.query.get('globalId');
  if (globalId !== null) return ok(linkShape(call, issue.id, linkByGlobalId(call.sql, issue.id, globalId)));
  const all = linksOf(call.sql, issue.id);
  return ok(all.map((link) => linkShape(call, issue.id, link)), all.length);
}
function putRemoteLink(call: Call): Reply {
  only(call);
  const { issue, id, isNew } = putLink(call.sql, rightsOf(call), asked(call), object(call.body));
  return { status: isNew ? 201 : 200, body: { id, self: `${call.baseUrl}/rest/api/3/issue/${issue.id}/remotelink/${id}` }, objects: 1 };
}
function deleteRemoteLink(call: Call): Reply {
  only(call, 'globalId');
  const globalId = text(call.query.get('globalId'), 'globalId');
  removeLink(call.sql, rightsOf(call), asked(call), (link) => link.global_id === globalId);
  return DONE;
}

const ISSUE = '/rest/api/3/issue/{issueIdOrKey}';
export const issueRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/api/3/issue', handle: create },
  { method: 'POST', path: '/rest/api/3/issue/bulkfetch', isRead: true, handle: bulkFetch },
  { method: 'GET', path: ISSUE, handle: read },
  { method: 'PUT', path: ISSUE, handle: edit },
  { method: 'DELETE', path: ISSUE, handle: remove },
  { method: 'GET', path: `${ISSUE}/transitions`, handle: transitions },
  { method: 'POST', path: `${ISSUE}/transitions`, handle: transition },
  { method: 'GET', path: `${ISSUE}/properties`, handle: propertyKeys },
  { method: 'GET', path: `${ISSUE}/properties/{propertyKey}`, handle: property },
  { method: 'PUT', path: `${ISSUE}/properties/{propertyKey}`, handle: putProperty },
  { method: 'DELETE', path: `${ISSUE}/properties/{propertyKey}`, handle: deleteProperty },
  { method: 'GET', path: `${ISSUE}/remotelink`, handle: links },
  { method: 'POST', path: `${ISSUE}/remotelink`, handle: putRemoteLink },
  { method: 'DELETE', path: `${ISSUE}/remotelink`, handle: deleteRemoteLink },
];
