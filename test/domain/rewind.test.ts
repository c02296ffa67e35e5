/** The past as it was known: at every moment of a random story, and in words the views show. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { BoardDelta, PastView } from '../../src/contract';
import { asKnownAt } from '../../src/domain/rewind';
import type { Incident, Settings } from '../../src/domain/model';
import { isUnverified } from '../../src/domain/alert';
import { entryNames } from '../../src/domain/alert-entries';
import { addNotes, editNote, removeNote, setPin } from '../../src/domain/notes';
import { attachAlert, detachAlert } from '../../src/domain/linking';
import { sight } from '../../src/domain/incident';
import { SCHEME } from '../../src/domain/scheme';
import { pastView, rowsSince } from '../../src/usecases/views';
import { life, line, orders, reading as heardReading, T0, word as heardWord } from './heard';
import type { Facts } from './oracle';
import { DECLARED, factsOf, fresh, play, reading, RUNS, steps } from './play';

const settings: Settings = { schema: 5, groups: { declare: null, settings: null }, scheme: SCHEME, conn: 'c', orgName: 'acme', apiKeyLast4: null, canWrite: null, services: [], rules: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: false, writes: { enabled: false, group: null }, tickets: null, templates: [], pageTemplates: [], installed: [], webhook: { channelId: null, secret: 'webhook', old: [], rotatedAt: null }, secrets: { apiKey: 'api-key', slackUrl: 'slack-url', gone: [] } };
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** What a board shows, without what is always of now: versions, values, the page. Alerts in no order, entries in theirs. */
function shown(view: Pick<BoardDelta | PastView, 'incident' | 'alerts' | 'entries' | 'hosts' | 'deploys'>): unknown {
  const { version: _version, page: _page, ...incident } = view.incident;
  const alerts = view.alerts.filter(({ linked }) => linked).map(({ v: _v, ...alert }) => alert).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { incident, alerts, entries: view.entries.map(({ v: _v, ...entry }) => entry), hosts: view.hosts, deploys: view.deploys };
}
const live = (incident: Incident): unknown => shown(rowsSince(incident, 0, null, settings, incident.head.changedAt));

interface Snapshot {
  readonly at: number;
  readonly facts: Facts;
  readonly live: unknown;
}

test('every moment of a story can be shown as it was then, by the record and by the view', () => {
  let compared = 0;
  let longest = 0;
  fc.assert(
    fc.property(steps(120), (plan) => {
      const snapshots: Snapshot[] = [{ at: DECLARED, facts: factsOf(fresh()), live: live(fresh()) }];
      const { incident } = play(plan, (now, oracle) => {
        snapshots.push({ at: now.head.changedAt, facts: oracle.facts(), live: live(now) });
        return now.head.changedAt + 2;
      }, DECLARED + 2);
      for (const [index, snapshot] of snapshots.entries()) {
        const next = snapshots[index + 1]?.at ?? snapshot.at + 10_000;
        for (const at of [snapshot.at, Math.floor((snapshot.at + next) / 2)]) {
          same(factsOf(asKnownAt(incident, at)), snapshot.facts);
          same(shown(pastView(incident, at, settings)), snapshot.live);
          compared += 1;
        }
      }
      longest = Math.max(longest, snapshots.length);
    }),
    { numRuns: 150 * RUNS },
  );
  console.info(`${compared} moments compared, up to ${longest} versions in one story`);
  expect(compared).toBeGreaterThan(150 * 20);
  expect(longest).toBeGreaterThan(20);
}, 120_000 * RUNS);

test('every moment of what was heard of an alert can be shown as it was: what nobody had read in Mackerel is unverified then, whatever came of it', () => {
  let unverified = 0;
  let verified = 0;
  fc.assert(
    fc.property(life.chain(({ inputs }) => orders(inputs)), (heard) => {
      let incident = fresh();
      let now = DECLARED;
      const snapshots: { readonly at: number; readonly live: unknown }[] = [];
      for (const seen of heard) {
        now += 1_000;
        incident = sight(incident, [seen], now);
        snapshots.push({ at: now, live: live(incident) });
        if (Object.values(incident.alerts).some(isUnverified)) unverified += 1;
        else verified += 1;
      }
      for (const { at, live: then } of snapshots) same(shown(pastView(incident, at, settings)), then);
    }),
    { numRuns: 400 * RUNS },
  );
  expect([unverified > 100, verified > 100]).toEqual([true, true]);
}, 60_000 * RUNS);

