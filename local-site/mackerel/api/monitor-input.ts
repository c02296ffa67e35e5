/** Monitors as the API takes them. */
import { z } from 'zod';
import { badRequest } from '../errors';
import { parseExpression } from '../judge/expression-text';
import { parseQuery } from '../judge/promql';
import { placeOf } from '../judge/subject';
import type { Monitor } from '../model';
import type { Parts } from '../parts';
import { parse, unset } from './http';

const minutes = z.number().int().min(10);
const base = { name: z.string().min(1), memo: z.string().max(2048).nullish().transform((memo) => memo ?? ''), notificationInterval: unset(minutes), isMute: z.boolean().default(false) };
const scopes = z.array(z.string()).nullish().transform((list) => list ?? []);
const scoped = { scopes, excludeScopes: scopes };
const missing = unset(z.number().int().multipleOf(10).min(10).max(7 * 24 * 60));
const attempts = (most: number) => z.number().int().min(1).max(10).default(most);
const limits = { operator: z.enum(['>', '<']), warning: unset(z.number()), critical: unset(z.number()) };
const metricLimits = { duration: z.number().int().min(1).max(10), metric: z.string().min(1), ...limits, maxCheckAttempts: attempts(1) };
const sensitivity = unset(z.enum(['insensitive', 'normal', 'sensitive']));
const backward = (least: number) => z.number().int().min(least).max(10).default(least);
const DEFAULT_HEADERS = [{ name: 'Cache-Control', value: 'no-cache' }];

const external = z.object({
  type: z.literal('external'),
  ...base,
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
  service: unset(z.string()),
  responseTimeWarning: unset(z.number()),
  responseTimeCritical: unset(z.number()),
  responseTimeDuration: unset(z.number().int().min(1).max(10)),
  containsString: unset(z.string()),
  maxCheckAttempts: attempts(1),
  certificationExpirationWarning: unset(z.number().int()),
  certificationExpirationCritical: unset(z.number().int()),
  skipCertificateVerification: z.boolean().default(false),
  expectedStatusCode: unset(z.number().int()),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish().transform((headers) => headers ?? DEFAULT_HEADERS),
  requestBody: unset(z.string()),
  followRedirect: z.boolean().default(false),
  dualstack: unset(z.enum(['ipv4', 'ipv6', 'auto'])),
});
const input = z.discriminatedUnion('type', [
  z.object({ type: z.literal('host'), ...base, ...scoped, ...metricLimits }),
  z.object({ type: z.literal('connectivity'), ...base, name: z.string().min(1).default('connectivity'), ...scoped, alertStatusOnGone: z.enum(['CRITICAL', 'WARNING']).default('CRITICAL') }),
  z.object({ type: z.literal('service'), ...base, ...metricLimits, service: z.string(), missingDurationWarning: missing, missingDurationCritical: missing }),
  external,
  z.object({ type: z.literal('expression'), ...base, expression: z.string().min(1), ...limits, evaluateBackwardMinutes: backward(2) }),
  z.object({ type: z.literal('anomalyDetection'), ...base, scopes, warningSensitivity: sensitivity, criticalSensitivity: sensitivity, maxCheckAttempts: attempts(3), trainingPeriodFrom: unset(z.number().int()) }),
  z.object({ type: z.literal('query'), ...base, query: z.string().min(1), legend: z.string().default(''), ...limits, evaluateBackwardMinutes: backward(0) }),
]);
const MOST_EXPRESSIONS = 20;

/** What a PUT leaves as it was when it does not name it. */
function kept(before: Monitor | null, body: Record<string, unknown>): Record<string, unknown> {
  if (before?.type === 'external' && body['headers'] == null) return { ...body, headers: before.headers };
  if (before?.type === 'connectivity' && body['alertStatusOnGone'] == null) return { ...body, alertStatusOnGone: before.alertStatusOnGone };
  return body;
}

/** @throws ApiError 400 unless each is a service, or a role, that exists */
export function checkScopes({ world }: Parts, list: readonly string[]): void {
  for (const scope of list) {
    const { service, role } = placeOf(scope);
    const known = world.services.get(service);
    if (known === null || (role !== null && !known.roles.some(({ name }) => name === role))) throw badRequest(`${scope} does not exist.`);
  }
}

function check(parts: Parts, monitor: z.output<typeof input>, before: Monitor | null): void {
  const { world } = parts;
  if ('service' in monitor && monitor.service !== null && world.services.get(monitor.service) === null) throw badRequest('The service does not exist.');
  if ('scopes' in monitor) checkScopes(parts, monitor.scopes);
  if ('excludeScopes' in monitor) checkScopes(parts, monitor.excludeScopes);
  switch (monitor.type) {
    case 'external':
      if ((monitor.responseTimeWarning !== null || monitor.responseTimeCritical !== null) && monitor.service === null) throw badRequest('Watching response times needs a service.');
      return;
    case 'expression':
      parseExpression(monitor.expression);
      if (before === null && world.monitors.all().filter(({ type }) => type === 'expression').length >= MOST_EXPRESSIONS) throw badRequest(`There are ${MOST_EXPRESSIONS} expression monitors already.`);
      return;
    case 'query':
      parseQuery(monitor.query);
      return;
    case 'anomalyDetection':
      if (monitor.warningSensitivity === null && monitor.criticalSensitivity === null) throw badRequest('warningSensitivity or criticalSensitivity is required.');
      if ((monitor.trainingPeriodFrom ?? 0) > world.now()) throw badRequest('trainingPeriodFrom must not be in the future.');
  }
}

/** `before` is the monitor a PUT replaces. @throws ApiError */
export function monitorInput(parts: Parts, body: unknown, before: Monitor | null = null): Omit<Monitor, 'id'> {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const monitor = parse(input, kept(before, fields));
  if (before !== null && monitor.type !== before.type) throw badRequest('The type of a monitor cannot change.');
  check(parts, monitor, before);
  return monitor;
}
