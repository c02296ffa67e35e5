/** Who changed what of the settings: kept with each save, bounded, without secrets. */
import type { SettingsInput } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const SLACK = 'https://hooks.slack.com/services/T/B/unspoken';
async function save(more: Partial<SettingsInput>): Promise<void> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, rules, version, ...more });
}
const changes = (before: number | null = null) => site.ok('admin', 'settings.changes', { before });

test('a save says who, when, before and after; of a secret only that it changed', async () => {
  const { services } = await site.ok('admin', 'settings.get', {});
  await save({ slackUrl: SLACK, services: services.map((one) => (one.name === 'blog' ? { ...one, spaceKey: 'OPS', lang: 'ja' } : one)) });
  await save({ fallback: 'ignore', services });
  const [second, first] = (await changes()).changes;
  expect([second?.by, first?.by]).toEqual([{ accountId: 'acc-admin' }, { accountId: 'acc-admin' }]);
  expect(second?.changed).toEqual([{ field: 'services', before: 'blog → OPS (ja)', after: 'blog → SRE (en)' }, { field: 'fallback', before: 'candidate', after: 'ignore' }]);
  expect(first?.changed).toEqual([{ field: 'slackUrl', before: null, after: null }, { field: 'services', before: 'blog → SRE (en)', after: 'blog → OPS (ja)' }]);
  const now = site.site.deps.clock.now();
  for (const { at } of [first, second].filter((one) => one !== undefined)) expect(Math.abs(now - at)).toBeLessThan(60_000);
  const holding = Object.entries(storedRows(site)).filter(([, text]) => text.includes(SLACK)).map(([key]) => key.includes('secret:'));
  expect(holding).toEqual([true]);
});

test('a save that is sent again, or changes nothing, is no change', async () => {
  const before = (await changes()).changes[0]?.n;
  await save({});
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  const input: SettingsInput = { services, rules, version, fallback: 'candidate' };
  for (let press = 0; press < 2; press += 1) await site.ok('admin', 'settings.save', input);
  expect((await changes()).changes[0]?.n).toBe((before ?? 0) + 1);
});

test('the newest 200 are kept and read 20 at once', async () => {
  const start = (await changes()).changes[0]?.n ?? 0;
  for (let round = 0; round < 204; round += 1) await save({ fallback: round % 2 === 0 ? 'ignore' : 'candidate' });
  const seen: number[] = [];
  for (let before: number | null = null; ; ) {
    const { changes: found, more } = await changes(before);
    expect(found.length).toBe(20);
    seen.push(...found.map(({ n }) => n));
    before = seen.at(-1) ?? null;
    if (!more) break;
  }
  expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => start + 204 - index));
  expect(Object.keys(storedRows(site)).filter((key) => key.includes('settings-change'))).toHaveLength(199);
}, 120_000);
