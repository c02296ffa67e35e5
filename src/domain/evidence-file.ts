/** The file that holds frozen values: compact JSON that anybody can read, with every number as Mackerel told it. Pure. */
import * as z from 'zod';
import { alertOf } from './alert-record';
import type { EvidenceCopy, FrozenSeries } from './evidence';
import type { WantedSeries } from './evidence-series';
import type { Deploy, Incident } from './record';

export interface SeriesPoint {
  readonly at: number;
  readonly value: number;
}
export interface ReadSeries extends WantedSeries {
  readonly points: readonly SeriesPoint[];
}
/** Facts beside the values, as Mackerel told them when it was frozen. */
export interface FrozenFacts {
  readonly monitors: readonly unknown[];
  readonly hosts: readonly unknown[];
  readonly deploys: readonly Deploy[];
}

const seriesSchema = z.object({ key: z.string(), start: z.number(), dt: z.array(z.number()), v: z.array(z.number()) });
const fileSchema = z.object({ format: z.literal('incident-evidence'), version: z.literal(1), series: z.array(seriesSchema) });

/** Times as seconds since the one before: a row of 60s. */
function packed({ key, title, host, service, metric, unit, from, to, points }: ReadSeries): object {
  const start = points[0]?.at ?? from;
  const dt = points.map(({ at }, index) => (at - (points[index - 1]?.at ?? start)) / 1000);
  return { key, title, host, service, metric, unit, from, to, start, dt, v: points.map(({ value }) => value) };
}

/** Nothing in it names a person. Times in epoch ms, `dt` in seconds. */
export function evidenceText(incident: Incident, copy: EvidenceCopy, series: readonly ReadSeries[], facts: FrozenFacts | null): string {
  const { head } = incident;
  const alerts = copy.alerts.flatMap((id) => {
    const alert = alertOf(incident, id);
    if (alert === null) return [];
    const { monitorId, monitorName, monitorType, monitorMemo, host, service, roles, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, value, factsAt, logs } = alert;
    return [{ id, monitorId, monitorName, monitorType, monitorMemo, host, service, roles, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, value, readAt: factsAt, logs: logs.map(({ id: logId, status: to, trigger, at, value: of }) => ({ id: logId, status: to, trigger, at, value: of })) }];
  });
  return JSON.stringify({
    format: 'incident-evidence',
    version: 1,
    incident: { key: head.key, detectedAt: head.detectedAt, resolvedAt: head.resolvedAt },
    frozenAt: copy.at,
    ...(facts === null ? {} : { alerts, ...facts }),
    series: series.map(packed),
  });
}

/** Points by key of the metric; null: it is no such file. */
export function seriesIn(text: string): ReadonlyMap<string, readonly SeriesPoint[]> | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = fileSchema.safeParse(body);
  if (!parsed.success) return null;
  return new Map(parsed.data.series.map(({ key, start, dt, v }) => {
    let at = start;
    const points = v.map((value, index) => {
      at += (dt[index] ?? 0) * 1000;
      return { at, value };
    });
    return [key, points];
  }));
}

/** What the row says of it. */
export function frozenOf({ key, title, unit, points }: ReadSeries): FrozenSeries {
  const values = points.map(({ value }) => value);
  const some = values.length > 0;
  return { key, title, unit, n: values.length, first: points[0]?.at ?? null, last: points.at(-1)?.at ?? null, min: some ? values.reduce((a, b) => Math.min(a, b)) : null, max: some ? values.reduce((a, b) => Math.max(a, b)) : null };
}

const hostDetails = z.object({ hosts: z.array(z.object({ id: z.string(), name: z.string(), status: z.string(), memo: z.string(), agent: z.string().nullable(), roles: z.array(z.object({ service: z.string(), role: z.string() })), interfaces: z.array(z.object({ name: z.string(), addresses: z.array(z.string()) })) })) });
export type FrozenHost = z.output<typeof hostDetails>['hosts'][number];
/** A host as it was when the file was made; null: the file does not tell. */
export function hostIn(text: string, id: string): FrozenHost | null {
  try {
    const parsed = hostDetails.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data.hosts.find((host) => host.id === id) ?? null) : null;
  } catch {
    return null;
  }
}
