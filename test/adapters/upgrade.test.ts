/** Records an earlier version left in storage, as literal JSON, through the stores of this one. */
import { createIncidentStore } from '../../src/adapters/kvs/incidents';
import { createSettingsStore } from '../../src/adapters/kvs/settings';
import { SCHEME } from '../../src/domain/scheme';
import { setSeverity } from '../../src/domain/incident';
import { addNotes } from '../../src/domain/notes';
import { asKnownAt, foldState } from '../../src/domain/rewind';
import type { Incident } from '../../src/domain/model';
import chunk from '../fixtures/schema-1/chunk.json';
import head from '../fixtures/schema-1/head.json';
import settings from '../fixtures/schema-1/settings.json';
import settings2 from '../fixtures/settings/schema-2.json';
import settings3 from '../fixtures/settings/schema-3.json';
import settings4 from '../fixtures/settings/schema-4.json';
import { coldIncidents, testStorage } from './kvs';

const storage = testStorage();
const incidents = createIncidentStore();
const ID = '0b8f3c52-7d1e-4a60-9c35-2f6a1d0e9b77';
/** 02:11 UTC, when the first alert opened; the incident was declared two minutes later. */
const OPENED = 1_763_950_260_000;
const at = (minutes: number): number => OPENED + minutes * 60_000;
const press = (n: number) => ({ opId: `acc-bob:press-${n}`, by: 'acc-bob', now: at(100 + n) });

function store(doc: object = head): void {
  const { conn, state, declaredAt, ver } = head;
  for (const [entityName, key, value] of [['incident', `incident:${ID}`, { conn, state, declaredAt, ver, doc }], ['chunk', `chunk:${ID}:0`, { incidentId: ID, ver, doc: chunk }]] as const) {
    expect(storage.request('entity/set', { entityName, key, value }).status).toBe(200);
  }
}
async function load(): Promise<Incident> {
  const incident = await coldIncidents().load(ID);
  if (incident === null) throw new Error('the record was not found');
  return incident;
}
const stored = (entityName: string, key: string): { doc: Record<string, unknown> } => (JSON.parse(storage.request('entity/get', { entityName, key }).body) as { value: { doc: Record<string, unknown> } }).value;

beforeEach(() => store());

test('a record of schema 1 is the same incident now, with nothing of what it could not know', async () => {
  const incident = await load();
  expect(incident.head).toEqual({
    schema: 2, ver: 12, changedAt: at(13), id: ID, conn: 'qhwzkfbd', key: '2025-007', nonce: 'f2a7c0de-1111-4222-8333-944455566677', title: 'checkout p95 (web-01)', kind: 'incident',
    severity: 'sev3', status: 'mitigated', state: 'open', visibility: 'public', lang: 'ja', service: 'shop', space: { id: '65601', key: 'OPS' },
    page: { id: '131073', url: 'https://example.atlassian.net/wiki/spaces/OPS/pages/131073/x', state: 'current' },
    begunAt: OPENED, detectedAt: OPENED, declaredAt: at(2), declaredBy: null, firstResponse: { at: at(3), by: 'acc-alice' },
    identifiedAt: null, mitigatedAt: at(13), resolvedAt: null, closedAt: null, lastUpdateAt: at(13), openAlerts: 1, linkedAlerts: 2,
    roles: [], situation: null, impact: null, places: null, cause: null, graphs: [], chunks: 1, outbox: head.outbox,
  });
  expect(Object.values(incident.entries).map((entry) => entry.messageKey)).toEqual(['entry.declared.rule', 'entry.responded', 'entry.severity', 'entry.status', 'entry.status', 'entry.status', 'entry.severity', 'entry.status']);
  expect(incident.head).toMatchObject(foldState(incident.entries));
  expect([incident.pins, incident.hosts]).toEqual([{}, {}]);
});

