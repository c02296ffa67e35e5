/** The built-in templates as data: what stands on a page below the live board. Keys are those of `locales/`. */
import type { BuiltInTemplate } from '../../../contract';

export type Part =
  /** What was known when the page was made. */
  | { readonly is: 'facts' }
  | { readonly is: 'title'; readonly key: string; readonly level: 1 | 2 | 3 }
  | { readonly is: 'text'; readonly key: string }
  | { readonly is: 'note'; readonly key: string }
  /** A table people fill in. */
  | { readonly is: 'grid'; readonly columns: readonly string[]; readonly rows: number }
  /** Names with an empty place beside each. */
  | { readonly is: 'pairs'; readonly names: readonly string[] }
  /** The four roles; who leads already is named. */
  | { readonly is: 'roles' }
  | { readonly is: 'tasks'; readonly items: readonly string[] }
  | { readonly is: 'whys'; readonly folded: boolean };

const under = (key: string, names: readonly string[]): readonly string[] => names.map((name) => `${key}.${name}`);
const title = (key: string, level: 1 | 2 | 3): Part => ({ is: 'title', key: `${key}.heading`, level });
/** A heading with a hint of what belongs below it. */
const prompt = (key: string): readonly Part[] => [title(key, 3), { is: 'text', key: `${key}.hint` }];
const table = (key: string, columns: readonly string[], rows = 1): readonly Part[] => [title(key, 3), { is: 'grid', columns: under(key, columns), rows }];
const named = (key: string, names: readonly string[]): readonly Part[] => [title(key, 3), { is: 'pairs', names: under(key, names) }];
const tasks = (key: string, items: readonly string[]): readonly Part[] => [title(key, 3), { is: 'tasks', items: under(key, items) }];

const FACTS: Part = { is: 'facts' };
const NOW = prompt('page.respond.now');
const ROLES: readonly Part[] = [title('page.respond.roles', 3), { is: 'roles' }];
const IMPACT = prompt('page.respond.impact');
const EXIT = prompt('page.respond.exit');
const DECISIONS = table('page.respond.decisions', ['at', 'decision', 'by']);
const NOTICES = table('page.respond.notices', ['at', 'to', 'message', 'next']);
const TIMELINE = table('page.respond.timeline', ['at', 'what', 'source', 'evidence', 'by']);
const SUMMARY = prompt('page.review.summary');
const LEARNED = named('page.review.learned', ['well', 'hard', 'lucky', 'surprising']);
const ACTIONS: readonly Part[] = [...table('page.improve.actions', ['ticket', 'type', 'priority', 'owner', 'due', 'state'], 2), { is: 'text', key: 'page.improve.actions.types' }];
const BLAMELESS: Part = { is: 'text', key: 'page.review.intro' };

const RESPOND: readonly Part[] = [
  title('page.respond', 1),
  ...NOW,
  ...ROLES,
  ...IMPACT,
  ...table('page.respond.hypotheses', ['hypothesis', 'test', 'result'], 2),
  ...prompt('page.respond.mitigation'),
  ...EXIT,
  ...tasks('page.respond.todo', ['impact', 'deploys', 'rollback', 'notify', 'next']),
  ...DECISIONS,
  ...NOTICES,
  ...TIMELINE,
];

const REVIEW: readonly Part[] = [
  title('page.review', 1),
  BLAMELESS,
  ...SUMMARY,
  ...prompt('page.review.leadup'),
  ...prompt('page.review.trigger'),
  ...named('page.review.factors', ['technical', 'process']),
  ...prompt('page.review.detection'),
  ...prompt('page.review.response'),
  ...prompt('page.review.recovery'),
  ...named('page.review.numbers', ['duration', 'users', 'requests', 'money', 'inquiries']),
  ...LEARNED,
  { is: 'whys', folded: true },
  ...tasks('page.review.checks', ['backlog', 'recurrence', 'monitor', 'runbook']),
  ...prompt('page.review.questions'),
];

