import { createHash, randomUUID } from 'node:crypto';
import { declareDesk, deskOf, type Desk } from './desk';
import { evidenceRoom, pngOf, type EvidenceRoom } from './evidence-room';
import { deliver, storedRows } from './inside';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
let room: EvidenceRoom;
beforeEach(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  room = evidenceRoom(site);
}, 120_000);
afterEach(async () => await site.stop());

test('what was frozen at the end is shown to the byte when Mackerel has forgotten it', async () => {
  const of = await room.watched();
  await room.resolved(of);
  const live = await room.graph('bob', of);
  expect(live.points.length).toBeGreaterThan(25);
  expect(live.evidence).toBeUndefined();
  const { copies, trouble } = await room.evidence('viewer', of);
  expect(trouble).toBeNull();
  expect(copies.map(({ n, phase, alerts, series, left, underWay }) => ({ n, phase, alerts, series, left, underWay }))).toEqual([{ n: 1, phase: 'resolved', alerts: 1, series: 1, left: [], underWay: false }]);
  expect(copies[0]?.files.map(({ kind, state }) => [kind, state])).toEqual([['data', 'same'], ['picture', 'same'], ['image', 'same']]);
  for (const file of copies[0]?.files ?? []) {
    const { status, bytes } = await room.download('viewer', file.url);
    expect([status, createHash('sha256').update(bytes).digest('hex'), bytes.byteLength]).toEqual([200, file.sha256, file.bytes]);
  }
  await room.forget();
  await site.later(70_000);
  const kept = await room.graph('bob', of);
  expect(kept.evidence).toEqual({ at: copies[0]?.at, replaced: null });
  expect(JSON.stringify(kept.points)).toBe(JSON.stringify(live.points));
  expect(await site.outcome('mallory', 'board.evidence', { incidentId: of.desk.incidentId, pass: '' })).toBe('not-found');
}, 120_000);

test('a file that somebody replaced is told with who did it, and what is shown is what was frozen', async () => {
  const of = await room.watched();
  await room.resolved(of);
  const live = await room.graph('bob', of);
  const [file] = (await room.evidence('bob', of)).copies[0]?.files ?? [];
  const { text } = await room.download('bob', file?.url ?? '');
  const forged = text.replace(/"v":\[[^\]]*\]/, (found) => found.replace(/\d+(\.\d+)?/g, '1'));
  expect(forged).not.toBe(text);
  expect(await room.upload('bob', of.pageId, file?.name ?? '', forged)).toBe(200);
  const told = (await room.evidence('viewer', of)).copies[0]?.files[0];
  expect(told).toMatchObject({ kind: 'data', state: 'replaced', by: { accountId: 'acc-bob' } });
  expect(told?.at).toBeGreaterThan(1_700_000_000_000);
  await room.forget();
  await site.later(70_000);
  const kept = await room.graph('viewer', of);
  expect(kept.evidence).toMatchObject({ replaced: { by: { accountId: 'acc-bob' } } });
  expect(kept.points).toEqual(live.points);
  // The same bytes again are no replacement.
  expect(await room.upload('bob', of.pageId, file?.name ?? '', text)).toBe(200);
  expect((await room.evidence('viewer', of)).copies[0]?.files[0]).toMatchObject({ state: 'same', by: null, at: null });
}, 120_000);

test('fifteen minutes after the end the rest is frozen too, beside the older copy; then nothing more is read', async () => {
  const of = await room.watched();
  await room.resolved(of);
  const first = (await room.evidence('alice', of)).copies.flatMap(({ files }) => files);
  await site.later(17 * 60_000);
  await site.control('POST', 'run/sweep');
  await site.rest();
  const { copies, work } = await room.evidence('alice', of);
  expect([copies.map(({ n }) => n), work]).toEqual([[2, 1], 'rest']);
  expect(copies[1]?.files).toEqual(first);
  expect((await room.files('alice', of.pageId)).map(({ title, version }) => [title.replace(/^evidence-\d{4}-\d+-/, ''), version.number, version.authorId])).toEqual([['1.json', 1, 'acc-app'], ['1.svg', 1, 'acc-app'], ['1-alert-1.png', 1, 'acc-app'], ['2.json', 1, 'acc-app'], ['2.svg', 1, 'acc-app'], ['2-alert-1.png', 1, 'acc-app']]);
  // Woken again, and swept again: it is found to be complete.
  await of.desk.press('alice', 'incident.status', { status: 'closed' });
  await site.later(30 * 60_000);
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect((await room.evidence('alice', of)).copies.map(({ n }) => n)).toEqual([2, 1]);
}, 120_000);