test.each([
  [2, { severity: 'sev2', status: 'investigating', firstResponse: null, openAlerts: 1 }, ['WARNING', 'CRITICAL']],
  [5, { severity: 'sev1', status: 'investigating', openAlerts: 2 }, ['WARNING', 'CRITICAL', 'WARNING']],
  [8, { severity: 'sev1', status: 'mitigated', identifiedAt: at(7), mitigatedAt: at(8), openAlerts: 2 }, ['WARNING', 'CRITICAL', 'WARNING']],
  [11, { severity: 'sev1', status: 'investigating', identifiedAt: null, mitigatedAt: null, openAlerts: 1 }, ['WARNING', 'CRITICAL', 'OK', 'WARNING']],
  [13, { severity: 'sev3', status: 'mitigated', mitigatedAt: at(13), openAlerts: 1 }, ['WARNING', 'CRITICAL', 'OK', 'WARNING']],
])('and can be shown as it was %d minutes after the first alert', async (minutes, state, logs) => {
  const then = asKnownAt(await load(), at(minutes));
  expect(then.head).toMatchObject(state);
  expect(Object.values(then.alerts).flatMap((alert) => alert.logs.map((log) => log.status))).toEqual(logs);
  const [first] = Object.values(then.alerts);
  expect(first).toMatchObject(minutes < 9 ? { status: 'CRITICAL', closedAt: null, reason: null } : { status: 'OK', closedAt: at(9), reason: 'rolled back' });
});

test('its next change stores it in the present shape, row by row as they are touched, and a retried press is still known', async () => {
  const before = await load();
  expect(setSeverity(before, 'sev4', { opId: 'acc-alice:00000000-0000-4000-8000-000000000002', by: 'acc-alice', now: at(99) })).toBe(before);
  const after = addNotes(before, [{ text: 'later', at: null, link: null }], press(1));
  expect(await incidents.save(before, after)).toBe('saved');
  expect(stored('incident', `incident:${ID}`).doc).toMatchObject({ schema: 2, ver: 13 });
  expect(stored('incident', `incident:${ID}`).doc).not.toHaveProperty('ops');
  const again = await coldIncidents().load(ID);
  expect(again).toEqual(after);
});

test('rows left in the old shape under a present head are read as well', async () => {
  const { head: present } = await load();
  store(present);
  expect((await coldIncidents().load(ID))?.entries).toEqual(expect.objectContaining({ [`${ID}:declared`]: expect.objectContaining({ set: expect.objectContaining({ severity: 'sev2' }), recordedAt: at(2) }) }));
});

test('lists show it', async () => {
  expect((await incidents.list('qhwzkfbd', 'open', 10)).map(({ key, schema, linkedAlerts }) => [key, schema, linkedAlerts])).toEqual([['2025-007', 2, 1]]);
});

test('a record of a later version is refused, left as it is, and takes no other from the list', async () => {
  const later = { ...head, schema: 3, wonders: true };
  const other = 'aaaaaaaa-0000-4000-8000-000000000000';
  storage.request('entity/set', { entityName: 'incident', key: `incident:${other}`, value: { conn: 'qhwzkfbd', state: 'open', declaredAt: 1, ver: 1, doc: { ...later, id: other } } });
  await expect(incidents.load(other)).rejects.toMatchObject({ code: 'internal', messageKey: 'error.record-newer', params: { theirs: 3, ours: 2 } });
  await expect(incidents.head(other)).rejects.toMatchObject({ code: 'internal' });
  const known = await load();
  const as = (incident: Incident): Incident => ({ ...incident, head: { ...incident.head, id: other } });
  await expect(incidents.save(as(known), as(setSeverity(known, 'sev4', press(2))))).rejects.toMatchObject({ code: 'internal' });
  await expect(incidents.create(as(known), null)).rejects.toMatchObject({ code: 'internal' });
  expect(stored('incident', `incident:${other}`).doc).toEqual({ ...later, id: other });
  expect((await incidents.list('qhwzkfbd', 'open', 10)).map(({ id }) => id)).toEqual([ID]);
});

