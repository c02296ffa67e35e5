/** `npm run demo`: alert → page → recovery on a site of its own, in the terminal, with times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BoardView, HomeView, IncidentHeadView, Result } from '../src/contract';
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
async function verb<T>(site: Site, moduleKey: string, functionKey: string, payload: unknown): Promise<T> {
  const answer = await site.invoke({ moduleKey, functionKey, payload, user: site.deps.user('alice') });
  if (!answer.ok) throw new Error(`${functionKey}: ${answer.error.message}`);
  const result = answer.result as Result<T>;
  if (!result.ok) throw new Error(`${functionKey}: ${result.error.code}`);
  return result.value;
}
async function press(site: Site, route: string): Promise<void> {
  const response = await fetch(`${site.urls.mackerel}/__console/${route}`, { method: 'POST' });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
}
const deliveries = async (site: Site): Promise<number> => {
  const answer = (await (await fetch(`${site.urls.mackerel}/__console/deliveries`)).json()) as unknown[] | { deliveries: unknown[] };
  return (Array.isArray(answer) ? answer : answer.deliveries).length;
};

async function play(site: Site): Promise<void> {
  const began = performance.now();
  const say = (line: string): void => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const open = async (): Promise<IncidentHeadView | null> => (await verb<HomeView>(site, 'incidents', 'home.load', {})).incidents.find(({ page }) => page !== null) ?? null;

  await press(site, 'scenarios/break-checkout/start');
  say('Break checkout pressed: the hosts of shop start to fail');
  await until('a webhook', async () => ((await deliveries(site)) > 0 ? true : null));
  say('Mackerel raised an alert and sent its webhook');
  const incident = await until('an incident with a page', open);
  say(`the page exists: ${incident.key} ${incident.title}`);
  console.log(`           ${site.url}${incident.page?.url.replace(/^https?:\/\/[^/]+/, '') ?? ''}`);
  const board = await until('a board with hosts', async () => {
    const view = await verb<BoardView>(site, 'incident-board', 'board.load', { incidentId: incident.id });
    return view.alerts.length > 0 && view.hosts.length > 0 ? view : null;
  });
  for (const alert of board.alerts) say(`board: ${alert.status} ${alert.monitorName} on ${alert.host?.name ?? alert.service ?? '–'}, now ${alert.now?.value.toFixed(1) ?? 'unknown'}`);
  await press(site, 'recover');
  say('Recover pressed');
  await until('every alert recovered', async () => {
    const view = await verb<BoardView>(site, 'incident-board', 'board.load', { incidentId: incident.id });
    return view.incident.openAlerts === 0 ? view : null;
  });
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
