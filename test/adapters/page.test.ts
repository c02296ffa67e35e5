import { timeText, valueText } from '../../src/adapters/alert-words';
import { carriesNonce } from '../../src/adapters/confluence/template/board-node';
import { incidentPage } from '../../src/adapters/confluence/template/page';
import { previewOf } from '../../src/adapters/confluence/template/preview';
import type { Lang } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import type { PageFacts } from '../../src/ports';
import { alert, AT, empty, facts, full, hostile, macro, pageOf, templateIds, texts } from './page-facts';

const HOSTILE = '<script>alert(1)</script> [x](https://evil.example) \u202Egnp.exe\u200B\u0000\u0007 {name} \'{0}\' '.repeat(60);

describe.each<Lang>(['ja', 'en'])('the page in %s', (lang) => {
  test('is valid ADF without any alert, and every text is translated', () => {
    const { text } = pageOf(facts(lang, []));
    expect(text).not.toMatch(/page\.[a-z]+\.|module\./);
  });

  test('says what was known, outside the macro', () => {
    const { text, nodes } = pageOf(facts(lang, [alert('a1'), alert('a2', { host: null, service: null, monitorMemo: null })]));
    expect(text).toContain(lang === 'ja' ? '2026-11-23 23:04:05 +09:00 (JST)' : '2026-11-23 14:04:05 +00:00 (UTC)');
    for (const words of ['1,235 ms > 1,000 ms', 'web-1', 'Look at the queue', 'Restart the worker', '2026-042', 'Checkout is slow']) expect(text).toContain(words);
    const hrefs = nodes.flatMap((node) => ((node['marks'] as { type: string; attrs?: { href: string } }[] | undefined) ?? []).flatMap((mark) => mark.attrs?.href ?? []));
    expect(hrefs).toContain('https://mackerel.io/orgs/acme/alerts/a1');
    expect(nodes.filter((node) => node['type'] === 'heading' && (node['attrs'] as { level: number }).level === 1)).toHaveLength(3);
  });

  test('is valid with 300 alerts and lists the first 20', () => {
    const { text, json } = pageOf(facts(lang, Array.from({ length: 300 }, (_, n) => alert(`a${n}`, { openedAt: AT + n, monitorMemo: `memo ${n}\n`.repeat(100) }))));
    expect(text).toContain('280');
    expect(json.length).toBeLessThan(60_000);
  });

  test('hostile words stay words', () => {
    const evil = alert('../../x', {
      monitorName: HOSTILE, monitorMemo: `${HOSTILE}\n${HOSTILE}`, message: HOSTILE, host: { id: 'h"><', name: HOSTILE }, service: HOSTILE, unit: 'constructor', operator: null,
      warning: null, critical: null, value: null, status: 'UNKNOWN',
    });
    const { json, nodes } = pageOf(facts(lang, [evil, alert('a2', { monitorName: '\u200B', host: { id: 'h2', name: '' } })], { title: HOSTILE, key: HOSTILE }));
    expect(json).not.toMatch(/\\u202[a-e]|\u202E|\u200B|\\u0000|\\u0007/i);
    for (const node of nodes) {
      for (const mark of (node['marks'] as { type: string; attrs?: { href?: string } }[] | undefined) ?? []) {
        expect(['strong', 'link']).toContain(mark.type);
        if (mark.type === 'link') expect(new URL(mark.attrs?.href ?? '').origin).toBe('https://mackerel.io');
      }
      if (node['type'] === 'text') expect((node['text'] as string).length).toBeLessThanOrEqual(510);
    }
  });
});

describe.each<Lang>(['ja', 'en'])('every template in %s', (lang) => {
  test.each(templateIds)('%s is valid with everything known, and begins with the board', (template) => {
    const { text, nodes } = pageOf(full(lang, template));
    expect(nodes[1]).toMatchObject({ type: 'extension', attrs: { parameters: { guestParams: { incidentId: 'i-1', nonce: 'nonce-1' } } } });
    expect(text).toContain('Checkout is slow');
    expect(text).toContain('2026-042');
    expect(text).not.toMatch(/page\.[a-z]+\.|[{}]|undefined|null|（サービス不明）|not known/);
  });

  test.each(templateIds)('%s is valid with nothing known, and says so in words', (template) => {
    const { text } = pageOf(empty(lang, template));
    expect(text).not.toMatch(/page\.[a-z]+\.|[{}]|undefined|null/);
  });

  test.each(templateIds)('%s is valid with hostile words, which stay words', (template) => {
    const { json, nodes } = pageOf(hostile(lang, template));
    expect(json).toContain('<img src=x onerror=alert(1)>');
    expect(json).not.toMatch(/[\u202A-\u202E\u200B]/);
    expect(json.length).toBeLessThan(40_000);
    for (const node of nodes) if (node['type'] === 'text') expect([...(node['text'] as string)].length).toBeLessThanOrEqual(500);
  });
});