test('while the response goes on its alerts are frozen some minutes after they came, and what it goes through after that', async () => {
  const of = await room.watched();
  const pass = async (): Promise<void> => {
    await site.later(11 * 60_000);
    await site.control('POST', 'run/sweep');
    await site.rest();
  };
  expect((await room.evidence('alice', of)).copies).toEqual([]);
  await pass();
  expect((await room.evidence('alice', of)).copies.map(({ phase, alerts }) => [phase, alerts])).toEqual([['investigating', 1]]);
  await pass();
  expect((await room.evidence('alice', of)).copies).toHaveLength(1);
  await of.desk.press('alice', 'incident.status', { status: 'mitigated' });
  await pass();
  expect((await room.evidence('alice', of)).copies.map(({ phase }) => phase)).toEqual(['mitigated', 'investigating']);
}, 120_000);

test('a person has a copy made now: one for one press, one for two people at once, and it says who asked', async () => {
  const of = await room.watched();
  const { incidentId } = of.desk;
  const sweep = async (): Promise<void> => {
    await site.later(60_000);
    await site.control('POST', 'run/sweep');
    await site.rest();
  };
  const freeze = (user: string, opId: string = randomUUID()) => site.ok(user, 'evidence.freeze', { incidentId, opId });
  const copies = async () => (await room.evidence('viewer', of)).copies.map(({ n, by, underWay }) => [n, by?.accountId ?? null, underWay]);
  const opId = randomUUID();
  expect(await freeze('bob', opId)).toEqual({ so: 'coming' });
  await site.rest();
  expect(await copies()).toEqual([[1, 'acc-bob', false]]);
  expect(await freeze('bob', opId)).toEqual({ so: 'coming' });
  await sweep();
  expect(await copies()).toEqual([[1, 'acc-bob', false]]);
  // Nobody is told of it yet, so that both find it waiting.
  await site.faults([{ target: 'queue', status: 500 }]);
  const answers = await Promise.all([freeze('alice'), freeze('admin')]);
  expect(answers.map(({ so }) => so).sort()).toEqual(['coming', 'under-way']);
  const first = answers[0]?.so === 'coming' ? 'acc-alice' : 'acc-admin';
  expect((await room.evidence('viewer', of)).coming).toEqual({ by: { accountId: first } });
  await site.faults([]);
  await sweep();
  expect([await copies(), (await room.evidence('viewer', of)).coming]).toEqual([[[2, first, false], [1, 'acc-bob', false]], null]);
  for (let n = 3; n <= 5; n += 1) {
    await freeze('bob');
    await site.rest();
    await sweep();
  }
  expect([(await copies()).length, await freeze('bob')]).toEqual([5, { so: 'full' }]);
  // Its end is kept all the same.
  await room.resolved(of);
  expect((await copies())[0]).toEqual([6, null, false]);
  const { rows } = await site.ok('alice', 'audit.load', { incidentId, kinds: ['page'], before: null, lang: 'en', zone: 'UTC' });
  expect(rows.map(({ by, what }) => [by?.accountId, what])).toContainEqual(['acc-bob', [{ text: 'Evidence frozen on request, copy 1' }]]);
  const record = JSON.stringify((await site.ok('alice', 'report.record', { incidentId, after: null })).rows.find((row) => row.of === 'evidence'));
  expect([record.includes('"by":"acc-bob"'), record.includes(opId)]).toEqual([true, false]);
  expect(await site.ok('alice', 'evidence.freeze', { incidentId: (await declareDesk(site, 'Without')).incidentId, opId: randomUUID() })).toEqual({ so: 'nothing' });
}, 180_000);

