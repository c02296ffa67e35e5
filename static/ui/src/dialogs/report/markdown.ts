/** A report as Markdown (GitHub's tables). What nobody wrote as Markdown is none. Pure. */
import type { ReportBlock, ReportFact, ReportInline, ReportLine } from '../../../../../src/contract';
import { escaped } from '../../board/timeline/copy';

export type NameOf = (accountId: string) => string;

/** Also what only the beginning of a line would make markup, and what reads as an entity. */
const plain = (text: string): string => escaped(text).replace(/&/g, '&amp;').replace(/^(\s*)([-+=]|\d+[.)])/gm, (_all, blank: string, mark: string) => `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}`);

function inline(part: ReportInline, nameOf: NameOf): string {
  if ('person' in part) return plain(nameOf(part.person));
  return 'link' in part ? `<${part.link}>` : plain(part.text);
}
const one = (line: ReportLine, nameOf: NameOf): string => line.map((part) => inline(part, nameOf)).join('');
/** Within a table or a list item a line break is an element. */
const flat = (line: ReportLine, nameOf: NameOf): string => one(line, nameOf).replace(/\n/g, '<br>');
const fact = ({ label, lines }: ReportFact, nameOf: NameOf): string => `- **${plain(label)}**: ${lines.map((line) => flat(line, nameOf)).join('<br>')}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function block(of: ReportBlock, nameOf: NameOf): string {
  switch (of.kind) {
    case 'title':
      return `# ${plain(of.text).replace(/\n/g, ' ')}`;
    case 'heading':
      return `## ${plain(of.text).replace(/\n/g, ' ')}`;
    case 'remark':
      return `*${plain(of.text)}*`;
    case 'facts':
      return of.rows.map((one) => fact(one, nameOf)).join('\n');
    case 'text':
      return [...(of.heading ? [`## ${plain(of.label)}`] : []), of.lines.map((line) => one(line, nameOf)).join('  \n')].join('\n\n');
    case 'table':
      return [row(of.head.map(plain)), row(of.head.map(() => '---')), ...of.rows.map((cells) => row(cells.map((cell) => flat(cell, nameOf))))].join('\n');
  }
}

export const toMarkdown = (blocks: readonly ReportBlock[], nameOf: NameOf): string => `${blocks.map((one) => block(one, nameOf)).join('\n\n')}\n`;
