/**
 * Three hundred alerts open, worsen and end while their webhooks come late, twice, shuffled or never, everything outside
 * fails now and then and the functions' process dies. Before anything is compared with Mackerel, what was answered 2xx must
 * be somewhere; afterwards everything must be as Mackerel's own history says. CHAOS_SEED repeats a run, CHAOS_DELIVERIES
 * and CHAOS_ALERTS make it longer.
 */
import { randomInt } from 'node:crypto';
import type { Fault } from '../../local-site/types';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { dice, eavesdrop, expected, history, observed, subjects, type Expected, type Seen, type Subject } from './intake-world';

const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(1_000_000));
const ALERTS = Number(process.env['CHAOS_ALERTS'] ?? 300);
const DELIVERIES = Number(process.env['CHAOS_DELIVERIES'] ?? 10_000);
const ROUNDS = 5;
const LOST = 0.2;
const EACH_WAY = 200;

let site: TestSite;
beforeAll(async () => {
  const { limits } = WITHOUT_QUOTA;
  site = await startTestSite({ limits: { ...limits, webtriggerPerMinute: 1e9, webtriggerPerSecond: 1e9 } });
}, 120_000);
afterAll(async () => await site.stop());

const roll = dice(SEED);

/** Something goes wrong at one of the next calls of some target, or the process dies right after one. */
function trouble(): Fault & { skip: number } {
  const targets = ['kvs', 'kvs', 'kvs', 'confluence', 'mackerel', 'mackerel', 'slack', 'queue', 'realtime', 'webtrigger'] as const;
  const target = targets[roll.below(targets.length)] ?? 'kvs';
  const harms: readonly Partial<Fault>[] = [{ status: 500 }, { status: 429 }, { drop: true }, { duplicate: true }, { kill: true }, { lose: true }];
  const harm = harms[roll.below(target === 'webtrigger' ? 3 : harms.length)] ?? { status: 500 };
  return { target, skip: roll.below(40), times: 1 + roll.below(2), ...harm };
}

/** Each subject's alert takes a step, or none: it opens, gets worse or better, or ends. */
async function step(all: readonly Subject[], states: Map<string, Seen>): Promise<void> {
  for (const subject of all) {
    const now = states.get(subject.monitorId) ?? 'OK';
    const roads: readonly Seen[] = now === 'OK' ? (states.has(subject.monitorId) ? [] : ['WARNING', 'CRITICAL']) : now === 'WARNING' ? ['CRITICAL', 'OK'] : ['WARNING', 'OK'];
    const next = roads[roll.below(roads.length)];
    if (next === undefined || (states.has(subject.monitorId) && roll.chance(0.3))) continue;
    await site.console('POST', 'alerts', { monitorId: subject.monitorId, hostId: subject.hostId, status: next, value: 3 });
    states.set(subject.monitorId, next);
  }
}

/** Delivers all, over some connections, under changing faults. Answers the ids of alerts with a delivery answered 2xx. */
async function deliver(url: string, bodies: readonly string[], answered: Set<string>): Promise<void> {
  const queue = [...bodies];
  const worker = async (): Promise<void> => {
    for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
      const status = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then((answer) => answer.status, () => 0);
      if (status >= 200 && status < 300) answered.add((JSON.parse(body) as { alert: { id: string } }).alert.id);
      if (queue.length % EACH_WAY === 0) await site.faults([trouble(), trouble(), trouble()]);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

/**
 * Looks and time, until there is nothing left to be read. Worse and better again leaves no trace in Mackerel's lists, only
 * in the alert's own log, and logs are read again after ten minutes, as many at a time as a minute has room for: what
 * stayed as it was for so many looks has been through all of them.
 */
const STILL_LOOKS = 12;
async function reconciled(): Promise<Awaited<ReturnType<typeof observed>>> {
  const only = new Set((await history(site, all)).map((course) => course.id));
  let still = 0;
  let last = '';
  for (let look = 0; look < 60; look += 1) {
    await site.control('POST', 'run/sweep');
    await site.rest(30_000);
    await site.later(5 * 60_000);
    const seen = await observed(site, only);
    const there = JSON.stringify({ incidents: seen.incidents, candidates: seen.candidates });
    still = seen.unverified === 0 && there === last ? still + 1 : 0;
    if (still === STILL_LOOKS) return seen;
    last = there;
  }
  return await observed(site, only);
}
let all: readonly Subject[] = [];

const same = (seen: Expected, wanted: Expected): void => expect({ incidents: seen.incidents, candidates: seen.candidates }).toEqual(wanted);

test(`what was answered is kept, and after a comparison everything is as Mackerel says (CHAOS_SEED=${SEED})`, async () => {
  const ear = await eavesdrop(site);
  try {
    await site.settle();
    await site.control('POST', 'run/sweep'); // a look at the world before anything happens
    await site.rest();
    all = [...(await subjects(site, 'shop', Math.ceil(ALERTS * 0.5))), ...(await subjects(site, 'this-computer', Math.ceil(ALERTS * 0.22))), ...(await subjects(site, 'blog', Math.floor(ALERTS * 0.28)))];
    const url = await site.webhookUrl();
    const states = new Map<string, Seen>();
    const answered = new Set<string>();
    let heard: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await step(all, states);
      await site.until(async () => ((await site.console<{ deliveries: { state: string }[] }>('GET', 'deliveries')).deliveries.every((row) => row.state !== 'pending') ? true : null));
      heard = [...heard, ...ear.take().filter(() => !roll.chance(LOST))];
      const share = Math.ceil(DELIVERIES / ROUNDS);
      await deliver(url, roll.shuffled(Array.from({ length: share }, (_, n) => heard[n < heard.length ? n : roll.below(heard.length)] ?? '')), answered);
      await site.faults([]);
      await site.later(7_000);
    }
    const courses = await history(site, all);
    expect(courses.length).toBeGreaterThanOrEqual(ALERTS * 0.95);

    // Nothing can be compared while Mackerel cannot be read: what is placed now is placed by the webhooks' word or earlier looks.
    await site.faults([{ target: 'mackerel', status: 503 }]);
    await site.rest(30_000);
    const before = await observed(site, new Set(courses.map((course) => course.id)));
    const placed = new Set([...before.candidates, ...Object.values(before.incidents).flatMap((alerts) => Object.keys(alerts))]);
    expect([...answered].filter((id) => !placed.has(id))).toEqual([]);
    await site.faults([]);

    const after = await reconciled();
    const wanted = expected(courses);
    same(after, wanted);
    expect(after.unverified).toBe(0);
    expect((await site.control<{ queue: { failed: number } }>('GET', 'status')).queue).toMatchObject({ pending: 0 });

    // The comparison sees what it is there for: one line lost, one twice, one alert missing.
    const [service = '', rows = {}] = Object.entries(after.incidents)[0] ?? [];
    const [id = '', lines = []] = Object.entries(rows)[0] ?? [];
    const planted = (change: Record<string, readonly string[]>): Expected => ({ ...after, incidents: { ...after.incidents, [service]: { ...rows, ...change } } });
    for (const tampered of [planted({ [id]: lines.slice(1) }), planted({ [id]: [...lines, ...lines.slice(-1)] }), { ...after, candidates: after.candidates.slice(1) }]) {
      expect(() => same(tampered, wanted)).toThrow();
    }
  } catch (error) {
    throw new Error(`CHAOS_SEED=${SEED}: ${error instanceof Error ? error.message : String(error)}\n${await site.lately()}`);
  } finally {
    await ear.stop();
  }
}, 600_000);
