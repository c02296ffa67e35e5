/** Forge storage as the stores use it: safe keys, patience with limits, and what "somebody else was first" looks like. */
import { createHash } from 'node:crypto';
import { Filter, FilterConditions, ForgeKvsAPIError, Sort, WhereConditions, kvs } from '@forge/kvs';
import { AppFailure } from '../../domain/failure';
import { withRetry, type RetryPlan } from '../retry';
import { systemClock } from '../system';

/** Every entity row: what indexes and conditions need, and the document itself under `doc`. */
export interface Row {
  readonly ver: number;
  readonly doc: unknown;
}
export type EntityName = 'incident' | 'chunk' | 'claim' | 'candidate' | 'hint' | 'saga' | 'notice' | 'ticket' | 'review' | 'evidence' | 'cell';

/** The status is the only part of a storage error that the platform keeps to; its codes differ between sources. */
export function statusOf(error: unknown): number | null {
  return error instanceof ForgeKvsAPIError ? (error.responseDetails?.status ?? null) : null;
}

const PLAIN_KEY = /^[a-zA-Z0-9:._-]{1,400}$/;
/** Keys carry ids of other systems. What does not fit Forge's key pattern is replaced by its hash. */
export function safeKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

const plan = (again: (status: number) => boolean): RetryPlan => ({
  tries: 4,
  budgetMs: 5_000,
  firstWaitMs: 100,
  again: (error) => again(statusOf(error) ?? 0),
  asked: () => null,
});
const READS = plan((status) => status === 429 || status >= 500);
/** A write answered 5xx may have happened; only a refused one is sent again. */
const WRITES = plan((status) => status === 429);

async function patiently<T>(retryPlan: RetryPlan, work: () => Promise<T>): Promise<T> {
  try {
    return await withRetry(retryPlan, () => performance.now(), work);
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (status === 429 || status >= 500) throw new AppFailure('busy', 'error.busy', {}, null, 1000);
    throw error;
  }
}
export const reading = <T>(work: () => Promise<T>): Promise<T> => patiently(READS, work);
export const writing = <T>(work: () => Promise<T>): Promise<T> => patiently(WRITES, work);

/** Strongly consistent; null: no such row. */
export async function readRow<R extends Row>(entity: EntityName, key: string): Promise<R | null> {
  return (await reading(() => kvs.entity<R>(entity).get(safeKey(key)))) ?? null;
}

/** False: the key exists already. */
export async function makeRow<R extends Row>(entity: EntityName, key: string, row: R): Promise<boolean> {
  try {
    await writing(() => kvs.entity<R>(entity).set(safeKey(key), row, { keyPolicy: 'FAIL_IF_EXISTS' }));
    return true;
  } catch (error) {
    if (statusOf(error) === 409) return false;
    throw error;
  }
}

export async function removeRow(entity: EntityName, key: string): Promise<void> {
  await writing(() => kvs.entity(entity).delete(safeKey(key)));
}

/** Condition for a transaction: the row is at `ver`. `null`: it does not exist (a row always has a `ver`). */
export function at(ver: number | null) {
  return new Filter<Row>().and('ver', ver === null ? FilterConditions.notExists() : FilterConditions.equalTo(ver));
}

interface Guard {
  readonly entity: EntityName;
  readonly key: string;
  readonly ver: number | null;
}
/**
 * Runs a transaction guarded by `ver` of these rows. False: a guard did not hold and nothing was written.
 * A failed condition is seen as 409; should the platform use another refusal, a look at the guarded rows settles it.
 */
export async function guarded(execute: () => Promise<void>, ...guards: readonly Guard[]): Promise<boolean> {
  try {
    await writing(execute);
    return true;
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (status === 409) return false;
    if (status < 400 || status >= 500) throw error;
    const rows = await Promise.all(guards.map((guard) => readRow(guard.entity, guard.key)));
    if (guards.some(({ ver }, n) => (rows[n]?.ver ?? null) !== ver)) return false;
    throw error;
  }
}

/** Replaces a row that is at `ver`. False: somebody wrote in between. */
export async function replaceRow<R extends Row>(entity: EntityName, key: string, row: R, ver: number): Promise<boolean> {
  const execute = (): Promise<void> => kvs.transact().set(safeKey(key), row, { entityName: entity, conditions: at(ver) }).execute();
  return await guarded(execute, { entity, key, ver });
}

/** Removes a row that is at `ver`. False: somebody wrote in between, or it is gone. */
export async function dropRow(entity: EntityName, key: string, ver: number): Promise<boolean> {
  const execute = (): Promise<void> => kvs.transact().delete(safeKey(key), { entityName: entity, conditions: at(ver) }).execute();
  return await guarded(execute, { entity, key, ver });
}

/** A wait of random length before the next of many tries on a contended row, so that rivals do not meet again. */
export async function standAside(attempt: number): Promise<void> {
  await systemClock.sleep(Math.random() * Math.min(400, 15 * 2 ** attempt));
}

const PAGE = 100;
interface IndexQuery {
  readonly index: string;
  readonly partition: readonly string[];
  readonly limit: number;
  readonly newestFirst?: boolean;
  /** Only rows whose range attribute is at most this. */
  readonly upTo?: number;
}
/** Rows of an index, page by page. The index may lag behind writes. */
export async function listRows<R extends Row>(entity: EntityName, query: IndexQuery): Promise<readonly R[]> {
  const rows: R[] = [];
  let cursor: string | undefined;
  do {
    const builder = kvs.entity<R>(entity).query().index(query.index, { partition: [...query.partition] });
    if (query.upTo !== undefined) builder.where(WhereConditions.lessThanEqualTo(query.upTo));
    builder.sort(query.newestFirst === true ? Sort.DESC : Sort.ASC).limit(Math.min(PAGE, query.limit - rows.length));
    if (cursor !== undefined) builder.cursor(cursor);
    const page = await reading(() => builder.getMany());
    rows.push(...page.results.map((result) => result.value));
    cursor = page.nextCursor;
  } while (cursor !== undefined && rows.length < query.limit);
  return rows;
}

interface Placed<R extends Row> {
  readonly at: (row: R) => number;
  readonly id: (row: R) => string;
}
/**
 * Rows of an index behind a place in it, newest first and of one time by id: at least one unless there are no more, about
 * `query.limit` at once. Rows of one time always come together.
 */
export async function rowsAfter<R extends Row>(entity: EntityName, query: Omit<IndexQuery, 'newestFirst' | 'upTo'>, after: { readonly at: number; readonly id: string } | null, placed: Placed<R>): Promise<readonly R[]> {
  const order = (a: R, b: R): number => placed.at(b) - placed.at(a) || (placed.id(a) < placed.id(b) ? -1 : 1);
  const isBehind = (row: R): boolean => after === null || placed.at(row) < after.at || (placed.at(row) === after.at && placed.id(row) > after.id);
  for (let limit = query.limit; ; limit *= 2) {
    const rows = await listRows<R>(entity, { ...query, limit, newestFirst: true, ...(after === null ? {} : { upTo: after.at }) });
    const behind = rows.filter(isBehind).sort(order);
    if (rows.length < limit) return behind;
    // Others of the last one's time may not have come.
    const oldest = Math.min(...rows.map(placed.at));
    const whole = behind.filter((row) => placed.at(row) > oldest);
    if (whole.length > 0) return whole;
  }
}
