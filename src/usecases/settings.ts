import type { GuideView, SettingsInput, SettingsView } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { isSlackUrl } from '../domain/links';
import type { SecretNames, Settings } from '../domain/model';
import { GROUPING } from '../domain/rules';
import { SCHEME } from '../domain/scheme';
import { FIRST_SECRETS, KINDS, renamed, type SecretKind } from '../domain/secrets';
import { FIRST_WEBHOOK } from '../domain/webhook';
import { MackerelError, type AlertSource, type Ports } from '../ports';
import type { Caller } from './caller';
import { proveNotErasing } from './erase';
import { mackerelFailure } from './mackerel-failure';
import { proveKeeper } from './prove';
import { pulseOf } from './pulse';
import { requestWholeLook } from './receive-webhook';
import { sampleOf } from './sample';
import { proveGrants, provePlaces, proveTemplates, typedScheme } from './settings-input';
import { withChange } from './settings-changes';
import { webhookUrl } from './webhook-secret';

function fresh(ports: Ports): Settings {
  return { schema: 5, conn: ports.random.letters(8), orgName: null, apiKeyLast4: null, canWrite: null, services: [], rules: [], fallback: 'candidate', grouping: GROUPING, slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], installed: [], webhook: FIRST_WEBHOOK, secrets: FIRST_SECRETS };
}

async function guideOf(ports: Ports, { conn, settled, webhook }: Settings): Promise<GuideView> {
  const [pulse, sample] = await Promise.all([pulseOf(ports, conn), sampleOf(ports, conn)]);
  return { settled: settled ?? null, webhook: webhook.channelId !== null || pulse.webhook !== null, sample };
}

async function view(ports: Ports, settings: Settings, version: number): Promise<SettingsView> {
  return {
    apiKeyLast4: settings.apiKeyLast4,
    orgName: settings.orgName,
    canWrite: settings.canWrite,
    services: settings.services,
    rules: settings.rules,
    fallback: settings.fallback,
    grouping: settings.grouping,
    slackConfigured: settings.slackConfigured,
    writes: settings.writes,
    groups: settings.groups,
    mayGrant: await ports.access.isAdmin(),
    scheme: settings.scheme,
    tickets: settings.tickets,
    templates: settings.templates,
    pageTemplates: settings.pageTemplates.map(({ id, name }) => ({ id, name })),
    webhookUrl: version === 0 ? null : await webhookUrl(ports, settings),
    guide: await guideOf(ports, settings),
    version,
  };
}

/** For those who look after the settings; the API key itself never leaves, only its last four characters. */
export async function getSettings(ports: Ports, caller: Caller): Promise<SettingsView> {
  await proveKeeper(ports, caller);
  const row = await ports.settings.load();
  return row === null ? await view(ports, fresh(ports), 0) : await view(ports, row.value, row.ver);
}

/** No channel of Mackerel's has such an id. */
const NO_CHANNEL = '0';

/** Whether the key may write, without writing: what it may not do is refused before it is looked for. null: Mackerel does not say. */
async function mayWrite(source: AlertSource): Promise<boolean | null> {
  try {
    await source.deleteChannel(NO_CHANNEL);
    return true;
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    return error.kind === 'forbidden' ? false : null;
  }
}

async function tested(ports: Ports, apiKey: string): Promise<Pick<Settings, 'orgName' | 'apiKeyLast4' | 'canWrite'>> {
  try {
    const source = ports.mackerelWith(apiKey);
    const org = await source.org();
    return { orgName: org.name, apiKeyLast4: apiKey.slice(-4), canWrite: await mayWrite(source) };
  } catch (error) {
    const failure = mackerelFailure(error);
    if (!(failure instanceof AppFailure)) throw error;
    throw new AppFailure(failure.code, failure.messageKey, failure.params, 'apiKey', failure.retryAfterMs);
  }
}

/** What the input changes of the secrets; empty: taken away. */
const enteredIn = ({ apiKey, slackUrl }: SettingsInput): Readonly<Partial<Record<SecretKind, string>>> => ({
  ...(apiKey === undefined ? {} : { apiKey: apiKey.trim() }),
  ...(slackUrl === undefined ? {} : { slackUrl }),
});

/** What of the input is to stand, without what Confluence and Jira have to say of it. */
function asked(settings: Settings, input: SettingsInput): readonly unknown[] {
  const services = input.services.map(({ name, spaceKey, lang, parent }) => [name, spaceKey, lang, parent?.id ?? null]);
  const tickets = input.tickets === undefined ? settings.tickets : input.tickets;
  const { rules, fallback = settings.fallback, grouping = settings.grouping, writes = settings.writes, groups = settings.groups, scheme = settings.scheme, templates = settings.templates, settled = settings.settled } = input;
  return [services, rules, fallback, grouping, writes, groups, typedScheme(scheme), templates, tickets?.projectId, tickets?.issueTypeId, settled];
}
/** Whether all the input asks for stands already: it was sent again after its answer got lost. */
async function stands(ports: Ports, settings: Settings, input: SettingsInput): Promise<boolean> {
  if (JSON.stringify(asked(settings, input)) !== JSON.stringify(asked(settings, { services: settings.services, rules: settings.rules, version: 0 }))) return false;
  const entered = enteredIn(input);
  for (const kind of KINDS) if (entered[kind] !== undefined && entered[kind] !== ((await ports.settings.entered(kind)) ?? '')) return false;
  return true;
}

