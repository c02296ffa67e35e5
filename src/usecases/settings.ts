import type { SettingsInput, SettingsView } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { isSlackUrl } from '../domain/links';
import type { Settings } from '../domain/model';
import type { Ports } from '../ports';
import { mackerelFailure } from './mackerel-failure';
import { proveAdmin } from './prove';
import { requestDrain } from './receive-webhook';

function fresh(ports: Ports): Settings {
  return { schema: 2, conn: ports.random.letters(8), orgName: null, apiKeyLast4: null, canWrite: null, services: [], rules: [], slackConfigured: false, writes: { enabled: false, group: null } };
}

async function webhookSecret(ports: Ports): Promise<string> {
  const known = await ports.settings.secret('webhook');
  if (known !== null) return known;
  await ports.settings.setSecret('webhook', ports.random.letters(40));
  const stored = await ports.settings.secret('webhook');
  if (stored === null) throw new AppFailure('internal');
  return stored;
}

async function view(ports: Ports, settings: Settings, version: number): Promise<SettingsView> {
  return {
    apiKeyLast4: settings.apiKeyLast4,
    orgName: settings.orgName,
    canWrite: settings.canWrite,
    services: settings.services,
    rules: settings.rules,
    slackConfigured: settings.slackConfigured,
    writes: settings.writes,
    webhookUrl: version === 0 ? null : await ports.webhook.url(await webhookSecret(ports)),
    version,
  };
}

/** For administrators only; the API key itself never leaves, only its last four characters. */
export async function getSettings(ports: Ports): Promise<SettingsView> {
  await proveAdmin(ports);
  const row = await ports.settings.load();
  return row === null ? await view(ports, fresh(ports), 0) : await view(ports, row.value, row.ver);
}

async function tested(ports: Ports, apiKey: string): Promise<Pick<Settings, 'orgName' | 'apiKeyLast4' | 'canWrite'>> {
  try {
    const org = await ports.mackerelWith(apiKey).org();
    return { orgName: org.name, apiKeyLast4: apiKey.slice(-4), canWrite: null };
  } catch (error) {
    const failure = mackerelFailure(error);
    if (!(failure instanceof AppFailure)) throw error;
    throw new AppFailure(failure.code, failure.messageKey, failure.params, 'apiKey', failure.retryAfterMs);
  }
}

/** Tests a new key against Mackerel before anything is stored; either all of the input is taken or nothing. */
export async function saveSettings(ports: Ports, input: SettingsInput): Promise<SettingsView> {
  await proveAdmin(ports);
  const row = await ports.settings.load();
  if ((row?.ver ?? 0) !== input.version) throw new AppFailure('conflict', 'error.settings-changed');
  const before = row?.value ?? fresh(ports);
  const apiKey = input.apiKey?.trim();
  if (apiKey === '') throw badRequest('apiKey', 'error.api-key-empty');
  if (input.slackUrl !== undefined && input.slackUrl !== '' && !isSlackUrl(input.slackUrl)) throw badRequest('slackUrl', 'error.slack-url');
  const keys = [...new Set(input.services.map((service) => service.spaceKey))];
  const spaces = keys.length === 0 ? [] : await ports.access.spaces(keys);
  const unknown = keys.find((key) => !spaces.some((space) => space.key === key));
  if (unknown !== undefined) throw badRequest('services', 'error.space-unknown');
  const names = input.services.map((service) => service.name);
  if (new Set(names).size !== names.length) throw badRequest('services', 'error.service-twice');
  if (input.writes?.enabled === true && input.writes.group === null) throw badRequest('writes', 'error.group-empty');
  const key = apiKey === undefined ? {} : await tested(ports, apiKey);
  const after: Settings = {
    ...before,
    ...key,
    services: input.services,
    rules: input.rules,
    slackConfigured: input.slackUrl === undefined ? before.slackConfigured : input.slackUrl !== '',
    writes: input.writes ?? before.writes,
  };
  if (!(await ports.settings.save(after, row?.ver ?? null))) throw new AppFailure('conflict', 'error.settings-changed');
  if (apiKey !== undefined) await ports.settings.setSecret('api-key', apiKey);
  if (input.slackUrl !== undefined) await ports.settings.setSecret('slack-url', input.slackUrl === '' ? null : input.slackUrl);
  await requestDrain(ports, after.conn);
  const stored = await ports.settings.load();
  return await view(ports, after, stored?.ver ?? 1);
}
