/** The whole timeline as text to take elsewhere, oldest first. Pure. */
import type { EntryView } from '../../../../../src/contract';
import type { Words } from '../../words';
import { timeline } from '../logic';
import { entryLine, writerOf, type AlertFacts, type NameOf } from './said';
import { stampWithOffset } from './zoned';

export interface CopyInput {
  readonly title: string;
  readonly entries: readonly EntryView[];
  readonly alerts: readonly AlertFacts[];
  readonly words: Words;
  readonly nameOf: NameOf;
}

function lines({ entries, alerts, words, nameOf }: CopyInput) {
  return [...timeline(entries.filter((entry) => !entry.removed))].reverse().map((entry) => ({
    time: stampWithOffset(entry.at, words.timeZone),
    who: writerOf(entry, words, nameOf),
    said: entryLine(entry, alerts.find((alert) => alert.id === entry.alertId) ?? null, words, nameOf),
    written: entry.text !== null,
    link: entry.link,
  }));
}
/** Further lines stand under the first one's words. */
const indented = (text: string, by: string): string => text.replace(/\n/g, `\n${by}`);
/** What Markdown would take for markup in a text nobody wrote as Markdown. */
export const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');

export function asText(input: CopyInput): string {
  const rows = lines(input).map(({ time, who, said, link }) => `${time}  ${who}  ${indented(said, '    ')}${link === null ? '' : `\n    ${link}`}`);
  return [input.title, '', ...rows, ''].join('\n');
}

export function asMarkdown(input: CopyInput): string {
  const rows = lines(input).map(({ time, who, said, written, link }) => `- \`${time}\` **${escaped(who)}** ${indented(written ? said : escaped(said), '  ')}${link === null ? '' : ` (<${link}>)`}`);
  return [`## ${escaped(input.title)}`, '', ...rows, ''].join('\n');
}
