/** The app's manifest, resolved: modules to functions, functions to handlers, egress to hosts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { IndexedIssueProperty, IndexedProperty } from '../types';
import { readFilter, type EventFilter } from './event-filter';

export interface AppFunction {
  readonly key: string;
  /** e.g. `index.resolver` */
  readonly handler: string;
  readonly timeoutSeconds: number | null;
}
export interface AppModule {
  readonly key: string;
  /** e.g. `macro`, `confluence:globalPage` */
  readonly type: string;
  readonly resolver: string | null;
  readonly adfExport: string | null;
  /** The module as it stands in the manifest. */
  readonly raw: Readonly<Record<string, unknown>>;
}
export interface EntityIndex {
  readonly name: string;
  readonly partition: readonly string[];
  /** At most one attribute. */
  readonly range: string | null;
}
export interface Entity {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly indexes: ReadonlyMap<string, EntityIndex>;
}
/** One function's wish to hear of a type of event. */
export interface Trigger {
  readonly function: string;
  readonly filter: EventFilter;
}
export interface ScheduledTrigger {
  readonly key: string;
  readonly function: string;
  readonly interval: 'fiveMinute' | 'hour' | 'day' | 'week';
}
/** A folder of html pages, or UI Kit surfaces: one source file, or a folder with one for each entry. */
export interface Resource {
  readonly key: string;
  readonly path: string;
  readonly entry: Readonly<Record<string, string>>;
  /** UI Kit surfaces by the name of their bundle; empty for html pages. */
  readonly uiKit: ReadonlyMap<string, string>;
}
export interface Manifest {
  readonly appUuid: string;
  readonly scopes: readonly string[];
  readonly functions: ReadonlyMap<string, AppFunction>;
  /** Modules that have a face, by key. */
  readonly modules: ReadonlyMap<string, AppModule>;
  /** Queue name → function key. */
  readonly consumers: ReadonlyMap<string, string>;
  readonly webtriggers: ReadonlyMap<string, string>;
  readonly schedules: ReadonlyMap<string, ScheduledTrigger>;
  /** Functions that run before the app is removed, by module key. */
  readonly uninstalls: ReadonlyMap<string, string>;
  /** By product event type. */
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Addresses functions may fetch, remotes resolved. */
  readonly egress: readonly string[];
  readonly translations: { readonly resources: readonly { readonly key: string; readonly path: string }[]; readonly fallback: string | null };
  readonly resources: readonly Resource[];
  readonly contentProperties: readonly IndexedProperty[];
  readonly issueProperties: readonly IndexedIssueProperty[];
  /** The whole document. */
  readonly raw: Readonly<Record<string, unknown>>;
}

type Yaml = Record<string, unknown>;
const list = (value: unknown): Yaml[] => (Array.isArray(value) ? (value as Yaml[]) : []);
const object = (value: unknown): Yaml => (typeof value === 'object' && value !== null ? (value as Yaml) : {});
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const need = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw new Error(`manifest.yml: ${what} is missing`);
  return value;
};

const FACELESS = new Set(['function', 'webtrigger', 'scheduledTrigger', 'consumer', 'trigger', 'preUninstall', 'confluence:contentProperty', 'jira:entityProperty']);

const JIRA_EVENTS = new Set(['created', 'updated', 'deleted'].map((name) => `avi:jira:${name}:issue`));

function readEntity(raw: Yaml): Entity {
  const name = need(raw['name'], 'storage entity name');
  const attributes = new Map(Object.entries(object(raw['attributes'])).map(([key, value]) => [key, need(object(value)['type'], `type of ${name}.${key}`)]));
  const indexes = new Map<string, EntityIndex>();
  for (const written of Array.isArray(raw['indexes']) ? (raw['indexes'] as unknown[]) : []) {
    // A bare attribute name is an index of that name over that attribute.
    const index = typeof written === 'string' ? { name: written, range: [written] } : object(written);
    const range = Array.isArray(index['range']) ? (index['range'] as string[]) : [];
    const partition = Array.isArray(index['partition']) ? (index['partition'] as string[]) : [];
    if (range.length > 1) throw new Error(`manifest.yml: index ${String(index['name'])} of ${name} has more than one range attribute`);
    const indexName = need(index['name'], `index name of ${name}`);
    indexes.set(indexName, { name: indexName, partition, range: range[0] ?? null });
  }
  return { name, attributes, indexes };
}

function readEgress(raw: Yaml): string[] {
  const remotes = new Map(list(raw['remotes']).map((remote) => [remote['key'], need(remote['baseUrl'], 'baseUrl of a remote')]));
  const fetchRules = object(object(object(raw['permissions'])['external'])['fetch'])['backend'];
  return (Array.isArray(fetchRules) ? fetchRules : []).map((rule: unknown) => {
    if (typeof rule === 'string') return rule;
    const entry = object(rule);
    const address = text(entry['address']) ?? remotes.get(entry['remote']);
    return need(address, `address of egress ${JSON.stringify(rule)}`);
  });
}

function readContentProperties(modules: Yaml): IndexedProperty[] {
  return list(modules['confluence:contentProperty']).map((property) => {
    const propertyKey = need(property['propertyKey'], 'propertyKey of a confluence:contentProperty');
    const part = (value: Yaml, name: string): string => need(value[name], `${name} of a value of ${propertyKey}`);
    return { propertyKey, values: list(property['values']).map((value) => ({ path: part(value, 'path'), type: part(value, 'type'), searchAlias: part(value, 'searchAlias') })) };
  });
}