test('the picture Mackerel drew is kept to the byte; one that cannot be fetched is named, and keeps nothing else', async () => {
  const of = await room.watched();
  const { incidentId } = of.desk;
  const freeze = async () => {
    await site.ok('alice', 'evidence.freeze', { incidentId, opId: randomUUID() });
    await site.rest();
    return (await room.evidence('alice', of)).copies[0];
  };
  const [told] = await room.images();
  expect(told?.url).toMatch(/^https:\/\/mackerel\.io\/embed\/public\/alert\/[\w-]{64}\.png$/);
  const copy = await freeze();
  const image = copy?.files.find(({ kind }) => kind === 'image');
  expect(image).toMatchObject({ title: 'checkout p95 · web-01', state: 'same' });
  expect((await room.download('viewer', image?.url ?? '')).bytes.equals(told?.png ?? Buffer.alloc(0))).toBe(true);
  // A delivery that names another place changes nothing, and nobody goes there.
  await site.control('POST', 'log/reset');
  const hook = { orgName: 'local', event: 'alert', type: 'host', message: '', memo: '', user: null, alert: { id: of.alertId, monitorName: 'checkout p95', status: 'critical', isOpen: true, trigger: 'monitor', openedAt: 2_000_000_000, statusChangedAt: 2_000_000_000 } };
  for (const imageUrl of ['https://evil.example/embed/public/alert/aaaaaaaaaaaa.png', 'http://mackerel.io/embed/public/alert/aaaaaaaaaaaa.png', 'https://mackerel.io/embed/public/alert/../../x/aaaaaaaaaaaa.png', ['https://mackerel.io/embed/public/alert/aaaaaaaaaaaa.png']]) {
    expect((await deliver(await webhook(), { ...hook, imageUrl })).status).toBe(202);
  }
  await site.rest();
  expect((await freeze())?.files.find(({ kind }) => kind === 'image')?.sha256).toBe(image?.sha256);
  const fetched = (await site.control<{ target: string; path: string }[]>('GET', 'outside')).filter(({ target }) => target === 'mackerel-web' || target === 'blocked');
  expect(fetched.map(({ target, path }) => [target, path])).toEqual([['mackerel-web', new URL(told?.url ?? '').pathname]]);
  expect((await deliver(await webhook(), { ...hook, imageUrl: 'https://mackerel.io/embed/public/alert/never-was-there.png' })).status).toBe(202);
  await site.rest();
  expect(await freeze()).toMatchObject({ series: 1, underWay: false, files: [{ kind: 'data' }, { kind: 'picture' }], left: [{ why: 'image', n: 1, names: ['checkout p95 · web-01'] }] });
  const record = JSON.stringify((await site.ok('alice', 'report.record', { incidentId, after: null })).rows);
  expect([record.includes('-alert-1.png'), record.includes('never-was-there')]).toEqual([true, false]);
}, 120_000);

test('an editor’s browser draws the picture once, and what is kept of it is no evidence', async () => {
  const of = await room.watched();
  const { incidentId } = of.desk;
  await site.ok('alice', 'evidence.freeze', { incidentId, opId: randomUUID() });
  await site.rest();
  const { toDraw } = await room.evidence('alice', of);
  expect(toDraw).toEqual([{ n: 1, part: 0, width: 760, height: 120 }]);
  const { svg } = await site.ok('viewer', 'evidence.svg', { incidentId, pass: '', n: 1, part: 0 });
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="760" height="120"/);
  const send = (user: string, png: string, n = 1) => site.outcome(user, 'evidence.picture', { incidentId, n, part: 0, png });
  const right = pngOf(760, 120);
  const html = Buffer.from('<script>alert(1)</script>').toString('base64');
  expect(await Promise.all([send('alice', html), send('alice', right.slice(0, -8)), send('alice', pngOf(760, 121 * 2)), send('alice', pngOf(10, 2)), send('viewer', right), send('mallory', right)])).toEqual(['bad-request', 'bad-request', 'bad-request', 'bad-request', 'forbidden', 'not-found']);
  expect(await site.ok('alice', 'evidence.picture', { incidentId, n: 2, part: 0, png: right })).toEqual({ so: 'none' });
  // Two editors open it at once; and a copy is made meanwhile.
  await site.ok('alice', 'evidence.freeze', { incidentId, opId: randomUUID() });
  const answers = await Promise.all((['alice', 'bob'] as const).map((user) => site.ok(user, 'evidence.picture', { incidentId, n: 1, part: 0, png: right })));
  const sorted = answers.map(({ so }) => so).sort();
  expect([['coming', 'kept'], ['kept', 'there']]).toContainEqual(sorted);
  await site.rest();
  expect(await site.ok('bob', 'evidence.picture', { incidentId, n: 1, part: 0, png: pngOf(380, 60) })).toEqual({ so: 'there' });
  const { copies } = await room.evidence('viewer', of);
  expect(copies.map(({ n, files }) => [n, files.map(({ kind, name }) => [kind, name.split('.').at(-1)])])).toEqual([[2, [['data', 'json'], ['picture', 'svg'], ['image', 'png']]], [1, [['data', 'json'], ['picture', 'svg'], ['drawn', 'png'], ['image', 'png']]]]);
  const first = answers[0]?.so === 'kept' ? 'acc-alice' : 'acc-bob';
  const file = copies[1]?.files.find(({ kind }) => kind === 'drawn');
  expect(file).toMatchObject({ drawnBy: { accountId: first }, state: 'same', sha256: createHash('sha256').update(Buffer.from(right, 'base64')).digest('hex') });
  expect((await room.download('viewer', file?.url ?? '')).bytes.toString('base64')).toBe(right);
  const { rows } = await site.ok('alice', 'audit.load', { incidentId, kinds: ['page'], before: null, lang: 'en', zone: 'UTC' });
  expect(rows.map(({ by, what }) => [by?.accountId, what])).toContainEqual([first, [{ text: 'Picture of evidence, copy 1, drawn by their browser' }]]);
  // One whose SVG somebody replaced is not drawn from theirs.
  await room.upload('bob', of.pageId, copies[0]?.files[1]?.name ?? '', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  expect((await site.ok('alice', 'evidence.svg', { incidentId, pass: '', n: 2, part: 0 })).svg).toContain('width="760"');
}, 120_000);

