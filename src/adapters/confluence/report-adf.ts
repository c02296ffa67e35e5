/** Blocks of a report as ADF. Strings become text nodes and nothing else. */
import { doc, em, hardBreak, heading, link, mention, p, strong, table, tableCell, tableHeader, tableRow, text } from '@atlaskit/adf-utils/builders';
import type { ReportBlock, ReportFact, ReportInline, ReportLine } from '../../contract';
import { httpsAddress } from '../../domain/links';
import type { Block, Inline } from './template/nodes';

type Wrap = (node: Inline) => Inline;
const as = (node: unknown): Inline => node as Inline;
const plain: Wrap = (node) => node;
const bold: Wrap = (node) => as(strong(node as never));
const slanted: Wrap = (node) => as(em(node as never));

/** Text nodes may not be empty; a line break is a node of its own. */
function words(content: string, wrap: Wrap): readonly Inline[] {
  return content.split('\n').flatMap((part, index) => [...(index === 0 ? [] : [as(hardBreak())]), ...(part === '' ? [] : [wrap(as(text(part)))])]);
}
function inline(part: ReportInline, wrap: Wrap): readonly Inline[] {
  // Confluence writes the name; it is not stored and not looked up here.
  if ('person' in part) return [as(mention({ id: part.person, text: '' }))];
  const href = 'link' in part ? httpsAddress(part.link) : null;
  return words(part.text, href === null ? wrap : (node) => as(link({ href })(node as never)));
}
const line = (content: ReportLine, wrap: Wrap = plain) => p(...content.flatMap((part) => inline(part, wrap)));
const plainLine = (content: string, wrap: Wrap = plain) => p(...words(content, wrap));
const cell = (lines: readonly ReportLine[]) => tableCell({})(...((lines.length === 0 ? [p()] : lines.map((one) => line(one))) as [ReturnType<typeof p>]));

function factsTable(rows: readonly ReportFact[]): Block {
  // The builder's type knows only rows of one kind of cell; the schema allows both.
  const row = (...cells: readonly unknown[]) => tableRow(cells as Parameters<typeof tableRow>[0]);
  return table(...rows.map(({ label, lines }) => row(tableHeader({})(plainLine(label, bold)), cell(lines)))) as Block;
}

function blockNodes(block: ReportBlock): readonly Block[] {
  switch (block.kind) {
    case 'title':
      return [heading({ level: 1 })(...(words(block.text, plain) as never[])) as Block];
    case 'heading':
      return [heading({ level: 2 })(...(words(block.text, plain) as never[])) as Block];
    case 'remark':
      return [plainLine(block.text, slanted) as Block];
    case 'facts':
      return [factsTable(block.rows)];
    case 'text':
      return [...(block.heading ? [heading({ level: 2 })(...(words(block.label, plain) as never[])) as Block] : []), ...block.lines.map((one) => line(one) as Block)];
    case 'table':
      return [table(tableRow(block.head.map((name) => tableHeader({})(plainLine(name, bold)))), ...block.rows.map((row) => tableRow(row.map((content) => cell([content]))))) as Block];
  }
}

/** `mark`: a line at the end; null: none. */
export const reportAdf = (blocks: readonly ReportBlock[], mark: string | null): ReturnType<typeof doc> => doc(...blocks.flatMap(blockNodes), ...(mark === null ? [] : [plainLine(mark, slanted) as Block]));
