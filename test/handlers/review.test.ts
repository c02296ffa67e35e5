/** The review of an incident, from its resolution to the lists and reminders, and what is put on the page. */
import { randomUUID } from 'node:crypto';
import type { FillResult, ReviewChange, ReviewView } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedDoc, storedRows } from './inside';
import { jiraOf } from './jira';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());

const DAY = 86_400_000;
const load = (user: string, incidentId: string): Promise<ReviewView> => site.ok(user, 'review.load', { incidentId });
const save = async (user: string, incidentId: string, change: ReviewChange): Promise<ReviewView> => site.ok(user, 'review.save', { incidentId, opId: randomUUID(), base: (await load(user, incidentId)).base, change });
async function resolved(title: string, severity: 'sev1' | 'sev4' = 'sev1'): Promise<Desk> {
  const desk = await declareDesk(site, title);
  await desk.press('alice', 'incident.severity', { severity });
  await desk.press('alice', 'incident.status', { status: 'resolved' });
  return desk;
}
const daily = (): Promise<unknown> => site.control('POST', 'run/daily');
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly Node[];
}
const docOf = async (pageId: string): Promise<Node & { readonly content: readonly Node[] }> => (await site.page('alice', pageId)).adf as Node & { content: readonly Node[] };
const pageOf = async (desk: Desk): Promise<string> => (await desk.board()).incident.page?.id ?? '';
const textOf = (node: Node): string => node.text ?? (node.content ?? []).map(textOf).join(' ');

test('it begins with the resolution, due by severity, and not before; a drill has none', async () => {
  const desk = await declareDesk(site, 'Begins');
  expect(await site.invoke('alice', 'review.load', { incidentId: desk.incidentId })).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.review-open' } });
  expect(storedDoc(site, `review:${desk.incidentId}`)).toBeNull();
  await desk.press('alice', 'incident.severity', { severity: 'sev1' });
  await desk.press('alice', 'incident.status', { status: 'resolved' });
  expect(storedDoc(site, `review:${desk.incidentId}`)).toMatchObject({ state: 'draft', plan: { owner: null } });
  const view = await load('viewer', desk.incidentId);
  expect([view.state, view.canEdit, view.overdueDays, /^\d{4}-\d{2}-\d{2}$/.test(view.dueDate ?? '')]).toEqual(['draft', false, 0, true]);
  await desk.press('alice', 'incident.severity', { severity: 'sev4' });
  expect((await load('alice', desk.incidentId)).dueDate).toBeNull();
});

test('one that was over when it was declared has one too', async () => {
  const now = site.site.deps.clock.now();
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Last month', severity: 'sev2', visibility: 'public', candidateId: null, kind: 'near-miss', past: { begunAt: now - 30 * DAY, endedAt: now - 29 * DAY } });
  await site.rest();
  expect(storedDoc(site, `review:${incidentId}`)).toMatchObject({ state: 'draft' });
  expect((await load('alice', incidentId)).overdueDays).toBe(0);
});

test('parts are saved each by itself; who comes second at one part is told which, and nothing is lost', async () => {
  const desk = await resolved('Parts');
  const { base } = await load('alice', desk.incidentId);
  const send = (user: string, change: ReviewChange, opId = randomUUID()) => site.invoke(user, 'review.save', { incidentId: desk.incidentId, opId, base, change });
  const opId = randomUUID();
  const lessons = { well: 'Rolled back in minutes', hard: '<img src=x onerror=alert(1)>', lucky: '' };
  expect(await send('alice', { lessons }, opId)).toMatchObject({ ok: true });
  expect(await send('bob', { factors: [{ id: 'f1', kind: 'technical', text: ' Pool too small\u202e ', tags: ['db', 'db', ' '] }], plan: { owner: 'acc-bob', reviewers: ['acc-alice'], due: null, meeting: 'https://meet.example.com/1' } })).toMatchObject({ ok: true });
  expect(await send('bob', { lessons: { ...lessons, well: 'Something else' } })).toMatchObject({ ok: false, error: { code: 'conflict', field: 'lessons' } });
  expect(await send('alice', { lessons: { ...lessons, well: 'late' } }, opId)).toMatchObject({ ok: true });
  const view = await load('alice', desk.incidentId);
  expect(view).toMatchObject({ lessons, factors: [{ id: 'f1', kind: 'technical', text: 'Pool too small', tags: ['db'] }], plan: { owner: { accountId: 'acc-bob' }, reviewers: [{ accountId: 'acc-alice' }], meeting: 'https://meet.example.com/1' } });
  expect(await send('alice', { plan: { owner: 'acc-nobody', reviewers: [], due: null, meeting: null } })).toMatchObject({ ok: false, error: { messageKey: 'error.person-unknown' } });
  expect((await save('alice', desk.incidentId, { plan: { owner: null, reviewers: [], due: '2026-12-24', meeting: null } })).dueDate).toBe('2026-12-24');
  for (const [meeting, field] of [['javascript:alert(1)', 'plan.meeting']] as const) expect(await site.invoke('alice', 'review.save', { incidentId: desk.incidentId, opId: randomUUID(), base: (await load('alice', desk.incidentId)).base, change: { plan: { owner: null, reviewers: [], due: null, meeting } } })).toMatchObject({ ok: false, error: { field } });
});

