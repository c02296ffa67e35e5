/** Settings and the secrets they name, through the real verbs and what is stored. */
import type { SettingsInput } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const SLACK = 'https://hooks.slack.com/services/T/B/';
async function input(more: Partial<SettingsInput>): Promise<SettingsInput> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  return { services, rules, version, ...more };
}
/** Stored secrets that hold such a value. */
const holding = (value: string): number => Object.entries(storedRows(site)).filter(([key, text]) => key.includes('secret:') && text.includes(value)).length;

test('a save that is sent again is done, and saves nothing more; another one from there is told', async () => {
  const save = await input({ slackUrl: `${SLACK}first`, fallback: 'ignore' });
  const { version } = await site.ok('admin', 'settings.save', save);
  expect((await site.ok('admin', 'settings.save', save)).version).toBe(version);
  for (const other of [{ ...save, fallback: 'candidate' as const }, { ...save, slackUrl: `${SLACK}other` }, { ...save, slackUrl: '' }]) expect(await site.outcome('admin', 'settings.save', other)).toBe('conflict');
  expect([holding(`${SLACK}first`), holding(`${SLACK}other`), (await site.ok('admin', 'settings.get', {})).version]).toEqual([1, 0, version]);
});

test('of two who enter different secrets at once one is told, and only the other’s is kept', async () => {
  for (let round = 0; round < 4; round += 1) {
    const base = await input({});
    const urls = [`${SLACK}a${round}`, `${SLACK}b${round}`] as const;
    const outcomes = await Promise.all(urls.map((slackUrl) => site.outcome('admin', 'settings.save', { ...base, slackUrl })));
    expect([...outcomes].sort()).toEqual(['conflict', 'ok']);
    expect(urls.map(holding)).toEqual(outcomes.map((outcome) => (outcome === 'ok' ? 1 : 0)));
  }
  expect(holding(SLACK)).toBe(1);
});

test('one that is taken away is gone', async () => {
  const view = await site.ok('admin', 'settings.save', await input({ slackUrl: '' }));
  expect([view.slackConfigured, holding(SLACK)]).toEqual([false, 0]);
});