async function forget(ports: Ports, names: readonly SecretNames['apiKey'][]): Promise<void> {
  for (const name of names) await ports.settings.setSecret(name, null);
}
/** Stores what was entered under new names: nothing goes by them before the settings do. */
async function storeSecrets(ports: Ports, known: SecretNames, input: SettingsInput): Promise<SecretNames> {
  const given: Partial<Record<SecretKind, SecretNames['apiKey']>> = {};
  for (const kind of KINDS) {
    const value = enteredIn(input)[kind];
    if (value === undefined) continue;
    given[kind] = ports.settings.nameFor(kind, value, input.version + 1);
    if (value !== '') await ports.settings.setSecret(given[kind], value);
  }
  // Those a crash left behind.
  await forget(ports, known.gone);
  return renamed(known, given);
}

/** Another save came first: what this one stored goes, unless the other one means the same. */
async function takeBack(ports: Ports, before: SecretNames, mine: SecretNames): Promise<void> {
  const now = (await ports.settings.load())?.value.secrets ?? before;
  const kept = [before, now].flatMap(({ apiKey, slackUrl }) => [apiKey, slackUrl]);
  await forget(ports, [mine.apiKey, mine.slackUrl].filter((name) => !kept.includes(name)));
}

/** What follows a change that is stored. Safe to repeat. */
async function saved(ports: Ports, settings: Settings): Promise<SettingsView> {
  await forget(ports, settings.secrets.gone);
  await requestWholeLook(ports, settings.conn);
  const stored = await ports.settings.load();
  return await view(ports, settings, stored?.ver ?? 1);
}
/** Somebody else saved; unless it was this very input, which is as good as saved. */
async function savedBefore(ports: Ports, input: SettingsInput): Promise<SettingsView> {
  const row = await ports.settings.load();
  if (row === null || !(await stands(ports, row.value, input))) throw new AppFailure('conflict', 'error.settings-changed');
  return await saved(ports, row.value);
}

/** Tests a new key against Mackerel before anything is stored; either all of the input is taken or nothing. */
export async function saveSettings(ports: Ports, caller: Caller, input: SettingsInput): Promise<SettingsView> {
  await proveKeeper(ports, caller);
  await proveNotErasing(ports);
  const row = await ports.settings.load();
  if ((row?.ver ?? 0) !== input.version) return await savedBefore(ports, input);
  const before = row?.value ?? fresh(ports);
  const { apiKey } = enteredIn(input);
  if (apiKey === '') throw badRequest('apiKey', 'error.api-key-empty');
  if (input.slackUrl !== undefined && input.slackUrl !== '' && !isSlackUrl(input.slackUrl)) throw badRequest('slackUrl', 'error.slack-url');
  const services = await provePlaces(ports, before, input);
  proveTemplates(before, input);
  await proveGrants(ports, before, input);
  const scheme = input.scheme === undefined ? before.scheme : typedScheme(input.scheme);
  const tickets = input.tickets == null ? input.tickets : await ports.issues.project(input.tickets.projectId, input.tickets.issueTypeId);
  if (tickets === null && input.tickets !== null) throw badRequest('tickets', 'error.ticket-project');
  const key = apiKey === undefined ? {} : await tested(ports, apiKey);
  const next: Settings = {
    ...before,
    ...key,
    secrets: await storeSecrets(ports, before.secrets, input),
    services,
    rules: input.rules,
    fallback: input.fallback ?? before.fallback,
    grouping: input.grouping ?? before.grouping,
    slackConfigured: input.slackUrl === undefined ? before.slackConfigured : input.slackUrl !== '',
    writes: input.writes ?? before.writes,
    groups: input.groups ?? before.groups,
    scheme,
    tickets: tickets === undefined ? before.tickets : tickets,
    templates: input.templates ?? before.templates,
    ...(input.settled === undefined ? {} : { settled: input.settled }),
    // The channel is another organization's.
    webhook: 'orgName' in key && key.orgName !== before.orgName ? { ...before.webhook, channelId: null } : before.webhook,
  };
  const after = await withChange(ports, caller, before, next);
  if (await ports.settings.save(after, row?.ver ?? null)) return await saved(ports, after);
  await takeBack(ports, before.secrets, after.secrets);
  return await savedBefore(ports, input);
}
