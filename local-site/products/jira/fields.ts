/** The fields of an issue that can be written: who may, which values there are, and how a value is stored. */
import { adfProblem } from '../adf';
import { object } from '../http';
import type { Sql } from '../sql';
import { DEFAULT_PRIORITY, PRIORITIES, setupOf, typesOf, type CustomField, type Named, type Permission } from './config';
import { documentText } from './document-text';
import { jiraRights, type JiraRights } from './rights';
import { customOf, type Draft } from './rows';

/** What is wrong with one field's value; the caller names the field. */
export class FieldProblem extends Error {}

export interface Place {
  readonly sql: Sql;
  readonly rights: JiraRights;
  readonly projectId: number;
}
export interface Schema {
  readonly type: string;
  readonly items?: string;
  readonly system?: string;
  readonly custom?: string;
  readonly customId?: number;
}
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly schema: Schema;
  readonly operations: readonly string[];
  readonly required: boolean;
  readonly hasDefault: boolean;
  /** Needed besides the right to create or edit. */
  readonly permission?: Permission;
  /** What the field offers, where that is a list. */
  readonly offers?: (place: Place) => readonly (Named | { readonly id: string; readonly value: string })[];
  /** Throws FieldProblem. */
  readonly write: (value: unknown, draft: Draft, place: Place) => void;
}

