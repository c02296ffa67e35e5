/** Reports as files: what stands in them can be read back, and nothing in a name becomes markup. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import { load } from 'cheerio';
import { Packer } from 'docx';
import { strFromU8, unzipSync } from 'fflate';
import { marked, type Token } from 'marked';
import { reportAdf } from '../../src/adapters/confluence/report-adf';
import type { Lang, ReportBlock, ReportForm } from '../../src/contract';
import { written } from '../../src/domain/report';
import { documentOf } from '../../static/ui/src/dialogs/report/docx';
import { toMarkdown } from '../../static/ui/src/dialogs/report/markdown';
import { ALL, alert, EMPTY, FULL, head, note, reported, T0 } from '../domain/reported';

const HOSTILE = '<img onerror="x"> & [a](javascript:x) **b** `c` | d # e ~~f~~ _g_ \\ &lt;';
const HOSTILE_LINES = `${HOSTILE}\n- no list\n1. none either\n# no heading\n> no quote`;
const NAMES = new Map([['acc-alice', '有栖 佐和'], ['acc-bob', '*Bob* <b>']]);
const nameOf = (id: string): string => NAMES.get(id) ?? '?';
const hostile = { ...FULL, head: head({ ...FULL.head, title: HOSTILE, impact: { text: HOSTILE, by: 'acc-bob', at: T0, v: 1 } }), alerts: { a1: alert('a1', { monitorName: HOSTILE }) }, entries: { ...FULL.entries, x: note('x', T0, HOSTILE_LINES, 'https://evidence.example/a?b=1&c=2') } };
const FORMS: readonly ReportForm[] = ['first', 'update', 'final', 'postmortem', 'status'];
const blocksOf = (incident: typeof FULL, form: ReportForm, lang: Lang): readonly ReportBlock[] => written(reported(incident, form, ALL, { lang, edits: { recipient: HOSTILE_LINES } }).blocks);
const CASES = FORMS.flatMap((form) => (['ja', 'en'] as const).flatMap((lang) => ([['full', FULL], ['empty', EMPTY], ['hostile', hostile]] as const).map(([name, incident]) => [form, lang, name, incident] as const)));

/** Everything that can be read, in its order, without blanks: what every form has to tell. */
const bare = (text: string): string => text.replace(/\s+/g, '');
function saidIn(blocks: readonly ReportBlock[]): string {
  const line = (one: readonly (object)[]): string => one.map((part) => ('person' in part ? nameOf(part.person as string) : (part as { text: string }).text)).join('');
  return bare(blocks.map((block) => {
    switch (block.kind) {
      case 'facts':
        return block.rows.map(({ label, lines }) => label + lines.map(line).join('')).join('');
      case 'text':
        return (block.heading ? block.label : '') + block.lines.map(line).join('');
      case 'table':
        return block.head.join('') + block.rows.map((row) => row.map(line).join('')).join('');
      default:
        return block.text;
    }
  }).join(''));
}

