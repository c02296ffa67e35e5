import { home, idle, invoke, siteUrl, valueOf } from './control';
import { board, expect, say, test, type Lang } from './story';
import type { Page } from '@playwright/test';

const config = (page: Page, lang: Lang) => page.getByRole('dialog', { name: say(lang, 'module.board.config') });
const document = (page: Page) => page.getByRole('textbox', { name: /Page body|本文/ });

async function newPage(page: Page, title: string): Promise<void> {
  await page.goto('/wiki/spaces/OPS/pages/create');
  await page.getByRole('textbox', { name: /Title|タイトル/ }).fill(title);
  await document(page).click();
}
interface Macro {
  readonly extensionKey: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}
interface Stored {
  readonly macros: readonly Macro[];
  /** The words of everything else, block by block. */
  readonly words: readonly string[];
}
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly content?: readonly Node[];
}
const wordsOf = ({ text = '', content = [] }: Node): string => text + content.map(wordsOf).join(' ');
async function stored(id: string): Promise<Stored> {
  const answer = await fetch(`${siteUrl()}/wiki/api/v2/pages/${id}?body-format=atlas_doc_format`, { headers: { 'x-site-user': 'alice' } });
  const { body } = (await answer.json()) as { body: { atlas_doc_format: { value: string } } };
  const { content } = JSON.parse(body.atlas_doc_format.value) as { content: (Node & { attrs: Macro })[] };
  const isMacro = ({ type }: { type: string }): boolean => type === 'extension';
  return { macros: content.filter(isMacro).map(({ attrs }) => attrs), words: content.filter((node) => !isMacro(node)).map(wordsOf) };
}
const idOf = (url: string): string => /\/pages\/(\d+)/.exec(url)?.[1] ?? '';
/** Publishes and gives what is stored. */
async function published(page: Page): Promise<Stored> {
  await page.getByRole('button', { name: /^(Publish|公開)$/ }).click();
  await page.waitForURL(/\/pages\/\d+\//);
  return stored(idOf(page.url()));
}
async function declared(title: string): Promise<{ readonly id: string; readonly key: string }> {
  const made = valueOf(await invoke('alice', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'OPS', title, severity: 'sev3', visibility: 'public', candidateId: null }));
  await idle();
  return { id: made.incidentId, key: made.key };
}

test('a board chosen after a slash is told in Japanese which incident and sections to show, and keeps it', async ({ open }) => {
  const { id, key } = await declared('Board settings in Japanese');
  const alice = await open('alice');
  await newPage(alice, 'Runbook ja');
  await alice.keyboard.insertText('／障害');
  await alice.getByRole('option', { name: say('ja', 'module.board.title') }).click();
  const dialog = config(alice, 'ja');
  await dialog.getByRole('combobox', { name: say('ja', 'config.incident') }).click();
  await expect(alice.getByRole('option').first()).toHaveText(say('ja', 'config.incident.page'));
  await alice.getByRole('option', { name: `${key} Board settings in Japanese (${say('ja', 'status.investigating')})` }).click();
  for (const section of ['hosts', 'improvements'] as const) await dialog.getByRole('checkbox', { name: say('ja', `config.section.${section}`) }).uncheck();
  await dialog.getByText(say('ja', 'config.compact'), { exact: true }).click();
  await dialog.getByRole('button', { name: say('ja', 'config.save') }).click();
  await expect(dialog).toHaveCount(0);

  const { macros: [macro] } = await published(alice);
  expect(macro?.extensionKey).toMatch(/\/static\/incident-board$/);
  expect(macro?.parameters['guestParams']).toEqual({ incidentId: id, sections: 'state,alerts,graphs,similar,timeline', compact: true });
  await expect(board(alice).getByText(say('ja', 'board.key', { key })).first()).toBeVisible();

  await alice.getByRole('button', { name: '編集' }).click();
  await alice.getByRole('button', { name: '設定' }).click();
  await expect(dialog.getByText(`${key} Board settings in Japanese`)).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: say('ja', 'config.section.hosts') })).not.toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: say('ja', 'config.section.graphs') })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: say('ja', 'config.compact') })).toBeChecked();
});

