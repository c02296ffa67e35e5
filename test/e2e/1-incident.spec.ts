import { platformFonts } from './fonts';
import { eventually, faults, home, idle, invoke, openIncident, recover } from './control';
import { board, boardPlaced, expect, say, saying, test } from './story';

test.describe.configure({ mode: 'serial' });

/** What the site says of a page that does not exist or may not be seen. */
const NOT_FOUND = /We can’t find this page|このページは見つかりません/;

test('Break checkout makes a page whose board shows alert, host and graph to two people in their languages', async ({ open }) => {
  const alice = await open('alice');
  await alice.goto('/');
  await alice.getByRole('button', { name: '決済を壊す' }).click();
  const incident = await openIncident();

  const bob = await open('bob');
  await Promise.all([alice.goto(incident.page.url), bob.goto(incident.page.url)]);
  for (const [page, lang] of [[alice, 'ja'], [bob, 'en']] as const) {
    const frame = board(page);
    await expect(frame.getByText(say(lang, 'board.key', { key: incident.key })).first()).toBeVisible();
    // The list says what the alert is now; the timeline would also show what it was.
    await expect(frame.locator('.alert', { hasText: say(lang, 'alert.status.CRITICAL') }).first()).toBeVisible();
    await expect(frame.getByText(say(lang, 'status.investigating')).first()).toBeVisible();
    await expect(frame.getByRole('link', { name: saying(lang, 'host.link') }).first()).toBeVisible();
    await expect(frame.locator('canvas').first()).toBeVisible();
    await expect(frame.getByText(say(lang, 'board.live'))).toBeVisible();
  }
});

test('the Japanese page is drawn with a Japanese font', async ({ open }, info) => {
  const incident = await openIncident();
  const alice = await open('alice');
  await alice.goto(incident.page.url);
  const heading = board(alice).getByText(say('ja', 'status.investigating')).first();
  await expect(heading).toBeVisible();
  await info.attach('board-ja', { body: await alice.screenshot({ fullPage: true }), contentType: 'image/png' });
  const fonts = await platformFonts(alice, say('ja', 'status.investigating'));
  expect(fonts).toContain('Noto Sans JP');
});

test('one press of "I\'m on it" shows on the other board who responds', async ({ open }) => {
  const incident = await openIncident();
  const [alice, bob] = [await open('alice'), await open('bob')];
  await Promise.all([alice.goto(incident.page.url), bob.goto(incident.page.url)]);
  await expect(board(alice).getByRole('button', { name: say('ja', 'board.respond') })).toBeVisible();
  await board(bob).getByRole('button', { name: say('en', 'board.respond') }).click();
  await expect(board(alice).getByText(/Bob/).first()).toBeVisible();
  await expect(board(alice).getByRole('button', { name: say('ja', 'board.respond') })).toHaveCount(0);
});

test('a person without access sees neither the page nor the incident', async ({ open }) => {
  const incident = await openIncident();
  const mallory = await open('mallory');
  await mallory.goto(incident.page.url);
  await expect(mallory.getByRole('heading', { level: 1 })).toHaveText(NOT_FOUND);
  await expect(mallory.getByText(incident.title)).toHaveCount(0);
  const list = await home('mallory');
  expect([...list.incidents, ...list.candidates]).toEqual([]);
  const real = await invoke('mallory', 'board.load', { incidentId: incident.id });
  const madeUp = await invoke('mallory', 'board.load', { incidentId: 'never-existed' });
  expect(JSON.stringify(real)).toBe(JSON.stringify(madeUp));
  expect(real.ok).toBe(false);
});

test('with functions failing the page keeps its facts, and the board says within 3 s since when it is not live', async ({ open }) => {
  const incident = await openIncident();
  const bob = await open('bob');
  await faults([{ target: 'function' }]);
  try {
    await bob.goto(incident.page.url);
    await boardPlaced(bob);
    const notLive = board(bob).getByText(saying('en', 'live.not-live')).first();
    await expect(notLive).toBeVisible({ timeout: 3_000 });
    await expect(board(bob).getByRole('link', { name: /Mackerel/ }).first()).toHaveAttribute('href', /^https:\/\/mackerel\.io\//);
    await expect(bob.locator('.page-body').getByText(/CRITICAL|Critical|重大/).first()).toBeVisible();
    await expect(bob.locator('.page-body').getByRole('link', { name: /Mackerel/ }).first()).toBeVisible();
  } finally {
    await faults([]);
  }
});

test('after Recover the boards say so', async ({ open }) => {
  const incident = await openIncident();
  const [alice, bob] = [await open('alice'), await open('bob')];
  await Promise.all([alice.goto(incident.page.url), bob.goto(incident.page.url)]);
  await expect(board(bob).locator('.alert', { hasText: say('en', 'alert.status.CRITICAL') }).first()).toBeVisible();
  const graph = board(bob).locator('.plot[aria-label*="web-01"]');
  await expect(graph).toHaveAttribute('aria-label', /latest 1,[0-9]{3}/);
  await recover();
  await eventually('the alerts to recover', async () => (await home('alice')).incidents.every((one) => one.openAlerts === 0));
  await expect(board(bob).getByText(say('en', 'alert.none-open')).first()).toBeVisible();
  await expect(board(alice).getByText(say('ja', 'alert.none-open')).first()).toBeVisible();
  // The line comes down with the alert, long before its next regular reading.
  await expect(graph).toHaveAttribute('aria-label', /latest [0-9]{3}(?![0-9,])/);
  await idle();
});
