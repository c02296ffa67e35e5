/** The empty structure people fill in: respond, review, improve. */
import { expand } from '@atlaskit/adf-utils/builders';
import { grid, line, pairs, tasks, title, type Block, type Piece } from './nodes';

type Say = (key: string) => string;
const EMPTY: Piece = [];
const blank = (columns: number, rows = 1): readonly (readonly Piece[])[] => Array.from({ length: rows }, () => Array.from({ length: columns }, () => EMPTY));

/** A heading with a hint of what belongs below it. */
const prompt = (say: Say, key: string): Block[] => [title(3, say(`${key}.heading`)), line(say(`${key}.hint`))];
const table = (say: Say, key: string, columns: readonly string[], rows = 1): Block[] => [
  title(3, say(`${key}.heading`)),
  grid(columns.map((column) => say(`${key}.${column}`)), blank(columns.length, rows)),
];
const named = (say: Say, key: string, names: readonly string[]): Block[] => [
  title(3, say(`${key}.heading`)),
  pairs(names.map((name) => [say(`${key}.${name}`), EMPTY] as const)),
];

export function respondBlocks(say: Say, id: () => string): Block[] {
  return [
    title(1, say('page.respond.heading')),
    ...prompt(say, 'page.respond.now'),
    ...named(say, 'page.respond.roles', ['commander', 'operator', 'communicator', 'scribe']),
    ...prompt(say, 'page.respond.impact'),
    ...table(say, 'page.respond.hypotheses', ['hypothesis', 'test', 'result'], 2),
    ...prompt(say, 'page.respond.mitigation'),
    ...prompt(say, 'page.respond.exit'),
    title(3, say('page.respond.todo.heading')),
    tasks(['impact', 'deploys', 'rollback', 'notify', 'next'].map((item) => say(`page.respond.todo.${item}`)), id),
    ...table(say, 'page.respond.decisions', ['at', 'decision', 'by']),
    ...table(say, 'page.respond.notices', ['at', 'to', 'message', 'next']),
    ...table(say, 'page.respond.timeline', ['at', 'what', 'source', 'evidence', 'by']),
  ];
}

export function reviewBlocks(say: Say, id: () => string): Block[] {
  return [
    title(1, say('page.review.heading')),
    line(say('page.review.intro')),
    ...prompt(say, 'page.review.summary'),
    ...prompt(say, 'page.review.leadup'),
    ...prompt(say, 'page.review.trigger'),
    ...named(say, 'page.review.factors', ['technical', 'process']),
    ...prompt(say, 'page.review.detection'),
    ...prompt(say, 'page.review.response'),
    ...prompt(say, 'page.review.recovery'),
    ...named(say, 'page.review.numbers', ['duration', 'users', 'requests', 'money', 'inquiries']),
    ...named(say, 'page.review.learned', ['well', 'hard', 'lucky', 'surprising']),
    expand({ title: say('page.review.whys.heading') })(
      grid([say('page.review.whys.why'), say('page.review.whys.answer')], [1, 2, 3, 4, 5].map((n) => [String(n), EMPTY])),
    ),
    title(3, say('page.review.checks.heading')),
    tasks(['backlog', 'recurrence', 'monitor', 'runbook'].map((item) => say(`page.review.checks.${item}`)), id),
    ...prompt(say, 'page.review.questions'),
  ];
}

export function improveBlocks(say: Say, id: () => string): Block[] {
  return [
    title(1, say('page.improve.heading')),
    ...table(say, 'page.improve.actions', ['ticket', 'type', 'priority', 'owner', 'due', 'state'], 2),
    line(say('page.improve.actions.types')),
    ...table(say, 'page.improve.declined', ['what', 'reason']),
    title(2, say('page.signoff.heading')),
    pairs(['owner', 'reviewers', 'meeting'].map((name) => [say(`page.signoff.${name}`), EMPTY] as const)),
    tasks(['reviewed', 'approved', 'internal', 'customer', 'report'].map((item) => say(`page.signoff.${item}`)), id),
  ];
}
