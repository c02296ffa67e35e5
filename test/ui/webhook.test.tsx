import { answers, clipboard, dialogs, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { HealthView, SettingsView, WebhookChannelView, WebhookView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { Settings } from '../../static/ui/src/settings/Settings';
import { show } from './samples';

const NONE: WebhookChannelView = { state: 'none', name: null, suspendedAt: null };
const OK: WebhookChannelView = { state: 'ok', name: 'Incident Pages for Mackerel', suspendedAt: null };
const URL1 = 'https://mackerel:first-secret@site.test/x/abc';
const URL2 = 'https://mackerel:other-secret@site.test/x/abc';
const stored: SettingsView = {
  apiKeyLast4: 'x9Qz', orgName: 'demo', canWrite: null, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }], rules: [], fallback: 'candidate', grouping: { by: 'service', monitorMinutes: 60, flapMinutes: 15 },
  slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: URL1, guide: { settled: null, webhook: true, sample: null }, version: 3,
};
const view = (part: Partial<WebhookView> = {}): WebhookView => ({ url: URL1, channel: OK, rotatedAt: null, oldUntil: null, canWrite: true, version: 4, ...part });
const health = (channel: WebhookChannelView): unknown => said({ webhook: { channel } } as unknown as HealthView);
/** Presses a button once it can be pressed. */
async function press(name: string): Promise<void> {
  await waitFor(() => expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(false));
  fireEvent.click(screen.getByRole('button', { name }));
}

beforeEach(() => {
  resetBridge();
  answers['templates.installed'] = () => said({ installed: [], version: 3 });
  answers['templates.pages'] = () => said({ pages: [], version: 3 });
  answers['settings.get'] = () => said(stored);
  answers['settings.save'] = () => said({ ...stored, version: 5 });
  answers['health.get'] = () => health(NONE);
  answers['webhook.wait'] = ({ since }: { since: number | null }) => said({ heardAt: null, now: since ?? 1_000 });
  dialogs.answer = { reason: '' };
});
afterEach(cleanup);

test('one press sets the channel up, waits for the test notification, and says when it comes', async () => {
  let heard: number | null = null;
  answers['webhook.setup'] = () => said(view());
  answers['webhook.wait'] = ({ since }: { since: number | null }) => said({ heardAt: since === null ? null : heard, now: 1_000 });
  show(<Settings />);
  await screen.findByText('none of this app');
  await press('Set up in Mackerel');
  await screen.findByText('The channel “Incident Pages for Mackerel” is there and sends alerts only.');
  await screen.findByText('Waiting for the test notification…');
  expect(screen.getByText('Incident Pages for Mackerel: in order')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Set up in Mackerel' })).toBeNull();
  heard = Date.UTC(2026, 10, 23, 17, 35, 12);
  await screen.findByText('It arrived at 02:35:12. The webhook works.', undefined, { timeout: 4_000 });
  expect(sent('webhook.wait').slice(0, 2)).toEqual([{ since: null }, { since: 1_000 }]);
  expect(document.body.textContent).not.toContain('first-secret');
  // The form goes on from the version the press left.
  await press('Save');
  await waitFor(() => expect(sent('settings.save').at(-1)).toMatchObject({ version: 4 }));
});

test('settings that somebody else changed meanwhile are not taken for ours', async () => {
  answers['webhook.setup'] = () => said(view({ version: 6 }));
  show(<Settings />);
  await press('Set up in Mackerel');
  await screen.findByText(/is there and sends alerts only/);
  await press('Save');
  await waitFor(() => expect(sent('settings.save').at(-1)).toMatchObject({ version: 3 }));
});

test('a key that may only read is told, with the address to paste: hidden until asked for, copied it begins the wait', async () => {
  answers['webhook.setup'] = () => refused('mackerel-refused', null, { messageKey: 'error.mackerel-read-only' });
  show(<Settings />);
  await press('Set up in Mackerel');
  await screen.findByText(/The API key can only read/);
  expect(document.body.textContent).not.toContain('first-secret');
  await press('Reveal');
  expect(screen.getByText(URL1)).toBeTruthy();
  await press('Copy');
  await screen.findByText('Waiting for the test notification…');
  expect(clipboard.text).toBe(URL1);
});

test('a clipboard the browser keeps closed is said, and nothing is waited for', async () => {
  clipboard.fails = true;
  show(<Settings />);
  await press('By hand');
  await press('Copy');
  await screen.findByText('Reveal it and copy by hand');
  expect(sent('webhook.wait')).toEqual([]);
});

test('renewing asks first; agreed, the new address is the one that is shown', async () => {
  answers['health.get'] = () => health(OK);
  answers['webhook.rotate'] = () => said(view({ url: URL2, rotatedAt: Date.now(), oldUntil: Date.UTC(2030, 0, 1) }));
  show(<Settings />);
  await screen.findByText('Incident Pages for Mackerel: in order');
  dialogs.answer = {};
  await press('Renew the secret');
  await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  expect(dialogs.opened[0]).toMatchObject({ name: 'confirm', title: 'Renew the webhook secret?', given: { yes: 'Renew the secret' } });
  await act(() => new Promise((done) => setTimeout(done, 0)));
  expect(sent('webhook.rotate')).toEqual([]);
  dialogs.answer = { reason: '' };
  await press('Renew the secret');
  await screen.findByText(/The secret is new, in Mackerel too/);
  expect(sent('webhook.rotate')).toEqual([{ opId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  await press('By hand');
  await press('Reveal');
  expect(screen.getByText(URL2)).toBeTruthy();
});

test('renewed with a key that may only read, the address is opened to be pasted in time', async () => {
  answers['health.get'] = () => health(OK);
  answers['webhook.rotate'] = () => said(view({ url: URL2, canWrite: false, channel: { ...OK, state: 'outdated' }, oldUntil: Date.UTC(2030, 0, 1) }));
  show(<Settings />);
  await press('Renew the secret');
  await screen.findByText(/Paste the new URL in Mackerel before/);
  expect(screen.getByText('Incident Pages for Mackerel: has an earlier secret')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Put it in order' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Reveal' })).toBeTruthy();
});

test('a suspended channel says what to press in Mackerel, and offers no set-up', async () => {
  answers['health.get'] = () => health({ ...OK, state: 'suspended', suspendedAt: Date.now() });
  show(<Settings />);
  await screen.findByText(/In Mackerel, open Channels and press the warning icon/);
  expect(screen.queryByRole('button', { name: /Set up|Put it/ })).toBeNull();
});

test('removing asks first, then the set-up is offered again', async () => {
  answers['health.get'] = () => health(OK);
  answers['webhook.remove'] = () => said(view({ channel: NONE }));
  show(<Settings />);
  await press('Remove from Mackerel');
  await screen.findByText('The channel was removed from Mackerel.');
  expect(screen.getByRole('button', { name: 'Set up in Mackerel' })).toBeTruthy();
});

test('before the first save there is nothing to set up', async () => {
  answers['settings.get'] = () => said({ ...stored, apiKeyLast4: null, templates: [], pageTemplates: [], webhookUrl: null, guide: { settled: null, webhook: true, sample: null }, version: 0 });
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'All settings' }));
  await screen.findByText('It appears here after the first save.');
  expect(screen.queryByRole('button', { name: 'Renew the secret' })).toBeNull();
  expect(sent('health.get')).toEqual([]);
});