test('items of the checklist are done by what the record shows, and by a tick where it cannot', async () => {
  const desk = await resolved('Checks');
  const how = async (): Promise<Record<string, unknown>> => Object.fromEntries((await load('alice', desk.incidentId)).checks.map((check) => [check.id, check.how]));
  expect(await how()).toEqual({ facts: null, timeline: null, factors: null, tickets: null, held: null, done: null });
  const { key } = await jiraOf(site).create('alice', 'Bigger pool');
  await desk.press('alice', 'ticket.link', { issue: key, kind: null });
  await save('bob', desk.incidentId, { ticks: { held: true, timeline: true }, factors: [{ id: 'a', kind: 'process', text: 'Nobody watched', tags: [] }] });
  await site.ok('bob', 'review.advance', { incidentId: desk.incidentId, opId: randomUUID(), seen: 'draft', to: 'in-review' });
  expect(await how()).toEqual({ facts: null, timeline: 'person', factors: 'record', tickets: 'record', held: 'person', done: null });
  expect(await site.invoke('alice', 'review.advance', { incidentId: desk.incidentId, opId: randomUUID(), seen: 'draft', to: 'done' })).toMatchObject({ ok: false, error: { code: 'conflict', field: 'state' } });
  await site.ok('alice', 'review.advance', { incidentId: desk.incidentId, opId: randomUUID(), seen: 'in-review', to: 'done' });
  expect((await load('alice', desk.incidentId)).checks.at(-1)).toMatchObject({ id: 'done', how: 'record', by: { accountId: 'acc-alice' } });
});

test('the list shows what the caller may see: the owner, how late, and what was found', async () => {
  const desk = await resolved('Listed');
  await save('alice', desk.incidentId, { plan: { owner: 'acc-bob', reviewers: [], due: '2020-01-01', meeting: null }, factors: [{ id: 'x', kind: 'organisational', text: 'One team on call', tags: ['oncall'] }] });
  const row = async (user: string) => (await site.ok(user, 'reviews.overview', {})).reviews.find(({ incident }) => incident.id === desk.incidentId);
  expect(await row('viewer')).toMatchObject({ state: 'draft', owner: { accountId: 'acc-bob' }, dueDate: '2020-01-01', factors: [{ text: 'One team on call', tags: ['oncall'] }], isRead: false });
  expect((await row('alice'))?.overdueDays).toBeGreaterThan(2000);
  expect((await site.ok('mallory', 'reviews.overview', {})).reviews).toEqual([]);
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Kept', severity: 'sev1', visibility: 'private', candidateId: null });
  await deskOf(site, incidentId).press('alice', 'incident.status', { status: 'resolved' });
  const ids = async (user: string): Promise<readonly string[]> => (await site.ok(user, 'reviews.overview', {})).reviews.map(({ incident }) => incident.id);
  expect([(await ids('alice')).includes(incidentId), (await ids('bob')).includes(incidentId), (await ids('admin')).includes(incidentId)]).toEqual([true, false, false]);
  // An incident that goes on is not looked back on.
  await desk.press('alice', 'incident.status', { status: 'investigating' });
  expect((await ids('alice')).includes(desk.incidentId)).toBe(false);
});

