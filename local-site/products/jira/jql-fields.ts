/** What the fields of JQL mean. A name the vendor has and this site has not is Unmodelled; any other is the vendor's 400. */
import { Refusal, Unmodelled } from '../refusal';
import type { Sql } from '../sql';
import { account } from '../users';
import { CATEGORIES, nameOf, PRIORITIES, PROJECTS, RESOLUTIONS, setupOf, statusOf, STATUSES, TYPES, type Named } from './config';
import { documentText } from './document-text';
import type { IndexedIssue } from './issue-index';
import type { Clause, Condition } from './jql';
import { asksEmpty, byNumber, byWords, dayOf, exactly, moment, words, type Asker } from './jql-values';
import type { PropertyFields } from './jql-properties';
import type { JiraRights } from './rights';
import { issueByIdOrKey, labelsOf } from './rows';

export interface Search {
  readonly sql: Sql;
  readonly rights: JiraRights;
  readonly asker: Asker;
  readonly properties: PropertyFields;
}
export type Test = (issue: IndexedIssue) => boolean;
type Compile = (clause: Clause, search: Search) => Test;

const NOT_MODELLED = new Set([
  'affectedversion', 'attachments', 'category', 'cf', 'comment', 'component', 'createddate', 'creator', 'environment', 'epic link', 'filter', 'fixversion', 'hierarchylevel', 'issuelink', 'issuelinktype', 'lastviewed',
  'originalestimate', 'parent', 'project type', 'remainingestimate', 'request', 'sprint', 'timespent', 'updateddate', 'voter', 'votes', 'watcher', 'watchers', 'workratio', 'affected service', 'customer impact',
]);
const noValue = (clause: Clause, value: string): Refusal => new Refusal(400, `The value '${value}' does not exist for the field '${clause.field}'.`);
/** `held` is what the issue has in the field: [] for nothing. */
const field = <T>(held: (issue: IndexedIssue) => readonly T[], fits: (clause: Clause, search: Search) => (held: readonly T[]) => boolean): Compile => (clause, search) => {
  const empty = asksEmpty(clause);
  if (empty !== null) return (issue) => (held(issue).length === 0) === empty;
  const test = fits(clause, search);
  return (issue) => test(held(issue));
};
const maybe = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);

/** A field whose values are among a list, by id, name or key. */
const listed = (list: (search: Search) => readonly (Named & { readonly key?: string })[], held: (issue: IndexedIssue) => string | null): Compile =>
  field((issue) => maybe(held(issue)), (clause, search) =>
    exactly(clause, () =>
      clause.values.map((value) => {
        const word = words(value, search.asker);
        const found = list(search).find(({ id, name, key }) => id === word || [name, key].some((each) => each?.toLowerCase() === word.toLowerCase()));
        if (!found) throw noValue(clause, word);
        return found.id;
      }),
    ),
  );
const person = (held: (issue: IndexedIssue) => string | null): Compile =>
  field((issue) => maybe(held(issue)), (clause, { asker }) =>
    exactly(clause, () =>
      clause.values.map((value) => {
        const id = words(value, asker);
        if (account(id) === null) throw noValue(clause, id);
        return id;
      }),
    ),
  );
const worded = (held: (issue: IndexedIssue) => readonly string[]): Compile =>
  field(held, (clause, { asker }) => byWords(clause, () => clause.values.map((value) => words(value, asker)).join(' ')));
