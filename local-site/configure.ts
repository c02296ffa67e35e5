/** Makes a fresh site ready to use, the way an admin would: through the app's own verbs and Mackerel's own API. */
import type { SettingsInput, SettingsView } from '../src/contract';
import type { SiteCells } from './core/store';
import type { SiteDeps } from './site-deps';

type Verb = 'settings.get' | 'settings.save';
const CHANNEL_NAME = 'Incident Pages (local site)';
const FIRST_SETTINGS: Pick<SettingsInput, 'slackUrl' | 'services' | 'rules' | 'writes'> = {
  slackUrl: 'https://hooks.slack.com/services/LOCAL/LOCAL/local',
  writes: { enabled: true, group: 'responders' },
  services: [
    { name: 'shop', spaceKey: 'OPS', lang: 'ja' },
    { name: 'blog', spaceKey: 'SRE', lang: 'en' },
    { name: 'this-computer', spaceKey: 'SRE', lang: 'en' },
  ],
  rules: [
    { service: 'shop', status: 'CRITICAL', action: 'declare', severity: 'sev2' },
    { service: 'this-computer', status: 'CRITICAL', action: 'declare', severity: 'sev4' },
    { service: null, status: null, action: 'candidate', severity: 'pending' },
  ],
};

/** Calls an admin verb; throws with the app's own error code when it refuses. */
export async function adminVerb(deps: Pick<SiteDeps, 'invoke' | 'user'>, verb: Verb, payload: unknown): Promise<SettingsView> {
  const answer = await deps.invoke({ moduleKey: 'settings', functionKey: verb, payload, user: deps.user('admin') });
  if (!answer.ok) throw new Error(`${verb}: ${answer.error.message}`);
  const result = answer.result as { ok: boolean; value?: SettingsView; error?: { code: string } };
  if (!result.ok || result.value === undefined) throw new Error(`${verb}: ${result.error?.code ?? 'no value'}`);
  return result.value;
}

/** The webhook URL in a form every HTTP client can post to: the Basic password moves to `?secret=`. */
export function postable(webhookUrl: string): string {
  const url = new URL(webhookUrl);
  if (url.password !== '') url.searchParams.set('secret', decodeURIComponent(url.password));
  url.username = '';
  url.password = '';
  return url.href;
}

async function registerChannel(mackerelUrl: string, apiKey: string, webhookUrl: string): Promise<void> {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { 'x-api-key': apiKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`${mackerelUrl}/api/v0${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`Mackerel ${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { channels } = (await call('GET', '/channels')) as { channels: { id: string; name: string; url?: string }[] };
  const ours = channels.filter(({ name }) => name === CHANNEL_NAME);
  if (ours.some(({ url }) => url === webhookUrl)) return;
  // A site on another port has another address.
  for (const { id } of ours) await call('DELETE', `/channels/${id}`);
  await call('POST', '/channels', { type: 'webhook', name: CHANNEL_NAME, url: webhookUrl, enabledGraphImage: false, events: ['alert'], addToDefaultNotificationGroup: true });
}

/** Safe to repeat: settings a person has changed since stay as they are. */
export async function configure(deps: Pick<SiteDeps, 'invoke' | 'user'>, cells: SiteCells, mackerel: { readonly url: string; readonly apiKey: string }): Promise<void> {
  let settings = await adminVerb(deps, 'settings.get', {});
  if (cells.get<string>('configured-key') !== mackerel.apiKey) {
    const input: SettingsInput = settings.services.length > 0 ? { services: settings.services, rules: settings.rules, version: settings.version } : { ...FIRST_SETTINGS, version: settings.version };
    settings = await adminVerb(deps, 'settings.save', { ...input, apiKey: mackerel.apiKey });
    cells.set('configured-key', mackerel.apiKey);
  }
  if (settings.webhookUrl === null) throw new Error('The app gave no webhook URL.');
  await registerChannel(mackerel.url, mackerel.apiKey, settings.webhookUrl);
}
