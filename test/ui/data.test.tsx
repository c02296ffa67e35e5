import { answers, invoked, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { ExportCursor, ExportPage, ExportRow, SettingsInput, SettingsView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { pageOfLink } from '../../static/ui/src/api';
import { rolesShown } from '../../static/ui/src/board/logic';
import { collected, fileOf, type Collected } from '../../static/ui/src/settings/data/collect';
import { Settings } from '../../static/ui/src/settings/Settings';
import { role, show, words } from './samples';

const stored: SettingsView = {
  apiKeyLast4: 'x9Qz', orgName: 'demo-org', canWrite: true, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: { id: '12', title: 'Records' } }], rules: [], fallback: 'candidate',
  grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [],
  webhookUrl: 'https://u:secret@example.test/x/abc', guide: { settled: null, webhook: true, sample: null }, version: 3,
};
const saved = (): SettingsInput => sent('settings.save').at(-1) as unknown as SettingsInput;
beforeEach(() => {
  resetBridge();
  answers['settings.get'] = () => said(stored);
  answers['rules.choices'] = () => said({ monitors: [], services: [], roles: [], presets: [] });
  answers['settings.save'] = () => said({ ...stored, version: 4 });
  answers['erase.state'] = () => said(null);
});
afterEach(cleanup);

const row = (of: ExportRow['of'], id: string, incidentId: string | null = null): ExportRow => ({ of, id, incidentId, value: { id } });
const page = (rows: readonly ExportRow[], next: ExportCursor | null): ExportPage => ({ rows, next, now: Date.UTC(2026, 10, 23, 17, 35, 12) });

test('answers come together to one file, an incident told in parts to one incident', () => {
  const next: ExportCursor = { part: 'changes', before: null };
  const whole = [
    page([row('settings', 'settings')], next),
    page([row('change', '2'), row('candidate', 'c1')], next),
    page([row('incident', 'i1'), row('entry', 'e1', 'i1')], next),
    page([row('entry', 'e2', 'i1'), row('alert', 'a1', 'i1'), row('ticket', 't1', 'i1'), row('review', 'r1', 'i1'), row('evidence', 'i1', 'i1'), row('candidate', 'c1')], null),
  ].reduce<Collected | null>(collected, null);
  expect(whole?.next).toBeNull();
  const { name, text } = fileOf(whole as Collected);
  expect(name).toBe('incident-pages-2026-11-23-17-35-12.json');
  expect(JSON.parse(text)).toEqual({
    format: 'incident-pages-export', version: 1, startedAt: '2026-11-23T17:35:12.000Z', settings: { id: 'settings' }, changes: [{ id: '2' }], candidates: [{ id: 'c1' }],
    incidents: [{ incident: { id: 'i1' }, entries: [{ id: 'e1' }, { id: 'e2' }], alerts: [{ id: 'a1' }], hosts: [], pins: [], tickets: [{ id: 't1' }], review: { id: 'r1' }, reports: [], evidence: { id: 'i1' } }],
  });
});

test('an export that was stopped goes on where it was', async () => {
  let stop = true;
  answers['data.export'] = ({ cursor }: { cursor: ExportCursor | null }) => (cursor === null ? said(page([row('incident', 'i1')], { part: 'changes', before: 7 })) : stop ? refused('forbidden') : said(page([row('incident', 'i2')], null)));
  URL.createObjectURL = () => 'blob:x';
  URL.revokeObjectURL = () => undefined;
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'Export everything' }));
  const again = await screen.findByRole('button', { name: 'Go on' });
  await screen.findByText(/^Stopped after 1 incident; what was read is kept\./);
  stop = false;
  fireEvent.click(again);
  await screen.findByText('incident-pages-2026-11-23-17-35-12.json was saved with 2 incidents.');
  expect(sent('data.export').map(({ cursor }) => cursor)).toEqual([null, { part: 'changes', before: 7 }, { part: 'changes', before: 7 }]);
});

