/** What a save changed of the settings, in words of no language; of secrets only that they changed. Pure. */
import type { ChangedSetting, RuleView } from '../contract';
import type { Settings } from './model';

/** Of one field's text, characters; a change is one small row of storage. */
const TEXT = 800;
/** What a change can be of; reading stored changes goes by it, so that no field is missing there. */
export const CHANGED_FIELDS: { readonly [Field in ChangedSetting['field']]: Field } = {
  apiKey: 'apiKey', slackUrl: 'slackUrl', services: 'services', rules: 'rules', fallback: 'fallback', grouping: 'grouping', writes: 'writes', templates: 'templates', pageTemplates: 'pageTemplates', installed: 'installed', tickets: 'tickets',
  groups: 'groups', severities: 'severities', roles: 'roles', webhook: 'webhook', webhookSecret: 'webhookSecret',
};
/** Changes that are kept, the newest first. */
export const CHANGES_KEPT = 200;

export interface SettingsChange {
  /** Counts the changes of a connection from 1. */
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  /** Account id. */
  readonly by: string;
  readonly changed: readonly ChangedSetting[];
}

function short(text: string): string {
  const all = [...text];
  return all.length <= TEXT ? text : `${all.slice(0, TEXT - 1).join('')}…`;
}

type Lines = ReadonlyMap<string, string>;
/** The lines that only one side has, or has otherwise; null: none. */
function only(lines: Lines, other: Lines): string | null {
  const own = [...lines].filter(([key, line]) => other.get(key) !== line).map(([, line]) => line);
  return own.length === 0 ? null : short(own.join('\n'));
}
function differing(field: ChangedSetting['field'], before: Lines, after: Lines): readonly ChangedSetting[] {
  const [was, is] = [only(before, after), only(after, before)];
  return was === null && is === null ? [] : [{ field, before: was, after: is }];
}

const services = (settings: Settings): Lines => new Map(settings.services.map(({ name, spaceKey, lang, parent }) => [name, `${name} → ${spaceKey}${parent === null ? '' : ` / ${parent.title}`} (${lang})`]));

/** A rule as its conditions and what follows; its place counts, for the first that fits decides. */
function ruleLine({ name, when, then }: RuleView, index: number): string {
  const conditions = Object.entries(when).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  const said = conditions.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const { action, ...rest } = then;
  const more = Object.entries(rest).filter(([, value]) => value !== null).map(([key, value]) => `${key}=${String(value)}`);
  return `${index + 1}. ${name === '' ? '' : `${name}: `}${[said.length === 0 ? '*' : said.join(' '), [action, ...more].join(' ')].join(' → ')}`;
}
const rules = (settings: Settings): Lines => new Map(settings.rules.map((rule, index) => [rule.id, ruleLine(rule, index)]));

const templates = (settings: Settings): Lines => new Map(settings.templates.map(({ kind, severity, service, template }, index) => [String(index), `${index + 1}. ${[kind, severity, service].map((part) => part ?? '*').join(' ')} → ${template}`]));

const pageTemplates = (settings: Settings): Lines => new Map(settings.pageTemplates.map(({ id, name, pageId, version }) => [id, `${name} (${id}) → ${pageId} v${version}`]));
const installed = (settings: Settings): Lines =>
  new Map(settings.installed.map(({ template, lang, spaceKey, structure }) => [JSON.stringify([template, lang, spaceKey]), `${template} (${lang}) → ${spaceKey ?? '*'} [${structure}]`]));

const one = (text: string | null): Lines => new Map(text === null ? [] : [['', text]]);
const grouping = ({ grouping: { by, monitorMinutes, flapMinutes } }: Settings): Lines => one(`by=${by} monitorMinutes=${monitorMinutes} flapMinutes=${flapMinutes}`);
const writes = ({ writes: { enabled, group } }: Settings): Lines => one(enabled ? (group ?? '') : null);
const tickets = (settings: Settings): Lines => one(settings.tickets === null ? null : `${settings.tickets.projectKey}: ${settings.tickets.issueTypeName}`);

const groups = ({ groups: { declare, settings } }: Settings): Lines => new Map(Object.entries({ declare, settings }).flatMap(([may, group]) => (group === null ? [] : [[may, `${may}=${group}`] as const])));
const severities = ({ scheme }: Settings): Lines =>
  new Map(Object.entries(scheme.severities).map(([severity, { name, description, updateMinutes, ticketDays, reviewDays }]) => [severity, `${severity}: ${[name, description].filter((text) => text !== null).join(' – ')} updateMinutes=${String(updateMinutes)} ticketDays=${ticketDays}${reviewDays === undefined ? '' : ` reviewDays=${String(reviewDays)}`}`]));
const roles = ({ scheme: { roles: { standard, named } } }: Settings): Lines => one([...standard, ...named].join(', '));
const channel = ({ webhook: { channelId } }: Settings): Lines => one(channelId);

export function changedSettings(before: Settings, after: Settings): readonly ChangedSetting[] {
  const secret = (field: 'apiKey' | 'slackUrl'): readonly ChangedSetting[] => (before.secrets[field] === after.secrets[field] ? [] : [{ field, before: null, after: null }]);
  return [
    ...secret('apiKey'),
    ...secret('slackUrl'),
    ...differing('services', services(before), services(after)),
    ...differing('rules', rules(before), rules(after)),
    ...differing('fallback', one(before.fallback), one(after.fallback)),
    ...differing('grouping', grouping(before), grouping(after)),
    ...differing('writes', writes(before), writes(after)),
    ...differing('templates', templates(before), templates(after)),
    ...differing('pageTemplates', pageTemplates(before), pageTemplates(after)),
    ...differing('installed', installed(before), installed(after)),
    ...differing('tickets', tickets(before), tickets(after)),
    ...differing('groups', groups(before), groups(after)),
    ...differing('severities', severities(before), severities(after)),
    ...differing('roles', roles(before), roles(after)),
    ...differing('webhook', channel(before), channel(after)),
    ...(before.webhook.secret === after.webhook.secret ? [] : [{ field: 'webhookSecret', before: null, after: null } as const]),
  ];
}