test('where Confluence does not let the app attach, that is said and the rest goes on', async () => {
  const of = await room.watched();
  await site.faults([{ target: 'confluence', path: 'child/attachment', status: 403 }]);
  await room.resolved(of);
  expect(await room.evidence('alice', of)).toMatchObject({ copies: [], trouble: 'page', work: 'due' });
  await site.faults([]);
  await site.later(60_000);
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect(await room.evidence('alice', of)).toMatchObject({ copies: [{ n: 1 }], trouble: null });
}, 120_000);

test('what keeps failing is given up in the end, and administrators are told: they let it go on, or leave it', async () => {
  const stuck = async () => (await site.ok('admin', 'health.get', {})).stuck.filter(({ kind }) => kind === 'evidence').map(({ id, state, reasonKey }) => [id, state, reasonKey]);
  const needs = async () => (await site.ok('admin', 'health.get', {})).needs.filter(({ key }) => key === 'health.need.evidence');
  const hours = async (n: number): Promise<void> => {
    for (let hour = 0; hour < n; hour += 1) {
      await site.later(61 * 60_000);
      await site.control('POST', 'run/sweep');
      await site.rest();
    }
  };
  const mend = (verb: 'health.retry' | 'health.discard', id: string) => site.ok('admin', verb, { opId: randomUUID(), kind: 'evidence', id });
  const first = await room.watched();
  const desk = await declareDesk(site, 'The blog is slow');
  const alert = await site.raise('blog response time', 'blog-01', 'CRITICAL', 2000);
  await desk.press('alice', 'alert.attach', { alertId: alert.id });
  const second = { desk, alertId: alert.id, pageId: '' };
  expect(await stuck()).toEqual([]);
  await site.faults([{ target: 'confluence', path: 'child/attachment', status: 403 }]);
  for (const of of [first, second]) await room.resolved(of);
  await hours(7);
  const ids = [first, second].map(({ desk }) => desk.incidentId).sort();
  expect((await stuck()).sort()).toEqual(ids.map((id) => [id, 'failing', 'error.evidence-page']));
  await hours(7);
  expect((await stuck()).sort()).toEqual(ids.map((id) => [id, 'dead', 'error.evidence-page']));
  expect(await needs()).toEqual([{ key: 'health.need.evidence', params: { n: 2 } }]);
  expect(await room.evidence('alice', first)).toMatchObject({ copies: [], trouble: 'page', work: 'rest' });
  await site.faults([]);
  await mend('health.discard', second.desk.incidentId);
  await mend('health.retry', first.desk.incidentId);
  await hours(1);
  expect([await stuck(), await needs()]).toEqual([[], []]);
  expect(await room.evidence('alice', first)).toMatchObject({ copies: [{ n: 1 }], trouble: null });
  expect((await room.evidence('alice', second)).copies).toEqual([]);
  expect(await site.outcome('admin', 'health.retry', { opId: randomUUID(), kind: 'evidence', id: 'nothing' })).toBe('not-found');
}, 180_000);

