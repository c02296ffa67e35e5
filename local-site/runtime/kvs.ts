/** Forge storage's HTTP API as `@forge/kvs` speaks it. */
import { windowLimit, type Limits } from '../core/limits';
import type { Usage } from '../core/usage';
import type { SiteClock } from '../types';
import { KvsRefusal, checkAttributes, checkKey, checkValue, meets, parseRequest, requests, ttlMs, type Filters } from './kvs-rules';
import type { KvsStore, Page, Row } from './kvs-store';
import type { Manifest } from './manifest';

export interface KvsAnswer {
  readonly status: number;
  readonly body: string;
}
export interface Kvs {
  /** `path` as in `/api/v1/entity/get`; `body` JSON text. Never throws for what the caller did. */
  request(path: string, body: string): KvsAnswer;
}
export interface KvsOptions {
  readonly store: KvsStore;
  readonly manifest: Manifest;
  readonly clock: SiteClock;
  readonly usage: Usage;
  readonly limits: Limits;
  readonly unmodelled: (what: string) => void;
}

const UNIT = 10 * 1024;
const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / UNIT));
const PREFIX = '/api/v1/';
type Target = { readonly key?: unknown; readonly entityName?: string | undefined };
type Metadata = readonly string[] | undefined;

/** `{key, value, …}` without parsing the stored value again. */
function show(row: Row, fields: Metadata): string {
  let extra = '';
  if (fields?.includes('CREATED_AT')) extra += `,"createdAt":${row.created}`;
  if (fields?.includes('UPDATED_AT')) extra += `,"updatedAt":${row.updated}`;
  if (fields?.includes('EXPIRE_TIME') && row.expires !== null) extra += `,"expireTime":"${new Date(row.expires).toISOString()}"`;
  return `{"key":${JSON.stringify(row.key)},"value":${row.value}${extra}}`;
}
const showPage = (page: Page, fields: Metadata): string =>
  `{"data":[${page.rows.map((row) => show(row, fields)).join(',')}]${page.cursor === null ? '' : `,"cursor":"${page.cursor}"`}}`;

