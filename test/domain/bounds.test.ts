/** What an incident takes, and where it ends. */
import { hostsOf, seeHosts } from '../../src/domain/hosts';
import { respond, setSeverity, setStatus } from '../../src/domain/incident';
import { httpsAddress } from '../../src/domain/links';
import type { Incident } from '../../src/domain/model';
import { keepLogs, sortLogs } from '../../src/domain/alert';
import { addNotes, editNote, noteFull, noteOf, pinFull, removeNote, setPin } from '../../src/domain/notes';
import { addGraph, LINE_MAX, ROLE_NAME_MAX, roleId, setCause, setLine, setPlaces, setRole } from '../../src/domain/team';
import { withPage } from '../../src/domain/incident';
import { DECLARED, fresh } from './play';

/** Account ids of Atlassian are 43 characters; operations are accounts with a UUID. */
const account = (n: number): string => `712020:0b8f3c52-7d1e-4a60-9c35-${String(n).padStart(12, '0')}`;
let ops = 0;
const press = (n = 1) => ({ opId: `${account(n)}:00000000-0000-4000-8000-${String((ops += 1)).padStart(12, '0')}`, by: account(n), now: DECLARED + ops });
const ten = 10 * 1024;

/**
 * The largest head that is still realistic. Everything that people type is Japanese at its full length: title 200, situation and
 * impact 200 each, a deploy mark's title 100; 4 standard and 4 free-named roles of 10 characters, all held; two addresses of 250;
 * 12 graphs with host names of 40 and metric names of 50; a page address of 250; three notices owed.
 */
test('a head with all it can hold is one storage unit', () => {
  let incident: Incident = fresh();
  incident = { ...incident, head: { ...incident.head, title: '障'.repeat(200), id: account(0).slice(7), nonce: account(0).slice(7), conn: 'abcdefgh', declaredBy: account(9), chunks: 16 } };
  incident = withPage(incident, { id: '1234567890', url: `https://example.atlassian.net/wiki/spaces/OPS/pages/1234567890/${'%E9'.repeat(62)}` });
  incident = respond(incident, press());
  for (const [n, role] of ['commander', 'operator', 'communicator', 'scribe', ...Array.from({ length: 4 }, (_, free) => `x:${'役'.repeat(9)}${free}`)].entries()) incident = setRole(incident, role, account(n), press());
  for (const line of ['situation', 'impact'] as const) incident = setLine(incident, line, '況'.repeat(LINE_MAX), press());
  incident = setPlaces(incident, { call: `https://meet.example/${'a'.repeat(229)}`, chat: `https://chat.example/${'b'.repeat(229)}` }, press());
  incident = setCause(incident, true, { id: '4dEpLoYmArK', title: '出'.repeat(100), from: DECLARED, to: DECLARED }, press());
  for (let n = 0; n < 12; n += 1) incident = addGraph(incident, { id: `g:${account(n).slice(7)}`, host: { id: '4hOsTiDxxxx', name: `host-${n}-${'h'.repeat(33)}` }, service: null, metric: `custom.${'m'.repeat(41)}${n}`, unit: 'percentage' }, press());
  for (const status of ['identified', 'mitigated', 'resolved', 'closed'] as const) incident = setStatus(incident, status, press());
  incident = setSeverity(incident, 'sev1', press());
  expect([incident.head.roles.length, incident.head.graphs.length, incident.head.outbox.length]).toEqual([8, 12, 5]);
  // Everything else a story brings lies in rows beside it.
  incident = seeHosts(incident, Array.from({ length: 20 }, (_, n) => ({ id: `h${n}`, name: 'x'.repeat(200), status: 'working', roles: ['shop: web', 'shop: db'] })), DECLARED, DECLARED);
  for (let n = 0; n < 50; n += 1) incident = addNotes(incident, [{ text: '記'.repeat(4000), at: null, link: null }], press());
  const bytes = Buffer.byteLength(JSON.stringify(incident.head));
  expect(bytes).toBeGreaterThan(ten / 2);
  expect(bytes).toBeLessThanOrEqual(ten);
});

test('there are at most 12 graphs and 12 roles; more change nothing', () => {
  let incident = fresh();
  for (let n = 0; n < 15; n += 1) incident = addGraph(incident, { id: `g:${n}`, host: null, service: 'shop', metric: `m${n}`, unit: null }, press());
  for (let n = 0; n < 15; n += 1) incident = setRole(incident, `x:role ${n}`, account(n), press());
  expect([incident.head.graphs.length, incident.head.roles.length]).toEqual([12, 12]);
  expect(setRole(incident, 'x:role 0', account(7), press()).head.roles[0]?.person).toBe(account(7));
});

