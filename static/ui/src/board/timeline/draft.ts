/** What somebody is writing: kept in this browser over reloads, errors and expired logins. Pure but for the store. */
import type { NoteInput } from '../../../../../src/contract';
import { field, kept, textOf, type Kept } from '../../parts/kept';
import type { TextKey } from '../../words';
import { isHttps } from './address';
import { readMoment } from './moment';
import { NOTE_MAX } from './limits';

export interface Draft {
  readonly text: string;
  /** As typed; null: now, whenever it is sent. */
  readonly time: string | null;
  readonly link: string;
}
export const EMPTY: Draft = { text: '', time: null, link: '' };
export const isEmpty = (draft: Draft): boolean => draft.text.trim() === '' && draft.link.trim() === '';

export function parseDraft(raw: unknown): Draft | null {
  const [text, link] = [textOf(field(raw, 'text')), textOf(field(raw, 'link'))];
  return text === null || link === null ? null : { text, link, time: textOf(field(raw, 'time')) };
}
/** `of`: what is being written, e.g. `new`, or the id of a note that is being edited. */
export function draftStore(incidentId: string, account: string | null, of: string): Kept<Draft> {
  return kept(`draft:${incidentId}:${account ?? ''}:${of}`, parseDraft);
}

export interface Problem {
  readonly field: 'text' | 'time' | 'link';
  readonly key: TextKey;
}
export type Ready = { readonly ok: true; readonly note: NoteInput } | { readonly ok: false; readonly problem: Problem };

/** The note a draft makes, or what has to be put right first. `zone`: IANA name the time is told in; `now`: epoch ms. */
export function noteOf(draft: Draft, zone: string, now: number): Ready {
  const refuse = (field: Problem['field'], key: TextKey): Ready => ({ ok: false, problem: { field, key } });
  const [text, link, time] = [draft.text.trim(), draft.link.trim(), draft.time?.trim() ?? ''];
  if (text === '') return refuse('text', 'error.note-empty');
  if (text.length > NOTE_MAX) return refuse('text', 'note.too-long');
  if (link !== '' && !isHttps(link)) return refuse('link', 'error.link-https');
  const written = time === '' ? null : readMoment(time, zone, now);
  if (written?.ok === false) return refuse('time', written.problem === 'future' ? 'error.time-future' : 'note.unreadable');
  return { ok: true, note: { text, at: written === null ? null : written.moment.at, link: link === '' ? null : link } };
}
