/** Many open boards on one incident: the real board session, fifty times, against the local site. */
import { randomUUID } from 'node:crypto';
import type { AppApi } from '../src/contract';
import type { BoardSession, BoardSource } from '../static/ui/src/board/session';
import { startTestSite, type TestSite } from '../test/handlers/harness';
import type { BenchApp } from './app';
import { quantile, type Figure } from './measure';

const BOARDS = 50;
const CHANGES_A_MINUTE = 30;
const MINUTES = 1;
const VIEWERS = ['alice', 'bob', 'viewer', 'admin'] as const;
/** Points an hour that all installs of the app share. */
const SHARED_POINTS = 65_000;
const KVS_LIMIT = 4_000;

/** The session's module looks for its host when it is imported; these boards bring their own source and never use it. */
async function sessions(): Promise<typeof import('../static/ui/src/board/session')> {
  Object.assign(globalThis, { __bridge: { callBridge: () => Promise.reject(new Error('no host')) }, window: globalThis });
  return await import('../static/ui/src/board/session');
}

/** The site's own hub: what its page's socket is fed from. */
function listen(site: TestSite, name: string, token: string, heard: (version: number) => void, lost: () => void): Promise<{ close(): void }> {
  const subscription = site.site.deps.realtime.subscribe({
    channel: name,
    isGlobal: true,
    token,
    scope: 'bench',
    replaySeconds: 0,
    onEvent: (payload) => {
      const { ver } = JSON.parse(payload) as { ver?: number };
      if (typeof ver === 'number') heard(ver);
    },
    onRefused: lost,
  });
  return Promise.resolve({ close: () => subscription.unsubscribe() });
}

