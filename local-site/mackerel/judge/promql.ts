/** The PromQL that query monitors are judged by here: a selector, alone or in one aggregation. */
import { badRequest, notModelled } from '../errors';
import type { Series } from '../model';

type Labels = Readonly<Record<string, string>>;
export interface Selector {
  readonly name: string;
  readonly matches: (labels: Labels) => boolean;
}
type Fold = (values: readonly number[]) => number;
const sum: Fold = (values) => values.reduce((total, value) => total + value, 0);
const FOLDS: Readonly<Record<string, Fold>> = {
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  count: (values) => values.length,
};
export interface Query {
  readonly selector: Selector;
  /** null: every series by itself. */
  readonly aggregate: { readonly fold: Fold; readonly keeps: (label: string) => boolean } | null;
}
export interface Sample {
  readonly series: Series;
  readonly value: number;
}

const NAME = '[A-Za-z_:][A-Za-z0-9_:.]*';
const LABEL = '[A-Za-z_][A-Za-z0-9_.]*';
const MATCHER = new RegExp(`^\\s*(${LABEL})\\s*(=~|!~|!=|=)\\s*("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')\\s*(?:,|$)`);
const SELECTOR = new RegExp(`^(${NAME})\\s*(?:\\{((?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|[^}"'])*)\\})?$`);
const GROUPING = `(?:\\s*(by|without)\\s*\\(([^()]*)\\))?`;
const AGGREGATION = new RegExp(`^(${Object.keys(FOLDS).join('|')})${GROUPING}\\s*\\(((?:"[^"]*"|'[^']*'|[^()"'])*)\\)${GROUPING}$`);
/** Mackerel knows ranges, modifiers, operators and more functions. */
const MORE = /[[\]@+*/%^<>]|==|\s-\s|\b(offset|and|or|unless)\b|^[a-z_]+\s*(\(|(by|without)\b)/;

const invalid = (text: string) => badRequest(`The query is invalid: ${text}`);

function matchersOf(text: string): ((labels: Labels) => boolean)[] {
  if (text.trim() === '') return [];
  const found = MATCHER.exec(text);
  if (found === null) throw invalid(text);
  const [whole, label = '', operator, quoted = ''] = found;
  const wanted = quoted.slice(1, -1).replace(/\\(.)/g, '$1');
  const fits = operator === '=' || operator === '!=' ? (value: string) => value === wanted : pattern(wanted);
  const negated = operator === '!=' || operator === '!~';
  return [(labels) => fits(labels[label] ?? '') !== negated, ...matchersOf(text.slice(whole.length))];
}
function pattern(text: string): (value: string) => boolean {
  try {
    const regex = new RegExp(`^(?:${text})$`);
    return (value) => regex.test(value);
  } catch {
    throw invalid(text);
  }
}

function selectorOf(text: string, whole: string): Selector {
  const found = SELECTOR.exec(text.trim());
  if (found === null) throw MORE.test(text.replace(/"[^"]*"|'[^']*'/g, '').trim()) ? notModelled(`PromQL ${whole}`) : invalid(whole);
  const matchers = matchersOf(found[2] ?? '');
  return { name: found[1] ?? '', matches: (labels) => matchers.every((matches) => matches(labels)) };
}

/** @throws ApiError 400 for what is no PromQL, 501 for PromQL that is not modelled */
export function parseQuery(text: string): Query {
  const found = AGGREGATION.exec(text.trim());
  if (found === null) return { selector: selectorOf(text, text), aggregate: null };
  const [, fold = '', before, beforeLabels, inner = '', after, afterLabels] = found;
  const labels = new Set((beforeLabels ?? afterLabels ?? '').split(',').map((label) => label.trim()));
  const without = (before ?? after) === 'without';
  return { selector: selectorOf(inner, text), aggregate: { fold: FOLDS[fold] ?? sum, keeps: (label) => labels.has(label) !== without } };
}

/** The series of a query's answer; an aggregate has no name. */
export function answerOf({ aggregate }: Query, samples: readonly Sample[]): Sample[] {
  if (aggregate === null) return [...samples];
  const groups = new Map<string, { readonly labels: Labels; readonly values: number[] }>();
  for (const { series, value } of samples) {
    const labels = Object.fromEntries(Object.entries(series.labels).filter(([label]) => aggregate.keeps(label)).sort(([a], [b]) => (a < b ? -1 : 1)));
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, values }) => ({ series: { name: '', labels }, value: aggregate.fold(values) }));
}
