/** Alerts raised by a person. Judgements leave them alone until they are closed or "recover" is pressed. */
import { z } from 'zod';
import { parse } from '../api/http';
import { badRequest, notFound } from '../errors';
import { inDowntime } from '../judge/downtime';
import { isTimed } from '../judge/external';
import type { Finding } from '../judge/lifecycle';
import { samplesOf } from '../judge/query';
import { ABOUT_NOTHING, covers, onHost, subjectOf } from '../judge/subject';
import type { About, Alert, AlertStatus, AnyMonitor, Limits, QueryMonitor } from '../model';
import type { Parts } from '../parts';

const input = z.object({
  monitorId: z.string(),
  hostId: z.string().nullish(),
  series: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }).nullish(),
  status: z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']),
  value: z.number().nullish(),
  message: z.string().max(1023).nullish(),
});

function limitsOf(monitor: AnyMonitor): Limits | null {
  if ('operator' in monitor) return monitor;
  if (monitor.type !== 'external' || !isTimed(monitor)) return null;
  return { operator: '>', warning: monitor.responseTimeWarning, critical: monitor.responseTimeCritical };
}
/** A value that fits the status: 1.4 times what the threshold asks for. */
function plausible(monitor: AnyMonitor, status: AlertStatus): number | null {
  const limits = limitsOf(monitor);
  if (limits === null || status === 'UNKNOWN') return null;
  const threshold = status === 'CRITICAL' ? (limits.critical ?? limits.warning) : (limits.warning ?? limits.critical);
  if (threshold === null) return null;
  const beyond = (limits.operator === '>') === (status !== 'OK');
  const between = status === 'WARNING' && limits.critical !== null;
  return between ? (threshold + (limits.critical ?? threshold)) / 2 : threshold * (beyond ? 1.4 : 0.6);
}
/** Of an anomaly the message is the metric that deviates most. */
function sentence(monitor: AnyMonitor, status: AlertStatus): string | null {
  switch (monitor.type) {
    case 'check':
      return `${monitor.name} ${status}`;
    case 'external':
      return status === 'OK' ? 'status is 200' : 'HTTP request failed - status is 500';
    case 'anomalyDetection':
      return 'cpu.iowait.percentage';
    default:
      return null;
  }
}

type Asked = z.output<typeof input>;
function aboutHost(parts: Parts, monitor: AnyMonitor, asked: string | null): About {
  const host = asked === null ? parts.world.hosts.all().find((each) => !each.isRetired && covers(monitor, each)) : parts.world.hosts.get(asked);
  if (!host || host.isRetired) throw asked === null ? badRequest('hostId is required: no host is in this monitor\'s scope.') : notFound('Host');
  return onHost(host.id);
}
function aboutSeries(parts: Parts, monitor: QueryMonitor, asked: Asked['series']): About {
  const series = asked ?? samplesOf(parts.world, monitor, parts.world.now())[0]?.series;
  if (series === undefined) throw badRequest('series is required: the query answers none.');
  return { hostId: null, series };
}
function aboutWhat(parts: Parts, monitor: AnyMonitor, asked: Asked): About {
  switch (monitor.type) {
    case 'query':
      return aboutSeries(parts, monitor, asked.series);
    case 'service':
    case 'external':
    case 'expression':
      return ABOUT_NOTHING;
    default:
      return aboutHost(parts, monitor, asked.hostId ?? null);
  }
}

/** Opens, changes or (status OK) closes the alert of this monitor and host or series. @throws ApiError */
export function raise(parts: Parts, body: unknown): Alert {
  const { world, life } = parts;
  const asked = parse(input, body);
  const monitor = world.monitors.get(asked.monitorId);
  if (monitor === null) throw notFound('Monitor');
  const about = aboutWhat(parts, monitor, asked);
  if (inDowntime(world, monitor, about.hostId === null ? null : world.hosts.get(about.hostId))) throw badRequest('A downtime keeps this monitor quiet.');
  const finding: Finding = { status: asked.status, value: asked.value ?? plausible(monitor, asked.status), message: asked.message ?? sentence(monitor, asked.status) };
  return world.atomically(() => {
    const open = world.alerts.openOf(monitor.id, subjectOf(monitor, about));
    if (asked.status !== 'OK') return open ? life.change(open, finding, true) : life.open(monitor, about, finding, true);
    if (open === null) throw badRequest('There is no open alert to recover.');
    return life.close(open, 'monitoring', { finding });
  });
}