test('nothing chosen stores nothing, no section at all cannot be stored', async ({ open }) => {
  const bob = await open('bob');
  await newPage(bob, 'Runbook en');
  await bob.keyboard.type('/board');
  await bob.keyboard.press('Enter');
  const dialog = config(bob, 'en');
  for (const section of ['state', 'alerts', 'graphs', 'hosts', 'similar', 'timeline', 'improvements'] as const) await dialog.getByRole('checkbox', { name: say('en', `config.section.${section}`) }).uncheck();
  await expect(dialog.getByText(say('en', 'config.sections.none'))).toBeVisible();
  await expect(dialog.getByRole('button', { name: say('en', 'config.save') })).toBeDisabled();
  for (const section of ['timeline', 'similar', 'improvements', 'hosts', 'graphs', 'alerts', 'state'] as const) await dialog.getByRole('checkbox', { name: say('en', `config.section.${section}`) }).check();
  await dialog.getByRole('button', { name: say('en', 'config.save') }).click();
  await expect(dialog).toHaveCount(0);
  const { macros: [macro] } = await published(bob);
  expect(macro?.parameters['guestParams']).toEqual({});
});

test('the incident page’s own board stays the incident’s own when it is configured', async ({ open }) => {
  const { id, key } = await declared('Configured at home');
  const { incidents } = await home('alice');
  const page = incidents.find((incident) => incident.id === id)?.page;
  const before = await stored(page?.id ?? '');
  expect(before.words.length).toBeGreaterThan(20);
  const alice = await open('alice');
  await alice.goto(page?.url ?? '');
  await alice.getByRole('button', { name: '編集' }).click();
  await alice.getByRole('region', { name: say('ja', 'module.board.title') }).getByRole('button', { name: '設定' }).click();
  const dialog = config(alice, 'ja');
  await expect(dialog.getByText(`${key} Configured at home`)).toBeVisible();
  await dialog.getByRole('checkbox', { name: say('ja', 'config.section.improvements') }).uncheck();
  await dialog.getByRole('button', { name: say('ja', 'config.save') }).click();
  await expect(dialog).toHaveCount(0);
  const { macros: [macro], words } = await published(alice);
  // The editor leaves an empty line to write on at the end.
  expect(words).toEqual([...before.words, '']);
  expect(macro?.parameters['guestParams']).toEqual({ incidentId: id, nonce: expect.stringMatching(/.+/), sections: 'state,alerts,graphs,hosts,similar,timeline' });
});

test('a person sees only incidents whose page they may see; the list names no other', async ({ open }) => {
  const { key } = await declared('Not for mallory');
  const mallory = await open('mallory');
  await mallory.goto('/wiki/spaces/OPEN/pages/create');
  await mallory.getByRole('textbox', { name: 'Title' }).fill('Company news');
  await document(mallory).click();
  await mallory.keyboard.type('/board');
  await mallory.keyboard.press('Enter');
  const dialog = config(mallory, 'en');
  await dialog.getByRole('combobox', { name: say('en', 'config.incident') }).click();
  await expect(mallory.getByRole('option')).toHaveText([say('en', 'config.incident.page')]);
  await expect(mallory.getByText(key)).toHaveCount(0);
});

test('the pasted address of a Mackerel alert becomes a board that knows the address', async ({ open }) => {
  const bob = await open('bob');
  await newPage(bob, 'Pasted alert');
  await bob.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await bob.evaluate(() => navigator.clipboard.writeText('https://mackerel.io/orgs/demo/alerts/2wpLU5fBXbG'));
  await bob.keyboard.press('Control+V');
  await bob.getByRole('button', { name: 'Configure' }).click();
  await expect(config(bob, 'en').getByText(say('en', 'config.incident.link'))).toBeVisible();
  await config(bob, 'en').getByRole('button', { name: say('en', 'config.cancel') }).click();
  const { macros: [macro] } = await published(bob);
  expect(macro?.parameters).toMatchObject({ autoConvertLink: 'https://mackerel.io/orgs/demo/alerts/2wpLU5fBXbG' });
  expect(macro?.parameters).not.toHaveProperty('guestParams');
});
