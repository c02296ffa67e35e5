import { createSlackNotifier } from '../../src/adapters/slack';
import { isSlackUrl } from '../../src/domain/links';
import { systemRandom } from '../../src/adapters/system';
import { createTexts } from '../../src/adapters/texts';
import { quotaIn } from '../../src/adapters/quota';
import { retryAfterMs } from '../../src/adapters/retry';
import { createWindow } from '../../src/handlers/window';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';

test.each([
  ['https://hooks.slack.com/services/T/B/x', true],
  ['http://hooks.slack.com/services/T/B/x', false],
  ['https://hooks.slack.com.evil.example/services/x', false],
  ['https://hooks.slack.com@evil.example/services/x', false],
  ['https://user@hooks.slack.com/services/x', false],
  ['https://hooks.slack.com:8443/services/x', false],
  ['https://hooks.slack.com/', false],
  ['services', false],
])('%s is a Slack webhook: %s', (url, expected) => {
  expect([isSlackUrl(url), createSlackNotifier(url) !== null]).toEqual([expected, expected]);
});

test('texts: plural, language, fallback to English and then to the key, hostile values as they are', () => {
  const texts = createTexts();
  const say = (open: number): string => texts.say('en', 'notice.declared', { key: '2026-001', title: '<b>{x}</b>', severity: 'SEV1', open, names: 'CPU' });
  expect([say(0), say(1), say(2)].map((line) => line.split('\n')[1])).toEqual(['Severity: SEV1 · no open alerts', 'Severity: SEV1 · 1 open alert: CPU', 'Severity: SEV1 · 2 open alerts: CPU']);
  expect(say(0)).toContain('<b>{x}</b>');
  expect(texts.say('ja', 'page.title', { key: '2026-001', title: 'x' })).toBe('障害 2026-001: x');
  expect(texts.say('ja', 'no.such.key')).toBe('no.such.key');
});

test('page and notice texts exist in both languages with the same parameters', () => {
  const own = (catalogue: Record<string, string>): string[] => Object.keys(catalogue).filter((key) => /^(page|notice)\./.test(key));
  expect(own(ja).sort()).toEqual(own(en).sort());
  expect(own(en).length).toBeGreaterThan(100);
  const params = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].filter((name) => /^(key|title|severity|status|open|names|at|count)$/.test(name)).sort();
  for (const key of own(en)) expect([key, params((ja as Record<string, string>)[key] ?? '')]).toEqual([key, params((en as Record<string, string>)[key] ?? '')]);
});

test('letters are lower-case and differ', () => {
  const drawn = Array.from({ length: 50 }, () => systemRandom.letters(8));
  for (const one of drawn) expect(one).toMatch(/^[a-z]{8}$/);
  expect(new Set(drawn).size).toBe(50);
});

test('Retry-After in seconds, as a date, or not understood', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(['5', 'Thu, 01 Jan 2026 00:00:09 GMT', 'soon', '', null].map((header) => retryAfterMs(header, now))).toEqual([5000, 9000, null, null, null]);
});

test.each([
  ['nothing', {}, null],
  ['the older headers', { 'x-ratelimit-remaining': '41250', 'x-ratelimit-limit': '65000' }, { remaining: 41_250, limit: 65_000, at: 7 }],
  ['the standard fields', { ratelimit: '"api-read";r=12;t=30', 'ratelimit-policy': '"api-read";q=100;w=60' }, { remaining: 12, limit: 100, at: 7 }],
  ['words', { 'x-ratelimit-remaining': 'many', ratelimit: 'r=' }, null],
  ['no limit', { 'x-ratelimit-remaining': '0' }, { remaining: 0, limit: null, at: 7 }],
])('an answer that says %s of quota', (_what, headers, expected) => {
  expect(quotaIn(new Headers(headers as Record<string, string>), 7)).toEqual(expected);
});

test('a window lets so many through, says when the next begins, and keeps keys apart', () => {
  const window = createWindow(1_000, 2);
  expect([window.take('a', 0), window.take('a', 10), window.take('a', 400), window.take('b', 400), window.take('a', 999), window.take('a', 1_000)]).toEqual([null, null, 600, null, 1, null]);
  // A clock that was set back begins anew.
  expect([window.take('a', 1_001), window.take('a', 1_002), window.take('a', 5)]).toEqual([null, 998, null]);
});
