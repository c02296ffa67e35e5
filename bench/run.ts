/** `npm run bench`: what must stay fast, as ratios and counts of one run; `-- storm` what the intake bears. Exits 1 past a limit. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { prepareAssets } from '../local-site/assets';
import { startTestSite, type TestSite } from '../test/handlers/harness';
import { launchBrowser, openAs } from '../test/browser';
import { benchApp } from './app';
import { liveBoards, viewerHour } from './boards';
import { freezing } from './evidence';
import { contentTime, median, quantile, report, type Figure } from './measure';
import { overview } from './overview';
import { storm, tenfold } from './storm';
import { longTimeline } from './timeline';

const RUNS = 15;
const ACKS = 150;

interface AdfNode {
  readonly attrs?: { readonly extensionKey?: string; readonly parameters?: Record<string, unknown> };
  readonly content?: readonly AdfNode[];
}

/** The same document with the board's node replaced, so that only the macro differs. */
function withMacro(node: AdfNode, key: string): AdfNode {
  const { attrs } = node;
  if (attrs?.extensionKey?.endsWith('/incident-board') === true) {
    const parameters = { ...attrs.parameters, extensionId: String(attrs.parameters?.['extensionId']).replace('incident-board', key), extensionTitle: key, guestParams: {} };
    return { ...node, attrs: { ...attrs, extensionKey: attrs.extensionKey.replace('incident-board', key), parameters } };
  }
  return node.content === undefined ? node : { ...node, content: node.content.map((child) => withMacro(child, key)) };
}

