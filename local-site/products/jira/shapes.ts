/** What REST shows of projects, people and issues. */
import { many, object, type Call } from '../http';
import { Refusal } from '../refusal';
import { account, APP_ACCOUNT } from '../users';
import { CATEGORIES, nameOf, PRIORITIES, RESOLUTIONS, setupOf, statusOf, TYPES, typesOf, type Category } from './config';
import { jiraTime } from './events';
import { customOf, labelsOf, projectById, propertiesOf, type IssueRow, type LinkRow, type ProjectRow } from './rows';

type Json = Record<string, unknown>;
const rest = (call: Call, path: string): string => `${call.baseUrl}/rest/api/3/${path}`;
const avatars = (call: Call): Json => Object.fromEntries(['48x48', '24x24', '16x16', '32x32'].map((size) => [size, `${call.baseUrl}/avatar.svg`]));

export function userShape(call: Call, accountId: string | null): Json | null {
  const user = accountId === null ? null : account(accountId);
  if (user === null) return null;
  return {
    self: rest(call, `user?accountId=${user.accountId}`),
    accountId: user.accountId,
    accountType: user.accountId === APP_ACCOUNT ? 'app' : 'atlassian',
    displayName: user.displayName,
    active: true,
    timeZone: user.timezone,
    avatarUrls: avatars(call),
  };
}
export function typeShape(call: Call, id: string): Json {
  const type = TYPES.find((each) => each.id === id);
  return { self: rest(call, `issuetype/${id}`), id, name: type?.name, description: type?.description, iconUrl: `${call.baseUrl}/avatar.svg`, subtask: false, hierarchyLevel: 0 };
}
export function statusShape(call: Call, id: string): Json {
  const status = statusOf(id);
  return { self: rest(call, `status/${id}`), id, name: status.name, description: '', iconUrl: `${call.baseUrl}/`, statusCategory: categoryShape(call, status.category) };
}
const categoryShape = (call: Call, category: Category): Json => ({ self: rest(call, `statuscategory/${CATEGORIES[category].id}`), ...CATEGORIES[category] });
export function priorityShape(call: Call, id: string): Json {
  return { self: rest(call, `priority/${id}`), id, name: nameOf(PRIORITIES, id), iconUrl: `${call.baseUrl}/avatar.svg` };
}
export function projectShape(call: Call, project: Pick<ProjectRow, 'id' | 'key' | 'name'>): Json {
  return { self: rest(call, `project/${project.id}`), id: String(project.id), key: project.key, name: project.name, projectTypeKey: 'software', simplified: false, avatarUrls: avatars(call) };
}
export function wholeProject(call: Call, project: ProjectRow): Json {
  return { ...projectShape(call, project), style: 'classic', isPrivate: false, assigneeType: 'UNASSIGNED', components: [], versions: [], roles: {}, issueTypes: typesOf(project.id).map(({ id }) => typeShape(call, id)) };
}
export function linkShape(call: Call, issueId: number, link: LinkRow): Json {
  const { application, relationship, object: linked } = JSON.parse(link.doc) as Json;
  const { icon, status, ...rest_ } = object(linked);
  return {
    id: link.id,
    self: rest(call, `issue/${issueId}/remotelink/${link.id}`),
    ...(link.global_id === null ? {} : { globalId: link.global_id }),
    application: application ?? {},
    ...(relationship === undefined ? {} : { relationship }),
    object: { ...rest_, icon: icon ?? {}, status: { icon: {}, ...object(status) } },
  };
}

function allFields(call: Call, issue: IssueRow): Json {
  const status = statusOf(issue.status_id);
  const project = projectById(call.sql, issue.project_id);
  const setup = setupOf(issue.project_id);
  const named = (kind: string, list: Parameters<typeof nameOf>[0], id: string | null): Json | null => (id === null ? null : { self: rest(call, `${kind}/${id}`), id, name: nameOf(list, id), description: '' });
  const custom = setup.custom.map(({ id, kind, options }): [string, unknown] => {
    const value = customOf(issue)[id] ?? null;
    const option = options.find((each) => each.id === value);
    return [id, kind === 'select' && option ? { self: rest(call, `customFieldOption/${option.id}`), ...option } : value];
  });
  return {
    summary: issue.summary,
    description: issue.description === null ? null : JSON.parse(issue.description),
    issuetype: typeShape(call, issue.type_id),
    project: project === null ? null : projectShape(call, project),
    priority: priorityShape(call, issue.priority_id),
    assignee: userShape(call, issue.assignee_id),
    reporter: userShape(call, issue.reporter_id),
    creator: userShape(call, issue.creator_id),
    labels: labelsOf(issue),
    duedate: issue.due_date,
    status: statusShape(call, issue.status_id),
    statusCategory: categoryShape(call, status.category),
    resolution: named('resolution', RESOLUTIONS, issue.resolution_id),
    resolutiondate: issue.resolved_at === null ? null : jiraTime(issue.resolved_at),
    created: jiraTime(issue.created_at),
    updated: jiraTime(issue.updated_at),
    security: named('securitylevel', setup.levels, issue.security_id),
    ...Object.fromEntries(custom),
  };
}

/** Which fields and properties an answer shows. A field the issue has not is left out, as with the vendor. */
export interface Wanted {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
}
export const wantedOf = (fields: unknown, properties: unknown, byDefault: string): Wanted => {
  const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]).flatMap((each) => each.split(',')) : []);
  const asked = list(fields);
  const wantedProperties = list(properties);
  if (wantedProperties.length > 5) throw new Refusal(400, 'The number of properties must not exceed 5.');
  return { fields: asked.length === 0 ? [byDefault] : asked, properties: wantedProperties };
};
export const wantedByQuery = (call: Call, byDefault: string): Wanted => wantedOf(many(call, 'fields'), many(call, 'properties'), byDefault);

export function issueShape(call: Call, issue: IssueRow, { fields, properties }: Wanted): Json {
  const kept = propertiesOf(call.sql, issue.id);
  const shown = properties.length === 0 ? {} : { properties: Object.fromEntries(Object.entries(kept).filter(([key]) => properties.includes('*all') || properties.includes(key))) };
  if (fields.length === 1 && fields[0] === 'id') return { id: String(issue.id), ...shown };
  const all = fields.some((each) => each === '*all' || each === '*navigable') || fields.every((each) => each.startsWith('-'));
  const values = Object.entries(allFields(call, issue)).filter(([name]) => (all || fields.includes(name)) && !fields.includes(`-${name}`));
  return { expand: '', id: String(issue.id), self: rest(call, `issue/${issue.id}`), key: issue.key, fields: Object.fromEntries(values), ...shown };
}
