/** Severities and roles as an installation calls them: on boards, in tickets, notices, on pages and in what is printed of them. */
import { randomUUID } from 'node:crypto';
import type { Result, SchemeView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { declareDesk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf } from './jira';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());

async function save(scheme: SchemeView): Promise<Result<unknown>> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  return await site.invoke('admin', 'settings.save', { services, rules, version, scheme });
}
const told = (answer: Result<unknown>): unknown => (answer.ok ? 'ok' : [answer.error.messageKey, answer.error.field]);
const withSev = (part: Partial<SchemeView['severities']>): SchemeView => ({ ...SCHEME, severities: { ...SCHEME.severities, ...part } });
const OWN: SchemeView = {
  severities: { ...SCHEME.severities, sev1: { name: 'P1 {x}', description: 'All hands', updateMinutes: 15, ticketDays: 3 }, sev2: { ...SCHEME.severities.sev2, name: 'Major' } },
  roles: { standard: ['commander', 'scribe'], named: ['Customer contact'] },
};

test('the first ones are those that were built in', async () => {
  const { scheme } = await site.ok('admin', 'settings.get', {});
  expect(scheme).toEqual(SCHEME);
  expect(Object.values(scheme.severities).map(({ updateMinutes, ticketDays }) => [updateMinutes, ticketDays])).toEqual([[30, 28], [60, 28], [240, 56], [null, 56]]);
  expect((await (await declareDesk(site, 'First')).board()).scheme).toEqual(SCHEME);
});

test('names that say nothing apart, numbers out of range and roles beyond their number are refused', async () => {
  expect(told(await save(withSev({ sev1: { ...SCHEME.severities.sev1, name: 'x'.repeat(21) } })))).toEqual(['error.too-long', 'scheme.severities.sev1']);
  expect(told(await save(withSev({ sev1: { ...SCHEME.severities.sev1, name: 'Sev2' } })))).toEqual(['error.severity-twice', 'scheme.severities']);
  expect(told(await save({ ...SCHEME, roles: { standard: [], named: ['a', 'a'] } }))).toEqual(['error.role-twice', 'scheme.roles']);
  expect(told(await save({ ...SCHEME, roles: { standard: [], named: ['1', '2', '3', '4', '5', '6', '7'] } }))).toEqual(['error.roles-many', 'scheme.roles']);
  for (const [updateMinutes, ticketDays] of [[4, 1], [0.5, 1], [10_081, 1], [null, 0], [null, 366]] as const) expect((await save(withSev({ sev3: { name: null, description: null, updateMinutes, ticketDays } }))).ok).toBe(false);
  expect((await site.ok('admin', 'settings.get', {})).scheme).toEqual(SCHEME);
});

test('an own scheme holds at once, on open incidents too, wherever a severity is named or asks for something', async () => {
  const desk = await declareDesk(site, 'Was open before');
  expect(told(await save({ ...OWN, roles: { ...OWN.roles, named: [' Customer contact\n', ''] } }))).toBe('ok');
  expect((await site.ok('admin', 'settings.changes', { before: null })).changes[0]?.changed.map(({ field, after }) => [field, after])).toEqual([
    ['severities', 'sev1: P1 {x} – All hands updateMinutes=15 ticketDays=3\nsev2: Major updateMinutes=60 ticketDays=28'], ['roles', 'commander, scribe, Customer contact'],
  ]);
  await site.later(10_000);
  const { pass } = await desk.board('bob');
  expect((await site.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass })).scheme).toEqual(OWN);
  expect((await site.ok('alice', 'home.load', {})).scheme).toEqual(OWN);

  const due = async () => (await site.ok('alice', 'ticket.form', { incidentId: desk.incidentId, pass: '' })).dueDate;
  const before = await due();
  await desk.press('alice', 'incident.severity', { severity: 'sev1' });
  const [late, soon] = [before, await due()].map((date) => Date.parse(date));
  expect(((late ?? 0) - (soon ?? 0)) / 86_400_000).toBe(56 - 3);
  await site.rest();
  expect((await site.slack()).filter((notice) => notice.includes('Was open before')).join()).toContain('P1 {x}');
  const pageId = (await desk.board()).incident.page?.id ?? '';
  const page = await site.page('alice', pageId);
  expect([page.properties['mackerel_byline'], page.properties['mackerel_incident']]).toEqual([expect.objectContaining({ title: expect.stringContaining('P1 {x}') }), expect.objectContaining({ severity: 'sev1' })]);
  const printed = JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', context: { contentId: pageId, spaceKey: 'SRE' } }));
  expect(printed).toContain('Severity SEV3 → P1 {x}');

  const later = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Declared with them', severity: 'sev2', visibility: 'public', candidateId: null });
  const adf = JSON.stringify((await site.page('alice', later.page?.id ?? '')).adf);
  expect(['Major', 'Commander', 'Scribe', 'Customer contact', 'Operator', 'Communicator'].map((word) => [word, adf.includes(`"${word}"`)])).toEqual([['Major', true], ['Commander', true], ['Scribe', true], ['Customer contact', true], ['Operator', false], ['Communicator', false]]);
  const { key } = await jiraOf(site).create('alice', 'Improve');
  await desk.press('alice', 'ticket.link', { issue: key, kind: null });
  expect(await site.ok('alice', 'issue.incident', { issueId: key })).toMatchObject({ state: 'shown', scheme: OWN });
});

test('a role that is offered no more stays with whoever has it, and can be handed over and laid down', async () => {
  const desk = await declareDesk(site, 'Roles');
  await desk.press('alice', 'incident.role', { role: { id: 'operator' }, person: 'me', seen: null });
  await desk.press('bob', 'incident.role', { role: { name: 'Customer contact' }, person: 'me', seen: null });
  const roles = async () => (await desk.board()).incident.roles.map(({ id, person }) => [id, person?.accountId ?? null]);
  expect(await roles()).toEqual([['operator', 'acc-alice'], ['x:Customer contact', 'acc-bob']]);
  await desk.press('bob', 'incident.role', { role: { id: 'operator' }, person: null, seen: 'acc-alice' });
  expect(await roles()).toEqual([['operator', null], ['x:Customer contact', 'acc-bob']]);
});
