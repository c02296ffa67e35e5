/** What settings name elsewhere is proven when they are saved: spaces, parent pages, groups. */
import type { JudgedSeverity, ParentPage, SchemeView, ServiceInput, ServiceView, SettingsInput, SeverityRule, TemplateId } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import type { Settings } from '../domain/model';
import { JUDGED, NAMED_ROLES_AT_MOST, ROLES, SEVERITY_NAME_MAX, SEVERITY_TEXT_MAX } from '../domain/scheme';
import { ROLE_NAME_MAX } from '../domain/team';
import { isPageTemplate } from '../domain/templates';
import type { Ports, SpaceInfo } from '../ports';
import { typedLine } from './typed';

/** Settings are read by every call. 200 rules of usual length are 60 kB. */
const RULES_BYTES = 100_000;

/** The page as Confluence has it: the caller sees it, and it is in the space. What stood there before stays as it was told then. */
async function parentOf(ports: Ports, before: Settings, service: ServiceInput, space: SpaceInfo): Promise<ParentPage | null> {
  const { parent } = service;
  if (parent == null) return null;
  const known = before.services.find(({ name, spaceKey }) => name === service.name && spaceKey === service.spaceKey)?.parent ?? null;
  if (known?.id === parent.id) return known;
  const page = await ports.access.page(parent.id);
  if (page === null) throw new AppFailure('bad-request', 'error.parent-unknown', { service: service.name }, 'services');
  if (page.spaceId !== space.id) throw new AppFailure('bad-request', 'error.parent-elsewhere', { title: page.title, space: space.key }, 'services');
  return { id: page.pageId, title: page.title };
}

/** Services with the pages theirs go below. Every space and page they and the rules name has to be there. */
export async function provePlaces(ports: Ports, before: Settings, { services, rules }: SettingsInput): Promise<readonly ServiceView[]> {
  if (new TextEncoder().encode(JSON.stringify(rules)).length > RULES_BYTES) throw badRequest('rules', 'error.rules-too-large');
  const named = rules.map(({ then }) => (then.action === 'declare' ? then.spaceKey : null));
  const keys = [...new Set([...services.map((service) => service.spaceKey), ...named.filter((key) => key !== null)])];
  const known = new Map((keys.length === 0 ? [] : await ports.access.spaces(keys)).map((space) => [space.key, space]));
  if (services.some(({ spaceKey }) => !known.has(spaceKey))) throw badRequest('services', 'error.space-key');
  const lost = named.findIndex((key) => key !== null && !known.has(key));
  if (lost !== -1) throw badRequest(`rules.${lost}.then.spaceKey`, 'error.space-key');
  if (new Set(services.map(({ name }) => name)).size !== services.length) throw badRequest('services', 'error.service-twice');
  const placed: ServiceView[] = [];
  for (const service of services) {
    const space = known.get(service.spaceKey);
    if (space === undefined) throw badRequest('services', 'error.space-key');
    placed.push({ name: service.name, spaceKey: service.spaceKey, lang: service.lang, parent: await parentOf(ports, before, service, space) });
  }
  return placed;
}

/** Pages that rules and lines name have to be templates still. */
export function proveTemplates({ pageTemplates }: Settings, { rules, templates = [] }: SettingsInput): void {
  const isLost = (template: TemplateId | undefined): boolean => template !== undefined && isPageTemplate(template) && !pageTemplates.some(({ id }) => id === template);
  const rule = rules.findIndex(({ then }) => then.action === 'declare' && isLost(then.template));
  if (rule !== -1) throw badRequest(`rules.${rule}.then.template`, 'error.template-page.gone');
  if (templates.some(({ template }) => isLost(template))) throw badRequest('templates', 'error.template-page.gone');
}

/**
 * Who may do what is for administrators of Confluence to say, so that nobody gives themselves more, and a group has to be there.
 * @throws AppFailure forbidden, bad-request
 */
export async function proveGrants(ports: Ports, before: Settings, { writes = before.writes, groups = before.groups }: SettingsInput): Promise<void> {
  if (writes.enabled && writes.group === null) throw badRequest('writes', 'error.group-empty');
  const changed = [
    { field: 'writes', was: before.writes, is: writes, group: writes.group, known: before.writes.group },
    { field: 'groups.declare', was: before.groups.declare, is: groups.declare, group: groups.declare, known: before.groups.declare },
    { field: 'groups.settings', was: before.groups.settings, is: groups.settings, group: groups.settings, known: before.groups.settings },
  ].filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));
  for (const { field, group, known } of changed) {
    if (!(await ports.access.isAdmin())) throw new AppFailure('forbidden', 'error.grants-admin-only', {}, field);
    if (group !== null && group !== known && !(await ports.access.groupExists(group))) throw new AppFailure('bad-request', 'error.group-unknown', { group }, field);
  }
}

const textOrNull = (text: string | null, max: number, field: string): string | null => (text === null ? null : typedLine(text, max, field) || null);

/** As it is kept: one line each, in the app's order, nothing twice. @throws AppFailure bad-request naming the field */
export function typedScheme({ severities, roles }: SchemeView): SchemeView {
  const rules = JUDGED.map((severity): readonly [JudgedSeverity, SeverityRule] => {
    const { name, description, updateMinutes, ticketDays, reviewDays } = severities[severity];
    const field = `scheme.severities.${severity}`;
    return [severity, { name: textOrNull(name, SEVERITY_NAME_MAX, field), description: textOrNull(description, SEVERITY_TEXT_MAX, field), updateMinutes, ticketDays, ...(reviewDays === undefined ? {} : { reviewDays }) }];
  });
  const names = rules.map(([severity, { name }]) => (name ?? severity).toLowerCase());
  if (new Set(names).size !== names.length) throw badRequest('scheme.severities', 'error.severity-twice');
  const named = roles.named.map((name) => typedLine(name, ROLE_NAME_MAX, 'scheme.roles')).filter((name) => name !== '');
  if (named.length > NAMED_ROLES_AT_MOST) throw badRequest('scheme.roles', 'error.roles-many');
  if (new Set(named).size !== named.length) throw badRequest('scheme.roles', 'error.role-twice');
  return { severities: Object.fromEntries(rules) as SchemeView['severities'], roles: { standard: ROLES.filter((role) => roles.standard.includes(role)), named } };
}
