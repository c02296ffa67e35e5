/** Improvement tickets: made where the thought occurs, seen from Confluence and from Jira, followed without a reload. */
import { readFileSync } from 'node:fs';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { calm, entriesOf, screenOf, writeNote, type Screen } from './board';
import { eventually, faults, idle, invoke, openIncident, recover, siteUrl, valueOf } from './control';
import { expect as patiently, say, saying, test } from './story';

/** A visible board reads Jira every 25 s. */
const FOLLOWS = 45_000;
const expect = patiently.configure({ timeout: 30_000 });

/** Panel and context look again every 30 s; how long they wait is no matter of these stories. In frames alone. */
function hasten(): void {
  if (window === window.top) return;
  const every = window.setInterval.bind(window);
  Object.assign(window, { setInterval: (run: TimerHandler, ms?: number, ...given: unknown[]) => every(run, ms === 30_000 ? 3_000 : ms, ...given) });
}
const dialogOf = (page: Page): FrameLocator => page.frameLocator('dialog.app-dialog iframe');
const rowOf = ({ frame }: Screen, summary: string): Locator => frame.locator('.ticket', { hasText: summary });
const shareOf = ({ frame }: Screen): Locator => frame.locator('.tickets h2 .count');

async function fillTicket({ page, lang }: Screen, summary: string): Promise<void> {
  const dialog = dialogOf(page);
  await dialog.getByRole('textbox', { name: saying(lang, 'ticket.summary') }).fill(summary);
  await dialog.getByRole('textbox', { name: saying(lang, 'ticket.summary') }).press('Control+Enter');
  await expect(page.locator('dialog.app-dialog')).toHaveCount(0);
}
/** As a person does it on the issue's page. */
async function transition(page: Page, key: string, from: string, to: string): Promise<void> {
  await page.goto(`/browse/${key}`);
  await page.getByRole('button', { name: `Status: ${from}` }).click();
  await page.getByRole('menuitem', { name: to, exact: true }).click();
  await expect(page.getByRole('button', { name: `Status: ${to}` })).toBeVisible();
}
async function breakCheckout(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: '決済を壊す' }).click();
}

/** One request of a person's browser to the site. */
async function send(user: string, method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(siteUrl() + path, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
}

/** Everything drawn of an issue, as markup, by where it stands. Waits until context and panel both tell `told`. */
async function drawnOf(page: Page, key: string, told: string): Promise<Record<'context' | 'panel' | 'links' | 'details' | 'description' | 'issue', string>> {
  await page.goto(`/browse/${key}`);
  const show = page.getByRole('group', { name: 'Apps' }).getByRole('button', { name: say('en', 'module.issue-panel.title') });
  const [context, panel] = [page.locator('.issue-side .issue-group', { hasText: say('en', 'module.issue-context.title') }), page.locator('.issue-panel')];
  await expect(show.or(panel)).toBeVisible();
  if (await show.isVisible()) await show.click();
  await Promise.all([context, panel].map((surface) => expect(surface).toContainText(told)));
  const links = page.getByRole('region', { name: 'Web links' });
  await expect(links).toBeVisible();
  const all = { context, panel, links, details: page.locator('.issue-side'), description: page.getByRole('region', { name: 'Description' }), issue: page.locator('article.issue') };
  const markup = await Promise.all(Object.entries(all).map(async ([name, surface]) => [name, await surface.evaluate((element) => element.outerHTML)] as const));
  return Object.fromEntries(markup) as Awaited<ReturnType<typeof drawnOf>>;
}
/** The overview as this person's file, once `summary` stands in it. */
async function fileOf(page: Page, lang: 'en' | 'ja', summary: string): Promise<string> {
  await page.goto('/wiki/apps/incidents');
  const frame = page.frameLocator('[data-module="incidents"] iframe');
  await frame.getByRole('tab', { name: say(lang, 'home.tab.improvements') }).click();
  await expect(frame.locator('tr', { hasText: summary })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), frame.getByRole('button', { name: say(lang, 'ticket.csv') }).click()]);
  return readFileSync(await file.path(), 'utf8');
}

