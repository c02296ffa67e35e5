/** ADF in the few shapes the page needs. Strings from outside become text nodes and nothing else. */
import { bulletList, heading, link, listItem, orderedList, p, panel, strong, table, tableCell, tableHeader, tableRow, taskItem, taskList, text, type doc } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import { plainLine } from '../../../domain/text';

export type Block = Parameters<typeof doc>[number];
export type Inline = Exclude<Parameters<typeof p>[number], string | undefined>;
/** A cell or line: plain text, or nodes made here. */
export type Piece = string | readonly Inline[];

const MAX_TEXT = 500;
const MACKEREL = 'https://mackerel.io/';
/** The enum's own module would bring the whole editor schema into the bundle. */
const NOTE = 'note' as PanelType;

/** Text nodes may not be empty; an empty string is no node. */
function words(content: string): readonly Inline[] {
  const clean = plainLine(content, MAX_TEXT);
  return clean === '' ? [] : [text(clean)];
}
export function bold(content: string): readonly Inline[] {
  const clean = plainLine(content, MAX_TEXT);
  return clean === '' ? [] : [strong(text(clean)) as Inline];
}
/** The only links written: Mackerel's own host. Any other address stays text. */
export function mackerelLink(label: string, href: string): readonly Inline[] {
  const clean = plainLine(label, MAX_TEXT);
  if (clean === '' || !href.startsWith(MACKEREL)) return words(label);
  return [link({ href })(text(clean)) as Inline];
}

const inlines = (piece: Piece): readonly Inline[] => (typeof piece === 'string' ? words(piece) : piece);
export const line = (...pieces: readonly Piece[]) => p(...pieces.flatMap((piece) => [...inlines(piece)]));
export const note = (content: Piece) => panel({ panelType: NOTE })(line(content));
export const title = (level: 1 | 2 | 3, content: string) => heading({ level })(...words(content));
export const list = (items: readonly Piece[]) => bulletList(...items.map((item) => listItem([line(item)])));
/** A list that begins with the number `from`. */
export const numbered = (from: number, items: readonly Piece[]) => orderedList({ order: from })(...items.map((item) => listItem([line(item)])));

/** Rows of cells under a header row. */
export function grid(header: readonly string[], rows: readonly (readonly Piece[])[]) {
  return table(
    tableRow(header.map((cell) => tableHeader({})(line(bold(cell))))),
    ...rows.map((row) => tableRow(row.map((cell) => tableCell({})(line(cell))))),
  );
}
/** Two columns: a name and its content. */
export function pairs(rows: readonly (readonly [string, Piece])[]) {
  // The builder's type knows only rows of one kind of cell; the schema allows both.
  const row = (...cells: readonly unknown[]) => tableRow(cells as Parameters<typeof tableRow>[0]);
  return table(...rows.map(([name, content]) => row(tableHeader({})(line(bold(name))), tableCell({})(line(content)))));
}
/** Open tasks; `id` gives each the identity Confluence keeps its state by. */
export function tasks(items: readonly Piece[], id: () => string) {
  const [first, ...rest] = items.map((item) => taskItem({ localId: id(), state: 'TODO' })(...inlines(item)));
  if (first === undefined) throw new Error('a task list has at least one task');
  return taskList({ localId: id() })(first, ...rest);
}
