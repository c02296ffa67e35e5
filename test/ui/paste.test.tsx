import fc from 'fast-check';
import { readMoment } from '../../static/ui/src/board/timeline/moment';
import { readPaste, type PasteContext } from '../../static/ui/src/board/timeline/paste';
import { stampWithOffset, wallOf } from '../../static/ui/src/board/timeline/zoned';

/** Detected 02:11 on Tuesday 24 November 2026 in Tokyo; pasted at 09:00 that morning. */
const tokyo: PasteContext = { zone: 'Asia/Tokyo', detectedAt: Date.parse('2026-11-24T02:11:00+09:00'), now: Date.parse('2026-11-24T09:00:00+09:00') };
const read = (text: string, context: PasteContext = tokyo): readonly string[] =>
  readPaste(text, context).map((row) => `${row.at === null ? '?' : stampWithOffset(row.at, context.zone).slice(5, 19)} ${row.text}${row.problem === null ? '' : ` !${row.problem}`}${row.doubt === null ? '' : ` ?${row.doubt}`}`);

test.each<[string, readonly string[]]>([
  ['02:13 restarted web-01', ['11-24 02:13:00 restarted web-01']],
  ['2:13 restarted', ['11-24 02:13:00 restarted']],
  ['02:13:05 restarted', ['11-24 02:13:05 restarted']],
  ['02:13:05.123 from a log', ['11-24 02:13:05 from a log']],
  ['02:13\ttab', ['11-24 02:13:00 tab']],
  ['02:13 - dash', ['11-24 02:13:00 dash']],
  ['02:13: colon', ['11-24 02:13:00 colon']],
  ['02:13 | pipe', ['11-24 02:13:00 pipe']],
  ['- 02:13 bullet', ['11-24 02:13:00 bullet']],
  ['・02:13 中黒', ['11-24 02:13:00 中黒']],
  ['1. 02:13 numbered', ['11-24 02:13:00 numbered']],
  ['02:13-02:20 a span', ['11-24 02:13:00 -02:20 a span']],
  ['02:13 3 hosts down', ['11-24 02:13:00 3 hosts down']],
  ['02:13障害を検知', ['11-24 02:13:00 障害を検知']],
  ['０２：１３　全角の時刻', ['11-24 02:13:00 全角の時刻']],
  ['０２：１３：０５ 切り戻し（１／３）', ['11-24 02:13:05 切り戻し（１／３）']],
  ['［１１／２４ ０２：１３］ 全角の括弧', ['11-24 02:13:00 全角の括弧']],
  ['[11/24 02:13] restarted', ['11-24 02:13:00 restarted']],
  ['[11/23 23:58:10] before midnight', ['11-23 23:58:10 before midnight']],
  ['11/24 02:13 restarted', ['11-24 02:13:00 restarted']],
  ['11/24(火) 02:13 再起動', ['11-24 02:13:00 再起動']],
  ['2026-11-24 02:13 iso-like', ['11-24 02:13:00 iso-like']],
  ['2026/11/24 02:13:05 slashes', ['11-24 02:13:05 slashes']],
  ['2026-11-23T17:13:05Z in UTC', ['11-24 02:13:05 in UTC']],
  ['2026-11-23T12:13:05-05:00 in New York', ['11-24 02:13:05 in New York']],
  ['17:13 UTC told in UTC', ['11-24 02:13:00 told in UTC']],
  ['02:13 JST 日本時間', ['11-24 02:13:00 日本時間']],
  ['11月24日 02:13 和暦ではない', ['11-24 02:13:00 和暦ではない']],
  ['2026年11月24日 2時13分 再起動', ['11-24 02:13:00 再起動']],
  ['2時13分5秒 再起動', ['11-24 02:13:05 再起動']],
  ['午前2:13 再起動', ['11-24 02:13:00 再起動']],
  ['11/23 午後11時58分 前日', ['11-23 23:58:00 前日']],
  ['2:13 AM woke up', ['11-24 02:13:00 woke up']],
  ['2:13\u202fam narrow space', ['11-24 02:13:00 narrow space']],
  ['02:13 amazon answers 503', ['11-24 02:13:00 amazon answers 503']],
  ['Nov 24th at 2:13 AM woke up', ['11-24 02:13:00 woke up']],
  ['Yesterday at 11:58 PM warned', ['11-23 23:58:00 warned']],
  ['今日 2:13 気づいた', ['11-24 02:13:00 気づいた']],
  ['23:50 slow\n00:10 down', ['11-23 23:50:00 slow', '11-24 00:10:00 down']],
  ['25:30 深夜の表記\n26:05 続き', ['11-24 01:30:00 深夜の表記', '11-24 02:05:00 続き']],
  ['11/23 25:30 前日の深夜', ['11-24 01:30:00 前日の深夜']],
  ['11/23 23:55 a\n23:58 b\n00:02 c', ['11-23 23:55:00 a', '11-23 23:58:00 b', '11-24 00:02:00 c']],
  ['2026/11/23\n23:58 a\n11/24（火）\n02:20 b', ['11-23 23:58:00 a', '11-24 02:20:00 b']],
  ['Tuesday, November 24th\n02:20 b', ['11-24 02:20:00 b']],
  ['02:13 first\nsecond line\n\n\nthird\n02:15 next', ['11-24 02:13:00 first\nsecond line\n\nthird', '11-24 02:15:00 next']],
  ['alice  2:13 AM\nchecking', ['11-24 02:13:00 alice: checking']],
  ['alice 02:13\nchecking', ['11-24 02:13:00 alice: checking']],
  ['アリス  午前2:13\n確認します', ['11-24 02:13:00 アリス: 確認します']],
  ['田中 太郎 2:13\n確認します\n2:15\n見つけました', ['11-24 02:13:00 田中 太郎: 確認します', '11-24 02:15:00 田中 太郎: 見つけました']],
  ['alice [2:13 AM]\nline one\nline two', ['11-24 02:13:00 alice: line one\nline two']],
  ['alice\n  2:13 AM\nchecking', ['11-24 02:13:00 alice: checking']],
  ['PagerDuty APP  2:13 AM\nTriggered: checkout', ['11-24 02:13:00 PagerDuty APP: Triggered: checkout']],
  ['[2:13 AM] alice: checking\n[2:14 AM] bob: ok', ['11-24 02:13:00 alice: checking', '11-24 02:14:00 bob: ok']],
  ['Restarted web at 02:13\n02:14 ok', ['? Restarted web at 02:13 !no-time', '11-24 02:14:00 ok']],
  ['02:10 waiting\nall green since 02:13', ['11-24 02:10:00 waiting\nall green since 02:13']],
  ['nothing here', ['? nothing here !no-time']],
  ['02:13', ['11-24 02:13:00  !empty']],
  ['99:99 nonsense', ['? 99:99 nonsense !no-time']],
  ['13/45 02:13 no such day', ['? 13/45 02:13 no such day !no-time']],
  ['11/24 21:00 to come', ['11-24 21:00:00 to come !future']],
  ['10.0.0.1:80 refused', ['? 10.0.0.1:80 refused !no-time']],
  ['\n \n', []],
])('%j is read as %j', (text, rows) => {
  expect(read(text)).toEqual(rows);
});

