import { vendorSpecs } from '../vendor-specs';
import { log, siteUrl, unmodelled } from './control';
import { expect, test } from './story';

test('every product call of the stories was valid, and nothing unmodelled was asked for', async () => {
  const calls = await log();
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter((call) => call.problem !== null)).toEqual([]);
  // Without the vendors' descriptions nothing could be checked; `npm test` says so in its last lines.
  const expected = vendorSpecs() ? true : null;
  expect(calls.filter((call) => call.validated !== expected)).toEqual([]);
  expect(await unmodelled()).toEqual([]);
});

test('a route that is not modelled answers 501 with its name and is listed', async () => {
  const answer = await fetch(`${siteUrl()}/wiki/api/v2/whiteboards/1`, { headers: { 'x-site-user': 'admin' } });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toContain('whiteboards');
  expect(JSON.stringify(await unmodelled())).toContain('whiteboards');
});
