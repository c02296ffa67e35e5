/** The board of an incident recorded live at twenty moments, and asked for afterwards as it was then. */
import { randomUUID } from 'node:crypto';
import type { BoardView, PastView } from '../../src/contract';
import { deskOf } from './desk';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
}, 180_000);
afterAll(async () => await site.stop());

/** What is of the moment itself (values now, versions, the page, the pass) aside; alerts in no order, the rest in its own. */
function shown(view: BoardView | PastView): unknown {
  const { version: _version, page: _page, ...incident } = view.incident;
  const alerts = view.alerts.map(({ v: _v, now: _now, trend: _trend, ...alert }) => alert).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { incident, alerts, hosts: view.hosts, deploys: view.deploys, entries: view.entries.map(({ v: _v, ...entry }) => entry) };
}

test('at 20 moments the rewound board is the one that was there', async () => {
  const { id: first } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(first);
  const desk = deskOf(site, incident.id);
  await site.rest();
  const recorded: BoardView[] = [];
  /** Seconds pass, the board is looked at, seconds pass again. */
  const moment = async (): Promise<void> => {
    await site.rest();
    await site.later(1_000 + Math.floor(Math.random() * 20_000));
    recorded.push(await desk.board());
    await site.later(1_000 + Math.floor(Math.random() * 20_000));
  };
  const look = async (): Promise<void> => {
    await site.rest();
    await site.control('POST', 'run/sweep');
    await site.rest();
  };
  const note = (text: string, backMs: number | null = null) => ({ text, at: backMs === null ? null : recorded.at(-1)!.now - backMs, link: null });
  const find = async (text: string) => (await desk.entries()).find((entry) => entry.text === text) ?? null;
  const host = (await desk.board()).hosts[0];
  let second = '';
  let noteId = '';
  const script: readonly (() => Promise<unknown>)[] = [
    async () => undefined,
    () => desk.press('alice', 'incident.respond', {}),
    () => desk.press('alice', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null }),
    () => desk.press('bob', 'note.add', { notes: [note('pool is full'), note('first customer call', 3_600_000)] }),
    async () => {
      second = (await site.raise('db connections', 'db-01', 'WARNING', 85)).id;
      await look();
    },
    () => desk.press('alice', 'incident.severity', { severity: 'sev1' }),
    () => desk.press('bob', 'incident.line', { line: 'situation', text: 'restarting the pool', base: 0 }),
    async () => {
      await site.raise('db connections', 'db-01', 'CRITICAL', 99);
      await look();
    },
    async () => {
      const written = await find('pool is full');
      noteId = written?.id ?? '';
      await desk.press('alice', 'note.edit', { entryId: noteId, note: { text: 'pool was full', at: (written?.at ?? 0) - 60_000, link: 'https://example.com/' }, base: written?.v ?? 0 });
    },
    async () => {
      const log = (await desk.entries()).find(({ source, alertId }) => source === 'mackerel' && alertId === second);
      await desk.press('bob', 'entry.pin', { entryId: log?.id ?? '', pinned: true });
      await desk.press('bob', 'entry.pin', { entryId: noteId, pinned: true });
    },
    () => desk.press('alice', 'alert.detach', { alertId: second }),
    async () => {
      await site.console('POST', `hosts/${host?.id ?? ''}/status`, { status: 'maintenance' });
      await site.later(11_000);
      await site.ok('viewer', 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' });
    },
    () => desk.press('bob', 'note.remove', { entryId: noteId, removed: true }),
    () => desk.press('bob', 'alert.attach', { alertId: second }),
    async () => {
      const { deploys } = await desk.board();
      await desk.press('alice', 'incident.cause', { cause: { deployId: deploys.at(-1)?.id ?? '' } });
      await desk.press('alice', 'graph.add', { target: { hostId: host?.id ?? '' }, metric: 'loadavg5' });
    },
    () => desk.press('alice', 'incident.role', { role: { id: 'commander' }, person: 'acc-bob', seen: 'acc-alice' }),
    async () => {
      await desk.press('bob', 'incident.status', { status: 'mitigated', note: 'rolled back' });
      await desk.press('bob', 'note.remove', { entryId: noteId, removed: false });
    },
    async () => {
      await site.raise('db connections', 'db-01', 'OK', 10);
      await site.console('POST', `alerts/${first}/close`, {});
      await look();
    },
    () => desk.press('bob', 'incident.status', { status: 'resolved' }),
    async () => {
      await desk.press('alice', 'incident.line', { line: 'impact', text: '30 % of payments', base: 0 });
      await desk.press('alice', 'incident.places', { call: 'https://meet.example/a', chat: null, base: 0 });
    },
    () => desk.press('alice', 'note.add', { notes: [note('written down later', 7_200_000)] }),
    () => desk.press('bob', 'incident.status', { status: 'closed' }),
  ];
  for (const step of script) {
    await step();
    await moment();
  }
  expect(recorded.length).toBeGreaterThanOrEqual(20);
  const pass = recorded.at(-1)?.pass ?? '';
  for (const live of recorded) {
    const past = await site.ok('viewer', 'board.at', { incidentId: desk.incidentId, pass: '', at: live.now });
    expect(shown(past)).toEqual(shown(live));
  }
  // They were not all the same board, and the last one is not shown for an earlier moment.
  expect(new Set(recorded.map((live) => JSON.stringify(shown(live)))).size).toBe(recorded.length);
  const beginning = await site.ok('alice', 'board.at', { incidentId: desk.incidentId, pass, at: 1_000_000_000_000 });
  expect(beginning.incident).toMatchObject({ firstResponse: null, severity: 'sev2', status: 'investigating', cause: null });
  expect(beginning.entries.map(({ text }) => text).filter((text) => text !== null)).toEqual([]);
  expect(await site.outcome('mallory', 'board.at', { incidentId: desk.incidentId, pass, at: Date.now() })).toBe('not-found');
  expect(await site.outcome('alice', 'board.at', { incidentId: desk.incidentId, pass, at: 5, opId: randomUUID() })).toBe('bad-request');
}, 240_000);
