/** Changes the app's own entries tell of. What they set of the head is folded up to each, so that it is known what was there before. Pure. */
import type { AuditKind, ReportLine } from '../contract';
import type { AuditFacts, Change } from './audit';
import { pressId } from './change';
import type { Entry, HeadPatch, HeadState, Incident } from './record';
import { line, personIn, saidLine, stacked, stampIn } from './report-lines';
import { updateAt } from './updates';

const KINDS: readonly (readonly [RegExp, AuditKind])[] = [
  [/^entry\.(declared|responded|severity|status|reopened|merged|discarded)/, 'course'],
  [/^entry\.(role|places)/, 'people'],
  [/^entry\.(situation|impact|cause|update)/, 'words'],
  [/^entry\.(alert|host|graph)/, 'alerts'],
  [/^entry\.ticket\.(?!due$|overdue$)/, 'tickets'],
  [/^entry\.(visibility|audience)/, 'access'],
  [/^entry\.page/, 'page'],
];
/** null: it changed nothing, as a reminder does, or tells of something outside. */
export function kindOf({ messageKey, set }: Pick<Entry, 'messageKey' | 'set'>): AuditKind | null {
  if (messageKey === null) return set?.status === undefined ? null : 'course';
  return KINDS.find(([key]) => key.test(messageKey))?.[1] ?? null;
}

type Sides = readonly [before: ReportLine, after: ReportLine];
const NOTHING: Sides = [[], []];

export function entryChanges(facts: AuditFacts): readonly Change[] {
  const { incident } = facts;
  let state: HeadPatch = {};
  return Object.values(incident.entries)
    .sort((a, b) => a.v - b.v || (a.id < b.id ? -1 : 1))
    .flatMap((entry): readonly Change[] => {
      const before = state;
      if (entry.set !== null) state = { ...state, ...entry.set };
      const kind = entry.source === 'app' || entry.source === 'update' ? kindOf(entry) : null;
      if (kind === null) return [];
      const [was, is] = sidesOf(entry, before, facts);
      return [{ id: entry.id, at: entry.recordedAt, by: entry.by, kind, what: whatOf(entry, before, facts), before: was, after: is }];
    });
}

function whatOf(entry: Entry, before: HeadPatch, { incident, say }: AuditFacts): ReportLine {
  const update = updateAt(incident, entry.id);
  if (update !== null) return line(say('report.audit.update', { n: update.n }));
  if (entry.messageKey !== null) return saidLine(entry, say);
  return line(say('entry.status', { from: before.status ?? '', to: entry.set?.status ?? '' }));
}

function sidesOf(entry: Entry, before: HeadPatch, facts: AuditFacts): Sides {
  // The declaration sets everything and replaces nothing.
  if (entry.messageKey?.startsWith('entry.declared') === true) return [[], line(facts.incident.head.title)];
  const update = updateAt(facts.incident, entry.id);
  if (update !== null) return [[], line([update.conditions, update.actions, update.needs].join('\n'))];
  const set = entry.set === null ? NOTHING : setSides(before, entry.set, facts);
  return set[0].length + set[1].length > 0 ? set : (bySaying(entry, facts) ?? byTicket(entry, facts) ?? NOTHING);
}

type Teller = { readonly [F in keyof HeadState]?: (now: HeadPatch, other: HeadPatch, facts: AuditFacts) => ReportLine };
const graphName = ({ metric, host, service }: HeadState['graphs'][number]): string => [metric, host?.name ?? service ?? ''].filter((part) => part !== '').join(' · ');
/** What of the head is told of; the rest follows from these. */
const TELLERS: Teller = {
  status: ({ status }, _other, { say }) => line(status === undefined ? '' : say(`status.${status}`)),
  severity: ({ severity }, _other, { say }) => line(severity === undefined ? '' : say(`severity.${severity}`)),
  begunAt: ({ begunAt }, other, { zone }) => line(begunAt === undefined || begunAt === other.begunAt ? '' : stampIn(begunAt, zone)),
  firstResponse: ({ firstResponse }, _other, { say }) => (firstResponse == null ? [] : [personIn(firstResponse.by, say)]),
  situation: ({ situation }) => line(situation?.text ?? ''),
  impact: ({ impact }) => line(impact?.text ?? ''),
  places: ({ places }) => line([places?.call ?? '', places?.chat ?? ''].filter((place) => place !== '').join('\n')),
  cause: ({ cause }, _other, { say }) => line(cause == null ? '' : (cause.deploy?.title ?? say('entry.cause.change'))),
  roles: ({ roles = [] }, other, { say }) => stacked(roles.filter(({ id, person }) => person !== null && person !== (other.roles?.find((role) => role.id === id)?.person ?? null)).map(({ person }): ReportLine => [personIn(person ?? '', say)])),
  graphs: ({ graphs = [] }, other) => line(graphs.filter(({ id }) => !(other.graphs ?? []).some((known) => known.id === id)).map(graphName).join('\n')),
};