export function createKvs({ store, manifest, clock, usage, limits, unmodelled }: KvsOptions): Kvs {
  const reads = windowLimit(60_000, limits.kvsReadUnitsPerMinute);
  const writes = windowLimit(60_000, limits.kvsWriteUnitsPerMinute);
  const charge = (kind: 'read' | 'write', bytes: number): void => {
    const amount = units(bytes);
    if (!(kind === 'read' ? reads : writes).take(amount)) throw new KvsRefusal(429, 'RATE_LIMIT_EXCEEDED', `More than the ${kind} units of this minute.`);
    usage.kvs(kind === 'read' ? amount : 0, kind === 'write' ? amount : 0);
  };
  const entity = (name: string | undefined) => {
    const found = name === undefined ? undefined : manifest.entities.get(name);
    if (found === undefined) throw new KvsRefusal(400, 'INVALID_ENTITY', `Entity ${String(name)} is not declared in the manifest.`);
    return found;
  };
  const entitySpace = (target: Target): string => `e:${entity(target.entityName).name}`;
  const spaceOf = (target: Target): string => (target.entityName === undefined ? 'k' : entitySpace(target));
  const expiry = (options: { ttl?: { value: number; unit: 'SECONDS' | 'MINUTES' | 'HOURS' | 'DAYS' } | undefined } | undefined): number | null =>
    options?.ttl === undefined ? null : clock.now() + ttlMs(options.ttl);
  const prepare = (target: Target, value: unknown) => {
    const checked = checkValue(value);
    if (target.entityName !== undefined) checkAttributes(entity(target.entityName), value);
    return checked;
  };

  const get = (space: string, body: unknown): string => {
    const request = parseRequest(requests.get, body);
    const row = store.get(space, checkKey(request.key));
    charge('read', row?.value.length ?? 0);
    if (row === undefined) throw new KvsRefusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist.');
    return show(row, request.options?.metadataFields);
  };
  const set = (space: string, body: unknown): string => {
    const request = parseRequest(requests.set, body);
    const key = checkKey(request.key);
    const { json, bytes } = prepare(request, request.value);
    charge('write', bytes);
    return store.atomically(() => {
      const { options } = request;
      const before = options === undefined ? undefined : store.get(space, key);
      if (options?.keyPolicy === 'FAIL_IF_EXISTS' && before !== undefined) throw new KvsRefusal(409, 'KEY_ALREADY_EXISTS', 'The specified key already exists.');
      store.set(space, key, json, request.value, expiry(options));
      if (options?.returnValue === undefined) return '';
      const returned = options.returnValue === 'PREVIOUS' ? before : store.get(space, key);
      return returned === undefined ? '' : show(returned, options.returnMetadataFields);
    });
  };
  const remove = (space: string, body: unknown): string => {
    const key = checkKey(parseRequest(requests.delete, body).key);
    charge('write', store.get(space, key)?.value.length ?? 0);
    if (!store.delete(space, key)) throw new KvsRefusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist.');
    return '';
  };
  const query = (body: unknown): string => {
    const request = parseRequest(requests.query, body);
    const page = store.query('k', request.where?.[0]?.values[0] ?? '', request.after ?? null, request.limit ?? 10);
    charge('read', page.bytes);
    return showPage(page, request.options?.metadataFields);
  };
  const queryEntity = (body: unknown): string => {
    const request = parseRequest(requests.entityQuery, body);
    const page = store.queryIndex(entity(request.entityName), request);
    charge('read', page.bytes);
    return showPage(page, request.options?.metadataFields);
  };

  const transaction = (body: unknown): string => {
    const request = parseRequest(requests.transaction, body);
    const sets = (request.set ?? []).map((item) => ({ ...item, ...prepare(item, item.value), key: checkKey(item.key), space: spaceOf(item), expires: expiry(item.options) }));
    const deletes = (request.delete ?? []).map((item) => ({ ...item, key: checkKey(item.key), space: spaceOf(item) }));
    const checks = (request.check ?? []).map((item) => ({ ...item, key: checkKey(item.key), space: spaceOf(item) }));
    const all: { key: string; space: string; entityName?: string | undefined; conditions?: Filters | undefined }[] = [...sets, ...deletes, ...checks];
    if (all.length === 0 || all.length > 25) throw new KvsRefusal(400, 'INVALID_TRANSACTION', `A transaction has 1 to 25 operations, not ${all.length}.`);
    if (new Set(all.map(({ space, key }) => `${space}\n${key}`)).size !== all.length) throw new KvsRefusal(400, 'DUPLICATE_KEY', 'A transaction may name each key once.');
    const bytes = sets.reduce((sum, item) => sum + item.bytes, 0);
    if (bytes > 4 * 1024 * 1024) throw new KvsRefusal(400, 'MAX_SIZE', 'A transaction is at most 4 MB.');
    for (const { conditions, entityName } of all) {
      if (conditions !== undefined && entityName === undefined) throw new KvsRefusal(400, 'INVALID_CONDITION', 'Conditions exist only on custom entities.');
      const rules = conditions === undefined ? [] : 'and' in conditions ? conditions.and : conditions.or;
      for (const { property } of rules) {
        if (!entity(entityName).attributes.has(property)) throw new KvsRefusal(400, 'INVALID_CONDITION', `${property} is not an attribute of ${String(entityName)}.`);
      }
    }
    charge('write', bytes);
    store.atomically(() => {
      for (const { space, key, conditions } of all) {
        if (conditions === undefined) continue;
        const row = store.get(space, key);
        if (!meets(row === undefined ? undefined : (JSON.parse(row.value) as Record<string, unknown>), conditions)) {
          throw new KvsRefusal(409, 'CONDITIONAL_CHECK_FAILED', `The condition on key ${key} does not hold.`);
        }
      }
      for (const item of sets) store.set(item.space, item.key, item.json, item.value, item.expires);
      for (const item of deletes) store.delete(item.space, item.key);
    });
    return '';
  };

  /** Items succeed and fail one by one; `work` returns the JSON text of a success. */
  const batch = <T extends Target>(items: readonly T[], work: (item: T, space: string, key: string) => string): string => {
    const done: string[] = [];
    const failed: string[] = [];
    for (const item of items) {
      const name = item.entityName === undefined ? '' : `,"entityName":${JSON.stringify(item.entityName)}`;
      try {
        done.push(`${work(item, spaceOf(item), checkKey(item.key)).slice(0, -1)}${name}}`);
      } catch (error) {
        if (!(error instanceof KvsRefusal)) throw error;
        failed.push(`{"key":${JSON.stringify(item.key ?? '')}${name},"error":${JSON.stringify({ code: error.code, message: error.message })}}`);
      }
    }
    return `{"successfulKeys":[${done.join(',')}],"failedKeys":[${failed.join(',')}]}`;
  };
  const batchSet = (body: unknown): string => {
    const items = parseRequest(requests.batchSet, body);
    charge('write', Buffer.byteLength(JSON.stringify(items)));
    return batch(items, (item, space, key) => {
      store.set(space, key, prepare(item, item.value).json, item.value, expiry(item.options));
      return `{"key":${JSON.stringify(key)}}`;
    });
  };
  const batchGet = (body: unknown): string => {
    let bytes = 0;
    const answer = batch(parseRequest(requests.batchKeys, body), (_item, space, key) => {
      const row = store.get(space, key);
      if (row === undefined) throw new KvsRefusal(404, 'KEY_NOT_FOUND', 'The specified key does not exist.');
      bytes += row.value.length;
      return show(row, undefined);
    });
    charge('read', bytes);
    return answer;
  };
  const batchDelete = (body: unknown): string => {
    const items = parseRequest(requests.batchKeys, body);
    charge('write', 0);
    return batch(items, (_item, space, key) => {
      store.delete(space, key);
      return `{"key":${JSON.stringify(key)}}`;
    });
  };

  const routes: Readonly<Record<string, (body: unknown) => string>> = {
    get: (body) => get('k', body),
    set: (body) => set('k', body),
    delete: (body) => remove('k', body),
    query,
    'secret/get': (body) => get('s', body),
    'secret/set': (body) => set('s', body),
    'secret/delete': (body) => remove('s', body),
    'entity/get': (body) => get(entitySpace(body as Target), body),
    'entity/set': (body) => set(entitySpace(body as Target), body),
    'entity/delete': (body) => remove(entitySpace(body as Target), body),
    'entity/query': queryEntity,
    transaction,
    'batch/set': batchSet,
    'batch/get': batchGet,
    'batch/delete': batchDelete,
  };

  return {
    request(path, body) {
      try {
        if (!manifest.scopes.includes('storage:app')) throw new KvsRefusal(403, 'FORBIDDEN', 'The app lacks the scope storage:app.');
        const route = path.startsWith(PREFIX) ? routes[path.slice(PREFIX.length)] : undefined;
        if (route === undefined) {
          unmodelled(`kvs POST ${path}`);
          throw new KvsRefusal(501, 'NOT_MODELLED', `kvs ${path} is not modelled by the local site.`);
        }
        return { status: 200, body: route(JSON.parse(body)) };
      } catch (error) {
        if (!(error instanceof KvsRefusal)) throw error;
        return { status: error.status, body: JSON.stringify({ code: error.code, message: error.message }) };
      }
    },
  };
}
