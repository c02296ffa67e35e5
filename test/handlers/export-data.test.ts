/** Everything taken out: complete, in answers of bounded size, by administrators, of what they may see. And what support is told. */
import { randomUUID } from 'node:crypto';
import type { ExportCursor, ExportRow } from '../../src/contract';
import { declareDesk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf } from './jira';
import { rewriteDoc, storedRows } from './inside';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

async function everything(): Promise<{ readonly rows: readonly ExportRow[]; readonly answers: number; readonly largest: number }> {
  const rows: ExportRow[] = [];
  let largest = 0;
  let cursor: ExportCursor | null = null;
  for (let answers = 1; ; answers += 1) {
    const bytes = await site.bytes('admin', 'data.export', { cursor });
    largest = Math.max(largest, bytes.length);
    const page = (JSON.parse(bytes) as { value: { rows: ExportRow[]; next: ExportCursor | null } }).value;
    rows.push(...page.rows);
    if (page.next === null) return { rows, answers, largest };
    cursor = page.next;
  }
}
const of = (rows: readonly ExportRow[], kind: ExportRow['of'], incidentId?: string): readonly ExportRow[] => rows.filter((row) => row.of === kind && (incidentId === undefined || row.incidentId === incidentId));

test('all of an incident is in it, with settings and their changes but no secret', async () => {
  const slackUrl = 'https://hooks.slack.com/services/T/B/unspoken';
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, rules, version, slackUrl });
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(alert.id);
  await site.ok('alice', 'note.add', { incidentId: incident.id, opId: randomUUID(), notes: [{ text: 'pool raised 🐙', at: null, link: null }] });
  const { key } = await jiraOf(site).create('alice', 'Improve');
  await site.ok('alice', 'ticket.link', { incidentId: incident.id, issue: key, kind: 'prevent', opId: randomUUID() });
  const waiting = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates.find((one) => one.alert.id === waiting.id) ?? null);
  const { rows } = await everything();
  const board = await site.ok('admin', 'board.load', { incidentId: incident.id });
  expect(of(rows, 'incident').map(({ value }) => (value as { key: string }).key)).toContain(board.incident.key);
  expect(of(rows, 'entry', incident.id).map(({ id }) => id).sort()).toEqual(expect.arrayContaining(board.entries.map(({ id }) => id).filter((id) => !id.includes(':log:'))));
  expect(of(rows, 'entry', incident.id).map(({ value }) => (value as { text: string | null }).text)).toContain('pool raised 🐙');
  expect([of(rows, 'alert', incident.id).length, of(rows, 'ticket', incident.id).length]).toEqual([1, 1]);
  expect(of(rows, 'candidate').map(({ value }) => (value as { state: string }).state)).toContain('waiting');
  expect([of(rows, 'settings').length, of(rows, 'change').length > 0]).toEqual([1, true]);
  const all = JSON.stringify(rows);
  const url = new URL(await site.webhookUrl());
  const apiKey = site.site.mackerel?.apiKey ?? '-';
  expect(all).toContain('"orgName"');
  // Who has the address of an alert's picture can look at it.
  const pictures = Object.values(storedRows(site)).flatMap((text) => [...`${text}`.matchAll(/"image":\{"name":"([\w-]{64})"/g)].map((found) => found[1] ?? ''));
  expect([new Set(pictures).size, pictures.filter((name) => all.includes(name))]).toEqual([2, []]);
  for (const secret of [slackUrl, 'unspoken', apiKey, url.password, 'api-key', 'webhook-']) if (secret !== '') expect([secret, all.includes(secret)]).toEqual([secret, false]);
});

test('what an administrator may not see is in no answer, and nothing says that there is more', async () => {
  const mine = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Nobody knows', severity: 'sev3', visibility: 'private', candidateId: null });
  const before = (await everything()).rows;
  expect(JSON.stringify(before)).not.toContain(mine.incidentId);
  expect(JSON.stringify(before)).not.toContain('Nobody knows');
  await site.ok('alice', 'incident.visibility', { incidentId: mine.incidentId, opId: randomUUID(), visibility: 'public' });
  await site.rest();
  expect(JSON.stringify((await everything()).rows)).toContain('Nobody knows');
}, 120_000);

