/** A report of an incident as blocks, from the whole record and what a person typed. Pure. */
import type { AlertStatus, EntryView, Lang, ReportBlock, ReportChoices, ReportEdits, ReportFact, ReportFieldId, ReportForm, ReportLine, ReportRow } from '../contract';
import { atWorst } from './alert';
import { linkedAlerts } from './alert-record';
import { hostsOf } from './hosts';
import type { AlertRecord, Incident } from './record';
import { begunAt, fieldLines, isOutside, type FieldFacts } from './report-fields';
import { dayIn, line, linesOf, minuteIn, momentIn, offsetIn, spanOf, veilOf, whoOf, type Say } from './report-lines';
import { courseOf, type Hands } from './report-timeline';
import { bare } from './text';
import { isOn } from './tickets';

const ALERTS_AT_MOST = 200;

export interface ReportFacts {
  readonly incident: Incident;
  /** The whole timeline, as readers see it. */
  readonly entries: readonly EntryView[];
  readonly form: ReportForm;
  readonly lang: Lang;
  readonly zone: string;
  readonly choices: ReportChoices;
  readonly edits: ReportEdits;
  readonly edition: number;
  /** Epoch ms; only its day in the zone is told. */
  readonly now: number;
  readonly say: Say;
}
export interface Report {
  /** Another one for each edition. */
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
  readonly timeline: readonly ReportRow[];
}

const OUTSIDE_SECTIONS: readonly ReportFieldId[] = ['summary', 'impact'];
const OUTSIDE_AFTER: readonly ReportFieldId[] = ['cause', 'workaround', 'fix', 'prevention', 'next'];
const INSIDE_AFTER: readonly ReportFieldId[] = ['cause', 'workaround', 'well', 'badly', 'luck', 'fix', 'prevention'];

/** Blocks in the order they are read. Parts nobody has written yet are there without lines. */
export function reportOf(facts: ReportFacts): Report {
  const { incident, form, lang, zone, choices, edits, say } = facts;
  const veil = veilOf(incident, choices, say);
  const named = whoOf(incident, choices, say);
  const who: Hands['who'] = (accountId) => {
    const part = named(accountId);
    return 'person' in part ? part : { text: veil(part.text) };
  };
  const hands: Hands = { say, veil, who };
  const course = courseOf(incident, facts.entries, form, choices, hands);
  const moment = (at: number): string => momentIn(at, zone, lang);
  const given: FieldFacts = { head: incident.head, form, choices, edition: facts.edition, today: dayIn(facts.now, zone, lang), moment, tickets: choices.tickets ? ticketLines(incident, say) : [], say, veil };
  const field = (id: ReportFieldId): ReportFact => ({ field: id, label: say(`report.field.${id}`), lines: fieldLines(id, given, edits) });
  const text = (id: ReportFieldId, heading = true): ReportBlock => ({ kind: 'text', heading, ...field(id) });
  const known = (key: string, said: string): ReportFact => ({ field: null, label: say(`report.fact.${key}`), lines: linesOf(said) });

  const title = say(`report.title.${form}`);
  const about = say('report.about', { key: incident.head.key, title: veil(incident.head.title) });
  const times: readonly ReportBlock[] = [{ kind: 'remark', text: say('report.zone', { zone, offset: offsetIn(incident.head.detectedAt, zone) }) }];
  const table = timelineBlocks(course.rows, course.left, facts);
  const core: ReportBlock = { kind: 'facts', rows: [known('subject', about), field('started'), known('detected', moment(incident.head.detectedAt)), field('recovered'), ...spans(facts, known), ...state(facts, known)] };
  const blocks: readonly ReportBlock[] =
    form === 'status'
      ? [{ kind: 'title', text: `${say(`report.state.${incident.head.status}`)} ${veil(incident.head.title)}` }, text('summary', false), text('impact'), text('workaround'), text('next'), ...table, ...times]
      : isOutside(form)
        ? [{ kind: 'title', text: title }, { kind: 'facts', rows: (['recipient', 'number', 'edition', 'date', 'reporter'] as const).map(field) }, text('apology', false), core, ...OUTSIDE_SECTIONS.map((id) => text(id)), ...table, ...alertBlocks(incident, facts, hands, moment), ...OUTSIDE_AFTER.map((id) => text(id)), ...times]
        : [{ kind: 'title', text: title }, core, ...teamBlocks(incident, hands), text('summary'), text('impact'), ...alertBlocks(incident, facts, hands, moment), ...hostBlocks(incident, facts), ...table, ...INSIDE_AFTER.map((id) => text(id)), ...times];
  return clean({ title: `${title} ${say('report.edition', { n: facts.edition })} ${about}`, blocks, timeline: course.rows });
}

/** Nothing invisible or direction-changing is in what is sent, whoever wrote it. */
const clean = (report: Report): Report => JSON.parse(JSON.stringify(report, (_key, value: unknown) => (typeof value === 'string' ? bare(value) : value))) as Report;

