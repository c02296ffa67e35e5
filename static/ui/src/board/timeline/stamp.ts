/** Times as people write and copy them, in English and Japanese. Pure; every function takes text of `halfWidth`. */

export type StampDay =
  | { readonly kind: 'none' }
  | { readonly kind: 'date'; readonly year: number | null; readonly month: number; readonly day: number }
  | { readonly kind: 'ago'; readonly days: number };
export interface Stamp {
  readonly day: StampDay;
  /** 0–29: from 24 on it is the night after `day`. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** A zone named beside the time: an IANA name, or minutes ahead of UTC; null: the reader's zone. */
  readonly zone: string | number | null;
  /** Written with a day, with am/pm or in brackets, as chats do: hardly by chance. */
  readonly deliberate: boolean;
}
export interface Found<T> {
  readonly value: T;
  /** Index after its last character. */
  readonly end: number;
}

/** Full-width letters, digits and signs and odd spaces as their plain kin, character for character. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[\u3000\u00a0\u2002-\u200a\u202f\t]/g, ' ');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY = /(?: ?\((?:[月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)[a-z]*\))?/.source;
const sticky = (source: string): RegExp => new RegExp(source, 'iuy');
const DATES = {
  ymd: sticky(`(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?!\\d)${WEEKDAY}`),
  md: sticky(`(\\d{1,2})[-/](\\d{1,2})(?![\\d/-])${WEEKDAY}`),
  kanji: sticky(`(?:(\\d{4})年 ?)?(\\d{1,2})月 ?(\\d{1,2})日${WEEKDAY}`),
  month: sticky(`(${MONTHS.join('|')})[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d)`),
  ago: sticky('(today|今日|本日|yesterday|昨日)'),
};
const BETWEEN = sticky('(?:t(?=\\d)|,? +at +|, ?| *の *| +|(?=午[前後]))');
const CLOCK = sticky('(?:(午前|午後|am|pm) ?)?(\\d{1,2})(?::(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?|時 ?(\\d{1,2})分(?: ?(\\d{1,2})秒)?)(?!\\d|:\\d)(?: ?([ap])\\.?m\\b\\.?)?');
const ZONE = sticky('(?:(z| ?utc| ?gmt)(?![a-z])|( ?jst)(?![a-z]))');
const OFFSET = sticky(' ?([+-])(\\d{2}):?(\\d{2})(?!\\d)');

function match(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
const realDate = (year: number | null, month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year ?? 2024, month, 0)).getUTCDate();

/** A calendar day at `from`. */
export function dayAt(text: string, from: number): Found<StampDay> | null {
  const dated = (found: RegExpExecArray | null, year: string | undefined, month: number, day: string | undefined): Found<StampDay> | null => {
    const value = { kind: 'date' as const, year: year === undefined ? null : Number(year), month, day: Number(day) };
    return found !== null && realDate(value.year, value.month, value.day) ? { value, end: from + found[0].length } : null;
  };
  const ymd = match(DATES.ymd, text, from);
  if (ymd !== null) return dated(ymd, ymd[1], Number(ymd[3]), ymd[4]);
  const md = match(DATES.md, text, from);
  if (md !== null) return dated(md, undefined, Number(md[1]), md[2]);
  const kanji = match(DATES.kanji, text, from);
  if (kanji !== null) return dated(kanji, kanji[1], Number(kanji[2]), kanji[3]);
  const month = match(DATES.month, text, from);
  if (month !== null) return dated(month, month[3], MONTHS.indexOf((month[1] ?? '').toLowerCase()) + 1, month[2]);
  const ago = match(DATES.ago, text, from);
  return ago === null ? null : { value: { kind: 'ago', days: /^(yesterday|昨日)$/i.test(ago[0]) ? 1 : 0 }, end: from + ago[0].length };
}

function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour <= 29 ? hour : null;
  const afternoon = half === '午後' || half === 'p';
  if (hour > 12) return afternoon && hour <= 23 ? hour : null;
  return (hour % 12) + (afternoon ? 12 : 0);
}

/** Figures are a zone only behind a whole date: `02:13-02:20` is a span. */
function zoneAt(text: string, from: number, day: StampDay | null): Found<Stamp['zone']> {
  const named = match(ZONE, text, from);
  if (named !== null) return { value: named[1] === undefined ? 'Asia/Tokyo' : 'UTC', end: from + named[0].length };
  const found = day?.kind === 'date' && day.year !== null ? match(OFFSET, text, from) : null;
  if (found === null) return { value: null, end: from };
  return { value: (Number(found[2]) * 60 + Number(found[3])) * (found[1] === '-' ? -1 : 1), end: from + found[0].length };
}

/** A time of day at `from`, perhaps with a day before it, a zone after it, or brackets around it all. */
export function stampAt(text: string, from: number): Found<Stamp> | null {
  const bracketed = text[from] === '[';
  const start = bracketed ? from + 1 : from;
  const day = dayAt(text, start);
  const gap = day === null ? null : match(BETWEEN, text, day.end);
  if (day !== null && gap === null) return null;
  const clockFrom = day === null || gap === null ? start : day.end + gap[0].length;
  const clock = match(CLOCK, text, clockFrom);
  if (clock === null) return null;
  const before = (clock[1] ?? '').toLowerCase();
  const half = before === '' ? (clock[7] ?? '').toLowerCase() : before.length === 2 && /[ap]m/.test(before) ? before.charAt(0) : before;
  const hour = hourOf(Number(clock[2]), half);
  const minute = Number(clock[3] ?? clock[5]);
  const second = Number(clock[4] ?? clock[6] ?? 0);
  if (hour === null || minute > 59 || second > 59) return null;
  const zone = zoneAt(text, clockFrom + clock[0].length, day?.value ?? null);
  if (bracketed && text[zone.end] !== ']') return null;
  const value = { day: day?.value ?? { kind: 'none' as const }, hour, minute, second, zone: zone.value, deliberate: bracketed || day !== null || half !== '' };
  return { value, end: zone.end + (bracketed ? 1 : 0) };
}
