/** A report as a Word document of A4 pages. The library is large, so this file is loaded when somebody asks for one. */
import { AlignmentType, BorderStyle, Document, ExternalHyperlink, Footer, HeadingLevel, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType, type ParagraphChild } from 'docx';
import type { Lang, ReportBlock, ReportFact, ReportInline, ReportLine } from '../../../../../src/contract';
import type { NameOf } from './markdown';

/** Twentieths of a point. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = 1_134;
const TEXT_WIDTH = A4.width - 2 * MARGIN;
const LABEL_WIDTH = 2_400;
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Calibri', eastAsia: 'Yu Gothic' };
const GREY = 'F2F3F5';
const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'B7B9BE' } as const;
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const CELL_MARGINS = { top: 60, bottom: 60, left: 100, right: 100 };

const broken = (text: string): readonly TextRun[] => text.split('\n').map((part, index) => new TextRun({ text: part, ...(index === 0 ? {} : { break: 1 }) }));
function inline(part: ReportInline, nameOf: NameOf): readonly ParagraphChild[] {
  if ('person' in part) return [new TextRun(nameOf(part.person))];
  return 'link' in part ? [new ExternalHyperlink({ link: part.link, children: [new TextRun({ text: part.text, style: 'Hyperlink' })] })] : broken(part.text);
}
const paragraph = (line: ReportLine, nameOf: NameOf): Paragraph => new Paragraph({ children: line.flatMap((part) => [...inline(part, nameOf)]) });
const paragraphs = (lines: readonly ReportLine[], nameOf: NameOf): Paragraph[] => (lines.length === 0 ? [new Paragraph('')] : lines.map((line) => paragraph(line, nameOf)));
const headed = (text: string, width: number): TableCell =>
  new TableCell({ width: { size: width, type: WidthType.DXA }, margins: CELL_MARGINS, shading: { type: ShadingType.CLEAR, fill: GREY, color: 'auto' }, children: [new Paragraph({ children: [new TextRun({ text, bold: true })] })] });
const cell = (lines: readonly ReportLine[], width: number, nameOf: NameOf): TableCell => new TableCell({ width: { size: width, type: WidthType.DXA }, margins: CELL_MARGINS, children: paragraphs(lines, nameOf) });
const table = (widths: readonly number[], rows: TableRow[]): Table => new Table({ width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: [...widths], borders: { ...BORDERS, insideHorizontal: LINE, insideVertical: LINE }, rows });

function facts(rows: readonly ReportFact[], nameOf: NameOf): Table {
  const rest = TEXT_WIDTH - LABEL_WIDTH;
  return table([LABEL_WIDTH, rest], rows.map(({ label, lines }) => new TableRow({ cantSplit: true, children: [headed(label, LABEL_WIDTH), cell(lines, rest, nameOf)] })));
}
/** What happened needs most of the width; all other columns share the rest. */
function widthsOf(columns: number): readonly number[] {
  const narrow = Math.floor(TEXT_WIDTH / (columns + 1.5));
  return Array.from({ length: columns }, (_, n) => (n === columns - 1 ? TEXT_WIDTH - narrow * (columns - 1) : narrow));
}

/** A table needs a paragraph behind it, else Word joins it with the next one. */
const gap = (): Paragraph => new Paragraph({ spacing: { before: 0, after: 80 }, children: [] });
function block(of: ReportBlock, nameOf: NameOf): readonly (Paragraph | Table)[] {
  switch (of.kind) {
    case 'title':
      return [new Paragraph({ text: of.text, heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER })];
    case 'heading':
      return [new Paragraph({ text: of.text, heading: HeadingLevel.HEADING_1 })];
    case 'remark':
      return [new Paragraph({ children: [new TextRun({ text: of.text, italics: true, color: '6B6E76' })] })];
    case 'facts':
      return [facts(of.rows, nameOf), gap()];
    case 'text':
      return [...(of.heading ? [new Paragraph({ text: of.label, heading: HeadingLevel.HEADING_1 })] : []), ...paragraphs(of.lines, nameOf)];
    case 'table': {
      const widths = widthsOf(of.head.length);
      const head = new TableRow({ tableHeader: true, children: of.head.map((name, n) => headed(name, widths[n] ?? LABEL_WIDTH)) });
      return [table(widths, [head, ...of.rows.map((row) => new TableRow({ cantSplit: true, children: row.map((one, n) => cell([one], widths[n] ?? LABEL_WIDTH, nameOf)) }))]), gap()];
    }
  }
}

export function documentOf(blocks: readonly ReportBlock[], title: string, lang: Lang, nameOf: NameOf): Document {
  const heading = (size: number, before: number, after: number) => ({ run: { size, bold: true, color: '292A2E', font: FONT }, paragraph: { spacing: { before, after }, keepNext: true } });
  return new Document({
    title,
    creator: '',
    styles: {
      default: {
        document: { run: { font: FONT, size: 21, language: { value: 'en-US', eastAsia: lang === 'ja' ? 'ja-JP' : 'en-US' } }, paragraph: { spacing: { after: 60, line: 300 } } },
        title: heading(32, 0, 280),
        heading1: heading(24, 280, 100),
      },
    },
    sections: [
      {
        properties: { page: { size: A4, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ size: 18, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
        children: blocks.flatMap((one) => [...block(one, nameOf)]),
      },
    ],
  });
}

export const toDocx = (blocks: readonly ReportBlock[], title: string, lang: Lang, nameOf: NameOf): Promise<Blob> => Packer.toBlob(documentOf(blocks, title, lang, nameOf));