const SUMMARY_MAX = 255;
const TEXT_MAX = 32_767;
const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new FieldProblem('Operation value must be a string');
  return value;
};
/** The entry a `{id}` or `{name}` (of an option: `{value}`) means. */
function chosen<T extends { readonly id: string }>(value: unknown, offered: readonly T[], label: string, word: 'name' | 'value' = 'name'): T {
  const { id, [word]: name } = object(value);
  const found = offered.find((each) => (id === undefined ? (each as unknown as Record<string, unknown>)[word] === name : each.id === String(id)));
  if (!found) throw new FieldProblem(`Specify a valid 'id' or '${word}' for ${label}`);
  return found;
}
function person(value: unknown): string {
  const { accountId, id } = object(value);
  return text(accountId ?? id);
}
export function dateProblem(value: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)) || new Date(value).toISOString().slice(0, 10) !== value;
}
function writeLabels(value: unknown, draft: Draft): void {
  const labels = Array.isArray(value) ? (value as unknown[]).map(text) : [];
  if (value !== null && !Array.isArray(value)) throw new FieldProblem('data was not an array');
  for (const label of labels) {
    if (/\s/.test(label)) throw new FieldProblem(`The label '${label}' contains spaces which is invalid.`);
    if (label === '' || label.length > 255) throw new FieldProblem(`The label '${label}' is not between 1 and 255 characters long.`);
  }
  draft.labels = JSON.stringify([...new Set(labels)].sort());
}
function writeDescription(value: unknown, draft: Draft): void {
  if (value !== null && adfProblem(value) !== null) throw new FieldProblem('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  if (documentText(value).length > TEXT_MAX) throw new FieldProblem('The entered text is too long. It exceeds the allowed limit of 32,767 characters.');
  draft.description = value === null ? null : JSON.stringify(value);
}
function writeSummary(value: unknown, draft: Draft): void {
  const summary = value === null ? '' : text(value).trim();
  if (summary === '') throw new FieldProblem('You must specify a summary of the issue.');
  if (/[\r\n]/.test(summary)) throw new FieldProblem('The summary is invalid because it contains newline characters.');
  if (summary.length > SUMMARY_MAX) throw new FieldProblem(`Summary must be less than ${SUMMARY_MAX} characters.`);
  draft.summary = summary;
}
function writeAssignee(value: unknown, draft: Draft, { sql, projectId }: Place): void {
  const accountId = value === null ? null : person(value);
  if (accountId !== null && !jiraRights(sql, accountId).in(projectId).has('ASSIGNABLE_USER')) throw new FieldProblem(`User '${accountId}' cannot be assigned issues.`);
  draft.assignee_id = accountId;
}
function writeReporter(value: unknown, draft: Draft, { sql, projectId }: Place): void {
  const accountId = value === null ? '' : person(value);
  if (!jiraRights(sql, accountId).in(projectId).has('BROWSE_PROJECTS')) throw new FieldProblem('The reporter specified is not a user.');
  draft.reporter_id = accountId;
}
function writeDueDate(value: unknown, draft: Draft): void {
  if (value !== null && dateProblem(text(value))) throw new FieldProblem(`Error parsing date string: ${String(value)}`);
  draft.due_date = value as string | null;
}

const FIELDS: readonly Field[] = [
  { id: 'summary', name: 'Summary', schema: { type: 'string', system: 'summary' }, operations: ['set'], required: true, hasDefault: false, write: writeSummary },
  {
    id: 'issuetype', name: 'Issue Type', schema: { type: 'issuetype', system: 'issuetype' }, operations: [], required: true, hasDefault: false,
    offers: ({ projectId }) => typesOf(projectId),
    write(value, draft, { projectId }) {
      const { id, name } = object(value);
      const found = typesOf(projectId).find((type) => (id === undefined ? type.name === name : type.id === String(id)));
      if (!found) throw new FieldProblem('Specify a valid issue type');
      draft.type_id = found.id;
    },
  },
  { id: 'description', name: 'Description', schema: { type: 'string', system: 'description' }, operations: ['set'], required: false, hasDefault: false, write: writeDescription },
  {
    id: 'priority', name: 'Priority', schema: { type: 'priority', system: 'priority' }, operations: ['set'], required: false, hasDefault: true,
    offers: () => PRIORITIES,
    write: (value, draft) => void (draft.priority_id = value === null ? DEFAULT_PRIORITY : chosen(value, PRIORITIES, 'priority').id),
  },
  { id: 'assignee', name: 'Assignee', schema: { type: 'user', system: 'assignee' }, operations: ['set'], required: false, hasDefault: false, permission: 'ASSIGN_ISSUES', write: writeAssignee },
  { id: 'reporter', name: 'Reporter', schema: { type: 'user', system: 'reporter' }, operations: ['set'], required: true, hasDefault: true, permission: 'MODIFY_REPORTER', write: writeReporter },
  { id: 'labels', name: 'Labels', schema: { type: 'array', items: 'string', system: 'labels' }, operations: ['add', 'set', 'remove'], required: false, hasDefault: false, write: writeLabels },
  { id: 'duedate', name: 'Due date', schema: { type: 'date', system: 'duedate' }, operations: ['set'], required: false, hasDefault: false, permission: 'SCHEDULE_ISSUES', write: writeDueDate },
  {
    id: 'security', name: 'Security Level', schema: { type: 'securitylevel', system: 'security' }, operations: ['set'], required: false, hasDefault: false, permission: 'SET_ISSUE_SECURITY',
    offers: ({ rights, projectId }) => rights.levels(projectId),
    write: (value, draft, { rights, projectId }) => void (draft.security_id = value === null ? null : chosen(value, rights.levels(projectId), 'security').id),
  },
];

function customField({ id, name, kind, required, options }: CustomField): Field {
  const custom = `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`;
  const customId = Number(id.slice('customfield_'.length));
  return {
    id, name, operations: ['set'], required, hasDefault: false,
    schema: { type: kind === 'select' ? 'option' : 'string', custom, customId },
    ...(kind === 'select' ? { offers: () => options } : {}),
    write(value, draft) {
      const { [id]: _before, ...rest } = customOf(draft);
      if (value === null && required) throw new FieldProblem(`${name} is required.`);
      if (value === null) draft.custom = JSON.stringify(rest);
      else draft.custom = JSON.stringify({ ...rest, [id]: kind === 'select' ? chosen(value, options, name, 'value').id : text(value) });
    },
  };
}

/** The fields of the project's screens this person may write; a list without entries is not shown. */
export function fieldsOf(place: Place): readonly Field[] {
  const own = place.rights.in(place.projectId);
  return [...FIELDS, ...setupOf(place.projectId).custom.map(customField)].filter(({ permission, offers }) => (permission === undefined || own.has(permission)) && offers?.(place).length !== 0);
}