function setSides(before: HeadPatch, set: HeadPatch, facts: AuditFacts): Sides {
  const after = { ...before, ...set };
  const told = (Object.keys(TELLERS) as (keyof HeadState)[]).filter((field) => field in set).map((field): Sides => [TELLERS[field]?.(before, after, facts) ?? [], TELLERS[field]?.(after, before, facts) ?? []]);
  return [stacked(told.map(([was]) => was)), stacked(told.map(([, is]) => is))];
}

const limits = (params: Entry['params'], side: 'from' | 'to'): string => {
  const operator = String(params[`${side}Operator`] ?? '');
  return (['Warning', 'Critical'] as const).map((name) => params[`${side}${name}`] ?? '').map((value) => (value === '' ? '–' : `${operator} ${value}`)).join(' / ');
};
const ADDED = /^entry\.(alert\.(attached|moved-here)|ticket\.(created|linked)|audience\.added(\.group)?)$/;
const TAKEN = /^entry\.(alert\.(detached|moved-away)|ticket\.(unlinked|deleted)|audience\.removed(\.group)?)$/;

/** What the entry's own words name. null: nothing. */
function bySaying({ messageKey, params }: Entry, { say }: AuditFacts): Sides | null {
  const key = messageKey ?? '';
  const text = (name: string): string => String(params[name] ?? '');
  if (key === 'entry.visibility.private' || key === 'entry.visibility.public') {
    const names = [line(say('report.audit.public')), line(say('report.audit.private'))] as const;
    return key.endsWith('private') ? names : [names[1], names[0]];
  }
  if (key === 'entry.host.set' || key === 'entry.host.status') return [line(say('report.host.status', { status: text('from') })), line(say('report.host.status', { status: text('to') }))];
  if (key === 'entry.alert.thresholds') return [line(limits(params, 'from')), line(limits(params, 'to'))];
  if (key === 'entry.page.rehomed') return [line(text('was')), line(text('url'))];
  if (!ADDED.test(key) && !TAKEN.test(key)) return null;
  const alert = [text('monitor'), text('host')].filter((part) => part !== '').join(' · ');
  const thing = key.startsWith('entry.alert.') ? line(alert) : key.startsWith('entry.ticket.') ? line(text('key')) : text('group') !== '' ? line(text('group')) : [personIn(text('to'), say)];
  return ADDED.test(key) ? [[], thing] : [thing, []];
}

/** Whether a ticket is to be done, before and after the press. */
function byTicket(entry: Entry, { incident, say }: AuditFacts): Sides | null {
  if (!/^entry\.ticket\.(dropped|undropped)$/.test(entry.messageKey ?? '')) return null;
  const states = statesWith(incident, entry.id);
  const at = states.findIndex(({ op }) => pressId(op) === entry.id);
  const tell = (dropped: string | null | undefined): ReportLine => line(dropped == null ? say('report.audit.to-do') : say('report.audit.dropped', { reason: dropped }));
  return at === -1 ? null : [tell(states[at - 1]?.dropped), tell(states[at]?.dropped)];
}
const statesWith = ({ tickets }: Incident, entryId: string) => Object.values(tickets).find(({ states }) => states.some(({ op }) => pressId(op) === entryId))?.states ?? [];
