/** Makes a fresh site ready to use, the way an admin would: through the app's own verbs and Mackerel's own API. */
import { createHash } from 'node:crypto';
import type { RuleView, RuleWhen, ServiceView, SettingsInput, SettingsView } from '../src/contract';
import type { SiteCells } from './core/store';
import type { SiteDeps } from './site-deps';

export const MACKEREL_API = 'https://api.mackerelio.com';
type Verb = 'settings.get' | 'settings.save';
type AppDeps = Pick<SiteDeps, 'invoke' | 'user'>;
interface Connection {
  readonly url: string;
  readonly apiKey: string;
}
type First = Pick<SettingsInput, 'slackUrl' | 'services' | 'rules' | 'writes' | 'tickets'>;

const CHANNEL_NAME = 'Incident Pages (local site)';
const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
const ASK: RuleView = { id: 'ask', name: '', when: ANY, then: { action: 'candidate', times: 1, minutes: 60 } };
const FIRST_SETTINGS: First = {
  slackUrl: 'https://hooks.slack.com/services/LOCAL/LOCAL/local',
  writes: { enabled: true, group: 'responders' },
  // Project OPS, work type Task.
  tickets: { projectId: '10000', issueTypeId: '10001' },
  services: [
    { name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null },
    { name: 'blog', spaceKey: 'SRE', lang: 'en', parent: null },
    { name: 'this-computer', spaceKey: 'SRE', lang: 'en', parent: null },
  ],
  rules: [
    { id: 'shop', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } },
    { id: 'this-computer', name: '', when: { ...ANY, service: 'this-computer', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev4', kind: 'incident', spaceKey: null } },
    ASK,
  ],
};

/** Calls an admin verb; throws with the app's own error code when it refuses. */
export async function adminVerb(deps: AppDeps, verb: Verb, payload: unknown): Promise<SettingsView> {
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
  await call('POST', '/channels', { type: 'webhook', name: CHANNEL_NAME, url: webhookUrl, enabledGraphImage: true, events: ['alert'], addToDefaultNotificationGroup: true });
}

/** Safe to repeat: settings a person has changed since stay as they are. `first` is asked for on the first time only. */
async function connect(deps: AppDeps, cells: SiteCells, apiKey: string, first: () => Promise<First> | First): Promise<SettingsView> {
  const settings = await adminVerb(deps, 'settings.get', {});
  const mark = createHash('sha256').update(apiKey).digest('hex');
  if (cells.get<string>('configured-key') === mark) return settings;
  const input = settings.services.length > 0 ? { services: settings.services, rules: settings.rules } : await first();
  const saved = await adminVerb(deps, 'settings.save', { ...input, version: settings.version, apiKey });
  cells.set('configured-key', mark);
  return saved;
}

export async function configure(deps: AppDeps, cells: SiteCells, mackerel: Connection): Promise<void> {
  const settings = await connect(deps, cells, mackerel.apiKey, () => FIRST_SETTINGS);
  if (settings.webhookUrl === null) throw new Error('The app gave no webhook URL.');
  await registerChannel(mackerel.url, mackerel.apiKey, settings.webhookUrl);
}

/** The settings take no more. */
const MOST_SERVICES = 200;

/** What the key can see, asked before anything is stored. @throws in words that say what to do */
async function servicesOf({ url, apiKey }: Connection): Promise<readonly ServiceView[]> {
  const response = await fetch(`${url}/api/v0/services`, { headers: { 'x-api-key': apiKey } }).catch((error: unknown) => {
    const { cause } = error as { cause?: { code?: string } };
    throw new Error(`${url} cannot be reached (${cause?.code ?? String(error)}). Without MACKEREL_API_KEY the site brings a Mackerel of its own.`);
  });
  if (!response.ok) throw new Error(`Mackerel refused the key in MACKEREL_API_KEY: ${response.status} ${(await response.text()).slice(0, 200)}`);
  const { services } = (await response.json()) as { services: { name: string }[] };
  return services.slice(0, MOST_SERVICES).map(({ name }) => ({ name, spaceKey: 'OPS', lang: 'ja', parent: null }));
}

/** The real service: its services belong to `OPS`, every alert waits for a person, and no channel is registered. */
export async function configureForReal(deps: AppDeps, cells: SiteCells, mackerel: Connection): Promise<void> {
  await connect(deps, cells, mackerel.apiKey, async () => ({
    slackUrl: FIRST_SETTINGS.slackUrl ?? '',
    services: await servicesOf(mackerel),
    rules: [ASK],
  }));
}
