/** Pure transitions of people's notes and pins. A note keeps every state it was ever in. */
import { alreadyDone, pressed, type Press } from './change';
import type { Entry, Incident, Revision } from './record';

export const NOTES_AT_ONCE = 500;
export const NOTE_MAX = 4000;
const REVISIONS_KEPT = 50;

export interface Note {
  readonly text: string;
  /** When it happened, epoch ms; null: when it was recorded. */
  readonly at: number | null;
  readonly link: string | null;
}

function noteEntry(id: string, revisions: readonly Revision[], v: number): Entry {
  const [first] = revisions;
  const last = revisions.at(-1);
  if (first === undefined || last === undefined) throw new Error('a note has at least one revision');
  const kept = revisions.length <= REVISIONS_KEPT ? revisions : [first, ...revisions.slice(1 - REVISIONS_KEPT)];
  return { id, at: last.at, source: 'person', messageKey: null, params: {}, text: last.text, by: first.by, alertId: null, recordedAt: first.recordedAt, set: null, revisions: kept, v };
}

/** Adds notes `op:<opId>:<n>`, all in one version. */
export function addNotes(incident: Incident, notes: readonly Note[], press: Press): Incident {
  if (alreadyDone(incident, press.opId) || notes.length === 0) return incident;
  return pressed(incident, press, (v, recordedAt) => ({
    rows: Object.fromEntries(
      notes.map((note, n) => {
        const id = `op:${press.opId}:${n}`;
        return [id, noteEntry(id, [{ op: press.opId, recordedAt, by: press.by, at: note.at ?? recordedAt, text: note.text, link: note.link, removed: false }], v)];
      }),
    ),
  }));
}

export function noteOf(incident: Incident, id: string): Entry | null {
  const entry = Object.hasOwn(incident.entries, id) ? incident.entries[id] : undefined;
  return entry !== undefined && entry.source === 'person' ? entry : null;
}
export const isRemoved = (entry: Entry): boolean => entry.revisions.at(-1)?.removed === true;

function revise(incident: Incident, entry: Entry, press: Press, next: (last: Revision) => Revision): Incident {
  const last = entry.revisions.at(-1);
  if (last === undefined || entry.revisions.some((revision) => revision.op === press.opId)) return incident;
  return pressed(incident, press, (v, recordedAt) => ({ rows: { [entry.id]: noteEntry(entry.id, [...entry.revisions, { ...next(last), op: press.opId, by: press.by, recordedAt }], v) } }));
}

/** New words, time or link of a note. The same incident when there is no such note or nothing differs. */
export function editNote(incident: Incident, id: string, note: Note, press: Press): Incident {
  const entry = noteOf(incident, id);
  const last = entry?.revisions.at(-1);
  if (entry === null || last === undefined || last.removed || alreadyDone(incident, press.opId)) return incident;
  const at = note.at ?? last.at;
  if (last.text === note.text && last.at === at && last.link === note.link) return incident;
  return revise(incident, entry, press, (old) => ({ ...old, text: note.text, at, link: note.link }));
}

/** Takes a note away or brings it back. */
export function removeNote(incident: Incident, id: string, removed: boolean, press: Press): Incident {
  const entry = noteOf(incident, id);
  if (entry === null || alreadyDone(incident, press.opId) || isRemoved(entry) === removed) return incident;
  return revise(incident, entry, press, (old) => ({ ...old, removed }));
}

export const isPinned = (incident: Pick<Incident, 'pins'>, id: string): boolean => incident.pins[id]?.states.at(-1)?.on === true;

/** Pins any entry of the timeline; whether it exists is the caller's to know, entries of alerts are not rows of their own. */
export function setPin(incident: Incident, id: string, on: boolean, press: Press): Incident {
  const known = incident.pins[id]?.states ?? [];
  if (alreadyDone(incident, press.opId) || known.some((state) => state.op === press.opId) || isPinned(incident, id) === on) return incident;
  return pressed(incident, press, (v, recordedAt) => {
    const states = [...known, { op: press.opId, recordedAt, on, by: press.by }].slice(-REVISIONS_KEPT);
    return { pins: { ...incident.pins, [id]: { id, states, v } } };
  });
}
