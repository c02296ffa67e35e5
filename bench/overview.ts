/** Two hundred tickets of fifty incidents: how soon their list is there, and what looking at it costs. */
import { randomUUID } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { openAs } from '../test/browser';
import { startTestSite, type TestSite } from '../test/handlers/harness';
import type { BenchApp } from './app';
import { contentTime, median, type Figure } from './measure';

const RUNS = 15;
const INCIDENTS = 50;
const TICKETS_EACH = 4;
const WITHOUT_QUOTA = 1e9;

async function fill(site: TestSite): Promise<void> {
  for (let n = 0; n < INCIDENTS; n += 1) {
    const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Incident ${n}`, severity: 'sev3', visibility: 'public', candidateId: null });
    for (let t = 0; t < TICKETS_EACH; t += 1) {
      const ticket = { summary: `Improve ${n}.${t}`, kind: 'prevent', assignee: null, dueDate: '2027-01-31', priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } as const;
      await site.ok('alice', 'ticket.create', { incidentId, opId: randomUUID(), ticket });
    }
  }
}

/** The figures of a look at the list; the yardstick is a page of the site with the least an app can put on it. */
export async function overview(app: BenchApp, browser: Browser): Promise<readonly Figure[]> {
  const site = await startTestSite({ ...app, limits: { kvsReadUnitsPerMinute: WITHOUT_QUOTA, kvsWriteUnitsPerMinute: WITHOUT_QUOTA, queueEventsPerMinute: WITHOUT_QUOTA, realtimePerSecond: WITHOUT_QUOTA } });
  try {
    await fill(site);
    const context = await openAs(browser, site.site.url, 'alice');
    const page = await context.newPage();
    const bare: number[] = [];
    const list: number[] = [];
    for (let run = -2; run < RUNS; run += 1) {
      const a = await contentTime(page, `${site.site.url}/wiki/apps/bare`, '#content:not(:empty)');
      const b = await contentTime(page, `${site.site.url}/wiki/apps/incidents/improvements`, 'tbody tr');
      if (run < 0) continue;
      bare.push(a);
      list.push(b);
    }
    await context.close();
    await site.control('POST', 'usage/reset');
    const { tickets } = await site.ok('alice', 'tickets.overview', {});
    if (tickets.length !== INCIDENTS * TICKETS_EACH) throw new Error(`the list has ${tickets.length} tickets`);
    const { rest } = await site.control<{ rest: Record<string, { points: number; calls: number } | undefined> }>('GET', 'usage');
    const points = Object.values(rest).reduce((sum, product) => sum + (product?.points ?? 0), 0);
    return [
      { name: `list of ${tickets.length} tickets / a bare page`, value: median(list) / median(bare), limit: 2, unit: '×', note: `medians ${median(list).toFixed(0)} and ${median(bare).toFixed(0)} ms of ${RUNS}` },
      { name: 'REST points a look at the list', value: points, limit: 60, unit: 'points', note: 'the page check of every incident in one call; Jira is read by the browser, which costs none' },
    ];
  } finally {
    await site.stop();
  }
}
