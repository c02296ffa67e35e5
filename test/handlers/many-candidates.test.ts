/** More alerts wait for a person than a list holds: what fires is never hidden, no end goes unseen, and what nobody judged goes some time. */
import type { Candidate } from '../../src/domain/model';
import { startTestSite, WITHOUT_QUOTA, type RaisedAlert, type TestSite } from './harness';
import { removeChannels, storedRows } from './inside';
import { subjects, type Subject } from './intake-world';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A list holds 100. */
const MANY = 130;
let site: TestSite;
let all: readonly Subject[];
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  await removeChannels(site);
  all = await subjects(site, 'blog', MANY + 2);
}, 120_000);
afterAll(async () => await site.stop());

const raise = async (of: readonly Subject[], status: 'WARNING' | 'CRITICAL'): Promise<readonly string[]> => {
  const raised: string[] = [];
  for (const { monitorId, hostId } of of) raised.push((await site.console<RaisedAlert>('POST', 'alerts', { monitorId, hostId, status, value: 3 })).id);
  return raised;
};
const close = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) await site.console('POST', `alerts/${id}/close`, {});
};
/** The sweeper comes; a look that had no room for everything is followed by others, longer than the site is given to come to rest. */
async function sweeps(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await site.later(6 * MINUTE);
    await site.control('POST', 'run/sweep');
    await site.settle();
    for (let look = 0; look < 8; look += 1) {
      await site.later(25_000);
      await site.settle();
    }
  }
}
/** Of the alerts, by what is stored of them: the state of their candidates, and whether it is known that they ended. */
function stored(ids: readonly string[]): readonly string[] {
  const wanted = new Set(ids);
  const docs = Object.values(storedRows(site)).flatMap((value) => (value.includes('"whyParams"') ? [(JSON.parse(value) as { doc: Candidate }).doc] : []));
  return docs.filter(({ alert, whyKey }) => whyKey !== undefined && wanted.has(alert.id)).map(({ state, alert }) => `${state} ${alert.closedAt === null ? 'fires' : 'over'}`);
}
const tally = (words: readonly string[]): Readonly<Record<string, number>> => words.reduce<Record<string, number>>((sum, word) => ({ ...sum, [word]: (sum[word] ?? 0) + 1 }), {});
const listed = async (): Promise<readonly string[]> => (await site.ok('alice', 'home.load', {})).candidates.map(({ alert }) => `${alert.id} ${alert.closedAt === null ? 'fires' : 'over'}`);

let lasting: string;
let passing: readonly string[];
test('every one of them is asked about, and every end is seen although no webhook tells of it', async () => {
  [lasting = ''] = await raise(all.slice(0, 1), 'WARNING');
  await sweeps(1);
  passing = await raise(all.slice(1, MANY + 1), 'WARNING');
  await sweeps(1);
  expect(tally(stored(passing))).toEqual({ 'waiting fires': MANY });
  // Newer than all of them, so that the list of what opened lately does not reach them.
  await raise(all.slice(MANY + 1), 'WARNING');
  await sweeps(1);
  await close(passing);
  // Those that are no longer open are read one by one, a few at a time.
  await sweeps(3);
  expect(tally(stored(passing))).toEqual({ 'waiting over': MANY });
}, 180_000);

test('what fires stands first and is never hidden by what is over', async () => {
  const rows = await listed();
  expect(rows.slice(0, 2).map((row) => row.split(' ')[1])).toEqual(['fires', 'fires']);
  expect(rows[1]).toBe(`${lasting} fires`);
  expect(tally(rows.map((row) => row.split(' ')[1] ?? ''))).toEqual({ fires: 2, over: 100 });
  expect((await site.ok('alice', 'home.load', {})).moreCandidates).toBe(true);
});

test('a week after its end nobody is asked any more; what fires is asked about as long as it fires', async () => {
  await site.later(6 * DAY);
  await site.control('POST', 'run/daily');
  expect(tally(stored([lasting, ...passing]))).toEqual({ 'waiting fires': 1, 'waiting over': MANY });
  await site.later(2 * DAY);
  await site.control('POST', 'run/daily');
  await site.settle(); // the schedule's own has run as well
  expect(tally(stored([lasting, ...passing]))).toEqual({ 'waiting fires': 1, 'left over': MANY });
  await sweeps(1);
  expect(tally(stored([lasting, ...passing]))).toEqual({ 'waiting fires': 1, 'left over': MANY });
  expect((await listed()).filter((row) => row.endsWith(' over'))).toEqual([]);
  expect(await listed()).toContain(`${lasting} fires`);
}, 60_000);

test('a service’s incident takes in all that waits for it, however many', async () => {
  const shop = await subjects(site, 'shop', MANY + 1);
  const waiting = await raise(shop.slice(0, MANY), 'WARNING');
  await sweeps(1);
  expect(tally(stored(waiting))).toEqual({ 'waiting fires': MANY });
  const [declaring = ''] = await raise(shop.slice(MANY), 'CRITICAL');
  await sweeps(1);
  const { incident } = await site.incidentWith(declaring);
  expect(incident.linkedAlerts).toBe(MANY + 1);
  expect(tally(stored(waiting))).toEqual({ 'declared fires': MANY });
}, 180_000);
