import { adfProblem } from '../../local-site/products/adf';
import { cleaned } from '../../src/adapters/confluence/template/clean';
import { filledPage } from '../../src/adapters/confluence/template/page';
import { createTexts } from '../../src/adapters/texts';
import type { Lang } from '../../src/contract';
import type { PageFacts } from '../../src/ports';

const KNOWN = createTexts().say('en', 'page.facts.heading');
const AT = Date.UTC(2026, 10, 23, 14, 4, 5);
const texts = createTexts();
const facts = (lang: Lang, content: readonly unknown[], more: Partial<PageFacts> = {}): PageFacts => ({
  incidentId: 'i-1', nonce: 'n-1', key: '2026-042', title: 'Checkout is slow', lang, visibility: 'public', detectedAt: AT, declaredAt: AT, severity: 'sev1', service: 'shop', commander: null, template: 'incident', alerts: {},
  source: JSON.stringify({ type: 'doc', version: 1, content }), ...more,
});
function fill(input: PageFacts) {
  let n = 0;
  const filled = filledPage(input, { appId: 'app', environmentId: 'env', environment: 'PRODUCTION' }, { texts, id: () => `new-${(n += 1)}`, org: 'acme' });
  if (filled === null) return null;
  const adf: unknown = JSON.parse(JSON.stringify(filled.adf));
  expect(adfProblem(adf)).toBeNull();
  return { json: JSON.stringify(adf), ...filled };
}
const t = (text: string, ...marks: object[]): object => ({ type: 'text', text, ...(marks.length === 0 ? {} : { marks }) });
const p = (...content: object[]): object => ({ type: 'paragraph', content });
const ALL = '{{incident.key}} {{incident.title}} {{severity}} {{service}} {{alert}} {{hosts}} {{detected.at}} {{declared.at}} {{commander}}';

/** One of everything people put on a page. */
const EVERYTHING: readonly object[] = [
  { type: 'heading', attrs: { level: 1, localId: 'h' }, content: [t(ALL)] },
  p(t('a', { type: 'strong' }), t('b', { type: 'link', attrs: { href: 'https://docs.example/' } }), t('c', { type: 'annotation', attrs: { id: 'x', annotationType: 'inlineComment' } }), { type: 'hardBreak' }, { type: 'emoji', attrs: { shortName: ':fire:' } }, { type: 'date', attrs: { timestamp: '1700000000000' } }, { type: 'status', attrs: { text: 'SEV1', color: 'red', localId: 's', style: '' } }, { type: 'mention', attrs: { id: 'acc-bob', text: '@Bob' } }, { type: 'inlineCard', attrs: { url: 'https://docs.example/1' } }),
  { type: 'bulletList', content: [{ type: 'listItem', content: [p(t('one')), { type: 'orderedList', attrs: { order: 1 }, content: [{ type: 'listItem', content: [p(t('two'))] }] }] }] },
  { type: 'taskList', attrs: { localId: 'l' }, content: [{ type: 'taskItem', attrs: { localId: 'i', state: 'DONE' }, content: [t('{{service}}')] }, { type: 'taskItem', attrs: { localId: 'j', state: 'TODO' }, content: [] }] },
  { type: 'decisionList', attrs: { localId: 'd' }, content: [{ type: 'decisionItem', attrs: { localId: 'e', state: 'DECIDED' }, content: [t('go')] }] },
  { type: 'panel', attrs: { panelType: 'warning' }, content: [p(t('careful'))] },
  { type: 'blockquote', content: [p(t('said'))] },
  { type: 'codeBlock', attrs: { language: 'sh' }, content: [t('deploy {{incident.key}} {{commander}}')] },
  { type: 'rule' },
  { type: 'expand', attrs: { title: '{{incident.key}}' }, content: [p(t('inside')), { type: 'nestedExpand', attrs: { title: 'x' }, content: [p(t('deeper'))] }] },
  { type: 'table', attrs: { isNumberColumnEnabled: false, layout: 'default' }, content: [{ type: 'tableRow', content: [{ type: 'tableHeader', attrs: {}, content: [p(t('{{severity}}'))] }, { type: 'tableCell', attrs: { colspan: 1 }, content: [{ type: 'mediaSingle', attrs: { layout: 'center' }, content: [{ type: 'media', attrs: { type: 'file', id: 'f', collection: 'c' } }] }] }] }] },
  { type: 'layoutSection', content: [{ type: 'layoutColumn', attrs: { width: 50 }, content: [p(t('left'))] }, { type: 'layoutColumn', attrs: { width: 50 }, content: [p(t('right'))] }] },
  { type: 'extension', attrs: { extensionType: 'com.atlassian.confluence.macro.core', extensionKey: 'toc', parameters: { macroParams: {} }, localId: 'toc-1' } },
  { type: 'blockCard', attrs: { url: 'https://docs.example/2' } },
];