const IMPROVE: readonly Part[] = [
  title('page.improve', 1),
  ...ACTIONS,
  ...table('page.improve.declined', ['what', 'reason']),
  title('page.signoff', 2),
  { is: 'pairs', names: under('page.signoff', ['owner', 'reviewers', 'meeting']) },
  { is: 'tasks', items: under('page.signoff', ['reviewed', 'approved', 'internal', 'customer', 'report']) },
];

export const TEMPLATES: Readonly<Record<BuiltInTemplate, readonly Part[]>> = {
  incident: [FACTS, ...RESPOND, ...REVIEW, ...IMPROVE],
  short: [
    FACTS,
    title('page.short', 1),
    { is: 'text', key: 'page.short.brief' },
    ...NOW,
    ...IMPACT,
    ...tasks('page.respond.todo', ['impact', 'rollback', 'notify']),
    ...TIMELINE,
    ...prompt('page.short.after'),
    ...ACTIONS,
  ],
  security: [
    { is: 'note', key: 'page.security.note' },
    FACTS,
    title('page.security', 1),
    { is: 'text', key: 'page.security.brief' },
    ...NOW,
    ...ROLES,
    ...tasks('page.security.first', ['isolate', 'preserve', 'rotate', 'sessions', 'legal']),
    ...named('page.security.scope', ['entry', 'systems', 'accounts', 'data', 'period']),
    ...table('page.security.evidence', ['at', 'what', 'where', 'hash', 'by'], 2),
    ...prompt('page.security.contain'),
    ...prompt('page.security.eradicate'),
    ...EXIT,
    ...table('page.security.reports', ['to', 'due', 'state', 'by'], 2),
    { is: 'text', key: 'page.security.reports.hint' },
    ...DECISIONS,
    ...TIMELINE,
    ...LEARNED,
    ...ACTIONS,
  ],
  drill: [
    { is: 'note', key: 'page.drill.note' },
    title('page.drill', 1),
    { is: 'text', key: 'page.drill.brief' },
    ...named('page.drill.plan', ['scenario', 'goal', 'scope', 'observers', 'stop']),
    ...ROLES,
    ...tasks('page.drill.before', ['announce', 'stop', 'watch']),
    FACTS,
    ...NOW,
    ...TIMELINE,
    ...table('page.drill.measured', ['step', 'expected', 'actual'], 4),
    ...LEARNED,
    ...prompt('page.drill.next'),
    ...ACTIONS,
  ],
  postmortem: [{ is: 'note', key: 'page.postmortem.note' }, FACTS, ...REVIEW, ...TIMELINE, ...IMPROVE],
  whys: [
    title('page.whys', 1),
    { is: 'text', key: 'page.whys.intro' },
    ...tasks('page.whys.prepare', ['people', 'facts', 'statement']),
    ...prompt('page.whys.problem'),
    { is: 'text', key: 'page.whys.brief' },
    title('page.whys.chain', 3),
    { is: 'text', key: 'page.whys.chain.hint' },
    { is: 'whys', folded: false },
    ...tasks('page.whys.checks', ['backwards', 'evidence', 'person', 'branch']),
    ...prompt('page.whys.root'),
    ...ACTIONS,
    FACTS,
  ],
  communications: [
    title('page.comms', 1),
    { is: 'text', key: 'page.comms.intro' },
    ...ROLES,
    ...table('page.comms.audiences', ['who', 'need', 'channel', 'every', 'by'], 4),
    ...tasks('page.comms.rules', ['known', 'next', 'one', 'silence']),
    title('page.comms.first', 3),
    { is: 'text', key: 'page.comms.first.text' },
    title('page.comms.update', 3),
    { is: 'text', key: 'page.comms.update.text' },
    title('page.comms.resolved', 3),
    { is: 'text', key: 'page.comms.resolved.text' },
    ...NOTICES,
    ...prompt('page.comms.after'),
    FACTS,
  ],
};
