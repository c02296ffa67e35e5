import { product, answers, invoked, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { RuleWhen, SettingsInput, SettingsView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { Settings } from '../../static/ui/src/settings/Settings';
import { show } from './samples';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };

const stored: SettingsView = {
  apiKeyLast4: 'x9Qz', orgName: 'demo-org', canWrite: false,
  services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }],
  rules: [{ id: 'r1', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } }, { id: 'r2', name: '', when: ANY, then: { action: 'candidate', times: 1, minutes: 60 } }],
  fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: 'https://u:secret@example.test/x/abc', guide: { settled: null, webhook: true, sample: null }, version: 3,
};
const saved = (): SettingsInput => invoked.filter(({ verb }) => verb === 'settings.save').at(-1)?.payload as unknown as SettingsInput;

beforeEach(() => {
  resetBridge();
  answers['templates.installed'] = () => said({ installed: [], version: 3 });
  answers['templates.pages'] = () => said({ pages: [], version: 3 });
  answers['settings.get'] = () => said(stored);
  answers['rules.choices'] = () => said({ monitors: [], services: [], roles: [], presets: [] });
  answers['settings.save'] = (input: SettingsInput) => said({ ...stored, services: input.services, rules: input.rules, version: 4 });
});
afterEach(cleanup);

test('who is no administrator is told whom to ask', async () => {
  answers['settings.get'] = () => refused('forbidden');
  show(<Settings />);
  await screen.findByRole('heading', { name: 'These settings are for administrators' });
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('the connection shows what the key is and may do, never the key', async () => {
  show(<Settings />);
  await screen.findByText('Connected · Organization demo-org · read only');
  expect((screen.getByLabelText('New API key') as HTMLInputElement).type).toBe('password');
  expect(screen.getByText('Saved key ends in x9Qz. Leave empty to keep it.')).toBeTruthy();
});

test('services and rules are edited, ordered and saved as they stand', async () => {
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'Add service' }));
  const second = screen.getByRole('group', { name: 'Service 2' });
  fireEvent.change(within(second).getByLabelText('Mackerel service'), { target: { value: 'blog' } });
  fireEvent.change(within(second).getByLabelText('Space key'), { target: { value: 'SRE' } });
  fireEvent.change(within(second).getByLabelText('Page language'), { target: { value: 'en' } });
  fireEvent.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
  expect(screen.getByText('Not saved yet')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText(/^Saved /);
  expect(saved()).toEqual({
    services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }, { name: 'blog', spaceKey: 'SRE', lang: 'en', parent: null }],
    rules: [stored.rules[1], stored.rules[0]],
    fallback: 'candidate',
    templates: [],
    grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 },
    writes: { enabled: false, group: null },
    groups: { declare: null, settings: null },
    scheme: SCHEME,
    version: 3,
  });
});

test('a refused key is said at the key, and everything typed stays', async () => {
  answers['settings.save'] = () => refused('mackerel-key', 'apiKey');
  show(<Settings />);
  const key = (await screen.findByLabelText('New API key')) as HTMLInputElement;
  fireEvent.change(key, { target: { value: 'wrong' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText(/Mackerel refuses the API key/);
  expect(key.value).toBe('wrong');
  expect(key.getAttribute('aria-invalid')).toBe('true');
});

test('a conflict says so, keeps what was typed, and the next save goes over the newer version', async () => {
  show(<Settings />);
  const space = within(await screen.findByRole('group', { name: 'Service 1' })).getByLabelText('Space key') as HTMLInputElement;
  fireEvent.change(space, { target: { value: 'MINE' } });
  answers['settings.save'] = () => refused('conflict');
  answers['settings.get'] = () => said({ ...stored, version: 8 });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText(/Somebody else saved these settings/);
  expect(space.value).toBe('MINE');
  answers['settings.save'] = (input: SettingsInput) => said({ ...stored, services: input.services, version: 9 });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saved().version).toBe(8));
  expect(saved().services[0]?.spaceKey).toBe('MINE');
});

test('Enter that ends a Japanese conversion saves nothing', async () => {
  show(<Settings />, 'ja');
  const key = await screen.findByLabelText('新しい API キー');
  const composing = fireEvent.keyDown(key, { key: 'Enter', isComposing: true });
  const ended = fireEvent.keyDown(key, { key: 'Enter', keyCode: 229 });
  expect([composing, ended]).toEqual([false, false]);
  expect(fireEvent.keyDown(key, { key: 'Enter' })).toBe(true);
});

test('the project for improvement tickets is chosen from those the viewer may create in, and saved by id', async () => {
  product['/rest/api/3/project/search'] = { values: [{ id: '1', key: 'OPS', name: 'Operations' }], isLast: true };
  product['/rest/api/3/issue/createmeta/1/issuetypes'] = { issueTypes: [{ id: '8', name: 'Sub', subtask: true }, { id: '7', name: 'Task' }] };
  answers['settings.save'] = () => refused('bad-request', 'tickets', { messageKey: 'error.ticket-project' });
  show(<Settings />);
  await screen.findByRole('option', { name: 'Operations (OPS)' });
  expect(screen.getByText(/Show for all work items/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Project'), { target: { value: '1' } });
  await waitFor(() => expect((screen.getByLabelText('Work type') as HTMLSelectElement).value).toBe('7'));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const said = await screen.findByText(/The app has no access to this Jira project/);
  expect(said.closest('.field')?.textContent).toContain('Project');
  expect(sent('settings.save').at(-1)).toMatchObject({ tickets: { projectId: '1', issueTypeId: '7' } });
});
