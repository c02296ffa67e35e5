/** A timeline of a thousand entries: how soon its board is there, and how it feels to type in it. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { openAs } from '../test/browser';
import type { TestSite } from '../test/handlers/harness';
import { callsOf } from '../test/handlers/moments';
import { contentTime, median, type Figure } from './measure';

const RUNS = 15;
const FEW = 10;
const MANY = 1000;

async function fill(site: TestSite, incidentId: string, count: number): Promise<void> {
  const { entries, olderEntries } = await site.ok('alice', 'board.load', { incidentId });
  for (let left = count - entries.length - olderEntries; left > 0; left -= 500) {
    const notes = Array.from({ length: Math.min(500, left) }, (_, n) => ({ text: `note ${n}: looked at **web-0${n % 3}**, restarted \`worker ${n}\``, at: Date.now() - n * 1000, link: null }));
    await site.ok('alice', 'note.add', { incidentId, notes, opId: randomUUID() });
  }
  await site.rest();
}

async function boardTimes(page: Page, url: string): Promise<number> {
  const times: number[] = [];
  for (let run = -2; run < RUNS; run += 1) {
    const time = await contentTime(page, url, '[data-incident]');
    if (run >= 0) times.push(time);
  }
  return median(times);
}

/** Longest time from a key press to the next frame, ms, as the browser itself records interactions. */
async function typing(page: Page, url: string): Promise<number> {
  await contentTime(page, url, '[data-incident]');
  const frame = page.frameLocator('[data-module="incident-board"] iframe').first();
  const field = frame.locator('.composer textarea').first();
  await field.click();
  await field.evaluate(() => {
    const seen = globalThis as unknown as { longest: number };
    seen.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  await field.pressSequentially('the pool is exhausted, raising it to two hundred', { delay: 30 });
  return await field.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}

/** What stands in the board's place when its page is printed, with all those entries behind it. */
async function printed(site: TestSite, pageId: string): Promise<readonly Figure[]> {
  const print = (): Promise<{ result: unknown }> => site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId: pageId } });
  await print();
  const times: number[] = [];
  let bytes = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const { result } = await print();
    times.push(performance.now() - start);
    bytes = Buffer.byteLength(JSON.stringify(result));
  }
  await site.control('POST', 'log/reset');
  await print();
  const calls = (await callsOf(site, 'adf-export')).length;
  return [
    { name: `printing a board of ${MANY} entries`, value: Math.max(...times) / 1000, limit: 2, unit: 's', note: `slowest of ${RUNS}` },
    { name: 'calls a printed board makes', value: calls === 0 ? Number.NaN : calls, limit: 5, unit: '', note: '' },
    { name: 'size of a printed board', value: bytes / 1000, limit: 200, unit: 'kB', note: '' },
  ];
}

/** `incidentId` has few entries when this begins; `url` is its page. */
export async function longTimeline(site: TestSite, browser: Browser, incidentId: string, url: string): Promise<readonly Figure[]> {
  const context = await openAs(browser, site.site.url, 'alice');
  const page = await context.newPage();
  await fill(site, incidentId, FEW);
  const few = await boardTimes(page, url);
  await fill(site, incidentId, MANY);
  const many = await boardTimes(page, url);
  const longest = await typing(page, url);
  await context.close();
  return [
    ...(await printed(site, /\/pages\/(\d+)/.exec(url)?.[1] ?? '')),
    { name: `first content with ${MANY} entries / with ${FEW}`, value: many / few, limit: 1.5, unit: '×', note: `medians ${many.toFixed(0)} and ${few.toFixed(0)} ms of ${RUNS}` },
    { name: `slowest key press with ${MANY} entries`, value: longest, limit: 200, unit: 'ms', note: '48 keys; 0: every frame came within 16 ms' },
  ];
}
