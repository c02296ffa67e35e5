/** What people wrote into a monitor's memo, line by line: numbered and dashed lines become the lists they mean to be. */
import { plainLine } from '../../../domain/text';
import { line, list, numbered, type Block } from './nodes';

const LINES = 20;
const LINE = 300;
const NUMBER = /^(\d{1,3})(?:[.)]\s+|[．）]\s*)(?=\S)/;
const DASH = /^(?:[-*•]\s+|・\s*)(?=\S)/;

interface Group {
  readonly kind: 'number' | 'dash' | 'text';
  /** Number of its first item. */
  readonly from: number;
  readonly rows: string[];
}

function read(row: string): { readonly kind: Group['kind']; readonly from: number; readonly text: string } {
  const number = NUMBER.exec(row);
  if (number !== null) return { kind: 'number', from: Number(number[1]), text: row.slice(number[0].length) };
  const dash = DASH.exec(row);
  return dash === null ? { kind: 'text', from: 0, text: row } : { kind: 'dash', from: 0, text: row.slice(dash[0].length) };
}

export function memoBlocks(memo: string): Block[] {
  const rows = memo.split(/\r\n|[\n\r\u2028\u2029]/).map((row) => plainLine(row, LINE)).filter((row) => row !== '').slice(0, LINES);
  const groups: Group[] = [];
  for (const row of rows) {
    const { kind, from, text } = read(row);
    const last = groups.at(-1);
    if (last?.kind === kind) last.rows.push(text);
    else groups.push({ kind, from, rows: [text] });
  }
  return groups.flatMap(({ kind, from, rows: items }): Block[] => {
    if (kind === 'number') return [numbered(from, items)];
    return kind === 'dash' ? [list(items)] : items.map((item) => line(item));
  });
}