/** The blocks as they leave: without what nobody wrote. */
export function written(blocks: readonly ReportBlock[]): readonly ReportBlock[] {
  return blocks.flatMap((block): readonly ReportBlock[] => {
    if (block.kind === 'text') return block.lines.length === 0 ? [] : [block];
    if (block.kind !== 'facts') return [block];
    const rows = block.rows.filter(({ lines }) => lines.length > 0);
    return rows.length === 0 ? [] : [{ ...block, rows }];
  });
}

function spans({ incident: { head }, form, say }: ReportFacts, known: (key: string, said: string) => ReportFact): readonly ReportFact[] {
  const duration = (ms: number): string => spanOf(ms, say);
  const over = head.resolvedAt === null ? [] : [known('span', duration(head.resolvedAt - begunAt(head)))];
  if (form !== 'postmortem') return over;
  const from = (key: string, at: number | null): readonly ReportFact[] => (at === null ? [] : [known(key, duration(at - head.detectedAt))]);
  return [...over, ...from('to-declared', head.declaredAt), ...from('to-responded', head.firstResponse?.at ?? null), ...from('to-mitigated', head.mitigatedAt), ...from('to-resolved', head.resolvedAt)];
}

function state({ incident: { head }, say }: ReportFacts, known: (key: string, said: string) => ReportFact): readonly ReportFact[] {
  const kind = head.kind === 'incident' ? [] : [known('kind', say(`report.kind.${head.kind}`))];
  return [...kind, known('severity', say(`severity.${head.severity}`)), known('status', say(`status.${head.status}`))];
}

function timelineBlocks(rows: readonly ReportRow[], left: number, { form, lang, zone, say }: ReportFacts): readonly ReportBlock[] {
  if (rows.length === 0) return [];
  const told = form === 'status' ? [...rows].reverse() : rows;
  const head = ['report.time', ...(form === 'status' ? [] : ['report.by']), 'report.event'].map((key) => say(key));
  const body = told.map(({ at, by, said, link }) => [line(minuteIn(at, zone)), ...(form === 'status' ? [] : [by]), link === null ? said : [...said, { text: '\n' }, { text: link, link }]]);
  const more: readonly ReportBlock[] = left === 0 ? [] : [{ kind: 'remark', text: say('report.more', { n: left.toLocaleString(lang) }) }];
  return [{ kind: 'heading', text: say('report.timeline') }, { kind: 'table', head, rows: body }, ...more];
}

const statusOf = (status: AlertStatus, say: Say): string => say(`alert.status.${status}`);
function alertRow(alert: AlertRecord, { choices, say }: ReportFacts, { veil }: Hands, moment: (at: number) => string): readonly ReportLine[] {
  const { value, threshold } = atWorst(alert);
  const measured = [value ?? '', threshold === null ? '' : `${alert.operator ?? ''} ${threshold}`].join(' ').trim();
  const cells = [statusOf(alert.status, say), veil(alert.monitorName), ...(choices.hosts ? [alert.host?.name ?? ''] : []), measured, moment(alert.openedAt), alert.closedAt === null ? '' : moment(alert.closedAt)];
  return cells.map(line);
}
function alertBlocks(incident: Incident, facts: ReportFacts, hands: Hands, moment: (at: number) => string): readonly ReportBlock[] {
  const { choices, say, lang } = facts;
  const alerts = [...linkedAlerts(incident.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  if (!choices.alerts || alerts.length === 0) return [];
  const head = ['state', 'monitor', ...(choices.hosts ? ['host'] : []), 'value', 'opened', 'recovered'].map((key) => say(`report.alert.${key}`));
  const left = alerts.length - ALERTS_AT_MOST;
  const more: readonly ReportBlock[] = left <= 0 ? [] : [{ kind: 'remark', text: say('report.more', { n: left.toLocaleString(lang) }) }];
  return [{ kind: 'heading', text: say('report.alerts') }, { kind: 'table', head, rows: alerts.slice(0, ALERTS_AT_MOST).map((alert) => alertRow(alert, facts, hands, moment)) }, ...more];
}

function teamBlocks({ head }: Incident, { say, who }: Hands): readonly ReportBlock[] {
  const rows = head.roles.flatMap(({ id, name, person }): readonly ReportFact[] => (person === null ? [] : [{ field: null, label: say('report.role', { role: id, name: name ?? '' }), lines: [[who(person)]] }]));
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}

function hostBlocks(incident: Incident, { choices, say }: ReportFacts): readonly ReportBlock[] {
  const hosts = hostsOf(incident);
  if (!choices.hosts || hosts.length === 0) return [];
  const head = [say('report.alert.host'), say('report.host.roles'), say('report.alert.state')];
  return [{ kind: 'heading', text: say('report.hosts') }, { kind: 'table', head, rows: hosts.map(({ name, roles, status }) => [line(name), line(roles.join(', ')), line(say('report.host.status', { status }))]) }];
}

/** What of them can be told without asking Jira. */
function ticketLines(incident: Incident, say: Say): readonly string[] {
  if (incident.head.status === 'merged') return [];
  return Object.values(incident.tickets)
    .filter((ticket) => isOn(ticket) && ticket.deletedAt === null)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .flatMap(({ issueKey, kind }) => (issueKey === null ? [] : [say('report.ticket', { key: issueKey, kind: kind ?? 'other' })]));
}