test.each([
  [{ id: 'commander' }, 'commander'],
  [{ id: 'chief' }, null],
  [{ name: 'commander' }, 'x:commander'],
  [{ name: '  DB\u202e 担当\n' }, 'x:DB 担当'],
  [{ id: 'x:DB 担当' }, 'x:DB 担当'],
  [{ id: 'x:\u202e' }, null],
  [{ id: 'x:a\u200bb' }, 'x:ab'],
  [{ name: ' ' }, null],
  [{ id: `x:${'あ'.repeat(60)}` }, `x:${'あ'.repeat(ROLE_NAME_MAX - 1)}…`],
])('a role named by %j is %j', (role, id) => {
  expect(roleId(role)).toBe(id);
});

test.each([
  ['https://meet.example/障害', 'https://meet.example/%E9%9A%9C%E5%AE%B3'],
  ['  https://meet.example  ', 'https://meet.example/'],
  ['http://meet.example/', null],
  ['javascript:alert(1)', null],
  ['https://user:secret@meet.example/', null],
  ['https://', null],
  ['meet.example', null],
])('the address %j is kept as %j', (typed, kept) => {
  expect(httpsAddress(typed)).toBe(kept);
});

test('a note keeps all its history and says when nothing more fits; it can still be removed', () => {
  const note = (text: string) => ({ text, at: null, link: null });
  let incident = addNotes(fresh(), [note('x'.repeat(4000))], { opId: 'a:1', by: 'a', now: DECLARED });
  for (let n = 0; n < 12; n += 1) incident = editNote(incident, 'op:a:1:000', note(`${n}${'y'.repeat(3_900)}`), press());
  const entry = noteOf(incident, 'op:a:1:000');
  expect(entry?.revisions).toHaveLength(10);
  expect(entry !== null && noteFull(entry, 'z'.repeat(4000))).toBe(true);
  expect(removeNote(incident, 'op:a:1:000', true, press())).not.toBe(incident);
  for (let n = 0; n < 300; n += 1) incident = removeNote(incident, 'op:a:1:000', n % 2 === 0, press());
  expect(noteOf(incident, 'op:a:1:000')?.revisions).toHaveLength(200);
});

test('a pin keeps all its history as well', () => {
  let incident = fresh();
  for (let n = 0; n < 300; n += 1) incident = setPin(incident, { id: 'i1:declared', was: 'i1:declared' }, n % 2 === 0, press());
  expect([incident.pins['i1:declared']?.states.length, pinFull(incident, { id: 'i1:declared', was: 'i1:declared' })]).toEqual([200, true]);
});

test('the first 20 hosts seen stay, whatever order later looks have; a 21st changes nothing', () => {
  const hosts = Array.from({ length: 25 }, (_, n) => ({ id: `h${n}`, name: `host ${n}`, status: 'working' as const, roles: [] }));
  const first = seeHosts(fresh(), hosts.slice(0, 15), DECLARED, DECLARED);
  const full = seeHosts(first, hosts, DECLARED + 1, DECLARED + 1);
  expect(hostsOf(full).map(({ id }) => id).sort()).toEqual(hosts.slice(0, 20).map(({ id }) => id).sort());
  expect(seeHosts(full, hosts.toReversed(), DECLARED + 2, DECLARED + 2)).toBe(full);
});

test('a look begun before a host was set tells nothing of it', () => {
  const host = (status: 'working' | 'maintenance') => [{ id: 'h', name: 'h', status, roles: [] }];
  const known = seeHosts(fresh(), host('working'), DECLARED, DECLARED);
  const set = seeHosts(known, host('maintenance'), DECLARED + 50, DECLARED + 100);
  expect(seeHosts(set, host('working'), DECLARED + 99, DECLARED + 200)).toBe(set);
  expect(hostsOf(seeHosts(set, host('working'), DECLARED + 101, DECLARED + 200))[0]?.status).toBe('working');
});

test('of a restless alert the opening line and the newest 199 are kept, in whatever parts they came', () => {
  const log = (n: number) => ({ id: `l${String(n).padStart(4, '0')}`, status: n % 2 === 0 ? ('WARNING' as const) : ('CRITICAL' as const), trigger: 'monitoring', at: n, value: n });
  const all = Array.from({ length: 1000 }, (_, n) => log(n));
  const kept = keepLogs(sortLogs(all));
  expect([kept.length, kept[0]?.at, kept[1]?.at, kept.at(-1)?.at]).toEqual([200, 0, 801, 999]);
  const inParts = [all.slice(500), all.slice(0, 400), all.slice(300, 700)].reduce((known, part) => keepLogs(sortLogs([...known, ...part])), keepLogs([]));
  expect(inParts).toEqual(kept);
});
