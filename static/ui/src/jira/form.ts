/** What Jira lets the viewer create, and which fields it asks for. */
import { askJira, type FoundPerson } from '../api';
import { textOf } from '../parts/kept';
import { idOf, listOf, pathOf, wordsOf } from './raw';

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}
export interface Option {
  readonly id: string;
  readonly name: string;
}
/** `none`: this screen cannot ask for it; such an issue has to be made in Jira. */
export type Input = 'text' | 'paragraph' | 'number' | 'date' | 'option' | 'options' | 'labels' | 'person' | 'none';
export interface FormField {
  readonly key: string;
  readonly name: string;
  readonly input: Input;
  readonly options: readonly Option[];
}
export interface IssueForm {
  /** Fields of our own that this work type has. */
  readonly has: { readonly owner: boolean; readonly due: boolean; readonly priority: boolean };
  readonly needs: { readonly owner: boolean; readonly due: boolean; readonly priority: boolean };
  readonly priorities: readonly Option[];
  /** Name of the priority Jira takes by itself; null: it does not say. */
  readonly usualPriority: string | null;
  /** Required fields beyond our own. */
  readonly others: readonly FormField[];
}

const PAGE = 50;
/** Filled by the app or by Jira itself. */
const FILLED: ReadonlySet<string> = new Set(['summary', 'project', 'issuetype', 'reporter', 'description', 'assignee', 'duedate', 'priority']);

/** Projects the viewer may create in, by name; `more`: there are others. Throws `JiraFault`. */
export async function findProjects(typed: string): Promise<{ readonly projects: readonly Project[]; readonly more: boolean }> {
  const query = typed.trim() === '' ? '' : `&query=${encodeURIComponent(typed.trim().slice(0, 100))}`;
  const answer = await askJira(`/rest/api/3/project/search?action=create&orderBy=name&maxResults=${PAGE}${query}`);
  const projects = listOf(pathOf(answer, 'values')).flatMap((raw) => {
    const [id, key, name] = [idOf(pathOf(raw, 'id')), wordsOf(pathOf(raw, 'key')), wordsOf(pathOf(raw, 'name'))];
    return id === null || key === null ? [] : [{ id, key, name: name ?? key }];
  });
  return { projects, more: pathOf(answer, 'isLast') === false };
}

/** Work types of a project that stand on their own. Throws `JiraFault`. */
export async function workTypes(projectId: string): Promise<readonly Option[]> {
  const answer = await askJira(`/rest/api/3/issue/createmeta/${encodeURIComponent(projectId)}/issuetypes?maxResults=100`, null, true);
  return [...listOf(pathOf(answer, 'issueTypes')), ...listOf(pathOf(answer, 'values'))].filter((raw) => pathOf(raw, 'subtask') !== true).flatMap(optionOf);
}

function optionOf(raw: unknown): readonly Option[] {
  const id = idOf(pathOf(raw, 'id'));
  const name = wordsOf(pathOf(raw, 'name')) ?? wordsOf(pathOf(raw, 'value'));
  return id === null ? [] : [{ id, name: name ?? id }];
}

function inputOf(raw: unknown, options: readonly Option[]): Input {
  const [type, items, custom] = ['type', 'items', 'custom'].map((part) => textOf(pathOf(raw, 'schema', part)) ?? '');
  switch (type) {
    case 'string':
      return custom?.endsWith(':textarea') === true || pathOf(raw, 'schema', 'system') === 'environment' ? 'paragraph' : 'text';
    case 'number':
    case 'date':
      return type;
    case 'user':
      return 'person';
    case 'array':
      return items === 'string' ? 'labels' : options.length > 0 && items !== 'user' && items !== 'option-with-child' ? 'options' : 'none';
    case 'option-with-child':
      return 'none';
    default:
      return options.length > 0 ? 'option' : 'none';
  }
}

/** Throws `JiraFault`. */
export async function issueForm(projectId: string, issueTypeId: string): Promise<IssueForm> {
  const answer = await askJira(`/rest/api/3/issue/createmeta/${encodeURIComponent(projectId)}/issuetypes/${encodeURIComponent(issueTypeId)}?maxResults=200`, null, true);
  return parseForm(answer);
}

export function parseForm(answer: unknown): IssueForm {
  const rows = [...listOf(pathOf(answer, 'fields')), ...listOf(pathOf(answer, 'values'))];
  const fields = rows.flatMap((raw) => {
    const key = wordsOf(pathOf(raw, 'fieldId')) ?? wordsOf(pathOf(raw, 'key'));
    return key === null ? [] : [{ raw, key, required: pathOf(raw, 'required') === true && pathOf(raw, 'hasDefaultValue') !== true }];
  });
  const by = (key: string) => fields.find((one) => one.key === key);
  const has = (key: string): boolean => by(key) !== undefined;
  const needs = (key: string): boolean => by(key)?.required === true;
  const priority = by('priority')?.raw;
  return {
    has: { owner: has('assignee'), due: has('duedate'), priority: has('priority') },
    needs: { owner: needs('assignee'), due: needs('duedate'), priority: needs('priority') },
    priorities: listOf(pathOf(priority, 'allowedValues')).flatMap(optionOf),
    usualPriority: wordsOf(pathOf(priority, 'defaultValue', 'name')),
    others: fields
      .filter(({ key, required }) => required && !FILLED.has(key))
      .map(({ raw, key }) => {
        const options = listOf(pathOf(raw, 'allowedValues')).flatMap(optionOf);
        return { key, name: wordsOf(pathOf(raw, 'name')) ?? key, input: inputOf(raw, options), options };
      }),
  };
}

/** Paragraphs as Jira wants them. */
const paragraphs = (text: string): unknown => ({
  type: 'doc',
  version: 1,
  content: text.split(/\n+/).map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});
/** A typed value in Jira's own shape; null: nothing usable was typed. A list holds the ids of chosen options. */
export function jiraValue(field: FormField, typed: string | readonly string[]): unknown {
  const text = typeof typed === 'string' ? typed.trim() : '';
  switch (field.input) {
    case 'text':
      return text === '' ? null : text;
    case 'paragraph':
      return text === '' ? null : paragraphs(text);
    case 'number': {
      const number = Number(text.normalize('NFKC'));
      return text === '' || !Number.isFinite(number) ? null : number;
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
    case 'option':
      return text === '' ? null : { id: text };
    case 'options':
      return typeof typed === 'string' || typed.length === 0 ? null : typed.map((id) => ({ id }));
    case 'labels': {
      const labels = text.split(/[\s,、]+/).filter((label) => label !== '');
      return labels.length === 0 ? null : labels;
    }
    case 'person':
      return text === '' ? null : { accountId: text };
    case 'none':
      return null;
  }
}

/** People an issue of this project can be given to; at most eight. Throws `JiraFault`. */
export async function findAssignable(projectKeyOrId: string, typed: string): Promise<readonly FoundPerson[]> {
  const answer = await askJira(`/rest/api/3/user/assignable/search?project=${encodeURIComponent(projectKeyOrId)}&query=${encodeURIComponent(typed.trim().slice(0, 80))}&maxResults=12`, null, true);
  return listOf(answer)
    .flatMap((raw) => {
      const [accountId, name] = [idOf(pathOf(raw, 'accountId')), wordsOf(pathOf(raw, 'displayName'))];
      return accountId === null || name === null || pathOf(raw, 'accountType') === 'app' ? [] : [{ accountId, name }];
    })
    .slice(0, 8);
}