test.beforeEach(calm);
test.afterEach(() => faults([]));

test('three tickets made in three ways are followed on every board and in Jira', async ({ open }) => {
  test.setTimeout(300_000);
  const pages = await Promise.all([open('alice'), open('bob'), open('bob')]);
  const [alice, bob, jira] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en'), pages[2]];
  const screens = [alice, bob];
  await jira.addInitScript(hasten);
  await breakCheckout(alice.page);
  const incident = await openIncident();
  await Promise.all(screens.map(({ page }) => page.goto(incident.page.url)));
  const everywhere = async (check: (screen: Screen) => Promise<unknown>): Promise<void> => void (await Promise.all(screens.map(check)));

  await test.step('from the section', async () => {
    await alice.frame.locator('.tickets').getByRole('button', { name: say('ja', 'ticket.add'), exact: true }).click();
    await fillTicket(alice, 'プールの監視を追加');
    await everywhere((screen) => expect(rowOf(screen, 'プールの監視を追加')).toContainText(/OPS-\d+/));
  });

  await test.step('from an entry of the timeline', async () => {
    await writeNote(bob, 'Nobody knew the runbook');
    const entry = entriesOf(bob, 'Nobody knew the runbook');
    await entry.hover();
    await entry.getByRole('button', { name: say('en', 'ticket.from-this') }).click();
    await expect(dialogOf(bob.page).getByRole('textbox', { name: saying('en', 'ticket.summary') })).toHaveValue('Nobody knew the runbook');
    await fillTicket(bob, 'Write the runbook');
    await everywhere((screen) => expect(rowOf(screen, 'Write the runbook')).toBeVisible());
  });

  await test.step('from text selected on the page', async () => {
    const heading = bob.page.getByRole('heading', { name: '発生時点で分かっていたこと' });
    await heading.click({ clickCount: 3 });
    await bob.page.getByRole('toolbar', { name: 'Selected text' }).getByRole('button', { name: say('en', 'module.selection.title') }).click();
    const dialog = bob.page.getByRole('dialog', { name: say('en', 'module.selection.title') });
    await expect(dialog.getByRole('textbox', { name: say('en', 'jira.field.summary') })).toHaveValue('発生時点で分かっていたこと');
    await dialog.getByRole('textbox', { name: say('en', 'jira.field.summary') }).fill('Alert before the pool is full');
    await dialog.getByRole('button', { name: say('en', 'jira.create') }).click();
    await everywhere(async (screen) => {
      await expect(rowOf(screen, 'Alert before the pool is full')).toBeVisible();
      await expect(shareOf(screen)).toHaveText(say(screen.lang, 'ticket.share', { done: 0, of: 3 }));
    });
  });

  const keys = new Map<string, string>();
  for (const summary of ['プールの監視を追加', 'Write the runbook', 'Alert before the pool is full']) keys.set(summary, await rowOf(bob, summary).locator('.ticket-key').innerText());
  const keyOf = (summary: string): string => /[A-Z]+-\d+/.exec(keys.get(summary) ?? '')?.[0] ?? '';

  await test.step('one is done in Jira, and the boards say so without being loaded again', async () => {
    await transition(jira, keyOf('Write the runbook'), 'To Do', 'Done');
    await everywhere(async (screen) => {
      await expect(rowOf(screen, 'Write the runbook')).toContainText('Done');
      await expect(shareOf(screen)).toHaveText(say(screen.lang, 'ticket.share', { done: 1, of: 3 }));
    });
  });

  await faults([{ target: 'events', drop: true }]);
  await transition(jira, keyOf('プールの監視を追加'), 'To Do', 'Done');
  // That is waited for while Jira is looked at.
  const followed = test.step('with every event lost they say so at their next look', async () => {
    await everywhere((screen) => expect(shareOf(screen)).toHaveText(say(screen.lang, 'ticket.share', { done: 2, of: 3 }), { timeout: FOLLOWS }));
  });

  await test.step('in Jira the context tells the incident, and the panel once somebody shows it', async () => {
    await jira.goto(`/browse/${keyOf('Alert before the pool is full')}`);
    const name = say('en', 'board.key', { key: incident.key });
    await expect(jira.getByRole('link', { name, exact: true })).toBeVisible();
    await expect(jira.getByText(/checkout p95.*firing since/)).toBeVisible();
    await expect(jira.getByRole('button', { name: say('en', 'jira.further') })).toHaveCount(0);
    await jira.getByRole('group', { name: 'Apps' }).getByRole('button', { name: say('en', 'module.issue-panel.title') }).click();
    await expect(jira.getByRole('button', { name: say('en', 'jira.further') })).toBeVisible();
    await expect(jira.getByText(say('en', 'jira.siblings', { done: 2, all: 3 }))).toBeVisible();
    await expect(jira.getByRole('listitem').filter({ hasText: 'Write the runbook' })).toContainText('Done');
  });
  await followed;
  await faults([]);

  await test.step('the alert comes again, and the issue says that it did', async () => {
    await recover();
    await expect(jira.getByText(/checkout p95.*recovered/).first()).toBeVisible({ timeout: FOLLOWS + 15_000 });
    await expect(jira.getByText(saying('en', 'jira.alert.again'))).toHaveCount(0);
    await breakCheckout(alice.page);
    await expect(jira.getByText(saying('en', 'jira.alert.again')).first()).toBeVisible({ timeout: FOLLOWS + 15_000 });
  });
});

