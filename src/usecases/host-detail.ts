import type { HostDetailView } from '../contract';
import { AppFailure, notFound } from '../domain/failure';
import { hostOf } from '../domain/hosts';
import { hostUrl } from '../domain/links';
import { metricPlan } from '../domain/metric';
import { plainLine, plainText } from '../domain/text';
import type { AlertSource, Point, Ports, SourceHost } from '../ports';
import { readable, settingsForReaders, type Passes } from './board';
import type { Caller } from './caller';
import { openHost } from './kept-series';
import { withMackerel } from './link-alerts';
import { remembered } from './remembered';

const WINDOW_MS = 30 * 60_000;
const FRESH_MS = 15_000;
/** What tells most of a host at a glance; a text key and the names it may have. */
const KEY_METRICS: readonly { readonly labelKey: string; readonly metric: RegExp }[] = [
  { labelKey: 'host.spark.load', metric: /^loadavg5$/ },
  { labelKey: 'host.spark.cpu', metric: /^cpu\.user\.percentage$/ },
  { labelKey: 'host.spark.memory', metric: /^memory\.used$/ },
  { labelKey: 'host.spark.network', metric: /^interface\.(?!lo\.)[^.]+\.rxBytes\.delta$/ },
];

async function sparks(source: AlertSource, hostId: string, now: number): Promise<HostDetailView['sparks']> {
  const names = (await source.hostMetricNames(hostId)) ?? [];
  const wanted = KEY_METRICS.flatMap(({ labelKey, metric }) => {
    const name = names.find((one) => metric.test(one));
    return name === undefined ? [] : [{ labelKey, metric: name }];
  });
  return await Promise.all(
    wanted.map(async ({ labelKey, metric }) => {
      const points: readonly Point[] = await source.hostMetric(hostId, metric, now - WINDOW_MS, now);
      return { metric, labelKey, unit: metricPlan(metric).unit, points };
    }),
  );
}

/** What does not change from minute to minute. Its words are Mackerel's, and hostile. */
function described(host: Pick<SourceHost, 'id' | 'name' | 'status' | 'roles' | 'memo' | 'agent' | 'interfaces'>, orgName: string | null): Omit<HostDetailView, 'lastSeen' | 'sparks' | 'evidence'> {
  return {
    id: host.id,
    name: plainLine(host.name, 200),
    status: host.status,
    roles: host.roles.map((role) => `${role.service}: ${role.role}`),
    url: hostUrl(orgName, host.id),
    memo: plainText(host.memo).slice(0, 1000),
    agent: host.agent === null ? null : plainLine(host.agent, 80),
    interfaces: host.interfaces.slice(0, 20).map((one) => ({ name: plainLine(one.name, 40), addresses: one.addresses.slice(0, 8).map((address) => plainLine(address, 60)) })),
  };
}

/** One host of the incident, looked at closely; where Mackerel does not tell of it any more, as it was when it was frozen. */
export async function hostDetail(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; hostId: string; pass: string; viewing?: string | undefined }): Promise<HostDetailView> {
  const { incident } = await readable(ports, passes, caller, p);
  const known = hostOf(incident, p.hostId);
  if (known === null) throw notFound();
  const settings = await settingsForReaders(ports, caller);
  const now = ports.clock.now();
  const live = remembered(`host:${caller.installation}:${known.id}`, now, FRESH_MS, () =>
    withMackerel(ports, async (source) => {
      const [host, lines] = await Promise.all([source.host(known.id), sparks(source, known.id, now)]);
      if (host === null) throw new AppFailure('not-found', 'error.host-gone');
      const newest = lines.map((line) => line.points.at(-1)?.at ?? 0);
      const lastSeen = Math.max(0, ...newest);
      return { ...described(host, settings.orgName), lastSeen: lastSeen === 0 ? null : lastSeen, sparks: lines };
    }),
  );
  return await live.catch(async (error: unknown) => {
    const kept = await openHost(ports, caller.installation, incident.head.id, known.id);
    if (kept === null) throw error;
    const { host, from } = kept;
    return { ...described({ ...host, status: known.status }, settings.orgName), lastSeen: null, sparks: [], evidence: from };
  });
}
