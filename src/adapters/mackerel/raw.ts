/** Mackerel's shapes, parsed once: seconds become ms, absent becomes null, unknown variants become `unknown`. */
import * as z from 'zod';
import type { AlertStatus, HostStatus } from '../../contract';
import type { Downtime } from '../../domain/downtime';
import type { AlertLog } from '../../domain/model';
import { plainLine } from '../../domain/text';
import { MackerelError, type Point, type SourceAlert, type SourceHost, type SourceMonitor } from '../../ports';

const seconds = z.number().transform((s) => s * 1000);
const maybeText = z.string().nullish();
const maybeNumber = z.number().nullish();
const status = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']).catch('UNKNOWN');
const next = { nextId: maybeText };

export const rawOrg = z.object({ name: z.string(), displayName: maybeText });
const rawAlert = z.object({
  id: z.string(),
  status,
  monitorId: maybeText,
  type: z.string().catch('unknown'),
  hostId: maybeText,
  value: maybeNumber,
  message: maybeText,
  reason: maybeText,
  memo: maybeText,
  openedAt: seconds,
  closedAt: seconds.nullish(),
});
export const rawAlerts = z.object({ alerts: z.array(rawAlert), ...next });
export const rawOneAlert = rawAlert;
export const rawLogs = z.object({
  logs: z.array(z.object({ id: z.string(), status, trigger: z.string().catch('unknown'), targetValue: maybeNumber, createdAt: seconds })),
  ...next,
});
const rawMonitor = z.object({
  id: z.string(),
  type: z.string().catch('unknown'),
  name: maybeText,
  memo: maybeText,
  service: maybeText,
  metric: maybeText,
  operator: z.enum(['>', '<']).nullish().catch(null),
  warning: maybeNumber,
  critical: maybeNumber,
  responseTimeWarning: maybeNumber,
  responseTimeCritical: maybeNumber,
});
export const rawMonitors = z.object({ monitors: z.array(rawMonitor) });
export const rawCheck = z.object({ check: z.object({ id: z.string(), name: z.string(), memo: maybeText }) });
/** One downtime of a kind not known yet must not hide the others. */
export const rawDowntimes = z.object({ downtimes: z.array(z.unknown()) });
const scopes = z.array(z.string()).nullish().transform((names) => names ?? []);
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const rawDowntime = z.object({
  name: z.string(),
  start: seconds,
  duration: z.number().positive(),
  recurrence: z.object({ type: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'yearly']), interval: z.number().int().positive(), weekdays: z.array(z.enum(WEEKDAYS)).nullish(), until: seconds.nullish() }).nullish(),
  serviceScopes: scopes,
  serviceExcludeScopes: scopes,
  roleScopes: scopes,
  roleExcludeScopes: scopes,
  monitorScopes: scopes,
  monitorExcludeScopes: scopes,
});
const addresses = z.array(z.string()).nullish().catch(null);
const oneHost = z.object({
  id: z.string(),
  name: z.string(),
  displayName: maybeText,
  status: z.string(),
  isRetired: z.boolean().nullish(),
  roles: z.record(z.string(), z.array(z.string())).nullish(),
  memo: maybeText,
  meta: z.looseObject({ 'agent-name': maybeText, 'agent-version': maybeText }).nullish().catch(null),
  interfaces: z
    .array(z.object({ name: z.string(), ipAddress: maybeText, ipv6Address: maybeText, ipv4Addresses: addresses, ipv6Addresses: addresses }))
    .nullish()
    .catch(null),
});
export const rawHost = z.object({ host: oneHost });
export const rawHosts = z.object({ hosts: z.array(oneHost) });
const rawPoint = z.object({ time: seconds, value: z.number() });
export const rawLatest = z.object({ tsdbLatest: z.record(z.string(), z.record(z.string(), rawPoint.nullish()).nullish()) });
export const rawNames = z.object({ names: z.array(z.string()) });
export const rawMetrics = z.object({ metrics: z.array(rawPoint) });
export const rawAnnotations = z.object({ graphAnnotations: z.array(z.object({ id: z.string(), title: z.string(), from: seconds, to: seconds })) });

/** @throws MackerelError when the answer is not the API's */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new MackerelError('refused', `unexpected answer at ${issue?.path.join('.') ?? '?'}`);
}

const TYPES: ReadonlySet<string> = new Set(['connectivity', 'host', 'service', 'external', 'check', 'expression', 'anomalyDetection', 'query']);
const knownType = (type: string): string => (TYPES.has(type) ? type : 'unknown');