const time = (held: (issue: IndexedIssue) => number | null): Compile => field((issue) => maybe(held(issue)), (clause, { asker }) => byNumber(clause, (operand) => moment(operand, asker)));
const dueDate = field((issue) => maybe(issue.due_date).map(Date.parse), (clause, { asker }) => byNumber(clause, (operand) => dayOf(moment(operand, asker), asker.timezone)));
/** An issue that is named and not there (or hidden) fails the whole query. */
const issueItself = field((issue) => [String(issue.id)], (clause, { sql, rights, asker }) =>
  exactly(clause, () =>
    clause.values.map((value) => {
      const word = words(value, asker);
      const issue = issueByIdOrKey(sql, word);
      if (issue === null || !rights.sees(issue)) throw new Refusal(400, /^\d+$/.test(word) ? `A value with ID '${word}' does not exist for the field '${clause.field}'.` : `An issue with key '${word}' does not exist for field '${clause.field}'.`);
      return String(issue.id);
    }),
  ),
);
const labels = field(labelsOf, (clause, { asker }) => exactly(clause, () => clause.values.map((value) => words(value, asker))));
const resolution: Compile = (clause, search) => {
  // JQL calls the absence of a resolution by a name.
  const unresolved = clause.values.every((value) => 'text' in value && value.text.toLowerCase() === 'unresolved');
  return listed(() => RESOLUTIONS, (issue) => issue.resolution_id)(unresolved ? { ...clause, values: [{ empty: true }] } : clause, search);
};
const described = (issue: IndexedIssue): string[] => (issue.description === null ? [] : [documentText(JSON.parse(issue.description))]);
const categories = Object.values(CATEGORIES).map(({ id, key, name }) => ({ id: String(id), key, name }));

const type = listed(() => TYPES, (issue) => issue.type_id);
const security = listed(({ rights }) => PROJECTS.flatMap(({ id }) => rights.levels(id)), (issue) => issue.security_id);
const FIELDS: Readonly<Record<string, Compile>> = {
  key: issueItself, issuekey: issueItself, issue: issueItself, id: issueItself, type, issuetype: type, due: dueDate, duedate: dueDate, level: security, labels,
  project: listed(({ rights }) => PROJECTS.filter(({ id }) => rights.in(id).has('BROWSE_PROJECTS')).map(({ id, name, key: short }) => ({ id: String(id), name, key: short })), (issue) => String(issue.project_id)),
  status: listed(() => STATUSES, (issue) => issue.status_id),
  statuscategory: listed(() => categories, (issue) => String(CATEGORIES[statusOf(issue.status_id).category].id)),
  priority: listed(() => PRIORITIES, (issue) => issue.priority_id),
  resolution,
  assignee: person((issue) => issue.assignee_id),
  reporter: person((issue) => issue.reporter_id),
  created: time((issue) => issue.created_at),
  updated: time((issue) => issue.updated_at),
  resolved: time((issue) => issue.resolved_at),
  resolutiondate: time((issue) => issue.resolved_at),
  summary: worded((issue) => [issue.summary]),
  description: worded(described),
  text: worded((issue) => [[issue.summary, ...described(issue)].join('\n')]),
};

export function compile(condition: Condition, search: Search): Test {
  if ('all' in condition) {
    const tests = condition.all.map((each) => compile(each, search));
    return (issue) => tests.every((test) => test(issue));
  }
  if ('any' in condition) {
    const tests = condition.any.map((each) => compile(each, search));
    return (issue) => tests.some((test) => test(issue));
  }
  if ('not' in condition) {
    const test = compile(condition.not, search);
    return (issue) => !test(issue);
  }
  const name = condition.field.toLowerCase();
  const known = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  const found = known?.(condition, search) ?? search.properties(condition, search.asker);
  if (found) return found;
  if (NOT_MODELLED.has(name) || /^cf\[/.test(name)) throw new Unmodelled(`JQL field ${condition.field}`);
  throw new Refusal(400, `Field '${condition.field}' does not exist or you do not have permission to view it.`);
}

/** Priorities are numbered from the highest; ascending order begins with the lowest. */
export const ORDERS: Readonly<Record<string, (issue: IndexedIssue) => string | number>> = {
  key: (issue) => `${setupOf(issue.project_id).key} ${(issue.key.split('-')[1] ?? '').padStart(9, '0')}`,
  id: (issue) => issue.id,
  created: (issue) => issue.created_at,
  updated: (issue) => issue.updated_at,
  duedate: (issue) => issue.due_date ?? '9999',
  due: (issue) => issue.due_date ?? '9999',
  priority: (issue) => -Number(issue.priority_id),
  status: (issue) => STATUSES.findIndex(({ id }) => id === issue.status_id),
  summary: (issue) => issue.summary.toLowerCase(),
  project: (issue) => nameOf(PROJECTS.map(({ id, name }) => ({ id: String(id), name })), String(issue.project_id)) ?? '',
};
