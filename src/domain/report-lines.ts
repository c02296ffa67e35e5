/** Words and times of a report: what an entry says, with people apart from the text, and nothing in it that is not to leave. Pure. */
import type { EntryView, Lang, ReportChoices, ReportInline, ReportLine } from '../contract';
import { FORMER_USER } from './personal-data';
import type { Incident } from './record';
import { bare } from './text';

export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export const line = (text: string): ReportLine => (text === '' ? [] : [{ text }]);
/** Each of its lines as one of its own. */
export const linesOf = (text: string): readonly ReportLine[] => (text === '' ? [] : text.split('\n').map(line));
/** One line under the other; empty ones are left out. */
export const stacked = (lines: readonly ReportLine[]): ReportLine => lines.filter((one) => one.length > 0).flatMap((one, n): ReportLine => (n === 0 ? one : [{ text: '\n' }, ...one]));
export const textOf = (lines: readonly ReportLine[]): string => lines.map((one) => one.map((part) => ('person' in part ? '' : part.text)).join('')).join('\n');

/** Who acted or was acted on, as a name to be looked up. */
export const personIn = (accountId: string, say: Say): ReportInline => (accountId === FORMER_USER ? { text: say('common.former-user') } : { person: accountId });

/** What an entry says. A person's own words keep their line breaks. */
export function saidLine(entry: Pick<EntryView, 'text' | 'messageKey' | 'params'>, say: Say): ReportLine {
  if (entry.text !== null) return line(entry.text);
  if (entry.messageKey === null) return [];
  const people = /^entry\.(role|audience)\./.test(entry.messageKey) ? (['from', 'to'] as const) : [];
  const marks = Object.fromEntries(people.map((name, index) => [name, String.fromCharCode(1 + index)]));
  const said = say(entry.messageKey, { ...entry.params, ...marks });
  return said.split(/([\u0001\u0002])/).flatMap((part): ReportLine => {
    const id = part === '\u0001' ? entry.params['from'] : part === '\u0002' ? entry.params['to'] : undefined;
    return id === undefined ? line(part) : typeof id === 'string' && id !== '' ? [personIn(id, say)] : [];
  });
}

/** With its offset, so that a printed page needs no viewer's zone: `2026-11-24 02:13:05 +09:00`. */
export function stampIn(at: number, zone: string): string {
  return `${new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)} ${offsetIn(at, zone)}`;
}
/** `+09:00`, or `UTC`. */
export function offsetIn(at: number, zone: string): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'UTC' : name.slice(3);
}
const LOCALE: Readonly<Record<Lang, string>> = { ja: 'ja-JP', en: 'en-US' };
export const dayIn = (at: number, zone: string, lang: Lang): string => new Intl.DateTimeFormat(LOCALE[lang], { timeZone: zone, dateStyle: 'long' }).format(at);
export const minuteIn = (at: number, zone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
export const momentIn = (at: number, zone: string, lang: Lang): string =>
  `${dayIn(at, zone, lang)} ${new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)}`;

/** A span of `ms` in its two largest units. */
export function spanOf(ms: number, say: Say): string {
  const m = Math.max(0, Math.round(ms / 60_000));
  if (m < 60) return say('common.duration.minutes', { m });
  return m < 1440 ? say('common.duration.hours', { h: Math.floor(m / 60), m: m % 60 }) : say('common.duration.days', { d: Math.floor(m / 1440), h: Math.floor((m % 1440) / 60) });
}

const plain = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const ADDRESS = /\bhttps?:\/\/[^\s<>"'）」』、。]+/giu;
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?:::[0-9a-f:]*)?(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:)*:(?::?[0-9a-f]{1,4})+(?![\w:])/gi;
/** Words shorter than this are no names by which a host could be told. */
const NAME_MIN = 2;

/** Takes out of a text what is not to leave, as far as the record knows it: addresses, host names (also as part of a longer one). */
export function veilOf(incident: Incident, choices: ReportChoices, say: Say): (text: string) => string {
  const names = new Set([...Object.values(incident.hosts).flatMap(({ states }) => states.map(({ name }) => name)), ...Object.values(incident.alerts).flatMap(({ host }) => (host === null ? [] : [host.name]))]);
  const known = [...names].map(bare).filter((name) => name.length >= NAME_MIN).sort((a, b) => b.length - a.length);
  const hosts = known.length === 0 ? null : new RegExp(`(?<![A-Za-z0-9_-])(?:${known.map(plain).join('|')})(?:\\.[A-Za-z0-9-]+)*(?![A-Za-z0-9_-])`, 'gi');
  return (raw) => {
    // First: what nobody sees within a name would hide it.
    const text = bare(raw);
    const linked = choices.links ? text : text.replace(ADDRESS, say('report.hidden.link'));
    if (choices.hosts) return linked;
    const word = say('report.hidden.host');
    const named = hosts === null ? linked : linked.replace(hosts, word);
    return named.replace(IPV4, word).replace(IPV6, (found) => (/^\d{1,2}:\d{2}(:\d{2})?$/.test(found) ? found : word));
  };
}

/** People by name, or by the role they have or had. */
export function whoOf({ head }: Incident, choices: ReportChoices, say: Say): (accountId: string) => ReportInline {
  return (accountId) => {
    if (choices.people) return personIn(accountId, say);
    const role = head.roles.find(({ person }) => person === accountId);
    return { text: role === undefined ? say('report.person') : say('report.role', { role: role.id, name: role.name ?? '' }) };
  };
}