export function fromRawAlert(raw: z.output<typeof rawAlert>): SourceAlert {
  return {
    id: raw.id,
    status: raw.status satisfies AlertStatus,
    monitorId: raw.monitorId ?? null,
    type: knownType(raw.type),
    hostId: raw.hostId ?? null,
    value: raw.value ?? null,
    message: raw.message ?? null,
    reason: raw.reason ?? null,
    memo: raw.memo ?? null,
    openedAt: raw.openedAt,
    closedAt: raw.closedAt ?? null,
  };
}

export function fromRawLog(raw: z.output<typeof rawLogs>['logs'][number]): AlertLog {
  return { id: raw.id, status: raw.status, trigger: raw.trigger, at: raw.createdAt, value: raw.targetValue ?? null };
}

export function fromRawMonitor(raw: z.output<typeof rawMonitor>): SourceMonitor {
  const type = knownType(raw.type);
  const common = { id: raw.id, type, name: raw.name ?? type, memo: raw.memo ?? null, service: raw.service ?? null };
  if (type === 'external') {
    // Response times of a linked service are a service metric that metric-names does not list.
    const timed = raw.responseTimeWarning != null || raw.responseTimeCritical != null;
    const metric = common.service === null ? null : `__externalhttp.responsetime.${raw.id}`;
    return { ...common, metric, operator: timed ? '>' : null, warning: raw.responseTimeWarning ?? null, critical: raw.responseTimeCritical ?? null };
  }
  return { ...common, metric: raw.metric ?? null, operator: raw.operator ?? null, warning: raw.warning ?? null, critical: raw.critical ?? null };
}

export function fromRawCheck(raw: z.output<typeof rawCheck>['check']): SourceMonitor {
  return { id: raw.id, type: 'check', name: raw.name, memo: raw.memo ?? null, service: null, metric: null, operator: null, warning: null, critical: null };
}

const HOST_STATUS: ReadonlySet<string> = new Set(['working', 'standby', 'maintenance', 'poweroff']);
export function fromRawHost(raw: z.output<typeof rawHost>['host']): SourceHost {
  const known = HOST_STATUS.has(raw.status) ? (raw.status as HostStatus) : 'unknown';
  const roles = Object.entries(raw.roles ?? {}).flatMap(([service, names]) => names.map((role) => ({ service, role })));
  // The agent's own name usually carries its version: `mackerel-agent/0.87.0 (Revision abc)`.
  const named = raw.meta?.['agent-name'] ?? '';
  const agent = named.includes('/') ? named : [named, raw.meta?.['agent-version'] ?? ''].filter((part) => part !== '').join('/');
  const interfaces = (raw.interfaces ?? []).map((one) => {
    const listed = [...(one.ipv4Addresses ?? []), ...(one.ipv6Addresses ?? [])];
    const single = [one.ipAddress, one.ipv6Address].filter((address) => address != null && address !== '');
    return { name: one.name, addresses: listed.length > 0 ? listed : (single as string[]) };
  });
  const status = raw.isRetired === true ? 'retired' : known;
  return { id: raw.id, name: raw.displayName || raw.name, status, roles, memo: raw.memo ?? '', agent: agent === '' ? null : agent, interfaces };
}

export const fromRawPoint = (raw: z.output<typeof rawPoint>): Point => ({ at: raw.time, value: raw.value });

/** Roles come as `shop:web` and as `shop: web`. */
const place = (scope: string): string => scope.split(':').map((part) => part.trim()).join(':');

/** The downtime, or nothing when it is not one the app understands. */
export function fromRawDowntime(given: unknown): readonly Downtime[] {
  const parsed = rawDowntime.safeParse(given);
  if (!parsed.success) return [];
  const { data } = parsed;
  const recurrence = data.recurrence == null ? null : { type: data.recurrence.type, interval: data.recurrence.interval, weekdays: (data.recurrence.weekdays ?? []).map((name) => WEEKDAYS.indexOf(name)), until: data.recurrence.until ?? null };
  return [{
    name: plainLine(data.name, 100),
    start: data.start,
    durationMs: data.duration * 60_000,
    recurrence,
    places: [...data.serviceScopes, ...data.roleScopes].map(place),
    placesExcluded: [...data.serviceExcludeScopes, ...data.roleExcludeScopes].map(place),
    monitors: data.monitorScopes,
    monitorsExcluded: data.monitorExcludeScopes,
  }];
}