describe('a damaged record is refused with the place, not with what stands there, and left as it is', () => {
  const present = async (): Promise<{ head: Record<string, unknown>; rows: Record<string, Record<string, Record<string, unknown>>> }> => {
    const { head: now, ...rows } = await load();
    return JSON.parse(JSON.stringify({ head: now, rows })) as Awaited<ReturnType<typeof present>>;
  };
  const putBoth = (doc: unknown, rows: unknown): void => {
    const { conn, state, declaredAt, ver } = head;
    storage.request('entity/set', { entityName: 'incident', key: `incident:${ID}`, value: { conn, state, declaredAt, ver, doc } });
    storage.request('entity/set', { entityName: 'chunk', key: `chunk:${ID}:0`, value: { incidentId: ID, ver, doc: rows } });
  };

  test('in the head: also for lists, which go on without it', async () => {
    const { head: now, rows } = await present();
    putBoth(now, rows);
    expect((await coldIncidents().head(ID))?.key).toBe('2025-007');
    for (const [where, wrong] of [['severity', { ...now, severity: 'sk-secret' }], ['page.url', { ...now, page: { id: '1', url: 7, state: 'current' } }], ['schema', { ...now, schema: 'two' }], ['schema', null], ['roles.0.person', { ...now, roles: [{ id: 'r', name: null, since: null }] }]] as const) {
      putBoth(wrong, rows);
      const refused = { code: 'internal', messageKey: 'error.record-damaged', params: { where } };
      await expect(coldIncidents().head(ID)).rejects.toMatchObject(refused);
      await expect(coldIncidents().load(ID)).rejects.toMatchObject(refused);
      expect(await incidents.list('qhwzkfbd', 'open', 10)).toEqual([]);
      expect((await incidents.troubled('qhwzkfbd', 10)).unreadable).toMatchObject([refused]);
      expect(stored('incident', `incident:${ID}`).doc).toEqual(wrong);
    }
  });

  test('in a row', async () => {
    const { head: now, rows } = await present();
    const [entryId = ''] = Object.keys(rows['entries'] ?? {});
    const [alertId = ''] = Object.keys(rows['alerts'] ?? {});
    const broken = (kind: string, id: string, fields: object): unknown => ({ ...rows, [kind]: { ...rows[kind], [id]: { ...rows[kind]?.[id], ...fields } } });
    for (const [where, wrong] of [[`entries.${entryId}.at`, broken('entries', entryId, { at: 'sk-secret' })], [`alerts.${alertId}.logs`, broken('alerts', alertId, { logs: {} })], ['tickets.t1', { ...rows, tickets: { t1: 7 } }]] as const) {
      putBoth(now, wrong);
      await expect(coldIncidents().load(ID)).rejects.toMatchObject({ code: 'internal', messageKey: 'error.record-damaged', params: { where } });
    }
  });

  test('of an earlier version', async () => {
    store({ ...head, outbox: undefined, declaredAt: 'sk-secret' });
    await expect(coldIncidents().load(ID)).rejects.toMatchObject({ messageKey: 'error.record-damaged' });
  });

  test('what a later version adds without a new number stays', async () => {
    const { head: now, rows } = await present();
    putBoth({ ...now, wonders: 1 }, rows);
    expect(await coldIncidents().head(ID)).toMatchObject({ wonders: 1 });
  });
});

