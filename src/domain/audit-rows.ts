/** Changes that rows other than the app's entries keep: notes, pins, and alerts that came or went without an entry. Pure. */
import type { ReportLine } from '../contract';
import type { AuditFacts, Change } from './audit';
import { noteState } from './notes';
import type { AlertRecord, Incident, NoteState } from './record';
import { line, saidLine, stampIn } from './report-lines';

type NoteField = keyof NoteState;
function tellNote(state: NoteState | null, fields: readonly NoteField[], { zone }: AuditFacts): ReportLine {
  if (state === null || state.removed) return [];
  const parts: readonly string[] = [...(fields.includes('at') ? [stampIn(state.at, zone)] : []), ...(fields.includes('text') || fields.includes('removed') ? [state.text] : []), ...(fields.includes('link') && state.link !== null ? [state.link] : [])];
  return line(parts.join('\n'));
}
const WHOLE: readonly NoteField[] = ['at', 'text', 'link'];

/** Every state each note was in. */
export function noteChanges(facts: AuditFacts): readonly Change[] {
  const { incident, say } = facts;
  return Object.values(incident.entries).flatMap(({ id, revisions }) =>
    revisions.map(({ recordedAt, by, set }, n): Change => {
      const [was, is] = [noteState(revisions.slice(0, n)), noteState(revisions.slice(0, n + 1))];
      const did = n === 0 ? 'written' : set.removed === true ? 'removed' : set.removed === false ? 'restored' : 'changed';
      const fields = n === 0 ? WHOLE : (Object.keys(set) as NoteField[]);
      return { id: `${id}@${n}`, at: recordedAt, by, kind: 'notes', what: line(say(`report.audit.note.${did}`)), before: tellNote(was, fields, facts), after: tellNote(is, fields, facts) };
    }),
  );
}

/** What the pinned entry says; alerts' lines are told by their monitor. */
function pinned({ incident, say }: AuditFacts, id: string): ReportLine {
  const entry = Object.hasOwn(incident.entries, id) ? incident.entries[id] : undefined;
  if (entry !== undefined) return saidLine(entry, say);
  return line(Object.values(incident.alerts).find((alert) => id.startsWith(`${incident.head.conn}:${alert.id}:log:`))?.monitorName ?? '');
}
export function pinChanges(facts: AuditFacts): readonly Change[] {
  return Object.values(facts.incident.pins).flatMap(({ id, states }) =>
    states.map(({ recordedAt, by, on }, n): Change => {
      const said = pinned(facts, id);
      return { id: `pin:${id}@${n}`, at: recordedAt, by, kind: 'notes', what: line(facts.say(on ? 'report.audit.pinned' : 'report.audit.unpinned')), before: on ? [] : said, after: on ? said : [] };
    }),
  );
}

const nameOf = ({ monitorName, host }: AlertRecord): string => [monitorName, host?.name ?? ''].filter((part) => part !== '').join(' · ');
/** Where and when a press left an entry of its own. */
const pressedLinks = ({ entries }: Incident): ReadonlySet<string> =>
  new Set(Object.values(entries).flatMap(({ alertId, recordedAt, messageKey }) => (/^entry\.alert\.(attached|detached|moved-)/.test(messageKey ?? '') ? [`${alertId}@${recordedAt}`] : [])));

/** Alerts linked by a rule, with the declaration or a merge. */
export function linkChanges({ incident, say }: AuditFacts): readonly Change[] {
  const told = pressedLinks(incident);
  return Object.values(incident.alerts).flatMap((alert) =>
    alert.links.flatMap(({ recordedAt, on, by, why }, n): readonly Change[] => {
      if (told.has(`${alert.id}@${recordedAt}`)) return [];
      const name = nameOf(alert);
      const reason = why === undefined ? '' : say(why.key, why.params);
      const linked = line([name, reason].filter((part) => part !== '').join('\n'));
      const what = line(say(on ? 'entry.alert.attached' : 'entry.alert.detached', { monitor: alert.monitorName, host: alert.host?.name ?? '' }).trim());
      return [{ id: `link:${alert.id}@${n}`, at: recordedAt, by, kind: 'alerts', what, before: on ? [] : line(name), after: on ? linked : [] }];
    }),
  );
}