test('a note too long to be kept is pointed out', () => {
  expect(readPaste(`02:13 ${'あ'.repeat(4001)}`, tokyo)[0]?.problem).toBe('too-long');
});

test('an hour that clocks skip or show twice is read and pointed out', () => {
  const newYork = (date: string): PasteContext => ({ zone: 'America/New_York', detectedAt: Date.parse(`${date}T05:00:00Z`), now: Date.parse(`${date}T23:00:00Z`) });
  expect(read('2026-03-08 02:30 skipped', newYork('2026-03-08'))).toEqual(['03-08 03:30:00 skipped ?skipped']);
  expect(read('2026-11-01 00:50 a\n01:30 b\n01:10 c\n02:05 d', newYork('2026-11-01'))).toEqual(['11-01 00:50:00 a', '11-01 01:30:00 b ?twice', '11-01 01:10:00 c ?twice', '11-01 02:05:00 d']);
  const [, first, second] = readPaste('2026-11-01 00:50 a\n01:30 b\n01:10 c', newYork('2026-11-01'));
  expect([first?.at, second?.at]).toEqual([Date.parse('2026-11-01T01:30:00-04:00'), Date.parse('2026-11-01T01:10:00-05:00')]);
});

test('what was written in order, past midnights too, is read back to the second', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 11 * 3600 }), { minLength: 1, maxLength: 20 });
  const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'Asia/Kolkata', 'America/Sao_Paulo');
  fc.assert(
    fc.property(gaps, zones, fc.integer({ min: -6 * 3600, max: 6 * 3600 }), fc.boolean(), (steps, zone, lead, wide) => {
      const first = tokyo.detectedAt + lead * 1000;
      const times = steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? first) + step * 1000], [first]);
      const two = (n: number): string => String(n).padStart(2, '0');
      const widen = (text: string): string => (wide ? text.replace(/[0-9:]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)) : text);
      const text = times.map((time, n) => `${widen([wallOf(time, zone).hour, wallOf(time, zone).minute, wallOf(time, zone).second].map(two).join(':'))} note ${n}`).join('\n');
      const rows = readPaste(text, { zone, detectedAt: tokyo.detectedAt, now: Number.MAX_SAFE_INTEGER });
      expect(rows.map((row) => [row.at, row.text])).toEqual(times.map((time, n) => [time, `note ${n}`]));
    }),
  );
});

