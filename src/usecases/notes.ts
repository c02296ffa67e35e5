/** People's notes on the timeline, and pins. */
import type { IncidentHeadView, NoteInput } from '../contract';
import { entryNames } from '../domain/alert-entries';
import { AppFailure, badRequest } from '../domain/failure';
import { addNotes, editNote, isPinned, isRemoved, noteFull, noteOf, pinFull, removeNote, setPin, type Note } from '../domain/notes';
import { plainText } from '../domain/text';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { changedByOther, press, type Pressed } from './press';
import { typedAddress } from './typed';
import { headView } from './views';

/** Clocks of people's computers may run ahead a little. */
const AHEAD_MS = 60_000;

function noteFrom(input: NoteInput, now: number, field: string): Note {
  const text = plainText(input.text);
  if (text === '') throw badRequest(`${field}text`, 'error.note-empty');
  if (input.at !== null && input.at > now + AHEAD_MS) throw badRequest(`${field}at`, 'error.time-future');
  return { text, at: input.at === null ? null : Math.min(input.at, now), link: typedAddress(input.link, `${field}link`) };
}

/** Every change of a note or pin is kept, so there is an end to them. */
const historyFull = (): AppFailure => new AppFailure('bad-request', 'error.history-full', {}, 'text');

/** All or none. */
export async function pressAddNotes(ports: Ports, caller: Caller, p: Pressed & { notes: readonly NoteInput[] }): Promise<IncidentHeadView> {
  const now = ports.clock.now();
  const notes = p.notes.map((note, n) => noteFrom(note, now, p.notes.length === 1 ? '' : `notes.${n}.`));
  return headView((await press(ports, caller, p, (current, by) => addNotes(current, notes, by))).head);
}

export async function pressEditNote(ports: Ports, caller: Caller, p: Pressed & { entryId: string; note: NoteInput; base: number }): Promise<IncidentHeadView> {
  const note = noteFrom(p.note, ports.clock.now(), '');
  const incident = await press(ports, caller, p, (current, by) => {
    const known = noteOf(current, p.entryId);
    if (known === null || isRemoved(known)) throw new AppFailure('not-found', 'error.note-gone');
    if (known.v > p.base) throw changedByOther('note');
    if (noteFull(known, note.text === known.text ? '' : note.text)) throw historyFull();
    return editNote(current, p.entryId, note, by);
  });
  return headView(incident.head);
}

export async function pressRemoveNote(ports: Ports, caller: Caller, p: Pressed & { entryId: string; removed: boolean }): Promise<IncidentHeadView> {
  const incident = await press(ports, caller, p, (current, by) => {
    const known = noteOf(current, p.entryId);
    if (known === null) throw new AppFailure('not-found', 'error.note-gone');
    if (isRemoved(known) !== p.removed && noteFull(known, '')) throw historyFull();
    return removeNote(current, p.entryId, p.removed, by);
  });
  return headView(incident.head);
}

export async function pressPin(ports: Ports, caller: Caller, p: Pressed & { entryId: string; pinned: boolean }): Promise<IncidentHeadView> {
  const incident = await press(ports, caller, p, (current, by) => {
    const names = entryNames(current, p.entryId);
    if (names === null) throw new AppFailure('not-found', 'error.note-gone');
    if (isPinned(current, names) !== p.pinned && pinFull(current, names)) throw historyFull();
    return setPin(current, names, p.pinned, by);
  });
  return headView(incident.head);
}
