/** From a resolved incident to what is learned and said of it, in so many actions of a person as fit into a short break. */
import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import type { BoardView } from '../../src/contract';
import type { SiteUserName } from '../browser';
import { calm, screenOf, type Screen } from './board';
import { eventually, idle, invoke, openIncident, raise, siteUrl, valueOf } from './control';
import { watchHands, type Hands } from './hands';
import { expect as patiently, say, saying, test, type Lang } from './story';

const expect = patiently.configure({ timeout: 30_000 });
const ACTIONS_AT_MOST = 25;
const ENTRIES = 40;
const WORDS = {
  ja: {
    factor: 'コネクションプールを全サービスで共有しており、遅いクエリ 1 つがほかを巻き込んだ', well: '切り戻しは 3 分で終わった', hard: 'プールの管理者が分からなかった',
    cause: 'データベースへの接続数の不足', tickets: ['プールをサービスごとに分ける', 'プールの使用率を監視する', '管理者を手順書に書く'],
  },
  en: {
    factor: 'The connection pool is shared, so one slow query starved all services', well: 'The rollback took three minutes', hard: 'Nobody knew who owns the pool',
    cause: 'Too few connections to the database', tickets: ['Give each service a pool of its own', 'Watch how full the pool is', 'Name the owner in the runbook'],
  },
} as const;
const dialogOf = (page: Page): FrameLocator => page.frameLocator('dialog.app-dialog iframe');
const noDialog = (page: Page): Promise<void> => expect(page.locator('dialog.app-dialog')).toHaveCount(0);

/** An incident of three alerts on two hosts, with forty entries, that people took for over. Made by calls: it is what they come from. */
async function resolvedIncident(): Promise<BoardView> {
  const alerts = [await raise('checkout p95', 'web-01', 'CRITICAL', 1500)];
  const { id: incidentId } = await openIncident();
  alerts.push(await raise('db connections', 'db-01', 'CRITICAL', 99), await raise('failed jobs', 'web-01', 'WARNING', 12));
  const press = { incidentId, opId: '' };
  const of = (): typeof press => ({ incidentId, opId: crypto.randomUUID() });
  const load = async (): Promise<BoardView> => valueOf(await invoke('alice', 'board.load', { incidentId }));
  await eventually('three alerts on the incident', async () => {
    const { alerts: there } = await load();
    for (const alertId of alerts) if (!there.some(({ id }) => id === alertId)) await invoke('alice', 'alert.attach', { ...of(), alertId });
    return alerts.every((id) => there.some((one) => one.id === id));
  });
  await eventually('two hosts', async () => valueOf(await invoke('alice', 'board.changes', { incidentId, since: 0, pass: '' })).hosts.length >= 2);
  await invoke('bob', 'incident.respond', of());
  await invoke('bob', 'incident.role', { ...of(), role: { id: 'commander' }, person: 'me', seen: null });
  await invoke('bob', 'incident.line', { ...of(), line: 'impact', text: '決済の 3 割が失敗', base: 0 });
  await idle();
  const known = valueOf(await invoke('alice', 'board.entries', { incidentId, pass: '' })).entries.length;
  const notes = Array.from({ length: Math.max(1, ENTRIES - known) }, (_, n) => ({ text: `${n + 1} 件目の記録: プールを確認`, at: null, link: null }));
  valueOf(await invoke('alice', 'note.add', { ...of(), notes }));
  valueOf(await invoke('alice', 'incident.status', { ...of(), status: 'resolved', reason: '監視の回復待ち' }));
  await idle();
  return await load();
}

/** Another incident, of an alert that was taken off the first; the address of its page. */
async function nextOf(incidentId: string): Promise<string> {
  const alertId = valueOf(await invoke('alice', 'board.load', { incidentId })).alerts.find(({ monitorName }) => monitorName === 'failed jobs')?.id ?? '';
  valueOf(await invoke('alice', 'alert.detach', { incidentId, opId: crypto.randomUUID(), alertId }));
  const next = valueOf(await invoke('alice', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'SRE', title: 'Jobs fail again', severity: 'sev3', visibility: 'public', candidateId: null }));
  valueOf(await invoke('alice', 'alert.attach', { incidentId: next.incidentId, opId: crypto.randomUUID(), alertId }));
  return next.page?.url ?? '';
}

