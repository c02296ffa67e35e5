/** What an entry of the timeline says; people it names are mentions. */
import { text } from '@atlaskit/adf-utils/builders';
import type { EntryView } from '../../../contract';
import { plainLine } from '../../../domain/text';
import type { Inline, Piece } from '../template/nodes';
import { personNode, type Drawer } from './draw';

const PEOPLE = /^entry\.(role|audience)\./;
const NAMES = ['from', 'to'] as const;
/** Stand where a person is named; no text holds them. */
const STANDS = ['\u0001', '\u0002'] as const;

/** Cleaned like every line; the spaces between it and a name stay. */
function words(content: string): readonly Inline[] {
  const clean = plainLine(content, 600);
  if (clean === '') return [];
  return [text(`${/^\s/.test(content) ? ' ' : ''}${clean}${/\s$/.test(content) ? ' ' : ''}`) as Inline];
}

/** As plain text; people are told by `nameOf`. */
export function entryText({ text: own, messageKey, params }: Pick<EntryView, 'text' | 'messageKey' | 'params'>, say: Drawer['say'], nameOf: (index: number) => string): string {
  if (own !== null) return plainLine(own, 500);
  if (messageKey === null) return '';
  const marks = PEOPLE.test(messageKey) ? Object.fromEntries(NAMES.map((name, index) => [name, nameOf(index)])) : {};
  return say(messageKey, { ...params, ...marks });
}

export function entrySaid(entry: EntryView, drawer: Drawer): Piece {
  const said = entryText(entry, drawer.say, (index) => STANDS[index] ?? '');
  return said.split(/([\u0001\u0002])/).flatMap((part): readonly Inline[] => {
    const index = STANDS.findIndex((mark) => mark === part);
    const id = index === -1 ? null : entry.params[NAMES[index] ?? 'to'];
    if (id === null) return words(part);
    return typeof id === 'string' && id !== '' ? [personNode(id, drawer)] : [];
  });
}
