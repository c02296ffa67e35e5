import { answers, invoked, product, refused, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { SettingsInput, SettingsView } from '../../src/contract';
import { presets } from '../../src/domain/presets';
import { SCHEME } from '../../src/domain/scheme';
import { nextStep, stepsOf } from '../../static/ui/src/settings/guide/steps';
import { Settings } from '../../static/ui/src/settings/Settings';
import { show } from './samples';

const EMPTY: SettingsView = {
  apiKeyLast4: null, orgName: null, canWrite: null, services: [], rules: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 }, slackConfigured: false,
  writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: null, guide: { settled: null, webhook: false, sample: null }, version: 0,
};
const CONNECTED: SettingsView = { ...EMPTY, apiKeyLast4: 'x9Qz', orgName: 'demo', services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }], webhookUrl: 'https://u:s@site.test/x', guide: { settled: [], webhook: true, sample: null }, version: 4 };
const saves = (): readonly SettingsInput[] => invoked.filter(({ verb }) => verb === 'settings.save').map(({ payload }) => payload as unknown as SettingsInput);
const step = (name: RegExp): HTMLElement => screen.getByRole('button', { name });
const press = async (name: string): Promise<void> => void fireEvent.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  resetBridge();
  answers['templates.installed'] = () => said({ installed: [], version: 3 });
  answers['templates.pages'] = () => said({ pages: [], version: 3 });
  answers['rules.choices'] = () => said({ monitors: [], services: ['blog', 'shop'], roles: ['shop:web'], presets: presets(['shop:web']) });
});
afterEach(cleanup);

test('the state of a step is what is stored, and the next one is the first that is left', () => {
  const states = (view: SettingsView): readonly string[] => stepsOf(view).map(({ state }) => state);
  expect(states(EMPTY)).toEqual(Array.from({ length: 7 }, () => 'to-do'));
  const some: SettingsView = { ...CONNECTED, guide: { settled: ['rules', 'slack'], webhook: true, sample: { state: 'making', url: null, until: 0 } } };
  expect(states(some)).toEqual(['done', 'done', 'done', 'done', 'to-do', 'skipped', 'to-do']);
  expect([nextStep(stepsOf(some), null), nextStep(stepsOf(some), 'tickets'), nextStep(stepsOf(some), 'sample')]).toEqual(['tickets', 'sample', 'tickets']);
});

test('a step that nothing was done in stays open and says what is missing; a refused key is said at the key', async () => {
  answers['settings.get'] = () => said(EMPTY);
  answers['settings.save'] = () => said({ ...EMPTY, guide: { ...EMPTY.guide, settled: [] }, version: 1 });
  show(<Settings />);
  await screen.findByLabelText('API key');
  await press('Save and continue');
  await screen.findByText('Enter an API key first. A read-only key is enough.');
  answers['settings.save'] = () => refused('mackerel-forbidden', 'apiKey');
  fireEvent.change(screen.getByLabelText('API key'), { target: { value: 'wrong' } });
  await press('Save and continue');
  await screen.findByText(/restricts API access by IP address/);
  expect(step(/Mackerel API key/).getAttribute('aria-expanded')).toBe('true');
});

test('a chosen preset is saved as rules, what is skipped is stored as that, and each time the next step has the focus', async () => {
  product['/rest/api/3/project'] = { values: [], isLast: true };
  let stored = CONNECTED;
  answers['settings.get'] = () => said(stored);
  answers['settings.save'] = (input: SettingsInput) => {
    stored = { ...stored, rules: input.rules, guide: { ...stored.guide, settled: input.settled ?? null }, version: stored.version + 1 };
    return said(stored);
  };
  show(<Settings />);
  fireEvent.click(await screen.findByRole('radio', { name: 'Critical alerts declare' }));
  await press('Save and continue');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Jira project for improvements'));
  expect([saves()[0]?.rules.map(({ id }) => id), saves()[0]?.settled]).toEqual([['preset-critical'], ['rules']]);
  await press('Skip this step');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Slack notices'));
  fireEvent.change(screen.getByLabelText('Slack incoming webhook URL'), { target: { value: 'half' } });
  await press('Skip this step');
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Try it out'));
  expect([saves()[2]?.settled, saves()[2]?.slackUrl]).toEqual([['rules', 'tickets', 'slack'], undefined]);
  await press('All settings');
  expect((screen.getByLabelText('Slack incoming webhook URL') as HTMLInputElement).value).toBe('half');
});

test('all services go to one space with one press', async () => {
  answers['settings.get'] = () => said({ ...CONNECTED, services: [] });
  answers['settings.save'] = (input: SettingsInput) => said({ ...CONNECTED, services: input.services });
  show(<Settings />);
  await screen.findByText('In Mackerel, without a space yet: blog and shop');
  fireEvent.change(screen.getByLabelText('Space key'), { target: { value: ' OPS ' } });
  await press('Put all 2 into this space');
  await press('Save and continue');
  await waitFor(() => expect(saves()).toHaveLength(1));
  expect(saves()[0]?.services).toEqual([{ name: 'blog', spaceKey: 'OPS', lang: 'en', parent: null }, { name: 'shop', spaceKey: 'OPS', lang: 'en', parent: null }]);
});
