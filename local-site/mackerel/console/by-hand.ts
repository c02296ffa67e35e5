/** Alerts raised by a person. Judgements leave them alone until they are closed or "recover" is pressed. */
import { z } from 'zod';
import { parse } from '../api/http';
import { badRequest, notFound } from '../errors';
import type { Finding } from '../judge/lifecycle';
import { covers, subjectOf } from '../judge/subject';
import type { Alert, AnyMonitor } from '../model';
import type { Parts } from '../parts';

const input = z.object({
  monitorId: z.string(),
  hostId: z.string().nullish(),
  status: z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']),
  value: z.number().nullish(),
  message: z.string().max(1023).nullish(),
});

/** A value that fits the status: 1.4 times what the threshold asks for. */
function plausible(monitor: AnyMonitor, status: Alert['status']): number | null {
  if (monitor.type !== 'host' && monitor.type !== 'service') return null;
  const threshold = status === 'CRITICAL' ? (monitor.critical ?? monitor.warning) : (monitor.warning ?? monitor.critical);
  if (threshold === null || status === 'UNKNOWN') return null;
  const beyond = (monitor.operator === '>') === (status !== 'OK');
  const between = status === 'WARNING' && monitor.critical !== null;
  return between ? (threshold + (monitor.critical ?? threshold)) / 2 : threshold * (beyond ? 1.4 : 0.6);
}

function hostFor(parts: Parts, monitor: AnyMonitor, asked: string | null): string | null {
  if (monitor.type === 'service') return null;
  const host = asked === null ? parts.world.hosts.all().find((each) => !each.isRetired && covers(monitor, each)) : parts.world.hosts.get(asked);
  if (!host || host.isRetired) throw asked === null ? badRequest('hostId is required: no host is in this monitor\'s scope.') : notFound('Host');
  return host.id;
}

/** Opens, changes or (status OK) closes the alert of this monitor and host. @throws ApiError */
export function raise(parts: Parts, body: unknown): Alert {
  const { world, life } = parts;
  const asked = parse(input, body);
  const monitor = world.monitors.get(asked.monitorId);
  if (monitor === null) throw notFound('Monitor');
  const hostId = hostFor(parts, monitor, asked.hostId ?? null);
  const message = monitor.type === 'check' ? (asked.message ?? `${monitor.name} ${asked.status}`) : (asked.message ?? null);
  const finding: Finding = { status: asked.status, value: asked.value ?? plausible(monitor, asked.status), message };
  return world.atomically(() => {
    const open = world.alerts.openOf(monitor.id, subjectOf(monitor, hostId));
    if (asked.status !== 'OK') return open ? life.change(open, finding, true) : life.open(monitor, hostId, finding, true);
    if (open === null) throw badRequest('There is no open alert to recover.');
    return life.close(open, 'monitoring', { finding });
  });
}
