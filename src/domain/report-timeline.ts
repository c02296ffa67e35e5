/** The course of an incident as a report tells it, oldest first. Pure. */
import type { EntryView, ReportChoices, ReportForm, ReportLine, ReportRow } from '../contract';
import { line, saidLine, type Say } from './report-lines';
import type { Incident } from './record';

const ROWS_AT_MOST = 1000;
/** What an entry is about, which decides whether it leaves. */
type About = 'course' | 'notes' | 'alerts' | 'people' | 'tickets' | 'inside';

const COURSE = /^entry\.(declared|responded|severity|status)/;
const ABOUT: readonly (readonly [RegExp, About])[] = [
  [COURSE, 'course'],
  [/^entry\.(situation|impact|cause|update)/, 'notes'],
  [/^entry\.(alert|host|reopened)/, 'alerts'],
  [/^entry\.(role)\./, 'people'],
  [/^entry\.ticket\./, 'tickets'],
];
function aboutOf({ source, messageKey, text }: EntryView): About {
  if (source === 'mackerel' || source === 'deploy') return 'alerts';
  if (text !== null) return 'notes';
  return ABOUT.find(([key]) => key.test(messageKey ?? ''))?.[1] ?? 'inside';
}

/** What changed and the word somebody gave with it are one text; without the word it is another. */
const withoutWord = (entry: EntryView): EntryView => (entry.messageKey !== null && /^entry\.(severity|status)\.note$/.test(entry.messageKey) ? { ...entry, messageKey: entry.messageKey.slice(0, -'.note'.length) } : entry);

function leaves(about: About, choices: ReportChoices, form: ReportForm): boolean {
  if (about === 'course') return true;
  return about === 'inside' ? form === 'postmortem' : choices[about];
}

/** `Critical: checkout p95 1120 > 800`, and where if that may be said. */
function alertLine(entry: EntryView, choices: ReportChoices, say: Say): ReportLine {
  const { value, operator, threshold, host } = entry.params;
  const status = entry.status === null ? '' : `${say(`alert.status.${entry.status}`)}: `;
  const measured = typeof value === 'number' ? ` ${value}${typeof threshold === 'number' ? ` ${operator ?? ''} ${threshold}` : ''}` : '';
  const where = choices.hosts && typeof host === 'string' && host !== '' ? ` (${host})` : '';
  const said = saidLine(entry, say);
  return [...line(status), ...said, ...line(measured + where)];
}

export interface Hands {
  readonly say: Say;
  readonly veil: (text: string) => string;
  readonly who: (accountId: string) => ReportLine[number];
}
/** With people by name or role, and without what is not to leave. */
export const fit = (said: ReportLine, { veil, who }: Hands): ReportLine => said.map((part) => ('person' in part ? who(part.person) : { ...part, text: veil(part.text) }));

export interface Course {
  readonly rows: readonly ReportRow[];
  /** That did not fit. */
  readonly left: number;
}
const earlier = (a: EntryView, b: EntryView): number => a.at - b.at || a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1);
const told = (entries: readonly EntryView[], form: ReportForm, choices: ReportChoices): readonly EntryView[] => entries.filter((entry) => !entry.removed && leaves(aboutOf(entry), choices, form));
const rowsOf = (entries: readonly EntryView[], choices: ReportChoices, hands: Hands): readonly ReportRow[] => entries.map((entry) => rowOf(choices.notes ? entry : withoutWord(entry), choices, hands));

/** What these entries tell of those that leave, oldest first. */
export const newsOf = (entries: readonly EntryView[], form: ReportForm, choices: ReportChoices, hands: Hands): readonly ReportRow[] => rowsOf([...told(entries, form, choices)].sort(earlier), choices, hands);

/** `entries` as the timeline shows them, in any order. */
export function courseOf(incident: Incident, entries: readonly EntryView[], form: ReportForm, choices: ReportChoices, hands: Hands): Course {
  const known = told(entries, form, choices);
  const detected: EntryView | null = choices.alerts || incident.head.detectedAt >= incident.head.declaredAt ? null : detectedEntry(incident);
  const all = [...(detected === null ? [] : [detected]), ...known].sort(earlier);
  // Pinned ones and people's own words stay when not everything fits.
  const kept = all.length <= ROWS_AT_MOST ? all : [...all].sort((a, b) => rank(b) - rank(a) || b.at - a.at).slice(0, ROWS_AT_MOST).sort((a, b) => a.at - b.at);
  return { rows: rowsOf(kept, choices, hands), left: all.length - kept.length };
}
const rank = (entry: EntryView): number => Number(entry.pinned) * 2 + Number(entry.text !== null);

/** That it was noticed, where the alerts themselves are not told. */
const detectedEntry = ({ head }: Incident): EntryView => ({
  id: 'detected', at: head.detectedAt, source: 'app', messageKey: 'report.detected', params: {}, text: null, link: null, by: null, alertId: null, status: null, unverified: false, recordedAt: head.detectedAt, edited: null, pinned: true, removed: false, v: 0,
});

function rowOf(entry: EntryView, choices: ReportChoices, hands: Hands): ReportRow {
  const { say } = hands;
  const said = entry.source === 'mackerel' ? alertLine(entry, choices, say) : entry.source === 'deploy' ? line(say('report.deploy', { title: String(entry.params['title'] ?? '') })) : saidLine(entry, say);
  const by = entry.by !== null ? [hands.who(entry.by.accountId)] : line(entry.source === 'mackerel' ? 'Mackerel' : say('report.automatic'));
  return { at: entry.at, by, said: fit(said, hands), link: choices.links ? entry.link : null };
}
