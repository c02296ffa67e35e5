/** `npm run demo`: alert → page → recovery on a site of its own, in the terminal, with times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AlertView, AppApi, BoardDelta, GraphView, IncidentHeadView } from '../src/contract';
import { createSite, type Site } from './site';

const WAIT_MS = 90_000;
async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`Not seen within ${WAIT_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
type Value<V extends keyof AppApi> = Extract<ReturnType<AppApi[V]>, { ok: true }>['value'];
async function verb<V extends keyof AppApi>(site: Site, moduleKey: string, functionKey: V, payload: Parameters<AppApi[V]>[0]): Promise<Value<V>> {
  const answer = await site.invoke({ moduleKey, functionKey, payload, user: site.deps.user('alice') });
  if (!answer.ok) throw new Error(`${functionKey}: ${answer.error.message}`);
  const result = answer.result as ReturnType<AppApi[V]>;
  if (!result.ok) throw new Error(`${functionKey}: ${result.error.code}`);
  return result.value as Value<V>;
}
async function press(site: Site, route: string): Promise<void> {
  const response = await fetch(`${site.urls.mackerel}/__console/${route}`, { method: 'POST' });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
}
async function delivered(site: Site): Promise<true | null> {
  const { deliveries } = (await (await fetch(`${site.urls.mackerel}/__console/deliveries`)).json()) as { deliveries: { state: string }[] };
  return deliveries.some(({ state }) => state === 'delivered') ? true : null;
}

/** The last point Mackerel itself answers for a graph. */
async function lastAnswered(site: Site, alert: AlertView, { from, to }: GraphView): Promise<{ time: number; value: number } | undefined> {
  const query = new URLSearchParams({ name: alert.metricLabel ?? '', from: String(Math.floor(from / 1000)), to: String(Math.floor(to / 1000)) });
  const answer = await fetch(`${site.urls.mackerel}/api/v0/hosts/${alert.host?.id ?? ''}/metrics?${query}`, { headers: { 'x-api-key': site.mackerel?.apiKey ?? '' } });
  return ((await answer.json()) as { metrics: { time: number; value: number }[] }).metrics.at(-1);
}

async function play(site: Site): Promise<void> {
  const began = performance.now();
  const say = (line: string): void => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  // A busy computer may have an incident of its own.
  const open = async (): Promise<IncidentHeadView | null> => (await verb(site, 'incidents', 'home.load', {})).incidents.find(({ page, service }) => page !== null && service === 'shop') ?? null;

  await press(site, 'scenarios/break-checkout/start');
  say('Break checkout pressed: the hosts of shop start to fail');
  await until('a webhook', () => delivered(site));
  say('Mackerel raised an alert and sent its webhook');
  const incident = await until('an incident with a page', open);
  say(`the page exists: ${incident.key} ${incident.title}`);
  console.log(`           ${site.url}${incident.page?.url.replace(/^https?:\/\/[^/]+/, '') ?? ''}`);
  // As the board on the page does: load once, then ask for changes.
  const board = await verb(site, 'incident-board', 'board.load', { incidentId: incident.id });
  const changes = (): Promise<BoardDelta> => verb(site, 'incident-board', 'board.changes', { incidentId: incident.id, since: 0, pass: board.pass });
  const live = await until('live values and hosts', async () => {
    const view = await changes();
    return view.hosts.length > 0 && view.alerts.some(({ now }) => now !== null) ? view : null;
  });
  for (const { status, monitorName, host, now } of live.alerts) say(`board: ${status} ${monitorName} on ${host?.name ?? 'a service'}, now ${now?.value.toFixed(1) ?? 'unknown'}`);
  say(`board: hosts ${live.hosts.map(({ name, status }) => `${name} (${status})`).join(', ')}`);
  const [alert] = live.alerts;
  if (alert === undefined) throw new Error('The board lists no alert.');
  const graph = await verb(site, 'incident-board', 'board.graph', { incidentId: incident.id, target: { alertId: alert.id }, pass: board.pass });
  const [shown, answered] = [graph.points.at(-1), await lastAnswered(site, alert, graph)];
  if (shown === undefined || shown.value !== answered?.value || shown.at !== answered.time * 1000) throw new Error(`The graph ends with ${JSON.stringify(shown)}, Mackerel with ${JSON.stringify(answered)}.`);
  say(`board: a graph of ${graph.points.length} points; the last, ${shown.value}, is Mackerel's own`);
  await press(site, 'recover');
  say('Recover pressed');
  await until('every alert recovered', async () => ((await changes()).incident.openAlerts === 0 ? true : null));
  say('board: every alert has recovered; a person decides when the incident is over');
}

async function main(): Promise<void> {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'incident-pages-demo-'));
  const site = await createSite({ stateDir, port: 0, appPort: 0, mackerelPort: 0, fresh: true });
  try {
    await play(site);
  } finally {
    await site.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
