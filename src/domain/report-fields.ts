/** What the record suggests for the parts of a report that a person writes. Pure. */
import type { ReportChoices, ReportEdits, ReportFieldId, ReportForm, ReportLine } from '../contract';
import type { IncidentHead } from './record';
import { linesOf, type Say } from './report-lines';

export interface FieldFacts {
  readonly head: IncidentHead;
  readonly form: ReportForm;
  readonly choices: ReportChoices;
  /** Of the next published version. */
  readonly edition: number;
  /** Of the report's day, and of moments in its zone. */
  readonly today: string;
  readonly moment: (at: number) => string;
  readonly tickets: readonly string[];
  readonly say: Say;
  readonly veil: (text: string) => string;
}

const OUTSIDE: ReadonlySet<ReportForm> = new Set<ReportForm>(['first', 'update', 'final']);
export const isOutside = (form: ReportForm): boolean => OUTSIDE.has(form);
/** What is still being found out is said so until the last report, which is expected to know. */
const pending = (form: ReportForm): boolean => form === 'first' || form === 'update';

/** Begun where somebody judged so, else noticed. */
export const begunAt = (head: IncidentHead): number => Math.min(head.detectedAt, head.begunAt);

function causeOf({ head: { cause }, form, choices, say, veil }: FieldFacts): string {
  if (cause === null) return pending(form) ? say('report.pending.cause') : '';
  return cause.deploy !== null && choices.alerts ? say('report.cause.deploy', { title: veil(cause.deploy.title) }) : say('report.cause.change');
}

const SUGGESTED: { readonly [F in ReportFieldId]: (facts: FieldFacts) => string } = {
  recipient: () => '',
  number: ({ head, edition }) => `${head.key}-${edition}`,
  edition: ({ edition, say }) => say('report.edition', { n: edition }),
  date: ({ today }) => today,
  reporter: () => '',
  started: ({ head, moment }) => moment(begunAt(head)),
  recovered: ({ head, moment, say }) => (head.resolvedAt !== null ? moment(head.resolvedAt) : say(head.mitigatedAt === null ? 'report.not-recovered' : 'report.mitigated-only', { at: head.mitigatedAt === null ? '' : moment(head.mitigatedAt) })),
  summary: ({ head, form, say, veil }) => (form === 'status' ? say(`report.message.${head.status}`) : [head.title, head.situation?.text ?? ''].filter((text) => text !== '').map(veil).join('\n')),
  impact: ({ head, form, say, veil }) => (head.impact !== null && head.impact.text !== '' ? veil(head.impact.text) : pending(form) ? say('report.pending.impact') : ''),
  cause: causeOf,
  workaround: ({ head, moment, say }) => (head.mitigatedAt === null ? '' : say('report.mitigated-at', { at: moment(head.mitigatedAt) })),
  fix: ({ form, say }) => (pending(form) ? say('report.pending.fix') : ''),
  prevention: ({ form, tickets, say }) => (tickets.length > 0 ? tickets.join('\n') : pending(form) ? say('report.pending.prevention') : ''),
  next: ({ form, say }) => (pending(form) ? say('report.pending.next') : ''),
  apology: ({ form, say }) => (isOutside(form) ? say(`report.apology.${form}`) : ''),
  well: () => '',
  badly: () => '',
  luck: () => '',
};

/** Typed ones take the place of what is suggested; an empty one is left out. */
export function fieldLines(field: ReportFieldId, facts: FieldFacts, edits: ReportEdits): readonly ReportLine[] {
  return linesOf((edits[field] ?? SUGGESTED[field](facts)).trim());
}