test('what a template names is there, or said not to be known', () => {
  const brief = 'Checkout is slow · SEV1 · Service: shop · Hosts: web-1, web-2 · Alert: Checkout latency · Detected: 2026-11-23 14:04:05 +00:00 (UTC)';
  expect(pageOf(full('en', 'short')).text).toContain(brief);
  expect(pageOf(facts('en', [], { template: 'short', service: null })).text).toContain('Checkout is slow · SEV1 · Service: (service not known) · Hosts: (hosts not known) · Alert: (no alert linked)');
  const many = ['web-1', 'web-2', 'web-3', 'web-4'].map((name, n) => alert(name, { host: { id: name, name }, openedAt: AT + n }));
  expect(pageOf(facts('ja', many, { template: 'security' })).text).toContain('ホスト: web-1, web-2, web-3 …');
});

test('who leads already is mentioned as commander', () => {
  const mentions = (input: PageFacts) => pageOf(input).nodes.filter(({ type }) => type === 'mention').map(({ attrs }) => attrs);
  expect(mentions(full('en', 'incident'))).toEqual([expect.objectContaining({ id: 'acc-alice' })]);
  expect(mentions(facts('en', []))).toEqual([]);
});

test('a preview has the lines of the page', () => {
  let n = 0;
  const lines = previewOf(incidentPage(facts('en', [], { template: 'short' }), macro, { texts, id: () => `id-${(n += 1)}`, org: null, roles: SCHEME.roles }));
  expect(lines.slice(0, 3)).toEqual([
    { is: 'board', text: 'Incident board' },
    { is: 'text', text: 'Recorded when this page was made, 2026-11-23 14:05:05 +00:00 (UTC). It does not change; the board above shows the present.' },
    { is: 'title', text: 'What was known at the start' },
  ]);
  expect(lines).toContainEqual({ is: 'row', text: 'Title · Checkout is slow' });
  expect(lines).toContainEqual({ is: 'task', text: 'Find out who is affected and write it above' });
  expect(lines.filter(({ is }) => is === 'title').map(({ text }) => text)).toEqual(['What was known at the start', 'Incident at a glance']);
  expect(lines).toContainEqual({ is: 'part', text: 'Timeline, additions' });
});

test('the board node is full-width, in the short form of its key, with the identity of the incident', () => {
  const { nodes } = pageOf(facts('en', []));
  expect(nodes[1]).toMatchObject({
    type: 'extension',
    attrs: {
      layout: 'full-width',
      extensionType: 'com.atlassian.ecosystem',
      extensionKey: '6f1c2d1e-5b0a-4c5e-9d52-3a7f0e9b4c11/env-1/static/incident-board',
      parameters: {
        forgeEnvironment: 'PRODUCTION',
        extensionId: 'ari:cloud:ecosystem::extension/6f1c2d1e-5b0a-4c5e-9d52-3a7f0e9b4c11/env-1/static/incident-board',
        guestParams: { incidentId: 'i-1', nonce: 'nonce-1' },
      },
    },
  });
});

test('task and macro ids are unique on the page', () => {
  const ids = pageOf(facts('en', [])).nodes.flatMap((node) => (node['attrs'] as { localId?: string } | undefined)?.localId ?? []);
  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a page is recognised by the nonce in its board node, not by the same words elsewhere', () => {
  const { json } = pageOf(facts('en', [alert('a', { monitorName: 'nonce-2' })]));
  expect([carriesNonce(json, 'nonce-1'), carriesNonce(json, 'nonce-2'), carriesNonce('not json', 'nonce-1'), carriesNonce('', '')]).toEqual([true, false, false, false]);
});

test('values and times', () => {
  expect(timeText(Date.UTC(2026, 0, 1, 15, 0, 0), 'ja')).toBe('2026-01-02 00:00:00 +09:00 (JST)');
  expect(valueText(alert('a', { status: 'WARNING', value: 612.345, unit: null }), 'en')).toBe('612 > 500');
  expect(valueText(alert('a', { value: null, message: 'HTTP 500' }), 'en')).toBe('HTTP 500');
  expect(valueText(alert('a', { value: 0.004, operator: '<', critical: 0, unit: 'percentage' }), 'en')).toBe('0.004 % < 0 %');
});

test('a memo keeps its lists: numbered lines their numbers, dashed ones their dots, others their lines', () => {
  const memo = 'p95 of checkout in ms.\n1. Roll back first.\n2) Then ask.\n\n- web\n・ db\n1.5 s is normal\n３ means three';
  const { json } = pageOf(facts('en', [alert('a', { monitorName: 'checkout p95', monitorMemo: memo })]));
  const { content } = JSON.parse(json) as { content: { type: string; attrs?: { order: number } }[] };
  const from = content.findIndex((block) => block.type === 'orderedList');
  const text = (block: unknown): string[] => [...JSON.stringify(block).matchAll(/"text":"([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(content.slice(from - 2, from + 4).map((block) => [block.type, block.attrs?.order, ...text(block)])).toEqual([
    ['paragraph', undefined, 'checkout p95'],
    ['paragraph', undefined, 'p95 of checkout in ms.'],
    ['orderedList', 1, 'Roll back first.', 'Then ask.'],
    ['bulletList', undefined, 'web', 'db'],
    ['paragraph', undefined, '1.5 s is normal'],
    ['paragraph', undefined, '３ means three'],
  ]);
});