function readIssueProperties(modules: Yaml): IndexedIssueProperty[] {
  return list(modules['jira:entityProperty']).map((property) => {
    const propertyKey = need(property['propertyKey'], 'propertyKey of a jira:entityProperty');
    if ((property['entityType'] ?? 'issue') !== 'issue') throw new Error(`manifest.yml: jira:entityProperty ${propertyKey} is not of issues, which the local site does not model`);
    const part = (value: Yaml, name: string): string => need(value[name], `${name} of a value of ${propertyKey}`);
    return { propertyKey, values: list(property['values']).map((value) => ({ path: part(value, 'path'), type: part(value, 'type'), searchAlias: text(value['searchAlias']) })) };
  });
}

/** An event's own filter stands in for that of its module. */
function readTriggers(modules: Yaml): Map<string, Trigger[]> {
  const triggers = new Map<string, Trigger[]>();
  for (const trigger of list(modules['trigger'])) {
    if (trigger['payload'] !== undefined) throw new Error(`manifest.yml: payload of trigger ${String(trigger['key'])} is not modelled by the local site`);
    for (const event of Array.isArray(trigger['events']) ? (trigger['events'] as unknown[]) : []) {
      const type = need(text(event) ?? object(event)['eventType'], 'event type of a trigger');
      if (type.startsWith('avi:jira:') && !JIRA_EVENTS.has(type)) throw new Error(`manifest.yml: event ${type} is not modelled by the local site`);
      const filter = readFilter(object(object(event)['filter'] ?? trigger['filter']), type);
      triggers.set(type, [...(triggers.get(type) ?? []), { function: need(trigger['function'], 'function of a trigger'), filter }]);
    }
  }
  return triggers;
}

function readResource(raw: Yaml): Resource {
  const key = need(raw['key'], 'key of a resource');
  const file = need(raw['path'], 'path of a resource');
  const entry = object(raw['entry']) as Record<string, string>;
  const sources = Object.keys(entry).length === 0 ? [['index', file] as const] : Object.entries(entry).map(([name, source]) => [name, path.join(file, source)] as const);
  return { key, path: file, entry, uiKit: new Map(sources.filter(([, source]) => /\.[jt]sx?$/.test(source))) };
}

function readModules(modules: Yaml): Map<string, AppModule> {
  const found = new Map<string, AppModule>();
  for (const [type, entries] of Object.entries(modules)) {
    if (FACELESS.has(type)) continue;
    for (const raw of list(entries)) {
      const key = need(raw['key'], `key of a ${type}`);
      found.set(key, {
        key,
        type,
        resolver: text(object(raw['resolver'])['function']),
        adfExport: text(object(raw['adfExport'])['function']),
        raw,
      });
    }
  }
  return found;
}

/** Reads `<appDir>/manifest.yml`. Throws with a sentence when something the site relies on is missing. */
export function readManifest(appDir: string): Manifest {
  const raw = parse(readFileSync(path.join(appDir, 'manifest.yml'), 'utf8')) as Yaml;
  const app = object(raw['app']);
  const modules = object(raw['modules']);
  const byKey = (type: string, value: (module: Yaml) => string): Map<string, string> =>
    new Map(list(modules[type]).map((module) => [need(module['key'], `key of a ${type}`), value(module)]));
  const scopes = object(raw['permissions'])['scopes'];
  const translations = object(raw['translations']);
  return {
    appUuid: need(app['id'], 'app.id').split('/').at(-1) ?? '',
    scopes: Array.isArray(scopes) ? (scopes as string[]) : Object.keys(object(scopes)),
    functions: new Map(
      list(modules['function']).map((fn) => {
        const key = need(fn['key'], 'key of a function');
        const timeoutSeconds = typeof fn['timeoutSeconds'] === 'number' ? fn['timeoutSeconds'] : null;
        return [key, { key, handler: need(fn['handler'], `handler of ${key}`), timeoutSeconds }];
      }),
    ),
    modules: readModules(modules),
    contentProperties: readContentProperties(modules),
    issueProperties: readIssueProperties(modules),
    consumers: new Map(list(modules['consumer']).map((c) => [need(c['queue'], 'queue of a consumer'), need(c['function'], 'function of a consumer')])),
    webtriggers: byKey('webtrigger', (trigger) => need(trigger['function'], 'function of a webtrigger')),
    schedules: new Map(
      list(modules['scheduledTrigger']).map((s) => {
        const key = need(s['key'], 'key of a scheduledTrigger');
        return [key, { key, function: need(s['function'], `function of ${key}`), interval: need(s['interval'], `interval of ${key}`) as ScheduledTrigger['interval'] }];
      }),
    ),
    uninstalls: byKey('preUninstall', (module) => need(module['function'], 'function of a preUninstall')),
    triggers: readTriggers(modules),
    entities: new Map(list(object(app['storage'])['entities']).map((entity) => [need(entity['name'], 'entity name'), readEntity(entity)])),
    egress: readEgress(raw),
    translations: {
      resources: list(translations['resources']).map((r) => ({ key: need(r['key'], 'key of a translation'), path: need(r['path'], 'path of a translation') })),
      fallback: text(object(translations['fallback'])['default']),
    },
    resources: list(raw['resources']).map(readResource),
    raw,
  };
}