test('a long timeline comes in several answers, each of bounded size, nothing twice and nothing left out; the same place asked again answers the same', async () => {
  const desk = await declareDesk(site, 'Long');
  const text = 'a long record '.repeat(300).slice(0, 3900);
  for (let round = 0; round < 3; round += 1) await site.ok('alice', 'note.add', { incidentId: desk.incidentId, opId: randomUUID(), notes: Array.from({ length: 90 }, (_, n) => ({ text: `${round}-${n} ${text}`, at: null, link: null })) });
  const { rows, answers, largest } = await everything();
  expect(answers).toBeGreaterThan(10);
  expect(largest).toBeLessThan(1_100_000);
  const notes = of(rows, 'entry', desk.incidentId).map(({ value }) => (value as { text: string | null }).text).filter((one) => one !== null);
  expect([notes.length, new Set(notes).size]).toEqual([270, 270]);
  expect(new Set(rows.map((row) => `${row.of} ${row.id}`)).size).toBe(rows.length);
  const cursor: ExportCursor = { part: 'incidents', state: 'open', after: null, within: null };
  const asked = async () => (await site.ok('admin', 'data.export', { cursor })).rows;
  expect(await asked()).toEqual(await asked());
}, 120_000);

test('an incident that cannot be read keeps none of the others', async () => {
  const [broken, sound] = [await declareDesk(site, 'Broken'), await declareDesk(site, 'Sound')];
  rewriteDoc(site, `incident:${broken.incidentId}`, (doc) => void (doc['severity'] = 'sk-secret'));
  const { rows } = await everything();
  const ids = of(rows, 'incident').map(({ id }) => id);
  expect([ids.includes(broken.incidentId), ids.includes(sound.incidentId)]).toEqual([false, true]);
  rewriteDoc(site, `incident:${broken.incidentId}`, (doc) => void (doc['severity'] = 'sev3'));
});

test('hostile places are refused, and nobody else gets anything', async () => {
  for (const cursor of [{ part: 'secrets' }, { part: 'incidents', state: 'open', after: { at: -1, id: 'x' }, within: null }, { part: 'candidates', state: 'all', after: null }, 'x']) expect(await site.outcome('admin', 'data.export', { cursor })).toBe('bad-request');
  expect(await site.outcome('admin', 'data.export', { cursor: { part: 'incidents', state: 'ended', after: { at: 0, id: 'none' }, within: { id: 'none', row: '' } } })).toBe('ok');
  for (const user of ['alice', 'viewer', 'mallory']) for (const [verb, payload] of [['data.export', { cursor: null }], ['data.diagnostics', {}], ['erase.state', {}]] as const) expect([user, verb, await site.outcome(user, verb, payload)]).toEqual([user, verb, 'forbidden']);
});

test('diagnostics tell versions, counts, states and the last error, and name nothing', async () => {
  await site.faults([{ target: 'mackerel', status: 503 }]);
  await site.later(11_000);
  await site.control('POST', 'run/sweep').catch(() => undefined);
  await site.faults([]);
  const { text } = await site.ok('admin', 'data.diagnostics', {});
  const lines = Object.fromEntries(text.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
  expect(lines).toMatchObject({ 'app': expect.stringMatching(/^\d+\.\d+\.\d+ [A-Z]+$/), 'settings.schema': '5', 'settings.services': '3', 'incidents.open': expect.stringMatching(/^[1-9]/), 'mackerel.key': expect.any(String), 'last-error': expect.stringMatching(/^(none|\S+ at )/) });
  const { services, orgName } = await site.ok('admin', 'settings.get', {});
  const { incidents } = await site.ok('alice', 'home.load', {});
  const names = [...services.flatMap(({ name, spaceKey }) => [name, spaceKey]), orgName ?? '-', ...incidents.flatMap(({ id, key, title }) => [id, key, title]), 'acc-', 'checkout', 'web-01', 'https://', site.site.mackerel?.apiKey ?? '-'];
  for (const name of names) expect([name, new RegExp(`(^|[^a-z])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^a-z]|$)`, 'm').test(text)]).toEqual([name, false]);
  expect(/(^|[^a-z])settings([^a-z]|$)/.test(text)).toBe(true);
});