describe('an entry known from a webhook alone', () => {
  const told = heardWord(T0, 'CRITICAL', DECLARED + 500);
  const read = heardReading(DECLARED + 5_000, 'CRITICAL', T0, [line('l1', 'CRITICAL', T0)]);
  const toldId = `c:a1:log:told:a1:CRITICAL:${T0}`;
  const rows = (incident: Incident, at?: number) =>
    (at === undefined ? rowsSince(incident, 0, null, settings, DECLARED) : pastView(incident, at, settings)).entries.filter(({ source }) => source === 'mackerel').map(({ id, unverified, pinned }) => [id, unverified, pinned]);
  const pin = (incident: Incident, id: string, on: boolean, at: number): Incident => setPin(incident, entryNames(incident, id) ?? { id: 'none', was: 'none' }, on, { opId: `alice:${at}`, by: 'alice', now: at });

  test('keeps its pin when Mackerel’s own line takes its place, and is unverified where the past is shown', () => {
    const pinned = pin(sight(fresh(), [told], DECLARED + 1_000), toldId, true, DECLARED + 2_000);
    const known = sight(pinned, [read], DECLARED + 6_000);
    expect([rows(pinned), rows(known)]).toEqual([[[toldId, true, true]], [['c:a1:log:l1', false, true]]]);
    expect([1_000, 2_000, 5_999, 6_000].map((ms) => rows(known, DECLARED + ms))).toEqual([[[toldId, true, false]], [[toldId, true, true]], [[toldId, true, true]], [['c:a1:log:l1', false, true]]]);
    expect([1_000, 6_000].map((ms) => pastView(known, DECLARED + ms, settings).alerts.map(({ unverified }) => unverified))).toEqual([[true], [false]]);
  });

  test('is unpinned and pinned again under either of its names', () => {
    const known = sight(pin(sight(fresh(), [told], DECLARED + 1_000), toldId, true, DECLARED + 2_000), [read], DECLARED + 6_000);
    const off = pin(known, toldId, false, DECLARED + 7_000);
    const again = pin(off, 'c:a1:log:l1', true, DECLARED + 8_000);
    expect([rows(off), rows(again)]).toEqual([[['c:a1:log:l1', false, false]], [['c:a1:log:l1', false, true]]]);
    expect(pin(again, toldId, true, DECLARED + 9_000)).toBe(again);
    expect([6_000, 7_000].map((ms) => rows(again, DECLARED + ms))).toEqual([[['c:a1:log:l1', false, true]], [['c:a1:log:l1', false, false]]]);
  });

  test('that Mackerel does not confirm is gone, and is still what was known then', () => {
    const before = sight(fresh(), [told], DECLARED + 1_000);
    const after = sight(before, [heardReading(DECLARED + 5_000, 'WARNING', T0, [line('l1', 'WARNING', T0)])], DECLARED + 6_000);
    expect([rows(after), rows(after, DECLARED + 1_000)]).toEqual([[['c:a1:log:l1', false, false]], [[toldId, true, false]]]);
  });
});

const press = (n: number, now: number) => ({ opId: `alice:${n}`, by: 'alice', now });

test('a note written down later is not known before, and shows its own earlier words then', () => {
  const written = addNotes(fresh(), [{ text: 'first', at: DECLARED - 60_000, link: null }], press(1, DECLARED + 10_000));
  const edited = editNote(written, 'op:alice:1:000', { text: 'second', at: DECLARED - 30_000, link: 'https://example.com/' }, press(2, DECLARED + 20_000));
  const removed = removeNote(edited, 'op:alice:1:000', true, press(3, DECLARED + 30_000));
  const at = (ms: number) => pastView(removed, DECLARED + ms, settings).entries.filter(({ source }) => source === 'person').map(({ text, at: when, link }) => [text, when - DECLARED, link]);
  expect([5_000, 10_000, 20_000, 30_000].map(at)).toEqual([[], [['first', -60_000, null]], [['second', -30_000, 'https://example.com/']], []]);
});

test('an alert taken off and linked again keeps what was known of it before', () => {
  const linked = sight(fresh(), [reading('a1', 0)], DECLARED + 1_000);
  const off = detachAlert(linked, 'a1', press(1, DECLARED + 2_000));
  const again = attachAlert(off, reading('a1', 2), press(2, DECLARED + 3_000));
  const at = (ms: number) => {
    const past = pastView(again, DECLARED + ms, settings);
    return [past.alerts.map(({ status, message, valueAtOpening }) => [status, message, valueAtOpening]), past.entries.filter(({ source }) => source === 'mackerel').map(({ status }) => status)];
  };
  expect([500, 1_000, 2_000, 3_000].map(at)).toEqual([
    [[], []],
    [[['WARNING', 'slow', 600]], ['WARNING']],
    [[], ['WARNING']],
    [[['WARNING', 'slow again', 600]], ['WARNING', 'CRITICAL', 'WARNING']],
  ]);
});

test('a moment before the declaration is the declaration', () => {
  const later = addNotes(fresh(), [{ text: 'x', at: null, link: null }], press(1, DECLARED + 1));
  expect(factsOf(asKnownAt(later, 0))).toEqual(factsOf(fresh()));
});