test('causes of more than one incident are told of those the caller sees, within the days that were asked for', async () => {
  const tag = (name: string) => ({ factors: [{ id: 'x', kind: 'process' as const, text: `Because of ${name}`, tags: [name] }] });
  const [first, second, once] = [await resolved('Again 1'), await resolved('Again 2'), await resolved('Once')];
  await save('alice', first.incidentId, tag('repeated-tag'));
  await save('alice', second.incidentId, tag('Repeated-TAG'));
  await save('alice', once.incidentId, tag('single-tag'));
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Kept apart', severity: 'sev1', visibility: 'private', candidateId: null });
  await deskOf(site, incidentId).press('alice', 'incident.status', { status: 'resolved' });
  await save('alice', incidentId, tag('single-tag'));
  const told = async (user: string, days = 90) => (await site.ok(user, 'reviews.repeated', { days })).causes.map(({ kind, name, count, incidents }) => [kind, name.toLowerCase(), count, incidents.map(({ id }) => id)]);
  const both = [second.incidentId, first.incidentId];
  expect((await told('bob')).filter(([kind]) => kind !== 'monitor')).toEqual(expect.arrayContaining([['tag', 'repeated-tag', 2, both], ['factor', 'because of repeated-tag', 2, both]]));
  const single = async (user: string) => (await told(user)).filter(([, name]) => String(name).includes('single-tag')).map(([kind, , n]) => `${String(kind)} ${String(n)}`).sort();
  expect([await single('alice'), await single('bob'), await single('admin')]).toEqual([['factor 2', 'tag 2'], [], []]);
  expect(await site.ok('mallory', 'reviews.repeated', { days: 90 })).toMatchObject({ causes: [], of: 0 });
  for (const days of [0, 731, 1.5]) expect(await site.outcome('alice', 'reviews.repeated', { days })).toBe('bad-request');
  await site.later(40 * 86_400_000);
  expect([await told('bob', 30), (await told('bob', 60)).some(([, name]) => name === 'repeated-tag')]).toEqual([[], true]);
});

test('the page gets what follows from the record where a person wants it, and only what nobody changed is brought up to date', async () => {
  const { id: alertId } = await site.raise('queue delay', 'batch-03', 'WARNING', 70);
  await site.rest();
  const desk = await declareDesk(site, 'Filled in');
  const attached = await desk.answer('alice', 'alert.attach', { alertId });
  if (!attached.ok) throw new Error(JSON.stringify(attached.error));
  await desk.press('bob', 'note.add', { notes: [{ text: '<img src=x onerror=alert(1)> pool raised', at: null, link: null }] });
  await desk.press('alice', 'incident.line', { line: 'impact', text: 'Some pay twice', base: 0 });
  await desk.press('alice', 'incident.status', { status: 'resolved', reason: 'over' });
  const pageId = await pageOf(desk);
  const before = await docOf(pageId);
  const view = await site.ok('alice', 'review.preview', { incidentId: desk.incidentId, entries: null });
  expect([view.isDrafted, view.sections.map(({ state }) => state)]).toEqual([false, Array.from({ length: 11 }, () => 'absent')]);
  expect(view.sections.find(({ id }) => id === 'impact')?.lines.map(({ text }) => text)).toContain('Impact · Some pay twice');
  expect(view.text).toContain('<img src=x onerror=alert(1)> pool raised');
  expect(await docOf(pageId)).toEqual(before);

  const place = view.places.find(({ heading }) => heading === 'Impact now') ?? null;
  expect(place).not.toBeNull();
  const fill = (sections: readonly FillResult['did'][number]['id'][], user = 'alice'): Promise<FillResult> =>
    site.ok(user, 'review.fill', { incidentId: desk.incidentId, opId: randomUUID(), sections, place: place === null ? null : { heading: place.heading, nth: place.nth }, entries: null });
  expect(await fill(['impact', 'timeline'])).toEqual({ outcome: 'written', did: [{ id: 'impact', did: 'inserted' }, { id: 'timeline', did: 'inserted' }] });
  const filled = await docOf(pageId);
  const own = (node: Node): boolean => node.type === 'expand' && String(node.attrs?.['localId']).startsWith('review-');
  expect(filled.content.filter((node) => !own(node))).toEqual(before.content);
  const at = filled.content.findIndex(own);
  expect(filled.content.slice(0, at).filter(({ type }) => type === 'heading').map(textOf).at(-1)).toBe('Impact now');
  expect(filled.content.filter(own).map(textOf).join()).toContain('<img src=x onerror=alert(1)> pool raised');
  expect(await fill(['impact', 'timeline'])).toEqual({ outcome: 'nothing', did: [{ id: 'impact', did: 'unchanged' }, { id: 'timeline', did: 'unchanged' }] });

  // Bob writes into one of them; both facts change.
  const touched = { ...filled, content: filled.content.map((node, index) => (index === at ? { ...node, content: [...(node.content ?? []), { type: 'paragraph', content: [{ type: 'text', text: 'and one of them twice more' }] }] } : node)) };
  await write('bob', pageId, touched);
  await desk.press('alice', 'incident.line', { line: 'impact', text: 'Nobody pays twice', base: (await desk.board()).incident.impact?.v ?? 0 });
  await desk.press('bob', 'note.add', { notes: [{ text: 'all is well', at: null, link: null }] });
  expect((await site.ok('alice', 'review.preview', { incidentId: desk.incidentId, entries: null })).sections.filter(({ state }) => state !== 'absent').map(({ id, state }) => [id, state])).toEqual([['impact', 'edited'], ['timeline', 'outdated']]);
  expect(await fill(['impact', 'timeline'])).toEqual({ outcome: 'written', did: [{ id: 'impact', did: 'kept' }, { id: 'timeline', did: 'updated' }] });
  const after = await docOf(pageId);
  expect(after.content[at]).toEqual(touched.content[at]);
  expect(textOf(after.content[at + 1] ?? { type: '' })).toContain('all is well');
  expect(after.content.filter((_node, index) => index !== at + 1)).toEqual(touched.content.filter((_node, index) => index !== at + 1));
  expect((await load('alice', desk.incidentId)).checks[0]).toMatchObject({ id: 'facts', how: 'record', by: { accountId: 'acc-alice' } });
}, 60_000);