async function threeTickets(hands: Hands, { page, frame, lang }: Screen): Promise<void> {
  const dialog = dialogOf(page);
  const summary = dialog.getByRole('textbox', { name: saying(lang, 'ticket.summary') });
  const [first, second, third] = WORDS[lang].tickets;
  await hands.click(frame.locator('.tickets').getByRole('button', { name: say(lang, 'ticket.add'), exact: true }));
  for (const [n, text] of [first, second].entries()) {
    await hands.fill(summary, text);
    await hands.chord(summary, 'Control+Shift+Enter');
    await expect(dialog.getByText(say(lang, 'ticket.made', { n: n + 1 }))).toBeVisible();
  }
  await hands.fill(summary, third);
  await hands.chord(summary, 'Control+Enter');
  await noDialog(page);
  await expect(frame.locator('.ticket .ticket-key')).toHaveCount(3);
}

async function review(hands: Hands, { page, frame, lang }: Screen): Promise<void> {
  const dialog = dialogOf(page);
  const button = (key: Parameters<typeof say>[1]) => dialog.getByRole('button', { name: say(lang, key), exact: true });
  await hands.click(frame.getByRole('button', { name: say(lang, 'review.open') }));
  await hands.click(button('review.fill.open'));
  await hands.click(button('review.fill.write'));
  await expect(dialog.getByText(say(lang, 'review.fill.did.inserted', { n: 11 }))).toBeVisible();
  await hands.click(button('review.fill.back'));
  await hands.click(button('review.owner.me'));
  await hands.click(button('review.factors.add'));
  await hands.fill(dialog.getByRole('textbox', { name: say(lang, 'review.factor.text') }), WORDS[lang].factor);
  await hands.fill(dialog.getByRole('textbox', { name: say(lang, 'review.lessons.well') }), WORDS[lang].well);
  const hard = dialog.getByRole('textbox', { name: say(lang, 'review.lessons.hard') });
  await hands.fill(hard, WORDS[lang].hard);
  await hands.chord(hard, 'Control+Enter');
  await expect(dialog.getByText(say(lang, 'review.saved'))).toBeVisible();
  for (const check of ['timeline', 'held'] as const) {
    const box = dialog.getByRole('checkbox', { name: say(lang, `review.check.${check}`) });
    await hands.click(box);
    await expect(box).toBeChecked();
  }
  await hands.click(button('review.move.in-review'));
  await hands.click(button('review.move.done'));
  await expect(dialog.getByText(say(lang, 'review.moved.done'))).toBeVisible();
  await hands.chord(dialog.locator('.review'), 'Escape');
  await noDialog(page);
}

/** The Word file's text. */
async function wordReport(hands: Hands, { page, frame, lang }: Screen): Promise<{ readonly name: string; readonly text: string }> {
  const dialog = dialogOf(page);
  await hands.click(frame.getByRole('button', { name: say(lang, 'board.report'), exact: true }));
  await expect(dialog.getByRole('article', { name: say(lang, 'reports.preview') })).toHaveAttribute('aria-busy', 'false');
  await hands.fill(dialog.getByRole('textbox', { name: say(lang, 'report.field.cause') }), WORDS[lang].cause);
  const [file] = await Promise.all([page.waitForEvent('download'), hands.click(dialog.getByRole('button', { name: say(lang, 'reports.word') }))]);
  const document = unzipSync(new Uint8Array(readFileSync(await file.path())))['word/document.xml'];
  return { name: file.suggestedFilename(), text: strFromU8(document ?? new Uint8Array()).replace(/<[^>]+>/g, '') };
}

test.beforeEach(calm);

