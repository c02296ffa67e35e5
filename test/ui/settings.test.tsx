import { answers, invoked, refused, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { SettingsInput, SettingsView } from '../../src/contract';
import { Settings } from '../../static/ui/src/settings/Settings';
import { show } from './samples';

const stored: SettingsView = {
  apiKeyLast4: 'x9Qz', orgName: 'demo-org', canWrite: false,
  services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' }],
  rules: [{ service: 'shop', status: 'CRITICAL', action: 'declare', severity: 'sev2' }, { service: null, status: null, action: 'candidate', severity: 'pending' }],
  slackConfigured: false, writes: { enabled: false, group: null }, webhookUrl: 'https://u:secret@example.test/x/abc', version: 3,
};
const saved = (): SettingsInput => invoked.filter(({ verb }) => verb === 'settings.save').at(-1)?.payload as unknown as SettingsInput;

beforeEach(() => {
  resetBridge();
  answers['settings.get'] = () => said(stored);
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

test('the webhook address stays hidden until asked for', async () => {
  show(<Settings />);
  await screen.findByRole('button', { name: 'Reveal' });
  expect(document.body.textContent).not.toContain('secret@example');
  fireEvent.click(screen.getByRole('button', { name: 'Reveal' }));
  expect(screen.getByText('https://u:secret@example.test/x/abc')).toBeTruthy();
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
    services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' }, { name: 'blog', spaceKey: 'SRE', lang: 'en' }],
    rules: [stored.rules[1], stored.rules[0]],
    writes: { enabled: false, group: null },
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