test('who may not see the page of a private incident is drawn, in Jira and in the overview, that a page is linked and nothing of it', async ({ open }) => {
  test.setTimeout(180_000);
  const [alice, mallory] = await Promise.all([open('alice'), open('mallory')]);
  await breakCheckout(alice);
  const { id: incidentId, key, title, page } = await openIncident();
  const press = (): { incidentId: string; opId: string } => ({ incidentId, opId: crypto.randomUUID() });
  // In the space of the whole company, so that of all that keeps mallory out only the incident's being private is left.
  await send('alice', 'PUT', `/wiki/rest/api/content/${page.id}/move/append/98403`, {});
  valueOf(await invoke('alice', 'incident.severity', { ...press(), severity: 'sev1' }));
  const ticket = { kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } as const;
  valueOf(await invoke('alice', 'ticket.create', { ...press(), ticket: { ...ticket, summary: 'Rotate the keys' } }));
  const other = valueOf(await invoke('alice', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'OPEN', title: 'Slow lifts', severity: 'sev4', visibility: 'public', candidateId: null }));
  valueOf(await invoke('alice', 'ticket.create', { ...press(), incidentId: other.incidentId, ticket: { ...ticket, summary: 'Oil the lifts' } }));
  const made = valueOf(await invoke('alice', 'board.load', { incidentId })).tickets.find(({ kind }) => kind === 'prevent');
  const issueKey = made?.key ?? '';
  const alert = 'checkout p95';
  const secrets = [key, title, alert, say('en', 'severity.sev1'), say('en', 'status.investigating'), 'mackerel-incident"', '>mackerel-incident<'];
  const leaks = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

  await test.step('while it is public, the same looks find everything', async () => {
    const drawn = await drawnOf(mallory, issueKey, key);
    for (const surface of ['context', 'panel'] as const) expect(leaks(drawn[surface])).toEqual(expect.arrayContaining([key, alert, say('en', 'severity.sev1'), say('en', 'status.investigating')]));
    expect(leaks(drawn.links)).toEqual(expect.arrayContaining([key, title]));
    expect(leaks(drawn.description)).toEqual(expect.arrayContaining([key, alert]));
    expect(leaks(drawn.details)).toContain('>mackerel-incident<');
    expect(leaks(await fileOf(mallory, 'en', 'Rotate the keys'))).toEqual(expect.arrayContaining([key, title, say('en', 'severity.sev1')]));
  });

  await test.step('made private, they find that a page is linked', async () => {
    valueOf(await invoke('alice', 'incident.visibility', { ...press(), visibility: 'private' }));
    await idle();
    const drawn = await drawnOf(mallory, issueKey, say('en', 'jira.hidden'));
    expect(drawn.links).toContain(say('ja', 'jira.link.page'));
    expect(Object.entries(drawn).flatMap(([surface, markup]) => leaks(markup).map((secret) => `${surface}: ${secret}`))).toEqual([]);
    const file = await fileOf(mallory, 'en', 'Oil the lifts');
    expect([leaks(file), file.includes(issueKey)]).toEqual([[], false]);
  });

  await test.step('and the file of who may see it, handed on, tells the ticket as Jira does', async () => {
    const file = await fileOf(alice, 'ja', 'Rotate the keys');
    const line = file.split('\r\n').find((one) => one.includes('Rotate the keys')) ?? '';
    expect(line.startsWith(`${issueKey},`)).toBe(true);
    expect([...leaks(line), ...[say('ja', 'ticket.kind.prevent')].filter((kind) => line.includes(kind))]).toEqual([]);
  });
});

