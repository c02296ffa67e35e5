/** JQL over issue properties: only what the manifest's `jira:entityProperty` modules index can be named. */
import type { IndexedIssueProperty } from '../../types';
import { object } from '../http';
import { Refusal, Unmodelled } from '../refusal';
import type { IndexedIssue } from './issue-index';
import type { Clause } from './jql';
import { asksEmpty, byNumber, byWords, exactly, moment, words, type Asker } from './jql-values';

/** undefined: the clause names no property. */
export type PropertyFields = (clause: Clause, asker: Asker) => ((issue: IndexedIssue) => boolean) | undefined;
interface Indexed {
  readonly key: string;
  readonly path: string;
  readonly type: string;
}

/** The values at the path: those of a list one by one. */
function held(issue: IndexedIssue, { key, path }: Indexed): unknown[] {
  const json = (JSON.parse(issue.properties) as Record<string, string>)[key];
  const value = json === undefined ? undefined : path.split('.').reduce<unknown>((inner, part) => object(inner)[part], JSON.parse(json));
  return [value ?? []].flat();
}
const texts = (values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string');
const numbers = (values: readonly unknown[]): number[] => values.filter((value) => typeof value === 'number');
const times = (values: readonly unknown[]): number[] => values.map((value) => (typeof value === 'number' ? value : Date.parse(String(value)))).filter((at) => !Number.isNaN(at));

function test(clause: Clause, indexed: Indexed, asker: Asker): (issue: IndexedIssue) => boolean {
  const empty = asksEmpty(clause);
  const values = (issue: IndexedIssue): unknown[] => held(issue, indexed);
  if (empty !== null) return (issue) => (values(issue).length === 0) === empty;
  const named = (): string[] => clause.values.map((value) => words(value, asker));
  switch (indexed.type) {
    case 'string': {
      const fits = exactly(clause, named);
      return (issue) => fits(texts(values(issue)));
    }
    case 'text': {
      const fits = byWords(clause, () => named().join(' '));
      return (issue) => fits(texts(values(issue)));
    }
    case 'number': {
      const fits = byNumber(clause, (operand) => number(clause, words(operand, asker)));
      return (issue) => fits(numbers(values(issue)));
    }
    case 'date': {
      const fits = byNumber(clause, (operand) => moment(operand, asker));
      return (issue) => fits(times(values(issue)));
    }
    default:
      throw new Unmodelled(`JQL over a property of type ${indexed.type}`);
  }
}
function number({ field }: Clause, word: string): number {
  if (word === '' || Number.isNaN(Number(word))) throw new Refusal(400, `The value '${word}' does not exist for the field '${field}'.`);
  return Number(word);
}

export function propertyFields(modules: readonly IndexedIssueProperty[]): PropertyFields {
  const all = modules.flatMap(({ propertyKey, values }) => values.map(({ path, type, searchAlias }) => ({ key: propertyKey, path, type, alias: searchAlias?.toLowerCase() ?? null })));
  return (clause, asker) => {
    const [, quoted, plain, path = ''] = /^issue\.property\[(?:["']([^"']*)["']|([^\]]+))\](?:\.(.+))?$/.exec(clause.field) ?? [];
    const key = quoted ?? plain;
    const indexed = all.find((each) => (key === undefined ? each.alias === clause.field.toLowerCase() : each.key === key && each.path === path));
    return indexed && test(clause, indexed, asker);
  };
}
