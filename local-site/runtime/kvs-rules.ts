/** What Forge storage accepts, and how it refuses. */
import { z } from 'zod';
import type { Entity } from './manifest';

/** A refusal as the storage API answers it: non-2xx with `{code, message}`. */
export class KvsRefusal extends Error {
  override readonly name = 'KvsRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
const refuse = (code: string, message: string): never => {
  throw new KvsRefusal(400, code, message);
};

const KEY = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
const MAX_VALUE_BYTES = 240 * 1024;
const MAX_DEPTH = 31;
const INT32 = 2 ** 31;

export function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') return refuse('EMPTY_KEY', 'Key cannot be empty.');
  if (key.length > 500) return refuse('KEY_TOO_LONG', 'The provided key has exceeded the maximum 500 characters.');
  if (!KEY.test(key)) return refuse('INVALID_KEY', `The provided key does not match the regex: ${String(KEY)}`);
  return key;
}

function depth(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (left === 0) return false;
  for (const item of Object.values(value)) if (!depth(item, left - 1)) return false;
  return true;
}

/** The value's JSON text and size in bytes. */
export function checkValue(value: unknown): { readonly json: string; readonly bytes: number } {
  if (value === undefined || value === null) return refuse('INVALID_VALUE', 'Value cannot be null or undefined.');
  if (!depth(value, MAX_DEPTH)) return refuse('MAX_DEPTH', `The provided value has exceeded the maximum object depth (${MAX_DEPTH}) limit.`);
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_VALUE_BYTES) return refuse('MAX_SIZE', `The provided value has exceeded the maximum size limit of ${MAX_VALUE_BYTES} bytes: ${bytes}.`);
  return { json, bytes };
}

/** Declared attributes must have their declared type; integers are 32-bit (epoch ms need `float`). */
export function checkAttributes(entity: Entity, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('INVALID_ENTITY_VALUE', `A value of entity ${entity.name} must be an object.`);
  for (const [name, type] of entity.attributes) {
    const attribute = (value as Record<string, unknown>)[name];
    if (attribute === undefined || type === 'any') continue;
    const fits =
      type === 'string'
        ? typeof attribute === 'string'
        : type === 'boolean'
          ? typeof attribute === 'boolean'
          : type === 'integer'
            ? Number.isInteger(attribute) && (attribute as number) >= -INT32 && (attribute as number) < INT32
            : type === 'float' && typeof attribute === 'number' && Number.isFinite(attribute);
    if (!fits) refuse('INVALID_ATTRIBUTE', `Attribute ${name} of entity ${entity.name} must be of type ${type}${type === 'integer' ? ' (32 bit)' : ''}.`);
  }
  return value as Record<string, unknown>;
}