test('an incident is declared from an issue, a page becomes one, and its byline shows the board', async ({ open }) => {
  test.setTimeout(180_000);
  const page = await open('bob');

  await test.step('from an issue', async () => {
    const { key } = await send('bob', 'POST', '/__web/projects/OPS/issues', { typeId: '10001', summary: 'Customers cannot pay' });
    await page.goto(`/browse/${String(key)}`);
    await page.getByRole('group', { name: 'Apps' }).getByRole('button', { name: say('en', 'module.issue-panel.title') }).click();
    await page.getByRole('button', { name: say('en', 'jira.declare') }).click();
    const dialog = page.getByRole('dialog', { name: say('en', 'jira.declare') });
    const title = dialog.getByRole('textbox', { name: say('en', 'jira.field.title') });
    await expect(title).toHaveValue('Customers cannot pay');
    await title.fill('Customers cannot pay by card');
    await dialog.getByRole('button', { name: say('en', 'jira.declare') }).click();
    await expect(page.getByText(saying('en', 'jira.siblings')).first()).toBeVisible();
    await eventually('the incident with its ticket', async () => {
      const { incidents } = valueOf(await invoke('bob', 'home.load', {}));
      const made = incidents.find((incident) => incident.title === 'Customers cannot pay by card');
      if (made === undefined) return null;
      return valueOf(await invoke('bob', 'board.load', { incidentId: made.id })).tickets.some((ticket) => ticket.key === key);
    });
  });

  await test.step('from a page', async () => {
    const doc = JSON.stringify({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'What we saw this morning.' }] }] });
    const { id } = await send('bob', 'POST', '/wiki/api/v2/pages', { spaceId: '65602', status: 'current', title: 'Odd latencies', body: { representation: 'atlas_doc_format', value: doc } });
    await page.goto(`/wiki/spaces/SRE/pages/${String(id)}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: say('en', 'module.page-action.title') }).click();
    const dialog = page.getByRole('dialog', { name: say('en', 'module.page-action.title') });
    await expect(dialog.getByRole('textbox', { name: say('en', 'jira.field.title') })).toHaveValue('Odd latencies');
    await dialog.getByRole('button', { name: say('en', 'page-action.send') }).click();
    await expect(dialog).toHaveCount(0);
    await eventually('the incident of the page', async () => valueOf(await invoke('bob', 'home.load', {})).incidents.some((incident) => incident.page?.id === String(id)));
    await page.goto(`/wiki/spaces/SRE/pages/${String(id)}`);
    await expect(page.getByText('What we saw this morning.')).toBeVisible();
    await page.getByRole('button', { name: new RegExp(`${say('en', 'page.severity.pending')}.*${say('en', 'page.status.investigating')}`) }).click();
    await expect(page.frameLocator('dialog iframe').getByText('Odd latencies').first()).toBeVisible();
  });
});