for (const [user, lang, title] of [['alice', 'ja', '障害報告書（最終報）'], ['bob', 'en', 'Incident report (final)']] as const satisfies readonly (readonly [SiteUserName, Lang, string])[]) {
  test(`${user} comes from a resolved incident to a reviewed postmortem, three tickets and a report in at most ${ACTIONS_AT_MOST} actions`, async ({ open }) => {
    test.setTimeout(240_000);
    const { incident, alerts, hosts, entries } = await resolvedIncident();
    expect([incident.status, alerts.length, hosts.length, entries.length >= ENTRIES]).toEqual(['resolved', 3, 2, true]);
    const page = await open(user);
    const watch = await watchHands(page.context());
    await page.goto(incident.page?.url ?? '');
    const screen = screenOf(page, lang);
    await expect(screen.frame.getByRole('group', { name: say(lang, 'review.title') })).toBeVisible();

    const hands = watch.begin(page);
    await test.step('three tickets', () => threeTickets(hands, screen));
    await test.step('the review, with what the record knows on the page', () => review(hands, screen));
    const report = await test.step('the report', () => wordReport(hands, screen));
    const actions = await hands.done();
    expect(actions).toBeLessThanOrEqual(ACTIONS_AT_MOST);

    const { state, checks, plan, factors } = valueOf(await invoke(user, 'review.load', { incidentId: incident.id }));
    expect([state, checks.filter(({ how }) => how === null), plan.owner, factors.map(({ text }) => text)]).toEqual(['done', [], { accountId: `acc-${user}` }, [WORDS[lang].factor]]);
    const { tickets } = valueOf(await invoke(user, 'board.load', { incidentId: incident.id }));
    expect(tickets.map(({ key, state: of }) => [/^OPS-\d+$/.test(key ?? ''), of])).toEqual([[true, 'linked'], [true, 'linked'], [true, 'linked']]);
    expect(report.name).toContain(incident.key);
    for (const words of [title, '決済の 3 割が失敗', WORDS[lang].cause]) expect(report.text).toContain(words);
    await page.goto(incident.page?.url ?? '');
    await expect(page.getByText(say('ja', 'page.fill.timeline.heading')).first()).toBeVisible();

    await test.step('the next one of the same host tells of it: what it came from, and what is still to be done', async () => {
      await page.goto(await nextOf(incident.id));
      const earlier = screen.frame.locator('.similar-row', { hasText: incident.key });
      await expect(earlier).toContainText(say(lang, 'similar.reason.host', { host: 'web-01' }));
      await expect(earlier).toContainText(WORDS[lang].factor);
      for (const summary of WORDS[lang].tickets) await expect(earlier).toContainText(summary);
      await expect(earlier.getByRole('link', { name: `${incident.key} ${incident.title}` })).toHaveAttribute('href', incident.page?.url ?? '');
    });
  });
}

test('what no hand did fails the count', async ({ open }) => {
  const page = await open('viewer');
  const watch = await watchHands(page.context());
  await page.goto('/wiki/apps/incidents');
  const frame = page.frameLocator('[data-module="incidents"] iframe');
  const tab = frame.getByRole('tab').nth(1);
  await expect(tab).toBeVisible();
  const counted = async (act: (hands: Hands) => Promise<unknown>): Promise<string> => {
    const hands = watch.begin(page);
    await act(hands).catch(() => undefined);
    return await hands.done().then(String, (error: Error) => error.message);
  };
  expect(await counted(async (hands) => (await hands.click(tab), await hands.fill(frame.getByRole('searchbox'), '決済'), await hands.chord(tab, 'ArrowLeft')))).toBe('3');
  expect(await counted(() => tab.click())).toBe('Counted 0 clicks and 0 chords, the browser got 1 and 0.');
  expect(await counted(() => tab.press('Enter'))).toBe('Counted 0 clicks and 0 chords, the browser got 0 and 1.');
  expect(await counted(() => tab.evaluate((element: HTMLElement) => element.click()))).toBe('Counted 0 clicks and 0 chords, the browser got 1 and 0.');
  expect(await counted(() => fetch(siteUrl()))).toContain('Not only hands acted: fetch http');
  expect(await counted(() => page.goto('/'))).toBe('Not only hands acted: page.goto');
});
