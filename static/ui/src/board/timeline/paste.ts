/** Reads many lines at once as notes: hand-kept logs and what chats copy. Pure. */
import { NOTE_MAX } from './limits';
import { AHEAD_MS, momentOf, type Doubt } from './moment';
import { dayAt, halfWidth, stampAt, type Stamp, type StampDay } from './stamp';

export interface PastedRow {
  /** Number of the line its time stands on (or its first line), from 1. */
  readonly line: number;
  /** Epoch ms; null: no time was found above or on it. */
  readonly at: number | null;
  readonly text: string;
  /** What keeps it from being sent. */
  readonly problem: 'no-time' | 'future' | 'empty' | 'too-long' | null;
  readonly doubt: Doubt | null;
}
export interface PasteContext {
  /** IANA name of the zone times without one are told in. */
  readonly zone: string;
  readonly now: number;
  /** When the incident was detected, epoch ms: times without a day belong around it. */
  readonly detectedAt: number;
}

/** One line, understood by itself. */
type Line =
  | { readonly kind: 'stamped'; readonly stamp: Stamp; readonly text: string }
  | { readonly kind: 'speaker'; readonly name: string; readonly stamp: Stamp; readonly text: string }
  | { readonly kind: 'day'; readonly day: StampDay }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' };

const BULLET = /^(?:[-*+•・‣●▪◦] *|\d{1,3}[.)] +)?/u;
const SEPARATOR = /^ *[-–—−:|,、。→>・](?!\d) */u;
const WEEKDAY_NAME = /^(?:[月火水木金土日]曜日?|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? */i;
/** Words that end a clause before a time, but not a name. */
const NOT_A_NAME = /(?:[。、,.:;!?！？]|\b(?:at|from|until|till|to|by|since|around|before|after|is|was)|[はにがを]|から|まで)$/iu;

function stamped(line: string, plain: string): Line | null {
  const from = BULLET.exec(plain)?.[0].length ?? 0;
  const found = stampAt(plain, from);
  if (found === null) return null;
  const rest = plain.slice(found.end);
  const skip = SEPARATOR.exec(rest)?.[0].length ?? 0;
  return { kind: 'stamped', stamp: found.value, text: line.slice(found.end + skip).trim() };
}

/** `alice  2:13 AM`, `アリス [2:13]`: a name and, at the very end, a time. */
function speaker(line: string, plain: string): Line | null {
  for (const gap of plain.matchAll(/ +\[?|\[/g)) {
    const from = gap.index + gap[0].length - (gap[0].endsWith('[') ? 1 : 0);
    const found = gap.index === 0 ? null : stampAt(plain, from);
    if (found === null || found.end !== plain.length) continue;
    const name = line.slice(0, gap.index).trim();
    const sure = found.value.deliberate || gap[0].length > 1;
    return isName(name, sure) ? { kind: 'speaker', name, stamp: found.value, text: line } : null;
  }
  return null;
}
function isName(name: string, sure: boolean): boolean {
  return name !== '' && name.length <= (sure ? 60 : 30) && (sure || (name.split(/\s+/).length <= 3 && !NOT_A_NAME.test(name)));
}

function readLine(raw: string): Line {
  const line = raw.trim();
  if (line === '') return { kind: 'blank' };
  const plain = halfWidth(line);
  const named = plain.replace(WEEKDAY_NAME, '');
  const day = dayAt(named, 0);
  if (day !== null && /^,? ?(?:[月火水木金土日]曜日?)?$/u.test(named.slice(day.end))) return { kind: 'day', day: day.value };
  return stamped(line, plain) ?? speaker(line, plain) ?? { kind: 'text', text: line };
}

/** A speaker's line is one only if words follow; a lone name can stand on the line before its time. */
function settle(lines: readonly Line[]): readonly Line[] {
  const says = (n: number): boolean => lines[n]?.kind === 'text';
  return lines.map((line, n) => {
    if (line.kind === 'speaker' && !says(n + 1)) return { kind: 'text', text: line.text };
    if (line.kind !== 'text' || !isName(line.text, false)) return line;
    const next = lines[n + 1];
    const alone = n === 0 || lines[n - 1]?.kind === 'blank';
    return alone && next?.kind === 'stamped' && next.text === '' && says(n + 2) ? { ...line, kind: 'speaker', name: line.text, stamp: next.stamp } : line;
  });
}

interface Draft {
  readonly line: number;
  readonly at: number | null;
  readonly doubt: Doubt | null;
  readonly speaker: string | null;
  readonly words: string[];
}

/**
 * Reads every line. A line without a time belongs to the entry before it. Chat lines keep who said it as `name: words`.
 * A line that holds only a day says on which day the following times are.
 */
export function readPaste(text: string, context: PasteContext): readonly PastedRow[] {
  const lines = settle(text.split(/\r\n?|\n|\u2028|\u2029/).map(readLine));
  const drafts: Draft[] = [];
  let day: StampDay | null = null;
  let previous: number | null = null;
  let speaking: string | null = null;

  const open = (n: number, stamp: Stamp, words: readonly string[]): void => {
    const told: Stamp = day !== null && stamp.day.kind === 'none' ? { ...stamp, day } : stamp;
    const moment = momentOf(told, { zone: context.zone, now: context.now, near: previous ?? context.detectedAt, previous });
    day = null;
    previous = moment.at;
    drafts.push({ line: n + 1, ...moment, speaker: speaking, words: [...words] });
  };
  lines.forEach((line, n) => {
    const before = lines[n - 1];
    switch (line.kind) {
      case 'day':
        day = line.day;
        return;
      case 'speaker':
        speaking = line.name;
        return open(n, line.stamp, []);
      case 'stamped':
        // The lone name above it has taken its time already.
        if (before?.kind === 'speaker' && before.stamp === line.stamp) return;
        if (line.text !== '' || lines[n + 1]?.kind !== 'text') speaking = null;
        return open(n, line.stamp, line.text === '' ? [] : [line.text]);
      case 'blank':
      case 'text': {
        const words = line.kind === 'text' ? line.text : '';
        if (drafts.length > 0) drafts.at(-1)?.words.push(words);
        else if (words !== '') drafts.push({ line: n + 1, at: null, doubt: null, speaker: null, words: [words] });
      }
    }
  });
  return drafts.map((draft) => rowOf(draft, context.now));
}

function rowOf({ line, at, doubt, speaker, words }: Draft, now: number): PastedRow {
  const said = words.join('\n').replace(/\n{3,}/g, '\n\n').trim();
  const text = speaker === null || said === '' ? said : `${speaker}: ${said}`;
  const problem = at === null ? 'no-time' : text === '' ? 'empty' : text.length > NOTE_MAX ? 'too-long' : at > now + AHEAD_MS ? 'future' : null;
  return { line, at, text, problem, doubt };
}