test('any text at all is read without a fault, and none of its words is lost', () => {
  const piece = fc.oneof(fc.constantFrom('02:13 ', '［２：１３］', 'alice  2:13 AM', '\n', '11/24 ', '午後', '25:99', '[', '99/99', 'at 02:13'), fc.string({ unit: 'grapheme', maxLength: 12 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const marked = pieces.map((part, n) => `${part} word${n}x`);
      const rows = readPaste(marked.join(' '), tokyo);
      const all = rows.map((row) => row.text).join('\n');
      for (const [n] of marked.entries()) expect(all).toContain(`word${n}x`);
      expect(rows.every((row) => row.at === null || Number.isSafeInteger(row.at))).toBe(true);
    }),
  );
});

test.each([
  ['02:13', '2026-11-24 02:13:00'],
  ['２：１３：０５', '2026-11-24 02:13:05'],
  ['23:50', '2026-11-23 23:50:00'],
  ['09:00:30', '2026-11-24 09:00:30'],
  ['11/20 02:13', '2026-11-20 02:13:00'],
  ['12/01 02:13', '2025-12-01 02:13:00'],
  ['2026-11-23 17:13:05', '2026-11-23 17:13:05'],
  ['11月23日 午後5時13分', '2026-11-23 17:13:00'],
])('typed at 09:00, %s means %s', (text, time) => {
  const written = readMoment(text, 'Asia/Tokyo', tokyo.now);
  expect(written.ok && stampWithOffset(written.moment.at, 'Asia/Tokyo').slice(0, 19)).toBe(time);
});

test.each([['', 'unreadable'], ['2', 'unreadable'], ['02:13 and more', 'unreadable'], ['25:61', 'unreadable'], ['2026-11-24 09:02', 'future'], ['2027-01-01 00:00', 'future']])('%j is refused as %s', (text, problem) => {
  expect(readMoment(text, 'Asia/Tokyo', tokyo.now)).toEqual({ ok: false, problem });
});