describe('settings', () => {
  const put = (doc: object): unknown => storage.request('entity/set', { entityName: 'cell', key: 'settings', value: { kind: 'settings', ver: 4, doc } });
  const any = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
  const asked = { action: 'candidate', times: 1, minutes: 60 };
  const declared = { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null };
  const since5 = { schema: 5, groups: { declare: null, settings: null }, scheme: SCHEME };
  const placed = <T extends object>(services: readonly T[]) => services.map((service) => ({ ...service, parent: null }));
  const since4 = { ...since5, templates: [], pageTemplates: [], installed: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, webhook: { channelId: null, secret: 'webhook', old: [], rotatedAt: null }, secrets: { apiKey: 'api-key', slackUrl: 'slack-url', gone: [] } };

  test('of schema 1 never wrote to Mackerel', async () => {
    put(settings);
    const rules = [{ id: 'rule-1', name: '', when: { ...any, service: 'shop', statuses: ['CRITICAL'] }, then: declared }, { id: 'rule-2', name: '', when: any, then: asked }];
    expect(await createSettingsStore().load()).toEqual({ ver: 4, value: { ...settings, ...since4, services: placed(settings.services), rules, writes: { enabled: false, group: null }, tickets: null } });
  });

  test('of schema 2 knew no tickets', async () => {
    put(settings2);
    expect(await createSettingsStore().load()).toEqual({ ver: 4, value: { ...settings2, ...since4, services: placed(settings2.services), tickets: null } });
  });

  test('of schema 3 knew rules of service and status only: each means what it meant, and the next save stores the present shape', async () => {
    put(settings3);
    const rules = [
      { id: 'rule-1', name: '', when: { ...any, service: 'shop', statuses: ['CRITICAL'] }, then: declared },
      { id: 'rule-2', name: '', when: { ...any, service: 'blog' }, then: { action: 'ignore' } },
      { id: 'rule-3', name: '', when: { ...any, statuses: ['WARNING'] }, then: asked },
    ];
    const loaded = await createSettingsStore().load();
    expect(loaded).toEqual({ ver: 4, value: { ...settings3, ...since4, services: placed(settings3.services), rules } });
    expect(stored('cell', 'settings').doc).toEqual(settings3);
    if (loaded !== null) expect(await createSettingsStore().save(loaded.value, 4)).toBe(true);
    expect(stored('cell', 'settings').doc).toEqual({ ...settings3, ...since4, services: placed(settings3.services), rules });
  });

  test('of before templates could be chosen name none, in rules neither, and what is chosen is kept', async () => {
    const { templates: _none, pageTemplates: _nor, installed: _neither, ...before } = { ...settings3, ...since4, services: placed(settings3.services), rules: [{ id: 'rule-1', name: '', when: any, then: declared }] };
    put(before);
    const loaded = await createSettingsStore().load();
    expect(loaded).toEqual({ ver: 4, value: { ...before, templates: [], pageTemplates: [], installed: [] } });
    const chosen = { ...before, rules: [{ id: 'rule-1', name: '', when: any, then: { ...declared, template: 'short' } }], templates: [{ kind: null, severity: 'sev1', service: 'shop', template: 'security' }], pageTemplates: [{ id: 'page-1', pageId: '1', version: 2, name: 'Ours', by: 'acc-admin', at: 1 }], installed: [{ template: 'short', lang: 'ja', spaceKey: null, id: '1', structure: 'x', by: 'acc-admin', at: 1 }] };
    put(chosen);
    expect(await createSettingsStore().load()).toEqual({ ver: 4, value: chosen });
    put({ ...chosen, templates: [{ kind: null, severity: null, service: null, template: 'novel' }] });
    await expect(createSettingsStore().load()).rejects.toMatchObject({ messageKey: 'error.settings-damaged', params: { where: 'templates.0.template' } });
  });

  test('of schema 4 made pages at the root, and had groups, severities and roles built in; the next save stores the present shape', async () => {
    put(settings4);
    const loaded = await createSettingsStore().load();
    const present = { ...settings4, ...since5, pageTemplates: [], installed: [], services: placed(settings4.services) };
    expect(loaded).toEqual({ ver: 4, value: present });
    expect(stored('cell', 'settings').doc).toEqual(settings4);
    if (loaded !== null) expect(await createSettingsStore().save(loaded.value, 4)).toBe(true);
    expect(stored('cell', 'settings').doc).toEqual(present);
    expect((await createSettingsStore().load())?.value).toEqual(present);
  });

  test.each([
    ['services.0.parent.id', { services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: { id: 7, title: 'x' } }] }],
    ['groups.declare', { groups: { declare: 7, settings: null } }],
    ['scheme.severities.sev3.ticketDays', { scheme: { ...SCHEME, severities: { ...SCHEME.severities, sev3: { ...SCHEME.severities.sev3, ticketDays: 'soon' } } } }],
    ['scheme.roles.standard.0', { scheme: { ...SCHEME, roles: { standard: ['captain'], named: [] } } }],
  ])('damaged at %s are refused with the place', async (where, wrong) => {
    const doc = { ...settings4, ...since5, services: placed(settings4.services), ...wrong };
    put(doc);
    await expect(createSettingsStore().load()).rejects.toMatchObject({ messageKey: 'error.settings-damaged', params: { where } });
    expect(stored('cell', 'settings').doc).toEqual(doc);
  });

  test('of a later version, or with an old rule of no known shape, are refused and left as they are', async () => {
    for (const doc of [{ ...settings3, schema: 6 }, { ...settings3, rules: [{ service: 'shop' }] }]) {
      put(doc);
      await expect(createSettingsStore().load()).rejects.toMatchObject({ code: 'internal' });
      expect(stored('cell', 'settings').doc).toEqual(doc);
    }
  });
});
