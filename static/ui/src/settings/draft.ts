/** What is typed on the settings page, apart from what is stored. Rows carry ids of their own so that focus stays put. */
import type { RuleView, ServiceView, SettingsInput, SettingsView } from '../../../../src/contract';

export interface Row<T> {
  readonly id: number;
  readonly value: T;
}
export interface Draft {
  readonly apiKey: string;
  readonly slackUrl: string;
  readonly removeSlack: boolean;
  readonly services: readonly Row<ServiceView>[];
  readonly rules: readonly Row<RuleView>[];
  readonly writes: { readonly enabled: boolean; readonly group: string };
}

let lastId = 0;
export function row<T>(value: T): Row<T> {
  lastId += 1;
  return { id: lastId, value };
}

export function draftOf(stored: SettingsView): Draft {
  return { apiKey: '', slackUrl: '', removeSlack: false, services: stored.services.map(row), rules: stored.rules.map(row), writes: { enabled: stored.writes.enabled, group: stored.writes.group ?? '' } };
}

/** Empty secrets mean "keep what is stored"; rows nobody filled in are left out. */
export function inputOf(draft: Draft, version: number): SettingsInput {
  const apiKey = draft.apiKey.trim();
  const slackUrl = draft.slackUrl.trim();
  return {
    ...(apiKey === '' ? {} : { apiKey }),
    ...(draft.removeSlack ? { slackUrl: '' } : slackUrl === '' ? {} : { slackUrl }),
    services: draft.services.map(({ value }) => ({ ...value, name: value.name.trim(), spaceKey: value.spaceKey.trim() })).filter((service) => service.name !== '' || service.spaceKey !== ''),
    rules: draft.rules.map(({ value }) => value),
    writes: { enabled: draft.writes.enabled, group: draft.writes.group.trim() === '' ? null : draft.writes.group.trim() },
    version,
  };
}

/** True when saving would change something. */
export function differs(draft: Draft, stored: SettingsView): boolean {
  const { apiKey, slackUrl, services, rules, writes } = inputOf(draft, stored.version);
  return apiKey !== undefined || slackUrl !== undefined || JSON.stringify([services, rules, writes]) !== JSON.stringify([stored.services, stored.rules, stored.writes]);
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
