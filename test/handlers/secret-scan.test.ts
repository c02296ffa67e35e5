/** The Mackerel key and the webhook's secret stand in the secret store and nowhere else. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { verbs } from '../../src/index';
import type { AppApi } from '../../src/contract';
import { everyVerb, USERS, type World } from './every-verb';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { secretOf } from './inside';

let site: TestSite;
let world: World;
let secrets: readonly string[];
/** What every verb said to everybody, by verb. */
const answers = new Map<string, string>();

/** Administrators read the address in the settings and copy it from there. */
const TELL_THE_ADDRESS: ReadonlySet<string> = new Set(['settings.get', 'settings.save', 'webhook.setup', 'webhook.rotate', 'webhook.remove']);

beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  world = await everyVerb(site);
  const address = async (): Promise<string> => secretOf((await site.ok('admin', 'settings.get', {})).webhookUrl ?? '');
  const first = await address();
  // A key, addresses and bodies that are refused must not be written down either.
  await fetch(await site.webhookUrl(), { method: 'POST', body: '{"event":' });
  await site.faults([{ target: 'mackerel', status: 500, times: 3 }]);
  for (const name of Object.keys(verbs) as (keyof AppApi)[]) {
    for (const user of USERS) answers.set(`${name} as ${user}`, JSON.stringify(await ask(user, name, await world.real[name].payload())));
  }
  await site.rest();
  secrets = [site.site.mackerel?.apiKey ?? '', first, await address()];
}, 180_000);
afterAll(async () => await site.stop());

const ask = (user: string, functionKey: string, payload: unknown): Promise<unknown> =>
  fetch(`${site.site.url}/__site/invoke`, { method: 'POST', headers: { 'x-site-user': user, 'content-type': 'application/json' }, body: JSON.stringify({ moduleKey: 'incidents', functionKey, payload }) }).then((answer) => answer.json());

/** Text in which a secret stands, in any of the forms it can be carried in. */
const carries = (text: string): readonly string[] =>
  secrets.filter((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(`mackerel:${secret}`).toString('base64')].some((form) => text.includes(form)));

/** Every row of the site's database outside the secret store, by table. */
function stored(): ReadonlyMap<string, string> {
  const db = new Database(path.join(site.stateDir, 'site.db'), { readonly: true });
  try {
    const tables = (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all([]) as { name: string }[]).map(({ name }) => name);
    return new Map(tables.map((name) => [name, JSON.stringify(db.prepare(`SELECT * FROM ${name}${name === 'kvs' ? " WHERE space <> 's'" : ''}`).all([]))]));
  } finally {
    db.close();
  }
}
/** Files beside the databases: what is built and what is written down. */
function files(dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const at = path.join(dir, name);
    if (statSync(at).isDirectory()) return files(at);
    return /\.db(-wal|-shm)?$/.test(name) ? [] : [at];
  });
}

const PLACES: Readonly<Record<string, () => Promise<string> | string>> = {
  'the app’s log': async () => JSON.stringify(await site.control('GET', 'app-log')),
  'the log of calls': async () => JSON.stringify([await site.control('GET', 'log'), await site.control('GET', 'outside')]),
  'notices': async () => (await site.slack()).join('\n'),
  'pages and their versions': () => ['pages', 'page_versions', 'page_drafts'].map((table) => stored().get(table) ?? '').join('\n'),
  'page and issue properties': () => ['page_properties', 'jira_properties', 'jira_remote_links'].map((table) => stored().get(table) ?? '').join('\n'),
  'the app’s storage': () => stored().get('kvs') ?? '',
  'events and queue': () => stored().get('background') ?? '',
  'any table': () => [...stored().values()].join('\n'),
  'files': () => files(site.stateDir).map((file) => readFileSync(file, 'utf8')).join('\n'),
  'exports': async () => JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId: world.pageId } })),
};

/** Where the secrets stand that should not. */
async function found(): Promise<Readonly<Record<string, readonly string[]>>> {
  const looks = await Promise.all(Object.entries(PLACES).map(async ([name, read]) => [name, carries(await read())] as const));
  return Object.fromEntries(looks.filter(([, which]) => which.length > 0));
}

test('every secret is there to be found: the secret store has them, and the settings tell administrators the address', () => {
  const db = new Database(path.join(site.stateDir, 'site.db'), { readonly: true });
  const kept = JSON.stringify(db.prepare("SELECT value FROM kvs WHERE space = 's'").all([]));
  db.close();
  expect(carries(kept)).toEqual(secrets);
  expect(carries(answers.get('settings.get as admin') ?? '')).not.toEqual([]);
});

test('no answer to anybody has one, but for the address told to administrators', () => {
  const told = [...answers].filter(([, text]) => carries(text).length > 0).map(([name]) => name);
  expect(told.filter((name) => !(name.endsWith(' as admin') && TELL_THE_ADDRESS.has(name.split(' ')[0] ?? '')))).toEqual([]);
  // The key never, whoever asks.
  expect([...answers.values()].filter((text) => text.includes(secrets[0] ?? ''))).toEqual([]);
});

test('none is in a log, page, property, export, notice, queue, file or row outside the secret store', async () => {
  expect(await found()).toEqual({});
});

test('the same looks find one that was written down by hand, wherever it then is', async () => {
  const [key = ''] = secrets;
  const { incidentId, page } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: key, severity: 'sev1', visibility: 'public', candidateId: null });
  await site.ok('alice', 'incident.line', { incidentId, line: 'situation', text: key, base: 0, opId: randomUUID() });
  await site.rest();
  world = { ...world, pageId: page?.id ?? '' };
  writeFileSync(path.join(site.stateDir, 'planted.txt'), key);
  expect(Object.keys(await found()).sort()).toEqual(['any table', 'exports', 'files', 'notices', 'page and issue properties', 'pages and their versions', 'the app’s storage'].sort());
  expect(carries(await site.bytes('alice', 'board.load', { incidentId }))).toEqual([key]);
});
