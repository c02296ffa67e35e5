/** Metrics the team puts on the board beside those of the alerts. */
import type { IncidentHeadView, MetricChoices } from '../contract';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import { metricPlan } from '../domain/metric';
import type { GraphPick } from '../domain/model';
import { addGraph, hasGraph, removeGraph } from '../domain/team';
import { plainLine } from '../domain/text';
import type { AlertSource, Ports, SourceHost } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { withMackerel } from './link-alerts';
import { accept, acceptedBefore, press, proveEditor, type Pressed } from './press';
import { configured } from './prove';
import { visibleServices, type VisibleServices } from './rights';
import { headView } from './views';

export type Owner = { readonly hostId: string } | { readonly service: string };
const HOSTS = 200;
/** Picks stand in the head of the record, which is kept small. */
const HOST_NAME_MAX = 60;

/** A host belongs to whoever sees one of its services; one without any, to administrators. */
export const mayRead = (services: VisibleServices, host: SourceHost): boolean => host.roles.some((role) => services.sees(role.service)) || (host.roles.length === 0 && services.sees(null));

async function namesOf(source: AlertSource, services: VisibleServices, owner: Owner): Promise<{ names: readonly string[]; host: SourceHost | null }> {
  if ('service' in owner) {
    const names = services.sees(owner.service) ? await source.serviceMetricNames(owner.service) : null;
    if (names === null) throw notFound();
    return { names, host: null };
  }
  const host = await source.host(owner.hostId);
  if (host === null || !mayRead(services, host)) throw notFound();
  return { names: (await source.hostMetricNames(host.id)) ?? [], host };
}

/** Hosts and services the caller may see, and the metrics of one of them; those of the service `first` come first. */
export async function metricChoices(ports: Ports, of: Owner | null, first: string | null = null): Promise<MetricChoices> {
  const services = await visibleServices(ports, await configured(ports));
  return await withMackerel(ports, async (source) => {
    const [hosts, metrics] = await Promise.all([source.hosts(null), of === null ? [] : namesOf(source, services, of).then((found) => found.names)]);
    const own = (host: SourceHost): number => (host.roles.some((role) => role.service === first) ? 0 : 1);
    const shown = hosts.filter((host) => mayRead(services, host)).sort((a, b) => own(a) - own(b) || (a.name < b.name ? -1 : 1));
    return {
      hosts: shown.slice(0, HOSTS).map((host) => ({ id: host.id, name: plainLine(host.name, 200) })),
      services: [...services.mapped].sort((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1)),
      metrics: metrics.map((name) => plainLine(name, 200)),
    };
  });
}

/** The same for the board of an incident. */
export async function boardMetricChoices(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; of: Owner | null; pass: string; viewing?: string | undefined }): Promise<MetricChoices> {
  const { incident } = await readable(ports, passes, caller, p);
  return await metricChoices(ports, p.of, incident.head.service);
}

export async function pressAddGraph(ports: Ports, caller: Caller, p: Pressed & { target: Owner; metric: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  const before = await acceptedBefore(ports, caller, p);
  if (before !== null) return headView(before.head);
  const services = await visibleServices(ports, await configured(ports));
  const { names, host } = await withMackerel(ports, (source) => namesOf(source, services, p.target));
  if (!names.includes(p.metric)) throw badRequest('metric', 'error.metric-unknown');
  const pick: GraphPick = {
    id: `g:${ports.random.id()}`,
    host: host === null ? null : { id: host.id, name: plainLine(host.name, HOST_NAME_MAX) },
    service: 'service' in p.target ? p.target.service : null,
    metric: p.metric,
    unit: metricPlan(p.metric).unit,
  };
  const incident = await accept(ports, caller, p, (current, by) => {
    const after = addGraph(current, pick, by);
    if (after === current && !hasGraph(current, pick)) throw new AppFailure('bad-request', 'error.graphs-full', {}, 'metric');
    return after;
  });
  return headView(incident.head);
}

export async function pressRemoveGraph(ports: Ports, caller: Caller, p: Pressed & { graphId: string }): Promise<IncidentHeadView> {
  return headView((await press(ports, caller, p, (current, by) => removeGraph(current, p.graphId, by))).head);
}
