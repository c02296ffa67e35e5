/** What a set of rules has to look like, the same for what is typed and for what comes from a file. The app checks again. */
import * as z from 'zod/mini';
import type { Fallback, GroupingView, PageTemplateId, RuleView } from '../../../../../src/contract';
import type { Params, TextKey } from '../../words';

export interface RuleSet {
  readonly rules: readonly RuleView[];
  readonly fallback: Fallback;
  readonly grouping: GroupingView;
}
export interface Problem {
  /** `rules.1.when.host` */
  readonly path: string;
  readonly key: TextKey;
  readonly params: Params;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/;
const ROLE = /^[A-Za-z0-9][A-Za-z0-9_-]{1,62}:[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/;
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

const when = z.strictObject({
  monitor: z.nullable(text(200)),
  type: z.nullable(text(60)),
  service: z.nullable(z.string().check(z.regex(NAME))),
  role: z.nullable(z.string().check(z.regex(ROLE))),
  host: z.nullable(text(200)),
  statuses: z.array(z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'])).check(z.maxLength(4)),
  name: z.nullable(text(200)),
  time: z.nullable(z.strictObject({ days: z.array(whole(0, 6)).check(z.minLength(1), z.maxLength(7)), from: whole(0, 1439), to: whole(0, 1439), zone: z.string().check(z.maxLength(60), z.refine(isZone)) })),
});
const template = z.union([z.enum(['incident', 'short', 'security', 'drill', 'postmortem', 'whys', 'communications']), z.custom<PageTemplateId>((value) => typeof value === 'string' && /^page-\d{1,20}$/.test(value))]);
const then = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('ignore') }),
  z.strictObject({ action: z.literal('candidate'), times: whole(1, 20), minutes: whole(1, 1440) }),
  z.strictObject({ action: z.literal('declare'), severity: z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']), kind: z.enum(['incident', 'drill', 'near-miss']), spaceKey: z.nullable(text(255)), template: z.optional(template) }),
  z.strictObject({ action: z.literal('attach') }),
]);
const rule = z.strictObject({ id: text(60), name: z.string().check(z.maxLength(100)), when, then });
const ruleSet = {
  rules: z.array(rule).check(z.maxLength(200), z.refine((all) => new Set(all.map(({ id }) => id)).size === all.length)),
  fallback: z.enum(['ignore', 'candidate']),
  grouping: z.strictObject({ by: z.enum(['service', 'role']), monitorMinutes: whole(0, 1440), flapMinutes: whole(0, 1440) }),
};
const typed = z.strictObject(ruleSet) satisfies z.ZodMiniType<RuleSet>;
const file = z.strictObject({ schema: z.literal(1), ...ruleSet });

const ACTIONS = 'ignore, candidate, declare, attach';
type Issue = z.core.$ZodIssue;

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, key) => (typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key) ? (inside as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function bound(issue: Issue & { code: 'too_big' | 'too_small' }): Pick<Problem, 'key' | 'params'> {
  if (issue.code === 'too_big') return { key: issue.origin === 'string' ? 'settings.rules.problem.long' : issue.origin === 'array' ? 'settings.rules.problem.many' : 'settings.rules.problem.most', params: { n: Number(issue.maximum) } };
  if (issue.origin === 'string') return { key: 'settings.rules.problem.empty', params: {} };
  return issue.origin === 'array' ? { key: 'settings.rules.problem.few', params: {} } : { key: 'settings.rules.problem.least', params: { n: Number(issue.minimum) } };
}

function said(issue: Issue, value: unknown): Pick<Problem, 'key' | 'params'> {
  const last = String(issue.path.at(-1) ?? '');
  if (issue.code !== 'custom' && at(value, issue.path) === undefined) return { key: 'settings.rules.problem.missing', params: {} };
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return bound(issue);
    case 'invalid_value':
      return { key: 'settings.rules.problem.one-of', params: { values: issue.values.map(String).join(', ') } };
    case 'invalid_union':
      return { key: 'settings.rules.problem.one-of', params: { values: ACTIONS } };
    case 'invalid_format':
      return { key: last === 'role' ? 'settings.rules.problem.role' : 'settings.rules.problem.service', params: {} };
    case 'unrecognized_keys':
      return { key: 'settings.rules.problem.unknown', params: { keys: issue.keys.map((key) => (key.length > 40 ? `${key.slice(0, 40)}…` : key)).join(', ') } };
    case 'custom':
      return { key: last === 'zone' ? 'settings.rules.problem.zone' : 'settings.rules.problem.id-twice', params: {} };
    default: {
      const expected = 'expected' in issue ? issue.expected : '';
      return { key: expected === 'string' ? 'settings.rules.problem.text' : expected === 'array' ? 'settings.rules.problem.list' : expected === 'object' ? 'settings.rules.problem.object' : 'settings.rules.problem.number', params: {} };
    }
  }
}

/** One for each place: what follows from the first there says nothing new. */
function problems(issues: readonly Issue[], value: unknown): readonly Problem[] {
  const all = issues.map((issue) => ({ path: issue.path.map(String).join('.'), ...said(issue, value) }));
  return all.filter(({ path }, index) => all.findIndex((one) => one.path === path) === index);
}

export type Checked = { readonly ok: true; readonly value: RuleSet } | { readonly ok: false; readonly problems: readonly Problem[] };

export function checkTyped(value: RuleSet): readonly Problem[] {
  const parsed = typed.safeParse(value);
  return parsed.success ? [] : problems(parsed.error.issues, value);
}
/** What was parsed from a file. */
export function checkFile(value: unknown): Checked {
  const parsed = file.safeParse(value);
  if (!parsed.success) return { ok: false, problems: problems(parsed.error.issues, value) };
  const { schema: _schema, ...found } = parsed.data;
  return { ok: true, value: found };
}