test('erasing everything waits for the organization’s name, is sent once, and says how far it is', async () => {
  answers['erase.begin'] = () => said({ of: 'everything', state: 'running', erased: 0, left: { channel: false, pages: 0, issues: 0 }, at: 1 });
  answers['erase.continue'] = () => said({ of: 'everything', state: 'done', erased: 3, left: { channel: true, pages: 0, issues: 0 }, at: 1 });
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'Erase data' }));
  fireEvent.click(screen.getByRole('radio', { name: 'Everything' }));
  const typed = screen.getByLabelText('Type demo-org to confirm');
  const button = screen.getByRole('button', { name: 'Erase for good' });
  for (const wrong of ['demo', 'DEMO-ORG']) {
    fireEvent.change(typed, { target: { value: wrong } });
    fireEvent.click(button);
  }
  expect(sent('erase.begin')).toEqual([]);
  fireEvent.change(typed, { target: { value: 'demo-org' } });
  fireEvent.click(button);
  await screen.findByText('Everything is erased, 3 incidents among it. The webhook channel is still in Mackerel. Remove it there.');
  expect(sent('erase.begin')).toEqual([{ of: 'everything', typed: 'demo-org', opId: expect.any(String) }]);
});

test('who was given the settings by a group changes no group and sees none of the data', async () => {
  answers['settings.get'] = () => said({ ...stored, mayGrant: false });
  show(<Settings within />);
  expect(((await screen.findByLabelText('May declare incidents')) as HTMLInputElement).disabled).toBe(true);
  expect(screen.queryByRole('heading', { name: 'Data' })).toBeNull();
  expect(invoked.some(({ verb }) => verb === 'erase.state')).toBe(false);
});

test('severities and roles are saved as they stand; a number out of range is marked and nothing is saved', async () => {
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'Change severities' }));
  const sev2 = screen.getByRole('group', { name: 'SEV2' });
  const put = (label: string, value: string): void => void fireEvent.change(within(sev2).getByLabelText(label), { target: { value } });
  put('Update every (minutes)', '2');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await within(sev2).findByText('Use a whole number from 5 to 10,080.');
  expect(sent('settings.save')).toEqual([]);
  put('Update every (minutes)', '');
  put('Name', 'Major');
  put('Tickets due after (days)', '１０');
  put('Review due, working days', '７');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Operator' }));
  fireEvent.change(screen.getByLabelText('Role of your own'), { target: { value: ' Customer contact ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add role' }));
  fireEvent.click(screen.getByRole('button', { name: 'Use the root in row 1' }));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent('settings.save')).toHaveLength(1));
  expect(saved().scheme).toEqual({
    severities: { ...SCHEME.severities, sev2: { name: 'Major', description: null, updateMinutes: null, ticketDays: 10, reviewDays: 7 } },
    roles: { standard: ['commander', 'communicator', 'scribe'], named: ['Customer contact'] },
  });
  expect(saved().services[0]?.parent).toBeNull();
});

test('severities are called by their own names, whatever stands in them, also in what the timeline tells', () => {
  const own = words().named({ ...SCHEME, severities: { ...SCHEME.severities, sev1: { ...SCHEME.severities.sev1, name: "It's {bad} # <b>", description: 'a | b' } } });
  expect([own.t('severity.sev1'), own.t('severity.sev1.meaning'), own.t('severity.sev2')]).toEqual(["It's {bad} # <b>", 'a | b', 'SEV2']);
  expect(own.say('entry.severity', { from: 'pending', to: 'sev1' }, 'entry.unknown')).toBe("Severity not judged → It's {bad} # <b>");
  expect(words('ja').say('entry.severity', { from: 'sev3', to: 'sev1' }, 'entry.unknown')).toBe('重大度 SEV3 → SEV1');
});

test('boards offer the chosen roles, keep those somebody has, and put the team’s own last', () => {
  const held = [role({ id: 'operator', person: { accountId: 'a' } }), role({ id: 'scribe' }), role({ id: 'x:DB', name: 'DB', person: { accountId: 'b' } })];
  expect(rolesShown(held, { standard: ['commander'], named: ['Customer'] }).map(({ id, person }) => [id, person?.accountId ?? null])).toEqual([['commander', null], ['operator', 'a'], ['x:Customer', null], ['x:DB', 'b']]);
});

test('the page of an address is found in every form Confluence gives', () => {
  const base = 'https://site.atlassian.net/wiki';
  expect([`${base}/spaces/OPS/pages/123/Title+x`, `${base}/pages/viewpage.action?pageId=45`, `${base}/spaces/OPS/pages/edit-v2/67?draftShareId=1`, `${base}/x/AbC`, 'pages/123', 'Records'].map(pageOfLink)).toEqual(['123', '45', '67', null, null, null]);
});