describe('Word', () => {
  const open = async (blocks: readonly ReportBlock[], lang: Lang) => {
    const bytes = await Packer.toBuffer(documentOf(blocks, 'Title', lang, nameOf));
    const files = unzipSync(new Uint8Array(bytes));
    const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array());
    return { bytes, files: Object.keys(files), xml, links: strFromU8(files['word/_rels/document.xml.rels'] ?? new Uint8Array()) };
  };

  test.each(CASES)('%s in %s, %s: its text read back is that of the blocks', async (form, lang, _name, incident) => {
    const blocks = blocksOf(incident, form, lang);
    const { xml, files } = await open(blocks, lang);
    expect(files).toEqual(expect.arrayContaining(['[Content_Types].xml', 'word/document.xml', 'word/styles.xml', 'word/footer1.xml']));
    const $ = load(xml, { xml: true });
    expect(bare($('w\\:t').toArray().map((node) => $(node).text()).join(''))).toBe(saidIn(blocks));
    expect($('w\\:tbl').length).toBe(blocks.filter(({ kind }) => kind === 'facts' || kind === 'table').length);
    // Word refuses a cell without a paragraph.
    expect($('w\\:tc').toArray().filter((cell) => $(cell).children('w\\:p').length === 0)).toEqual([]);
  });

  test('headings are headings, the header row is repeated, a link leads where it says', async () => {
    const { xml, links } = await open(blocksOf(hostile, 'final', 'ja'), 'ja');
    const $ = load(xml, { xml: true });
    const headings = $('w\\:p').toArray().filter((node) => $(node).find('w\\:pStyle[w\\:val="Heading1"]').length > 0).map((node) => $(node).text());
    expect(headings).toEqual(['障害内容', '影響範囲', '対応経緯', 'アラート', '原因', '暫定対応', '再発防止策']);
    expect($('w\\:tblHeader').length).toBe(2);
    expect(links).toContain('https://evidence.example/a?b=1&amp;c=2');
    expect(links).not.toContain('javascript:');
  });

  const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (office === undefined) console.info('LibreOffice is not installed: Word documents were not opened with it.');
  else {
    test('LibreOffice opens it and reads the same text', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
      try {
        const { bytes } = await open(blocksOf(FULL, 'final', 'ja'), 'ja');
        writeFileSync(path.join(folder, 'report.docx'), bytes);
        expect(spawnSync(office, ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, path.join(folder, 'report.docx')], { timeout: 120_000 }).status).toBe(0);
        expect(bare(readFileSync(path.join(folder, 'report.txt'), 'utf8'))).toContain(bare('障害報告書（最終報）'));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }, 180_000);
  }
});

describe('Markdown', () => {
  /** As a reader of Markdown understands it. */
  const readBack = (markdown: string): { readonly text: string; readonly kinds: ReadonlySet<string>; readonly links: readonly string[] } => {
    const html = load(marked.parse(markdown, { async: false }));
    const kinds = new Set<string>();
    marked.walkTokens(marked.lexer(markdown), (token: Token) => void kinds.add(token.type));
    return { text: bare(html('body').text()), kinds, links: html('a').toArray().map((node) => html(node).attr('href') ?? '') };
  };

  test.each(CASES)('%s in %s, %s: read again it says the same, and is nothing that nobody wrote', (form, lang, _name, incident) => {
    const blocks = blocksOf(incident, form, lang);
    const { text, kinds } = readBack(toMarkdown(blocks, nameOf));
    // Behind the label of a fact stands a colon.
    const labels = blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map(({ label }) => label) : []));
    const expected = labels.length === 0 ? saidIn(blocks) : saidIn(blocks.map((block) => (block.kind === 'facts' ? { ...block, rows: block.rows.map((row) => ({ ...row, label: `${row.label}:` })) } : block)));
    expect(text).toBe(expected);
    for (const kind of ['codespan', 'del', 'blockquote', 'image', 'code']) expect([kind, kinds.has(kind)]).toEqual([kind, false]);
  });

  test('links are those that were given', () => {
    const { links } = readBack(toMarkdown(blocksOf(hostile, 'final', 'ja'), nameOf));
    expect(new Set(links)).toEqual(new Set(['https://evidence.example/a?b=1&c=2', 'https://wiki.example/evidence', 'https://wiki.example/runbook']));
  });
});

describe('ADF', () => {
  const schema = JSON.parse(readFileSync(require.resolve('@atlaskit/adf-schema/json-schema/v1/full.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  interface Node {
    readonly type: string;
    readonly text?: string;
    readonly attrs?: { readonly id?: string };
    readonly content?: readonly Node[];
  }
  const said = (node: Node): string => (node.type === 'mention' ? nameOf(node.attrs?.id ?? '') : (node.text ?? '') + (node.content ?? []).map(said).join(''));

  test.each(CASES)('%s in %s, %s: valid, and says the same', (form, lang, _name, incident) => {
    const blocks = blocksOf(incident, form, lang);
    const adf = JSON.parse(JSON.stringify(reportAdf(blocks, 'mark'))) as Node;
    expect([validate(adf), validate.errors?.slice(0, 2) ?? null]).toEqual([true, null]);
    expect(bare(said(adf))).toBe(`${saidIn(blocks)}mark`);
    expect(JSON.stringify(adf)).not.toContain('"href":"javascript');
  });
});