/** A copy of the incident page that carries the yardstick macro in the board's place. */
async function pageWithMacro(site: TestSite, key: string, boardUrl: string): Promise<string> {
  const { adf } = await site.page('alice', /\/pages\/(\d+)/.exec(boardUrl)?.[1] ?? '');
  const spaceId = site.site.deps.products.spaces().find((space) => space.key === 'OPS')?.id;
  const value = JSON.stringify(withMacro(adf as AdfNode, key));
  if (!value.includes(`/static/${key}`)) throw new Error('the incident page has no board to replace');
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-site-user': 'alice' },
    body: JSON.stringify({ spaceId, status: 'current', title: `Yardstick ${key}`, body: { representation: 'atlas_doc_format', value } }),
  });
  if (!answer.ok) throw new Error(`yardstick page: ${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  return `${site.site.url}/wiki/spaces/OPS/pages/${id}`;
}

/** Opens both in turns in one warm browser, so that both suffer the same machine. */
async function firstContent(site: TestSite, browser: Browser, boardUrl: string): Promise<Figure> {
  const trivialUrl = await pageWithMacro(site, 'trivial', boardUrl);
  const context = await openAs(browser, site.site.url, 'alice');
  const page = await context.newPage();
  const board: number[] = [];
  const trivial: number[] = [];
  for (let run = -2; run < RUNS; run += 1) {
    const a = await contentTime(page, trivialUrl, '#content:not(:empty)');
    const b = await contentTime(page, boardUrl, '[data-incident]');
    if (run < 0) continue;
    trivial.push(a);
    board.push(b);
  }
  await context.close();
  return { name: 'board first content / trivial macro', value: median(board) / median(trivial), limit: 1.3, unit: '×', note: `medians ${median(board).toFixed(0)} and ${median(trivial).toFixed(0)} ms of ${RUNS}` };
}

/** Notes in every frame when the board's first content came, in the frame's own clock. */
function noteContent(): void {
  const seen = globalThis as unknown as { contentAt?: number };
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('[data-incident]') === null) return;
    seen.contentAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** What the browser had asked for when the first content was there; what is loaded after it, on purpose, is not counted. */
async function scriptSize(site: TestSite, browser: Browser, boardUrl: string): Promise<Figure> {
  const context = await openAs(browser, site.site.url, 'bob');
  const page = await context.newPage();
  await page.addInitScript(noteContent);
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const url = response.url();
    const ours = url.startsWith(site.site.urls.app) && !url.includes('/__host/') && response.request().resourceType() === 'script';
    if (ours) sizes.set(url, response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await contentTime(page, boardUrl, '[data-incident]');
  const asked = await page.frameLocator('iframe').first().locator('[data-incident]').first().evaluate(() => {
    const { contentAt = 0 } = globalThis as unknown as { contentAt?: number };
    return performance.getEntriesByType('resource').filter((entry) => entry.startTime < contentAt).map((entry) => entry.name);
  });
  const before = await Promise.all([...sizes].filter(([url]) => asked.includes(url)).map(async ([url, bytes]) => ({ name: url.split('/').pop() ?? '', kilobytes: (await bytes) / 1000 })));
  await context.close();
  const total = before.reduce((sum, script) => sum + script.kilobytes, 0);
  const note = before.sort((x, y) => y.kilobytes - x.kilobytes).map(({ name, kilobytes }) => `${name} ${kilobytes.toFixed(1)}`).join(', ');
  return { name: 'board JavaScript before first content', value: before.length === 0 ? Number.NaN : total, limit: 130, unit: 'kB gzip', note };
}

async function acknowledge(site: TestSite): Promise<Figure> {
  const url = await site.webhookUrl();
  const bareUrl = (await site.control<Record<string, string>>('GET', 'webtriggers'))['bare'] ?? '';
  const body = JSON.stringify({ orgName: 'local', event: 'alert', alert: { id: 'AAAAAAAAAAA', status: 'critical', isOpen: true } });
  const time = async (to: string): Promise<number> => {
    const start = performance.now();
    const answer = await fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await answer.text();
    if (answer.status !== 202) throw new Error(`${to}: ${answer.status}`);
    return performance.now() - start;
  };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = -20; run < ACKS; run += 1) {
    const [a, b] = [await time(bareUrl), await time(url)];
    // The platform allows 300 web trigger calls a second.
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (run < 0) continue;
    bare.push(a);
    ours.push(b);
  }
  await site.rest();
  return { name: 'webhook acknowledge / bare web trigger', value: median(ours) / median(bare), limit: 1.5, unit: '×', note: `medians ${median(ours).toFixed(2)} and ${median(bare).toFixed(2)} ms of ${ACKS}` };
}

async function toPage(site: TestSite): Promise<{ figure: Figure; boardUrl: string }> {
  const times: number[] = [];
  let boardUrl = '';
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    const board = await site.until(async () => {
      const { incidents } = await site.ok('alice', 'home.load', {});
      const found = incidents.find((incident) => incident.status === 'investigating' && incident.page !== null);
      // Asked without a pause, the list alone would use up what a minute's storage has for the declaration too.
      if (found === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
      return found ?? null;
    });
    times.push(performance.now() - start);
    boardUrl = board.page?.url ?? '';
    if (run === RUNS - 1) break;
    await site.console('POST', `alerts/${alert.id}/close`, {});
    await site.until(async () => ((await site.ok('alice', 'board.load', { incidentId: board.id })).alerts.every((row) => row.closedAt !== null) ? true : null));
    await site.ok('alice', 'incident.status', { incidentId: board.id, status: 'closed', opId: randomUUID() });
    // What comes back sooner goes on with it.
    await site.later(16 * 60_000);
    await site.rest();
  }
  const figure = { name: 'webhook to page, p95', value: quantile(times, 0.95) / 1000, limit: 5, unit: 's', note: `median ${(median(times) / 1000).toFixed(2)} s of ${RUNS}` };
  return { figure, boardUrl };
}

async function main(): Promise<void> {
  await prepareAssets(path.resolve(__dirname, '..'), console.log);
  const app = await benchApp();
  // Six of the eight minutes.
  const loads = async (): Promise<readonly Figure[]> => [...(await tenfold(app)), ...(await storm(app))];
  if (process.argv.includes('storm')) {
    if (!report(await loads())) process.exitCode = 1;
    return;
  }
  const site = await startTestSite({ appDir: app.appDir, bundle: app.bundle });
  const browser = await launchBrowser();
  try {
    const ack = await acknowledge(site);
    const { figure, boardUrl } = await toPage(site);
    const size = await scriptSize(site, browser, boardUrl);
    const first = await firstContent(site, browser, boardUrl);
    const incidentId = (await site.ok('alice', 'home.load', {})).incidents.find((incident) => incident.page?.url === boardUrl)?.id ?? '';
    const long = await longTimeline(site, browser, incidentId, boardUrl);
    const live = await liveBoards(site);
    const points = await viewerHour(app);
    const tickets = await overview(app, browser);
    const frozen = await freezing(app);
    if (!report([first, ack, figure, size, ...live, points, ...long, ...tickets, ...frozen, ...(await loads())])) process.exitCode = 1;
  } finally {
    await browser.close();
    await site.stop();
  }
}
void main();
