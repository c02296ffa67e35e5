/** The vendors' own API descriptions: which operations exist, and whether requests and answers are what they say. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OpenAPIValidator, type Document } from 'openapi-backend';
import type { ErrorObject } from 'ajv';

export interface Checked {
  /** Path with query. */
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or the parts of a form by name. */
  readonly body: string | Readonly<Record<string, unknown>> | null;
}
export interface Description {
  /** The vendor's name of the operation; null: the vendor has no such operation. */
  operationAt(method: string, path: string): string | null;
  /** null: as described; else what is wrong. `endpoint` is `<METHOD> <template>`. */
  requestProblem(endpoint: string, request: Checked): string | null;
  answerProblem(endpoint: string, status: number, body: unknown): string | null;
}

type Json = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly explode?: boolean; readonly schema?: { readonly type?: string } }[];
}
type Paths = Record<string, Record<string, Operation>>;
const FILES = [
  { file: 'confluence-v2.json', prefix: '/wiki/api/v2', below: '/wiki/api/v2' },
  { file: 'confluence-v1.json', prefix: '', below: '/wiki/rest/api' },
  { file: 'jira-v3.json', prefix: '', below: '/rest/api/3' },
] as const;
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/** Faults of the v2 description, mended in memory: bodies fit both branches of a oneOf; parents are null in words only; a format "string". */
function mend(doc: Json): void {
  const schemas = ((doc['components'] as Json)['schemas'] ?? {}) as Record<string, Json>;
  for (const [name, schema] of Object.entries(schemas)) {
    if (/NestedBodyWrite$/.test(name)) Object.assign(schema, { additionalProperties: false, minProperties: 1, maxProperties: 1 });
    else if (/BodyWrite$/.test(name)) Object.assign(schema, { additionalProperties: false, required: ['representation', 'value'] });
  }
  for (const name of ['PageSingle', 'PageBulk']) Object.assign(((schemas[name]?.['properties'] ?? {}) as Record<string, Json>)['parentId'] ?? {}, { nullable: true });
  const parentType = schemas['ParentContentType'];
  if (parentType) Object.assign(parentType, { nullable: true, enum: [...(parentType['enum'] as unknown[]), null] });
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ((node as Json)['format'] === 'string') delete (node as Json)['format'];
    Object.values(node).forEach(walk);
  };
  walk(doc);
}

/** Everything `node` refers to in `doc`, put in place of the references; circles stay shared objects. */
function resolved(doc: Json): <T>(node: T) => T {
  const known = new Map<string, unknown>();
  const resolve = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const ref = (node as Json)['$ref'];
    if (typeof ref !== 'string') return fill(Array.isArray(node) ? [] : {}, node);
    if (known.has(ref)) return known.get(ref);
    const target = ref.split('/').slice(1).reduce<unknown>((inner, part) => (inner as Json)[part], doc);
    const copy: object = Array.isArray(target) ? [] : {};
    known.set(ref, copy);
    return fill(copy, target as object);
  };
  const fill = (copy: object, source: object): object => {
    for (const [key, value] of Object.entries(source)) (copy as Json)[key] = resolve(value);
    return copy;
  };
  return <T>(node: T) => resolve(node) as T;
}

const firstProblem = (errors: readonly ErrorObject[] | null | undefined): string | null => {
  const deepest = [...(errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
  return deepest ? `${deepest.instancePath || '/'} ${deepest.message ?? 'is wrong'} ${JSON.stringify(deepest.params)}` : null;
};

function open(file: string, prefix: string, served: ReadonlySet<string>): Description {
  const doc = JSON.parse(readFileSync(file, 'utf8')) as Json;
  mend(doc);
  const all = Object.entries(doc['paths'] as Paths).flatMap(([template, item]) => METHODS.flatMap((method) => (item[method] ? [{ method: method.toUpperCase(), template: prefix + template, operation: item[method] }] : [])));
  const resolve = resolved(doc);
  const paths: Paths = {};
  for (const { method, template, operation } of all) {
    // Only what this site serves is compiled: the whole of Jira's description would take seconds.
    if (served.has(`${method} ${template}`)) (paths[template] ??= {})[method.toLowerCase()] = resolve(operation);
  }
  // Whether the vendors' descriptions are sound schemas is not this site's to say, and takes as long as compiling them.
  const validator = new OpenAPIValidator({ definition: { openapi: '3.0.3', info: { title: 'served', version: '1' }, paths } as unknown as Document, lazyCompileValidators: true, coerceTypes: true, ajvOpts: { logger: false, meta: false, validateSchema: false, code: { optimize: false } } });
  const shapes = all.map(({ method, template, operation }) => ({ method, name: operation.operationId, shape: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}/?$`) }));
  const at = (endpoint: string): Operation | null => {
    const [method = '', template = ''] = endpoint.split(' ');
    return paths[template]?.[method.toLowerCase()] ?? null;
  };
  return {
    operationAt: (method, where) => shapes.find((each) => each.method === method && each.shape.test(where))?.name ?? null,
    requestProblem(endpoint, request) {
      const operation = at(endpoint);
      if (operation === null) return `${endpoint} is not in the vendor's description`;
      const url = new URL(request.path, 'http://site');
      const query: Record<string, string | string[]> = {};
      for (const name of new Set(url.searchParams.keys())) {
        const values = url.searchParams.getAll(name);
        const parameter = operation.parameters?.find((each) => each.in === 'query' && each.name === name);
        // The vendor takes comma-separated lists everywhere, although its description says so only here and there.
        if (parameter?.schema?.type === 'array') query[name] = parameter.explode === false ? values.join(',') : values.flatMap((value) => value.split(','));
        else query[name] = values.length > 1 ? values : (values[0] ?? '');
      }
      const result = validator.validateRequest({ method: request.method, path: url.pathname, headers: { ...request.headers }, query, ...(request.body === null ? {} : { body: request.body }) }, operation.operationId);
      return result.valid ? null : firstProblem(result.errors);
    },
    answerProblem(endpoint, status, body) {
      const operation = at(endpoint);
      if (operation === null) return `${endpoint} is not in the vendor's description`;
      const result = validator.validateResponse(body ?? null, operation.operationId, status);
      return result.valid ? null : firstProblem(result.errors);
    },
  };
}

/** By file: a description is read and compiled once per process, however many sites are open. */
const opened = new Map<string, Description>();

/**
 * Finds the description a path belongs to, read on first use; null where there is none at hand.
 * `served`: `<METHOD> <template>` of every route of this site.
 */
export function openDescriptions(folder: string | null, served: ReadonlySet<string>): (path: string) => Description | null {
  return (where) => {
    const entry = FILES.find(({ below }) => where === below || where.startsWith(`${below}/`));
    const file = entry && folder !== null ? path.join(folder, entry.file) : null;
    if (!entry || file === null || !existsSync(file)) return null;
    const description = opened.get(file) ?? open(file, entry.prefix, served);
    opened.set(file, description);
    return description;
  };
}
