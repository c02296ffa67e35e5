/** What an entry says, as one text: for rows, search and copies. Pure. */
import type { AlertView, EntryView } from '../../../../../src/contract';
import type { Params, Words } from '../../words';

/** What is needed of an alert beside its entries. */
export type AlertFacts = Pick<AlertView, 'id' | 'unit' | 'host'>;
export type NameOf = (accountId: string) => string;

const isRole = (entry: EntryView): boolean => entry.messageKey?.startsWith('entry.role.') === true;
const namesPeople = (entry: EntryView): boolean => isRole(entry) || entry.messageKey?.startsWith('entry.audience.') === true;

/** Account ids within an entry's params: those who gave or took a role, or were added to a private incident. */
export function peopleIn(entry: EntryView): { readonly from: string | null; readonly to: string | null } {
  const id = (value: string | number | undefined): string | null => (namesPeople(entry) && typeof value === 'string' && value !== '' ? value : null);
  return { from: id(entry.params['from']), to: id(entry.params['to']) };
}

function paramsOf(entry: EntryView, nameOf: NameOf): Params {
  if (!namesPeople(entry)) return entry.params;
  const { from, to } = peopleIn(entry);
  const people = { from: from === null ? '' : nameOf(from), to: to === null ? '' : nameOf(to) };
  if (!isRole(entry)) return { ...entry.params, ...people };
  const role = String(entry.params['role'] ?? '');
  const named = role.startsWith('x:') ? role.slice(2) : String(entry.params['name'] ?? role);
  return { ...entry.params, name: named, ...people };
}

/** The sentence of an automatic entry, or a person's own words. */
export function saidBy(entry: EntryView, words: Words, nameOf: NameOf): string {
  if (entry.text !== null) return entry.text;
  return entry.messageKey === null ? words.t('entry.unknown') : words.say(entry.messageKey, paramsOf(entry, nameOf), 'entry.unknown');
}

/** `1,120 ms > 800 ms`: what was measured and against which threshold, as far as the log says. */
function measured(entry: EntryView, words: Words, unit: string | null): string | null {
  const { value, threshold, operator } = entry.params;
  if (typeof value !== 'number') return null;
  const limit = typeof threshold === 'number' ? ` ${operator ?? ''} ${words.value(threshold, unit)}` : '';
  return words.value(value, unit) + limit;
}

/** `Critical > 800 ms → > 1,200 ms` for each threshold that was edited; `–` where none was set. */
function limits({ params }: EntryView, words: Words, unit: string | null): readonly string[] {
  const limit = (operator: Params[string] | undefined, value: Params[string] | undefined): string => (typeof value === 'number' ? `${operator ?? ''} ${words.value(value, unit)}` : '–');
  return (['Critical', 'Warning'] as const).flatMap((name) => {
    const [from, to] = [limit(params['fromOperator'], params[`from${name}`]), limit(params['toOperator'], params[`to${name}`])];
    return from === to ? [] : [`${words.t(name === 'Critical' ? 'alert.status.CRITICAL' : 'alert.status.WARNING')} ${from} → ${to}`];
  });
}

/** What stands behind the sentence of an alert's entry: value and host, or the thresholds that were edited. */
export function detailsOf(entry: EntryView, alert: AlertFacts | null, words: Words): readonly string[] {
  if (entry.messageKey === 'entry.alert.thresholds') return limits(entry, words, alert?.unit ?? null);
  if (entry.source !== 'mackerel') return [];
  const { host } = entry.params;
  const hostName = typeof host === 'string' && host !== '' ? host : (alert?.host?.name ?? null);
  return [measured(entry, words, alert?.unit ?? null), hostName].filter((detail) => detail !== null);
}

/** Who or what wrote the entry. */
export function writerOf(entry: EntryView, words: Words, nameOf: NameOf): string {
  if (entry.by !== null) return nameOf(entry.by.accountId);
  return entry.source === 'mackerel' ? 'Mackerel' : words.t(entry.source === 'deploy' ? 'board.deploy' : 'board.timeline.automatic');
}

/** A whole entry on one line, for copies and search. */
export function entryLine(entry: EntryView, alert: AlertFacts | null, words: Words, nameOf: NameOf): string {
  const status = entry.status === null ? '' : `${words.t(`alert.status.${entry.status}`)} `;
  const details = detailsOf(entry, alert, words);
  return `${status}${saidBy(entry, words, nameOf)}${details.length === 0 ? '' : ` ${details.join(' ')}`}`;
}
