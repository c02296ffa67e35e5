/** Mackerel's API, as far as the app reads it. */
import { MackerelError, type AlertSource, type Clock, type Point } from '../../ports';
import { channelAdmin } from './channels';
import { createHttp, type Fetch, type Query } from './http';
import * as raw from './raw';

const PAGE = 100;
const MAX_PAGES = 100;
const HOSTS_AT_ONCE = 100;
/** Up to 20 h Mackerel answers at one-minute grain; a longer range comes averaged. */
const SLICE_S = 20 * 3600;
const MAX_SLICES = 50;

export interface MackerelOptions {
  readonly apiKey: string;
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, 'now'>;
}

const id = encodeURIComponent;

/** Ranges of at most 20 h in epoch seconds, ascending, without overlap; a range past `MAX_SLICES` keeps its newest part. */
export function slices(fromMs: number, toMs: number): readonly { readonly from: number; readonly to: number }[] {
  const end = Math.ceil(toMs / 1000);
  const parts: { from: number; to: number }[] = [];
  for (let from = Math.max(Math.floor(fromMs / 1000), end - MAX_SLICES * SLICE_S); from <= end; from += SLICE_S) {
    parts.push({ from, to: Math.min(from + SLICE_S - 1, end) });
  }
  return parts;
}

export function createMackerelClient(options: MackerelOptions): AlertSource {
  const http = createHttp(options);
  const { get, send } = http;
  const must = async (path: string, query: Query = []): Promise<unknown> => {
    const body = await get(path, query);
    if (body === null) throw new MackerelError('refused', `404: ${path}`);
    return body;
  };

  /** Follows `nextId`. Ends when it stops, repeats itself, or after `MAX_PAGES`. null: 404 on the first page. */
  async function pages<T extends { readonly id: string }>(path: string, read: (body: unknown) => { rows: readonly T[]; nextId: string | null }): Promise<readonly T[] | null> {
    const rows = new Map<string, T>();
    const seen = new Set<string>();
    let nextId: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query: [string, string][] = [['limit', String(PAGE)]];
      if (nextId !== null) query.push(['nextId', nextId]);
      const body = await get(path, query);
      if (body === null) return page === 0 ? null : [...rows.values()];
      const answer = read(body);
      for (const row of answer.rows) rows.set(row.id, row);
      nextId = answer.nextId === '' ? null : answer.nextId;
      if (nextId === null || seen.has(nextId)) break;
      seen.add(nextId);
    }
    return [...rows.values()];
  }

  async function series(path: string, metric: string, from: number, to: number): Promise<readonly Point[]> {
    const points = new Map<number, Point>();
    for (const slice of slices(from, to)) {
      const body = await get(path, [['name', metric], ['from', String(slice.from)], ['to', String(slice.to)]]);
      if (body === null) continue;
      for (const point of raw.parse(raw.rawMetrics, body).metrics.map(raw.fromRawPoint)) points.set(point.at, point);
    }
    return [...points.values()].sort((a, b) => a.at - b.at);
  }

  async function names(path: string): Promise<readonly string[] | null> {
    const body = await get(path);
    return body === null ? null : raw.parse(raw.rawNames, body).names;
  }

  return {
    ...channelAdmin(http),
    async org() {
      const org = raw.parse(raw.rawOrg, await must('/org'));
      return { name: org.name, displayName: org.displayName ?? null };
    },
    async openAlerts() {
      const read = (body: unknown) => {
        const page = raw.parse(raw.rawAlerts, body);
        return { rows: page.alerts.map(raw.fromRawAlert), nextId: page.nextId ?? null };
      };
      return (await pages('/alerts', read)) ?? [];
    },
    async alertsPage(nextId) {
      const from: Query = nextId === null ? [] : [['nextId', nextId]];
      const page = raw.parse(raw.rawAlerts, await must('/alerts', [['withClosed', 'true'], ['limit', String(PAGE)], ...from]));
      const next = page.nextId ?? null;
      return { alerts: page.alerts.map(raw.fromRawAlert), nextId: next === '' || next === nextId ? null : next };
    },
    async alert(alertId) {
      const body = await get(`/alerts/${id(alertId)}`);
      return body === null ? null : raw.fromRawAlert(raw.parse(raw.rawOneAlert, body));
    },
    async alertLogs(alertId) {
      const read = (body: unknown) => {
        const page = raw.parse(raw.rawLogs, body);
        return { rows: page.logs.map(raw.fromRawLog), nextId: page.nextId ?? null };
      };
      return (await pages(`/alerts/${id(alertId)}/logs`, read)) ?? [];
    },
    async monitors() {
      const { monitors } = raw.parse(raw.rawMonitors, await must('/monitors'));
      return new Map(monitors.map((monitor) => [monitor.id, raw.fromRawMonitor(monitor)]));
    },
    async checkMonitor(monitorId) {
      const body = await get(`/monitoring/checks/${id(monitorId)}`);
      return body === null ? null : raw.fromRawCheck(raw.parse(raw.rawCheck, body).check);
    },
    async downtimes() {
      return raw.parse(raw.rawDowntimes, await must('/downtimes')).downtimes.flatMap(raw.fromRawDowntime);
    },
    async host(hostId) {
      const body = await get(`/hosts/${id(hostId)}`);
      return body === null ? null : raw.fromRawHost(raw.parse(raw.rawHost, body).host);
    },
    async hosts(service) {
      const states = ['working', 'standby', 'maintenance', 'poweroff'].map((state) => ['status', state] as const);
      return raw.parse(raw.rawHosts, await must('/hosts', [...(service === null ? [] : [['service', service] as const]), ...states])).hosts.map(raw.fromRawHost);
    },
    hostMetricNames: (hostId) => names(`/hosts/${id(hostId)}/metric-names`),
    serviceMetricNames: (service) => names(`/services/${id(service)}/metric-names`),
    async latest(hostIds, metrics) {
      const found = new Map<string, ReadonlyMap<string, Point>>();
      if (metrics.length === 0) return found;
      for (let start = 0; start < hostIds.length; start += HOSTS_AT_ONCE) {
        const hosts = hostIds.slice(start, start + HOSTS_AT_ONCE).map((host) => ['hostId', host] as const);
        const body = await get('/tsdb/latest', [...hosts, ...metrics.map((name) => ['name', name] as const)]);
        if (body === null) continue;
        for (const [host, values] of Object.entries(raw.parse(raw.rawLatest, body).tsdbLatest)) {
          const points = Object.entries(values ?? {}).flatMap(([name, point]) => (point == null ? [] : [[name, raw.fromRawPoint(point)] as const]));
          found.set(host, new Map(points));
        }
      }
      return found;
    },
    hostMetric: (hostId, metric, from, to) => series(`/hosts/${id(hostId)}/metrics`, metric, from, to),
    serviceMetric: (service, metric, from, to) => series(`/services/${id(service)}/metrics`, metric, from, to),
    async annotations(service, from, to) {
      const query: Query = [['service', service], ['from', String(Math.floor(from / 1000))], ['to', String(Math.ceil(to / 1000))]];
      const body = await get('/graph-annotations', query);
      return body === null ? [] : raw.parse(raw.rawAnnotations, body).graphAnnotations;
    },
    async closeAlert(alertId, reason) {
      const body = await send('POST', `/alerts/${id(alertId)}/close`, { reason });
      return body === null ? null : raw.fromRawAlert(raw.parse(raw.rawOneAlert, body));
    },
    async setAlertMemo(alertId, memo) {
      return (await send('PUT', `/alerts/${id(alertId)}`, { memo })) === null ? null : 'written';
    },
    async setHostStatus(hostId, status) {
      return (await send('POST', `/hosts/${id(hostId)}/status`, { status })) === null ? null : 'written';
    },
  };
}
