/** Changes of the review, as its row keeps them. Pure. */
import type { Factor, ReportInline, ReportLine, ReviewPlan, Why } from '../contract';
import type { AuditFacts, Change } from './audit';
import { own } from './own';
import { line, personIn, stacked, type Say } from './report-lines';
import type { ReviewStep } from './review-history';

const labelled = (label: string, said: ReportLine): ReportLine => (said.length === 0 ? [] : [{ text: `${label}: ` }, ...said]);
const comma = (people: readonly ReportInline[]): ReportLine => people.flatMap((one, n): ReportLine => (n === 0 ? [one] : [{ text: ', ' }, one]));

function plan({ owner, reviewers, due, meeting }: Partial<ReviewPlan>, say: Say): ReportLine {
  return stacked([
    labelled(say('report.audit.plan.owner'), owner == null ? [] : [personIn(owner, say)]),
    labelled(say('report.audit.plan.reviewers'), comma((reviewers ?? []).map((one) => personIn(one, say)))),
    labelled(say('report.audit.plan.due'), line(due ?? '')),
    labelled(say('report.audit.plan.meeting'), line(meeting ?? '')),
  ]);
}
const factors = (all: readonly Factor[], say: Say): ReportLine => stacked(all.map(({ kind, text, tags }) => labelled(say(`review.kind.${kind}`), line([text, ...tags.map((tag) => `#${tag}`)].join(' ')))));
const whys = (all: readonly Why[]): ReportLine => line(all.map(({ text }) => text).join('\n'));

function sides(step: ReviewStep, say: Say): readonly [ReportLine, ReportLine] {
  switch (step.part) {
    case 'plan':
      return [plan(step.before, say), plan(step.after, say)];
    case 'factors':
      return [factors(step.before, say), factors(step.after, say)];
    case 'whys':
      return [whys(step.before), whys(step.after)];
    case 'lessons': {
      const told = (one: typeof step.before): ReportLine => stacked((['well', 'hard', 'lucky'] as const).map((name) => labelled(say(`review.lessons.${name}`), line(one[name] ?? ''))));
      return [told(step.before), told(step.after)];
    }
    case 'ticks': {
      const told = (ticks: typeof step.before): ReportLine => line(ticks.map((tick) => say(tick === 'club' ? 'review.club' : `review.check.${tick}`)).join('\n'));
      return [told(step.before), told(step.after)];
    }
    case 'state':
      return [line(say(`review.state.${step.before}`)), line(say(`review.state.${step.after}`))];
    case 'page':
      return [[], line(step.after.map((section) => say(`page.fill.${section}.heading`)).join('\n'))];
  }
}

const NAMES: Readonly<Record<string, string>> = { ticks: 'review.checks', state: 'report.audit.review.state', page: 'report.audit.review.page' };

export function reviewChanges({ review, say }: AuditFacts): readonly Change[] {
  const left = review?.historyLeft ?? 0;
  return (review?.history ?? []).map((step, n): Change => {
    const [before, after] = sides(step, say);
    return { id: `review:${String(left + n).padStart(6, '0')}`, at: step.at, by: step.by, kind: 'review', what: line(say('report.audit.review', { part: say(own(NAMES, step.part) ?? `review.part.${step.part}`) })), before, after };
  });
}
