/** A thousand deliveries, shuffled and repeated, with and without the site dying among them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BoardView, HomeView, Result } from '../../src/contract';

const root = path.resolve(__dirname, '../..');

/**
 * The table: hosts × monitors × states. Rules of the site: CRITICAL on shop declares, everything else waits for a person,
 * and what belongs to a service with an open incident joins it.
 *  - 60 alerts of shop (40 CRITICAL, 20 WARNING): one incident with all 60
 *  - 25 alerts of blog (WARNING): 25 candidates
 *  - 15 alerts of this-computer (CRITICAL, declares as well): one more incident with 15
 */
const EXPECTED = { incidents: { shop: 60, 'this-computer': 15 }, blogCandidates: 25 } as const;
const PLAN = [
  { service: 'shop', count: 40, status: 'CRITICAL' },
  { service: 'shop', count: 20, status: 'WARNING' },
  { service: 'blog', count: 25, status: 'WARNING' },
  { service: 'this-computer', count: 15, status: 'CRITICAL' },
] as const;

interface Running {
  readonly url: string;
  readonly mackerel: string;
  readonly key: string;
  child: ChildProcess;
}

async function until<T>(ask: () => Promise<T | null>, what: string, ms = 90_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask().catch(() => null);
    if (value !== null) return value;
    if (Date.now() > end) throw new Error(`not reached: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePorts(): Promise<readonly number[]> {
  const servers = [0, 1, 2].map(() => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(servers.map((server) => new Promise<number>((done) => server.once('listening', () => done((server.address() as AddressInfo).port)))));
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

class SiteProcess {
  readonly stateDir = mkdtempSync(path.join(tmpdir(), 'storm-'));
  private running: Running | null = null;
  constructor(private readonly ports: readonly number[]) {}

  get at(): Running {
    if (this.running === null) throw new Error('the site is not running');
    return this.running;
  }

  async start(): Promise<void> {
    const [port = 0, mackerelPort = 0, appPort = 0] = this.ports;
    const env = { ...process.env, PORT: String(port), MACKEREL_PORT: String(mackerelPort), APP_PORT: String(appPort), STATE_DIR: this.stateDir, MACKEREL_API_KEY: '' };
    const child = spawn(process.execPath, [path.join(root, 'node_modules/tsx/dist/cli.mjs'), path.join(root, 'local-site/start.ts')], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    const url = `http://localhost:${port}`;
    const status = await until(async () => {
      const answer = (await (await fetch(`${url}/__site/status`)).json()) as { ready: boolean; mackerel: { url: string; apiKey: string } };
      return answer.ready ? answer : null;
    }, 'ready');
    this.running = { url, mackerel: status.mackerel.url, key: status.mackerel.apiKey, child };
  }

  /** kill -9 of the whole site: the program, its loader and the functions' process. */
  async kill(): Promise<void> {
    const { child } = this.at;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.stateDir, { recursive: true, force: true });
  }

  async invoke<T>(user: string, verb: string, payload: unknown): Promise<T> {
    const answer = await fetch(`${this.at.url}/__site/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-site-user': user },
      body: JSON.stringify({ moduleKey: 'incidents', functionKey: verb, payload }),
    });
    const { result } = (await answer.json()) as { result: Result<T> };
    if (!result.ok) throw new Error(`${verb}: ${result.error.code}`);
    return result.value;
  }
}

async function api<T>(site: SiteProcess, route: string): Promise<T> {
  return (await (await fetch(`${site.at.mackerel}/api/v0/${route}`, { headers: { 'x-api-key': site.at.key } })).json()) as T;
}
async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A host monitor of its own for every alert, so that a hundred different ones can be open. Our own channel is off: the test delivers. */
async function openAlerts(site: SiteProcess): Promise<readonly string[]> {
  const { channels } = await api<{ channels: { id: string }[] }>(site, 'channels');
  for (const { id } of channels) await fetch(`${site.at.mackerel}/api/v0/channels/${id}`, { method: 'DELETE', headers: { 'x-api-key': site.at.key } });
  // The one host with real load would add alerts of its own while tests keep the computer busy.
  const { monitors } = await api<{ monitors: { id: string; name: string }[] }>(site, 'monitors');
  for (const { id, name } of monitors) if (name === 'CPU of this computer') await post(`${site.at.mackerel}/__console/monitors/${id}/mute`, { isMute: true });
  const ids: string[] = [];
  for (const [group, { service, count, status }] of PLAN.entries()) {
    const { hosts } = await api<{ hosts: { id: string }[] }>(site, `hosts?service=${service}`);
    for (let n = 0; n < count; n += 1) {
      const monitor = await fetch(`${site.at.mackerel}/api/v0/monitors`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': site.at.key },
        body: JSON.stringify({ type: 'host', name: `storm ${group}-${n}`, metric: `custom.storm.${group}.${n}`, operator: '>', warning: 1, critical: 2, duration: 1 }),
      });
      const { id: monitorId } = (await monitor.json()) as { id: string };
      const alert = await post<{ id: string }>(`${site.at.mackerel}/__console/alerts`, { monitorId, hostId: hosts[n % hosts.length]?.id, status, value: 3 });
      ids.push(alert.id);
    }
  }
  return ids;
}

/** Deterministic shuffle. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

/** Sends over eight connections until all are answered 2xx once; a delivery so answered is never sent again. */
async function deliver(url: string, queue: string[], answered: () => void): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let alertId = queue.shift(); alertId !== undefined; alertId = queue.shift()) {
      const body = JSON.stringify({ orgName: 'local', event: 'alert', type: 'host', alert: { id: alertId, status: 'critical', isOpen: true, openedAt: 1 } });
      const status = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status >= 200 && status < 300) answered();
      else {
        queue.push(alertId);
        await new Promise((resolve) => setTimeout(resolve, 100)); // the site is away: not a busy loop
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function boards(site: SiteProcess): Promise<{ home: HomeView; boards: readonly BoardView[] }> {
  const home = await site.invoke<HomeView>('admin', 'home.load', {});
  return { home, boards: await Promise.all(home.incidents.map((incident) => site.invoke<BoardView>('admin', 'board.load', { incidentId: incident.id }))) };
}

async function check(site: SiteProcess): Promise<void> {
  const total = EXPECTED.incidents.shop + EXPECTED.incidents['this-computer'];
  await until(async () => {
    const now = await boards(site);
    const placed = now.boards.reduce((sum, board) => sum + board.alerts.length, 0);
    return placed >= total && now.home.candidates.length >= EXPECTED.blogCandidates ? true : null;
  }, 'all alerts placed');
  // What may be read of Mackerel in a minute is spread over several: the site's clock is moved on between the looks.
  let offsetMs = 0;
  await until(async () => {
    if ((await fetch(`${site.at.url}/__site/idle?timeoutMs=1000`)).ok) return true;
    offsetMs += 20_000;
    await fetch(`${site.at.url}/__site/clock`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ offsetMs }) });
    return null;
  }, 'idle');
  const { home, boards: shown } = await boards(site);
  expect(Object.fromEntries(shown.map((board) => [board.incident.service, board.alerts.length]))).toEqual(EXPECTED.incidents);
  expect(shown).toHaveLength(Object.keys(EXPECTED.incidents).length);
  expect(home.candidates.map((row) => row.alert.service)).toEqual(Array.from({ length: EXPECTED.blogCandidates }, () => 'blog'));
  const status = (await (await fetch(`${site.at.url}/__site/status`)).json()) as { spaces: { id: string; key: string }[] };
  const lists = await Promise.all(
    status.spaces.map(async ({ id }) => (await (await fetch(`${site.at.url}/wiki/api/v2/pages?space-id=${id}&limit=250`, { headers: { 'x-site-user': 'admin' } })).json()) as { results: { title: string }[] }),
  );
  const titles = lists.flatMap(({ results }) => results.map(({ title }) => title));
  for (const board of shown) {
    const entries = board.entries.filter((entry) => entry.source === 'mackerel');
    expect(entries).toHaveLength(board.alerts.length);
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(board.alerts.length);
    expect(titles.filter((title) => title.includes(board.incident.key))).toHaveLength(1);
  }
  // No page of an incident that the list does not know.
  expect(titles.filter((title) => /\b20\d\d-\d{3}\b/.test(title))).toHaveLength(shown.length);
}

test.each([
  ['as they come', false],
  ['with kill -9 of the site in the middle', true],
])('1,000 deliveries for 100 alerts, each ten times, %s', async (_how, killed) => {
  const site = new SiteProcess(await freePorts());
  await site.start();
  try {
    const ids = await openAlerts(site);
    expect(new Set(ids).size).toBe(100);
    const url = ((await (await fetch(`${site.at.url}/__site/webtriggers`)).json()) as Record<string, string>)['mackerel-webhook'] ?? '';
    const queue = shuffled(Array.from({ length: 10 }, () => ids).flat(), 20_261_123);
    let answered = 0;
    let died: Promise<void> | null = null;
    await deliver(url, queue, () => {
      answered += 1;
      if (killed && answered === 400) died = site.kill().then(() => site.start());
    });
    await died;
    expect(answered).toBe(1000);
    await check(site);
  } finally {
    await site.end();
  }
}, 240_000);