async function wiki(user: string, method: string, path: string, body?: object): Promise<{ readonly version: { readonly number: number }; readonly title: string }> {
  const answer = await fetch(`${site.site.url}/wiki/api/v2/pages/${path}`, { method, headers: { 'x-site-user': user, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text) as { version: { number: number }; title: string };
}
async function write(user: string, pageId: string, doc: object, status: 'current' | 'draft' = 'current'): Promise<void> {
  const { version, title } = await wiki(user, 'GET', pageId);
  await wiki(user, 'PUT', pageId, { id: pageId, status, title, body: { representation: 'atlas_doc_format', value: JSON.stringify(doc) }, version: { number: status === 'draft' ? 1 : version.number + 1 } });
}

test('every part is a document Confluence takes: people as mentions, work items and earlier incidents as links, and no word of an incident others may not know', async () => {
  const raised = async (): Promise<string> => {
    await site.raise('queue delay', 'batch-04', 'OK', 1).catch(() => undefined);
    await site.later(3_600_000);
    const { id } = await site.raise('queue delay', 'batch-04', 'WARNING', 70);
    await site.rest();
    return id;
  };
  const earlier = await declareDesk(site, 'The same before');
  await earlier.press('alice', 'alert.attach', { alertId: await raised() });
  await earlier.press('alice', 'incident.status', { status: 'closed', reason: 'over' });
  const secret = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Not for everybody', severity: 'sev3', visibility: 'private', candidateId: null });
  await deskOf(site, secret.incidentId).press('alice', 'alert.attach', { alertId: await raised() });
  await deskOf(site, secret.incidentId).press('alice', 'incident.status', { status: 'closed', reason: 'over' });
  const desk = await declareDesk(site, 'Again <b>');
  await desk.press('alice', 'alert.attach', { alertId: await raised() });
  const { key } = await jiraOf(site).create('alice', 'Bigger queue');
  await desk.press('alice', 'ticket.link', { issue: key, kind: null });
  await desk.press('bob', 'incident.respond', {});
  await desk.press('alice', 'incident.role', { role: { id: 'operator' }, person: 'acc-bob', seen: null });
  await desk.press('alice', 'incident.cause', { cause: 'change' });
  await desk.press('alice', 'incident.status', { status: 'resolved', reason: 'over' });
  const sections = ['summary', 'times', 'detection', 'impact', 'alerts', 'timeline', 'changes', 'people', 'tickets', 'similar', 'questions'] as const;
  const entries = (await desk.entries()).map(({ id }) => id);
  const pageId = await pageOf(desk);
  expect(await site.ok('alice', 'review.fill', { incidentId: desk.incidentId, opId: randomUUID(), sections, place: null, entries })).toEqual({ outcome: 'written', did: sections.map((id) => ({ id, did: 'inserted' })) });
  const parts = new Map((await docOf(pageId)).content.slice(-11).map((node) => [String(node.attrs?.['title']).replace(' (from the record)', ''), node] as const));
  const json = (title: string): string => JSON.stringify(parts.get(title));
  expect([...parts.keys()]).toEqual(['Summary', 'Phases and durations', 'Detection', 'Impact', 'Alerts', 'Timeline', 'What changed', 'Who responded', 'Tickets', 'Similar incidents', 'Open questions']);
  expect([json('Summary').includes('Again <b>'), json('Alerts').includes('queue delay'), json('Tickets').includes(`/browse/${key}`), json('Who responded').includes('"id":"acc-bob"'), json('Timeline').includes('"id":"acc-bob"')]).toEqual([true, true, true, true, true]);
  const before = (await earlier.board()).incident;
  expect([json('Similar incidents').includes(before.key), json('Similar incidents').includes(`pageId=${before.page?.id ?? ''}`), json('Similar incidents').includes(secret.key)]).toEqual([true, true, false]);
  expect(json('Similar incidents')).not.toContain('The same before');
}, 60_000);

test('under unpublished changes nothing is written, and a page that is read only is not written either', async () => {
  const desk = await resolved('Drafted');
  const pageId = await pageOf(desk);
  const doc = await docOf(pageId);
  await write('bob', pageId, { ...doc, content: [...doc.content, { type: 'paragraph', content: [{ type: 'text', text: 'in the middle of it' }] }] }, 'draft');
  const view = await site.ok('alice', 'review.preview', { incidentId: desk.incidentId, entries: null });
  expect([view.isDrafted, view.text.startsWith('## Summary\n')]).toEqual([true, true]);
  expect(await site.ok('alice', 'review.fill', { incidentId: desk.incidentId, opId: randomUUID(), sections: ['summary'], place: null, entries: null })).toEqual({ outcome: 'drafted', did: [] });
  expect(await docOf(pageId)).toEqual(doc);
  expect((await load('alice', desk.incidentId)).checks[0]).toMatchObject({ id: 'facts', how: null });
});

test('a heading that is gone by then takes nothing', async () => {
  const desk = await resolved('Moved');
  expect((await site.ok('alice', 'review.fill', { incidentId: desk.incidentId, opId: randomUUID(), sections: ['summary'], place: { heading: 'No such heading', nth: 0 }, entries: null })).outcome).toBe('place-gone');
});

test('reminders come when it is due and a week later, three in all, and not for what is done', async () => {
  const desk = await resolved('Reminded <!channel>');
  const done = await resolved('Was done');
  await save('alice', desk.incidentId, { plan: { owner: 'acc-bob', reviewers: [], due: null, meeting: null } });
  await site.ok('alice', 'review.advance', { incidentId: done.incidentId, opId: randomUUID(), seen: 'draft', to: 'done' });
  await site.rest();
  const told = async (): Promise<readonly string[]> => (await site.slack()).filter((text) => text.includes('📝') && (text.includes('Reminded') || text.includes('Was done')));
  await daily();
  await site.rest();
  expect(await told()).toEqual([]);
  for (let day = 0; day < 30; day += 1) {
    await site.later(DAY);
    // Whatever runs a scheduled function twice.
    await daily();
    if (day % 10 === 0) await daily();
  }
  await site.rest();
  const notices = await told();
  expect([notices.length, notices.every((text) => text.includes('Bob')), notices.some((text) => text.includes('Was done'))]).toEqual([3, true, false]);
  expect(await desk.told('entry.review.due')).toBe(3);
}, 120_000);

test('erasing takes it along, an export tells it, and a closed account is nowhere in it', async () => {
  const desk = await resolved('Erased');
  await save('bob', desk.incidentId, { plan: { owner: 'acc-bob', reviewers: ['acc-bob'], due: null, meeting: null }, ticks: { held: true }, lessons: { well: 'told in the export', hard: '', lucky: '' } });
  const key = `review:${desk.incidentId}`;
  const stored = (): string => JSON.stringify(storedDoc(site, key));
  expect(stored()).toContain('acc-bob');
  const page = await site.ok('admin', 'data.export', { cursor: { part: 'incidents', state: 'open', after: null, within: null } });
  expect(page.rows.find(({ of, incidentId }) => of === 'review' && incidentId === desk.incidentId)?.value).toMatchObject({ lessons: { well: 'told in the export' } });
  await site.control('PUT', 'accounts', { closed: ['acc-bob'] });
  await daily();
  expect([stored().includes('acc-bob'), stored().includes('former-user'), stored().includes('told in the export')]).toEqual([false, true, true]);
  await desk.press('alice', 'incident.status', { status: 'closed' });
  const { incident } = await desk.board();
  await site.rest();
  await site.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: incident.key });
  for (let round = 0; round < 60 && (await site.ok('admin', 'erase.continue', {}))?.state !== 'done'; round += 1) await site.later(5_000);
  expect(Object.keys(storedRows(site)).filter((row) => row.endsWith(key))).toEqual([]);
}, 120_000);
