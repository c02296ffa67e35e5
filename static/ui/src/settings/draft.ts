/** What is typed on the settings page, apart from what is stored. Rows carry ids of their own so that focus stays put. */
import type { Fallback, GroupsView, ServiceView, SettingsInput, SettingsView, TemplateChoice } from '../../../../src/contract';

import type { Where } from '../parts/ProjectChoice';
import { checkTyped, type Problem, type RuleSet } from './rules/rule-check';
import { schemeDraft, schemeOf, type SchemeDraft } from './scheme';
import { draftOfRule, groupingDraft, groupingOf, ruleOf, type GroupingDraft, type RuleDraft } from './rules/rule-draft';

export interface Row<T> {
  readonly id: number;
  readonly value: T;
}
export interface Draft {
  readonly apiKey: string;
  readonly slackUrl: string;
  readonly removeSlack: boolean;
  readonly services: readonly Row<ServiceView>[];
  readonly rules: readonly Row<RuleDraft>[];
  readonly fallback: Fallback;
  readonly grouping: GroupingDraft;
  readonly writes: { readonly enabled: boolean; readonly group: string };
  readonly groups: { readonly declare: string; readonly settings: string };
  readonly scheme: SchemeDraft;
  readonly templates: readonly Row<TemplateChoice>[];
  /** null: as stored. */
  readonly tickets: Where | null;
}

export type RulesDraft = Pick<Draft, 'rules' | 'fallback' | 'grouping'>;

export const whereStored = (stored: SettingsView['tickets']): Where =>
  stored === null
    ? { project: null, type: null }
    : { project: { id: stored.projectId, key: stored.projectKey, name: stored.projectName }, type: { id: stored.issueTypeId, name: stored.issueTypeName } };

let lastId = 0;
export function row<T>(value: T): Row<T> {
  lastId += 1;
  return { id: lastId, value };
}

/** `zone`: the viewer's, where hours that are not set yet would be told. */
export function draftOf(stored: SettingsView, zone: string): Draft {
  const rules = stored.rules.map((rule) => row(draftOfRule(rule, zone)));
  return {
    apiKey: '', slackUrl: '', removeSlack: false, services: stored.services.map(row), rules, fallback: stored.fallback, grouping: groupingDraft(stored.grouping),
    writes: { enabled: stored.writes.enabled, group: stored.writes.group ?? '' },
    groups: { declare: stored.groups.declare ?? '', settings: stored.groups.settings ?? '' }, scheme: schemeDraft(stored.scheme), templates: stored.templates.map(row), tickets: null,
  };
}

export const setOf = ({ rules, fallback, grouping }: RulesDraft): RuleSet => ({ rules: rules.map(({ value }) => ruleOf(value)), fallback, grouping: groupingOf(grouping) });
export const problemsOf = (draft: RulesDraft): readonly Problem[] => checkTyped(setOf(draft));

function servicesOf({ services }: Draft): readonly ServiceView[] {
  return services.map(({ value }) => ({ ...value, name: value.name.trim(), spaceKey: value.spaceKey.trim() }));
}
/** Rows that say where the pages of a service go. */
export const mappedOf = (draft: Draft): readonly ServiceView[] => servicesOf(draft).filter(({ name, spaceKey }) => name !== '' && spaceKey !== '');

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const groupsOf = ({ groups: { declare, settings } }: Draft): GroupsView => ({ declare: orNull(declare), settings: orNull(settings) });

/** Empty secrets mean "keep what is stored"; rows nobody filled in are left out. */
export function inputOf(draft: Draft, version: number): SettingsInput {
  const apiKey = draft.apiKey.trim();
  const slackUrl = draft.slackUrl.trim();
  return {
    ...(apiKey === '' ? {} : { apiKey }),
    ...(draft.removeSlack ? { slackUrl: '' } : slackUrl === '' ? {} : { slackUrl }),
    services: servicesOf(draft).filter((service) => service.name !== '' || service.spaceKey !== ''),
    ...setOf(draft),
    writes: { enabled: draft.writes.enabled, group: orNull(draft.writes.group) },
    groups: groupsOf(draft),
    scheme: schemeOf(draft.scheme),
    templates: draft.templates.map(({ value }) => value),
    ...ticketsOf(draft.tickets),
    version,
  };
}

/** A project whose work type is not chosen yet is no choice. */
function ticketsOf(where: Where | null): Pick<SettingsInput, 'tickets'> {
  if (where === null) return {};
  const { project, type } = where;
  return project === null ? { tickets: null } : type === null ? {} : { tickets: { projectId: project.id, issueTypeId: type.id } };
}

/** True when saving would change something. */
export function differs(draft: Draft, stored: SettingsView): boolean {
  const { apiKey, slackUrl, services, rules, fallback, grouping, writes, groups, scheme, templates, tickets } = inputOf(draft, stored.version);
  const other = tickets !== undefined && (tickets?.projectId !== stored.tickets?.projectId || tickets?.issueTypeId !== stored.tickets?.issueTypeId);
  return other || apiKey !== undefined || slackUrl !== undefined || JSON.stringify([services, rules, fallback, grouping, writes, groups, scheme, templates]) !== JSON.stringify([stored.services, stored.rules, stored.fallback, stored.grouping, stored.writes, stored.groups, stored.scheme, stored.templates]);
}

export function changed<T>(rows: readonly Row<T>[], id: number, part: Partial<T>): readonly Row<T>[] {
  return rows.map((one) => (one.id === id ? { ...one, value: { ...one.value, ...part } } : one));
}
export function without<T>(rows: readonly Row<T>[], id: number): readonly Row<T>[] {
  return rows.filter((one) => one.id !== id);
}
/** Moves a row by `step` places, within the list. */
export function moved<T>(rows: readonly Row<T>[], id: number, step: -1 | 1): readonly Row<T>[] {
  const from = rows.findIndex((one) => one.id === id);
  const other = rows[from + step];
  const own = rows[from];
  if (own === undefined || other === undefined) return rows;
  return rows.map((one) => (one === own ? other : one === other ? own : one));
}
/** Moves a row beside another one. The same rows when it is there already. */
export function movedTo<T>(rows: readonly Row<T>[], id: number, other: number, edge: 'above' | 'below'): readonly Row<T>[] {
  const own = rows.find((one) => one.id === id);
  if (own === undefined || id === other || !rows.some((one) => one.id === other)) return rows;
  const next = without(rows, id).flatMap((one) => (one.id !== other ? [one] : edge === 'above' ? [own, one] : [one, own]));
  return next.every((one, index) => one === rows[index]) ? rows : next;
}
/** Puts a row behind another one. */
export function after<T>(rows: readonly Row<T>[], id: number, added: Row<T>): readonly Row<T>[] {
  return rows.flatMap((one) => (one.id === id ? [one, added] : [one]));
}
