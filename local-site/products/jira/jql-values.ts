/** How a clause of JQL compares: exactly, by words, or as a time. A value that is not there fits nothing but `is empty`. */
import { Refusal, Unmodelled } from '../refusal';
import type { Clause, Operand } from './jql';

export interface Asker {
  readonly accountId: string;
  readonly timezone: string;
  /** Epoch ms. */
  readonly now: number;
}
export const unsupported = ({ field, is }: Clause): Refusal => new Refusal(400, `The operator '${is}' is not supported by the '${field}' field.`);

/** true or false where the clause asks for emptiness; null where it asks for values. */
export function asksEmpty(clause: Clause): boolean | null {
  const [first] = clause.values;
  const isEmpty = clause.values.length === 1 && first !== undefined && 'empty' in first;
  if (clause.is === 'is' || clause.is === 'is not') {
    if (!isEmpty) throw unsupported(clause);
    return clause.is === 'is';
  }
  if (!isEmpty) {
    if (clause.values.some((value) => 'empty' in value)) throw new Unmodelled('JQL lists with EMPTY');
    return null;
  }
  if (clause.is !== '=' && clause.is !== '!=') throw unsupported(clause);
  return clause.is === '=';
}
export function words(operand: Operand, asker: Asker): string {
  if ('text' in operand) return operand.text;
  if ('call' in operand && operand.call === 'currentUser') return asker.accountId;
  throw new Unmodelled('a JQL function where a name is expected');
}

type Fits<T> = (held: readonly T[]) => boolean;
/** By `=`, `!=`, `in`, `not in`; what is named is read only if the operator holds. */
export function exactly(clause: Clause, named: () => readonly string[]): Fits<string> {
  if (!['=', '!=', 'in', 'not in'].includes(clause.is)) throw unsupported(clause);
  const wanted = named();
  const isAmong = clause.is === '=' || clause.is === 'in';
  return (held) => held.length > 0 && held.some((value) => wanted.includes(value)) === isAmong;
}

/** Every word of the query is somewhere in the text; a phrase in quotes as it stands. The vendor's stemming is not modelled. */
export function byWords(clause: Clause, query: () => string): Fits<string> {
  if (clause.is !== '~' && clause.is !== '!~') throw unsupported(clause);
  const parts = [...query().toLowerCase().matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word = '']) => phrase ?? word.replace(/\*$/, ''));
  return (held) => held.length > 0 && held.some((text) => parts.every((part) => text.toLowerCase().includes(part))) === (clause.is === '~');
}

const COMPARED: Partial<Record<Clause['is'], (held: number, asked: number) => boolean>> = {
  '=': (held, asked) => held === asked,
  '!=': (held, asked) => held !== asked,
  '>': (held, asked) => held > asked,
  '>=': (held, asked) => held >= asked,
  '<': (held, asked) => held < asked,
  '<=': (held, asked) => held <= asked,
};
export function byNumber(clause: Clause, asked: (operand: Operand) => number): Fits<number> {
  if (clause.is === 'in' || clause.is === 'not in') throw new Unmodelled(`JQL ${clause.is} with numbers or dates`);
  const fits = COMPARED[clause.is];
  const [operand] = clause.values;
  if (fits === undefined || operand === undefined) throw unsupported(clause);
  const number = asked(operand);
  return (held) => held.some((each) => fits(each, number));
}

const UNITS: Readonly<Record<string, number>> = { w: 7 * 86_400_000, d: 86_400_000, h: 3_600_000, m: 60_000 };
/** How far the zone is ahead of UTC at that moment, ms. */
function aheadOfUtc(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - Math.floor(at / 60_000) * 60_000;
}
/** Epoch ms of `2026-11-23`, `2026/11/23 14:02` (in the asker's zone), `-7d`, `now()`. */
export function moment(operand: Operand, asker: Asker): number {
  if ('call' in operand && operand.call === 'now') return asker.now;
  const text = 'text' in operand ? operand.text : '';
  const relative = /^([+-]?\d+)([wdhm])$/.exec(text);
  if (relative) return asker.now + Number(relative[1]) * (UNITS[relative[2] ?? ''] ?? 0);
  const dated = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text);
  if (!dated) throw new Refusal(400, `Date value '${text}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = dated.slice(1).map((part) => Number(part ?? 0));
  const utc = Date.UTC(year, month - 1, day, hour, minute);
  return utc - aheadOfUtc(utc, asker.timezone);
}
/** The day of a moment in the asker's zone, as that day's midnight in UTC: what due dates compare by. */
export const dayOf = (at: number, timezone: string): number => Math.floor((at + aheadOfUtc(at, timezone)) / 86_400_000) * 86_400_000;