const metadata = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME'])).optional();
const ttl = z.strictObject({ value: z.number().int().min(1), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const condition = z.strictObject({
  property: z.string(),
  condition: z.enum([
    'BEGINS_WITH', 'BETWEEN', 'CONTAINS', 'EQUAL_TO', 'EXISTS', 'GREATER_THAN', 'GREATER_THAN_EQUAL_TO',
    'LESS_THAN', 'LESS_THAN_EQUAL_TO', 'NOT_CONTAINS', 'NOT_EQUAL_TO', 'NOT_EXISTS',
  ]),
  values: z.array(z.unknown()).min(1).max(2),
});
const filters = z.union([z.strictObject({ and: z.array(condition).min(1) }), z.strictObject({ or: z.array(condition).min(1) })]);
const options = z.strictObject({ ttl: ttl.optional() });
const limit = z.number().int().min(1).max(100).optional();
const entityName = z.string();

export const requests = {
  get: z.strictObject({ key: z.unknown(), entityName: entityName.optional(), options: z.strictObject({ metadataFields: metadata }).optional() }),
  set: z.strictObject({
    key: z.unknown(),
    value: z.unknown(),
    entityName: entityName.optional(),
    options: options
      .extend({
        keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
        returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
        returnMetadataFields: metadata,
      })
      .optional(),
  }),
  delete: z.strictObject({ key: z.unknown(), entityName: entityName.optional() }),
  query: z.strictObject({
    limit,
    after: z.string().optional(),
    where: z.array(z.strictObject({ property: z.literal('key'), condition: z.literal('BEGINS_WITH'), values: z.tuple([z.string()]) })).max(1).optional(),
    options: z.strictObject({ metadataFields: metadata }).optional(),
  }),
  entityQuery: z.strictObject({
    entityName,
    indexName: z.string(),
    partition: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    range: z
      .strictObject({
        condition: z.enum(['BEGINS_WITH', 'BETWEEN', 'EQUAL_TO', 'GREATER_THAN', 'GREATER_THAN_EQUAL_TO', 'LESS_THAN', 'LESS_THAN_EQUAL_TO']),
        values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1).max(2),
      })
      .optional(),
    filters: filters.optional(),
    sort: z.enum(['ASC', 'DESC']).optional(),
    cursor: z.string().optional(),
    limit,
    options: z.strictObject({ metadataFields: metadata }).optional(),
  }),
  transaction: z.strictObject({
    set: z.array(z.strictObject({ key: z.unknown(), value: z.unknown(), entityName: entityName.optional(), conditions: filters.optional(), options: options.optional() })).optional(),
    delete: z.array(z.strictObject({ key: z.unknown(), entityName: entityName.optional(), conditions: filters.optional() })).optional(),
    check: z.array(z.strictObject({ key: z.unknown(), entityName: entityName.optional(), conditions: filters })).optional(),
  }),
  batchSet: z.array(z.strictObject({ key: z.unknown(), value: z.unknown(), entityName: entityName.optional(), options: options.optional() })).min(1).max(25),
  batchKeys: z.array(z.strictObject({ key: z.unknown(), entityName: entityName.optional(), options: z.unknown().optional() })).min(1).max(25),
};
export type Filters = z.infer<typeof filters>;
export type Condition = z.infer<typeof condition>;
export type EntityQuery = z.infer<typeof requests.entityQuery>;
export type Transaction = z.infer<typeof requests.transaction>;

export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse('INVALID_REQUEST', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a valid request'}`);
}

/** Milliseconds of a ttl; at most a year. */
export function ttlMs(value: z.infer<typeof ttl>): number {
  const unit = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 }[value.unit];
  const ms = value.value * unit;
  return ms > 365 * 86_400_000 ? refuse('INVALID_TTL', 'A ttl is at most one year.') : ms;
}

/** Does `value` (undefined: the key does not exist) meet the conditions? */
export function meets(value: Record<string, unknown> | undefined, rules: Filters): boolean {
  if ('and' in rules) return rules.and.every((rule) => holds(value?.[rule.property], rule));
  return rules.or.some((rule) => holds(value?.[rule.property], rule));
}

function holds(actual: unknown, { condition: operator, values: [first, second] }: Condition): boolean {
  const comparable = typeof actual === typeof first && (typeof actual === 'number' || typeof actual === 'string');
  const compare = (other: unknown): number => ((actual as number) < (other as number) ? -1 : (actual as number) > (other as number) ? 1 : 0);
  const contained = typeof actual === 'string' ? actual.includes(String(first)) : Array.isArray(actual) && actual.includes(first);
  switch (operator) {
    case 'EXISTS':
      return actual !== undefined;
    case 'NOT_EXISTS':
      return actual === undefined;
    case 'EQUAL_TO':
      return actual === first;
    case 'NOT_EQUAL_TO':
      return actual !== first;
    case 'BEGINS_WITH':
      return typeof actual === 'string' && actual.startsWith(String(first));
    case 'CONTAINS':
      return contained;
    case 'NOT_CONTAINS':
      return !contained;
    case 'BETWEEN':
      return comparable && compare(first) >= 0 && compare(second) <= 0;
    case 'GREATER_THAN':
      return comparable && compare(first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return comparable && compare(first) >= 0;
    case 'LESS_THAN':
      return comparable && compare(first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return comparable && compare(first) <= 0;
  }
}
