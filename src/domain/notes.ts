/** Pure transitions of people's notes and pins. A note keeps every change that was ever made to it. */
import type { EntryNames } from './alert-entries';
import { alreadyDone, noteId, pressed, type Press } from './change';
import type { Entry, Incident, NoteState, Revision } from './record';

export const NOTES_AT_ONCE = 500;
export const NOTE_MAX = 4000;
/** A note and a pin keep all their history, so there is an end to it: this many changes, and this much text in all. */
const CHANGES_AT_MOST = 200;
const HISTORY_MAX = 40_000;

export interface Note {
  readonly text: string;
  /** When it happened, epoch ms; null: when it was recorded. */
  readonly at: number | null;
  readonly link: string | null;
}

/** What the first revisions of a note amount to; null: there was no note yet. */
export function noteState(revisions: readonly Revision[]): NoteState | null {
  if (revisions.length === 0) return null;
  return revisions.reduce<NoteState>((state, { set }) => ({ ...state, ...set }), { at: 0, text: '', link: null, removed: false });
}

function noteEntry(id: string, first: Revision, later: readonly Revision[], v: number): Entry {
  const revisions = [first, ...later];
  const { at, text } = noteState(revisions) ?? { at: first.recordedAt, text: '' };
  return { id, at, source: 'person', messageKey: null, params: {}, text, by: first.by, alertId: null, recordedAt: first.recordedAt, set: null, revisions, v };
}

/** Adds notes under `noteId`s, all in one version. */
export function addNotes(incident: Incident, notes: readonly Note[], press: Press): Incident {
  if (alreadyDone(incident, press.opId) || notes.length === 0) return incident;
  return pressed(incident, press, (v, recordedAt) => ({
    entries: Object.fromEntries(
      notes.map(({ text, at, link }, n) => {
        const id = noteId(press.opId, n);
        return [id, noteEntry(id, { op: press.opId, recordedAt, by: press.by, set: { at: at ?? recordedAt, text, link, removed: false } }, [], v)];
      }),
    ),
  }));
}

export function noteOf(incident: Incident, id: string): Entry | null {
  const entry = Object.hasOwn(incident.entries, id) ? incident.entries[id] : undefined;
  return entry !== undefined && entry.source === 'person' ? entry : null;
}
export const isRemoved = (entry: Entry): boolean => noteState(entry.revisions)?.removed === true;

/** True when a note has no room for another change that adds `text`. */
export function noteFull(entry: Entry, text: string): boolean {
  const kept = entry.revisions.reduce((sum, { set }) => sum + (set.text?.length ?? 0), text.length);
  return entry.revisions.length >= CHANGES_AT_MOST || (text !== '' && kept > HISTORY_MAX);
}

function revise(incident: Incident, entry: Entry, press: Press, set: Partial<NoteState>): Incident {
  const [first, ...later] = entry.revisions;
  if (first === undefined || alreadyDone(incident, press.opId) || Object.keys(set).length === 0 || noteFull(entry, set.text ?? '')) return incident;
  return pressed(incident, press, (v, recordedAt) => ({ entries: { [entry.id]: noteEntry(entry.id, first, [...later, { op: press.opId, recordedAt, by: press.by, set }], v) } }));
}

/** New words, time or link of a note. The same incident when there is no such note, nothing differs or nothing more fits. */
export function editNote(incident: Incident, id: string, note: Note, press: Press): Incident {
  const entry = noteOf(incident, id);
  const last = entry === null ? null : noteState(entry.revisions);
  if (entry === null || last === null || last.removed) return incident;
  const { text, link } = note;
  const at = note.at ?? last.at;
  return revise(incident, entry, press, { ...(text === last.text ? {} : { text }), ...(at === last.at ? {} : { at }), ...(link === last.link ? {} : { link }) });
}

/** Takes a note away or brings it back. */
export function removeNote(incident: Incident, id: string, removed: boolean, press: Press): Incident {
  const entry = noteOf(incident, id);
  return entry === null || isRemoved(entry) === removed ? incident : revise(incident, entry, press, { removed });
}

/** The last word on an entry, under whichever of its names it was said. */
export function isPinned({ pins }: Pick<Incident, 'pins'>, { id, was }: EntryNames): boolean {
  const [now, before] = [pins[id]?.states.at(-1), pins[was]?.states.at(-1)];
  // Once an entry has its own name, its old one is not used any more.
  const last = before === undefined || (now !== undefined && now.recordedAt >= before.recordedAt) ? now : before;
  return last?.on === true;
}
export const pinFull = (incident: Incident, { id }: EntryNames): boolean => (incident.pins[id]?.states.length ?? 0) >= CHANGES_AT_MOST;

/** Pins any entry of the timeline; whether it exists is the caller's to know, entries of alerts are not rows of their own. */
export function setPin(incident: Incident, names: EntryNames, on: boolean, press: Press): Incident {
  const { id } = names;
  const known = incident.pins[id]?.states ?? [];
  if (alreadyDone(incident, press.opId) || isPinned(incident, names) === on || pinFull(incident, names)) return incident;
  return pressed(incident, press, (v, recordedAt) => ({ pins: { [id]: { id, states: [...known, { op: press.opId, recordedAt, on, by: press.by }], v } } }));
}