async function viewingKey(site: TestSite, user: string, pageId: string): Promise<string | null> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages/${pageId}/properties?key=mackerel_view`, { headers: { 'x-site-user': user } });
  const { results } = (await answer.json()) as { results: { value: { key?: string } }[] };
  return results[0]?.value.key ?? null;
}

function sourceOf(site: TestSite, user: string, incidentId: string, pageId: string): BoardSource {
  const call = <V extends keyof AppApi>(verb: V, payload: Parameters<AppApi[V]>[0]) => site.ok(user, verb, payload);
  return {
    load: () => call('board.load', { incidentId }),
    changes: (id, asking) => call('board.changes', { incidentId: id, ...asking }),
    entries: async (id, pass) => (await call('board.entries', { incidentId: id, pass })).entries,
    viewingKey: () => viewingKey(site, user, pageId),
    listen: (name, token, heard, lost) => listen(site, name, token, heard, lost),
    visible: () => true,
    online: () => true,
  };
}

interface Watched {
  readonly session: BoardSession;
  version(): number;
}

async function open(site: TestSite, incidentId: string, pageId: string): Promise<readonly Watched[]> {
  const { startSession } = await sessions();
  return Array.from({ length: BOARDS }, (_, n) => {
    const session = startSession(sourceOf(site, VIEWERS[n % VIEWERS.length] ?? 'alice', incidentId, pageId));
    return {
      session,
      version: () => {
        const state = session.state();
        return state.kind === 'shown' ? state.board.incident.version : 0;
      },
    };
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** ms from the accepted press until each board shows its version. */
async function reach(boards: readonly Watched[], version: number, from: number, times: number[]): Promise<void> {
  await Promise.all(
    boards.map(async (board) => {
      while (board.version() < version) await pause(10);
      times.push(performance.now() - from);
    }),
  );
}

/** Of its own, so that what the other figures wrote is not read here. */
async function freshIncident(site: TestSite): Promise<{ readonly incidentId: string; readonly pageId: string; readonly version: number }> {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Many viewers', severity: 'sev2', visibility: 'public', candidateId: null });
  await site.rest();
  const { incident } = await site.ok('alice', 'board.load', { incidentId });
  if (incident.page === null) throw new Error('the incident has no page');
  return { incidentId, pageId: incident.page.id, version: incident.version };
}

/** Fifty boards see thirty changes a minute: how soon, and at which cost. */
export async function liveBoards(site: TestSite): Promise<readonly Figure[]> {
  const { incidentId, pageId } = await freshIncident(site);
  const boards = await open(site, incidentId, pageId);
  const times: number[] = [];
  try {
    await reach(boards, 1, performance.now(), []);
    await pause(3_000);
    await site.control('POST', 'usage/reset');
    const began = performance.now();
    for (let n = 0; n < CHANGES_A_MINUTE * MINUTES; n += 1) {
      const from = performance.now();
      const head = await site.ok('alice', 'note.add', { incidentId, notes: [{ text: `change ${n}`, at: null, link: null }], opId: randomUUID() });
      await reach(boards, head.version, from, times);
      await pause(Math.max(0, began + ((n + 1) * 60_000) / CHANGES_A_MINUTE - performance.now()));
    }
    const minutes = (performance.now() - began) / 60_000;
    const { kvs } = await site.usage();
    const [read, write] = [kvs.readUnits / minutes, kvs.writeUnits / minutes];
    return [
      { name: `change to ${BOARDS} open boards, p95`, value: quantile(times, 0.95) / 1000, limit: 2, unit: 's', note: `median ${(quantile(times, 0.5) / 1000).toFixed(2)} s of ${times.length}` },
      { name: `storage units a minute, ${BOARDS} boards × ${CHANGES_A_MINUTE} changes`, value: (100 * Math.max(read, write)) / KVS_LIMIT, limit: 50, unit: '% of the platform limit', note: `${read.toFixed(0)} read, ${write.toFixed(0)} written` },
    ];
  } finally {
    for (const one of boards) one.session.stop();
  }
}

/**
 * An hour of fifty viewers: each proves itself when it comes and whenever its pass has ended. The site's clock is moved on in
 * steps of a minute; every viewer asks in each of them, as a board with a firing alert does at least.
 */
export async function viewerHour(app: BenchApp): Promise<Figure> {
  // An hour passes in seconds here, so the storage units of sixty minutes are used in one.
  const site = await startTestSite({ ...app, limits: { kvsReadUnitsPerMinute: 60 * KVS_LIMIT, kvsWriteUnitsPerMinute: 60 * KVS_LIMIT } });
  try {
    return await hourOn(site);
  } finally {
    await site.stop();
  }
}

async function hourOn(site: TestSite): Promise<Figure> {
  const { incidentId, pageId, version } = await freshIncident(site);
  await site.control('POST', 'usage/reset');
  const viewers = await Promise.all(
    Array.from({ length: BOARDS }, async (_, n) => {
      const user = VIEWERS[n % VIEWERS.length] ?? 'alice';
      const view = await site.ok(user, 'board.load', { incidentId });
      return { user, pass: view.pass, until: view.passExpiresAt };
    }),
  );
  for (let minute = 1; minute <= 60; minute += 1) {
    const { now } = await site.control<{ now: number }>('PUT', 'clock', { offsetMs: minute * 60_000 });
    for (const viewer of viewers) {
      const viewing = viewer.until - now > 30_000 ? null : await viewingKey(site, viewer.user, pageId);
      const delta = await site.ok(viewer.user, 'board.changes', { incidentId, since: version, pass: viewer.pass, ...(viewing === null ? {} : { viewing }) });
      viewer.pass = delta.pass;
      viewer.until = delta.passExpiresAt;
    }
  }
  const usage = await site.control<{ rest: { confluence: { points: number; calls: number } } }>('GET', 'usage');
  const perViewer = usage.rest.confluence.points / BOARDS;
  const installs = Math.floor(SHARED_POINTS / Math.max(1, usage.rest.confluence.points));
  return { name: 'REST points a viewer-hour', value: perViewer, limit: 10, unit: 'points', note: `${usage.rest.confluence.points} for ${BOARDS} viewers; the shared quota ends at ${installs} installs with ${BOARDS} viewers each at once` };
}