test('a private incident keeps its evidence to those who see its page, and erasing it leaves no row', async () => {
  const desk = await secretDesk();
  const { page, key } = (await desk.board()).incident;
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await desk.press('alice', 'alert.attach', { alertId: alert.id });
  const of = { desk, alertId: alert.id, pageId: page?.id ?? '' };
  await room.resolved(of);
  const { copies } = await room.evidence('alice', of);
  expect(copies).toMatchObject([{ n: 1, alerts: 1, series: 1 }]);
  const url = copies[0]?.files[0]?.url ?? '';
  expect((await room.download('alice', url)).status).toBe(200);
  expect([(await room.download('bob', url)).status, await site.outcome('bob', 'board.evidence', { incidentId: desk.incidentId, pass: '' })]).toEqual([404, 'not-found']);
  expect(Object.keys(storedRows(site)).filter((row) => row.includes(`evidence:${desk.incidentId}`))).toHaveLength(1);
  await desk.press('alice', 'incident.status', { status: 'closed' });
  await site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'everything', typed: 'local' });
  await site.later(2 * 60_000);
  await site.control('POST', 'run/sweep');
  await site.later(2 * 60_000);
  await site.control('POST', 'run/sweep');
  expect(key).toMatch(/^[a-z]{8}$/);
  expect(Object.keys(storedRows(site)).filter((row) => row.includes('evidence'))).toEqual([]);
}, 120_000);

test('host, printed page, graph macro and record tell what was frozen, each to those who see the page', async () => {
  const of = await room.watched();
  const { incidentId } = of.desk;
  const alert = (await of.desk.board()).alerts.find(({ id }) => id === of.alertId);
  const hostId = alert?.host?.id ?? '';
  // A board that is open looks at the hosts.
  const { incident } = await of.desk.board();
  await site.ok('alice', 'board.changes', { incidentId, pass: '', since: incident.version });
  await room.resolved(of);
  const metric = { of: { hostId }, metric: 'custom.checkout.p95', minutes: 60 };
  const live = await room.graph('alice', of);
  const printed = async (contentId: string): Promise<string> => JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId } }));
  const before = await printed(of.pageId);
  await room.forget();
  await site.later(120_000);
  const [copy] = (await room.evidence('alice', of)).copies;
  expect(await site.ok('viewer', 'board.host', { incidentId, hostId, pass: '' })).toMatchObject({ name: 'web-01', status: 'working', sparks: [], evidence: { at: copy?.at, replaced: null } });
  const macro = await site.ok('viewer', 'metric.graph', { ...metric, pageId: of.pageId });
  expect([macro.points, macro.evidence]).toEqual([live.points, { at: copy?.at, replaced: null }]);
  const elsewhere = (await declareDesk(site, 'Elsewhere')).incidentId;
  const other = (await site.ok('alice', 'board.load', { incidentId: elsewhere })).incident.page?.id ?? '';
  expect(await Promise.all([site.outcome('viewer', 'metric.graph', metric), site.outcome('viewer', 'metric.graph', { ...metric, pageId: other }), site.outcome('mallory', 'metric.graph', { ...metric, pageId: of.pageId })])).toEqual(['not-found', 'not-found', 'not-found']);
  const values = live.points.map(({ value }) => value);
  for (const text of [String(Number(Math.max(...values).toPrecision(6))), copy?.files[0]?.sha256 ?? 'none', copy?.files[0]?.name ?? 'none', '証跡']) expect(before).toContain(text);
  const asOf = /"[^"]* 時点"/g;
  expect((await printed(of.pageId)).replace(asOf, '')).toBe(before.replace(asOf, ''));
  const { rows } = await site.ok('alice', 'report.record', { incidentId, after: null });
  expect(rows.filter((row) => row.of === 'evidence')).toMatchObject([{ id: incidentId, value: { schema: 1, pageId: of.pageId, copies: [{ n: 1, parts: [{ data: { sha256: copy?.files[0]?.sha256 } }] }] } }]);
}, 120_000);

const webhook = async (): Promise<string> => (await site.ok('admin', 'settings.get', {})).webhookUrl ?? '';
async function secretDesk(): Promise<Desk> {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Secret', severity: 'sev3', visibility: 'private', candidateId: null });
  return deskOf(site, incidentId);
}