describe.each<Lang>(['ja', 'en'])('a page of one’s own in %s', (lang) => {
  test('with one of everything is a valid document with every variable filled in, and new ids', () => {
    const made = fill(facts(lang, EVERYTHING, { commander: 'acc-alice' }));
    expect([made?.unknown, made?.leftOut]).toEqual([[], ['mediaSingle']]);
    expect(made?.json).toContain('2026-042 Checkout is slow SEV1 shop');
    expect(made?.json).toContain('"id":"acc-alice"');
    expect(made?.json.replace('"title":"{{incident.key}}"', '')).not.toMatch(/\{\{|"localId":"[a-z]"|toc-1|annotation|DONE/);
    // In code nothing but text may stand.
    expect(made?.json).toMatch(/"text":"deploy 2026-042 [^"]+"/);
  });

  test('with nothing known says so in words', () => {
    const made = fill(facts(lang, EVERYTHING, { title: '\u200B', key: '', service: null }));
    expect(made?.json).toContain(texts.say(lang, 'page.unknown.commander'));
    expect(made?.json).not.toMatch(/undefined|null/);
  });

  test('with hostile facts is valid, and they stay words', () => {
    const evil = '<img src=x onerror=alert(1)> {{severity}} \u202Etxt.exe \u0000 '.repeat(40);
    const made = fill(facts(lang, EVERYTHING, { title: evil, service: evil, key: evil }));
    expect(made?.json).toContain('<img src=x onerror=alert(1)> {{severity}}');
    expect(made?.json).not.toMatch(/\u202E|\\u0000/);
  });

  test('that is empty has the board and what was known', () => {
    expect(fill(facts(lang, []))?.json).toContain(texts.say(lang, 'page.facts.heading'));
  });
});

test('facts stand where a line of their own asks for them, else below the board; a board keeps its place and is ours', () => {
  const board = { type: 'extension', attrs: { extensionType: 'com.atlassian.ecosystem', extensionKey: 'other/app/static/incident-board', parameters: { guestParams: { incidentId: 'foreign' } }, localId: 'b' } };
  const kinds = (content: readonly object[]): readonly (string | undefined)[] => {
    const made = fill(facts('en', content));
    expect(made?.json).not.toContain('foreign');
    const { content: nodes = [] } = made?.adf as { content?: readonly { type: string; content?: readonly { text?: string }[] }[] };
    return nodes.map((node) => (node.type === 'paragraph' || node.type === 'heading' ? node.content?.[0]?.text : node.type)).filter((one) => ['above', 'below', 'extension', KNOWN].includes(one ?? ''));
  };
  expect(kinds([p(t('above')), board, p(t('below'))])).toEqual(['above', 'extension', KNOWN, 'below']);
  expect(kinds([p(t('above')), p(t(' {{ facts }} ')), p(t('below')), board])).toEqual(['above', KNOWN, 'below', 'extension']);
  expect(kinds([p(t('above'))])).toEqual(['extension', KNOWN, 'above']);
});

test.each([['no JSON', 'x'], ['no document', '{"type":"paragraph"}'], ['null', 'null'], ['content of another kind', '{"type":"doc","content":{}}']])('%s becomes nothing', (_what, source) => {
  expect(fill(facts('en', [], { source }))).toBeNull();
});

test('damaged and endless documents become what is left of them', () => {
  let deep: object = p(t('deep'));
  for (let n = 0; n < 300; n += 1) deep = { type: 'panel', attrs: { panelType: 'info' }, content: [deep] };
  const made = fill(facts('en', [null, 5, { type: 'constructor' }, { type: 'script', content: [t('x')] }, { type: 'paragraph', content: 'x' }, { type: 'paragraph', content: null }, deep, p(t('the end'))]));
  expect(made?.json).toContain('the end');
  expect(made?.leftOut).toEqual(['constructor', 'script', 'panel']);
  const left: string[] = [];
  expect(cleaned({ type: 'text', text: 'on the page itself' }, { id: () => '', words: () => [], isBoard: () => false, leave: (kind) => void left.push(kind) })).toEqual([]);
  expect(left).toEqual(['text']);
});
