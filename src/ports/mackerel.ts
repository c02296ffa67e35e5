/** Mackerel as the use cases read and write it; times are epoch ms. */
import type { AlertStatus, HostStatus } from '../contract';
import type { Downtime } from '../domain/downtime';
import type { AlertLog } from '../domain/model';
import type { ChannelAdmin } from '../ports/channels';

export interface SourceAlert {
  readonly id: string;
  readonly status: AlertStatus;
  readonly monitorId: string | null;
  readonly type: string;
  readonly hostId: string | null;
  readonly value: number | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly memo: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
}
export interface SourceMonitor {
  readonly id: string;
  /** host, connectivity, service, external, check, expression, anomalyDetection, query, or `unknown`. */
  readonly type: string;
  readonly name: string;
  readonly memo: string | null;
  readonly service: string | null;
  readonly metric: string | null;
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
}
export interface SourceHost {
  readonly id: string;
  readonly name: string;
  readonly status: HostStatus;
  /** `service: role` full names. */
  readonly roles: readonly { readonly service: string; readonly role: string }[];
  readonly memo: string;
  /** e.g. `mackerel-agent/0.87.0`; null: none told. */
  readonly agent: string | null;
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}
export interface Point {
  readonly at: number;
  readonly value: number;
}
export interface SourceAnnotation {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
}
/** Mackerel, read with the connection's key. Throws MackerelError only. */
export interface AlertSource extends ChannelAdmin {
  org(): Promise<{ readonly name: string; readonly displayName: string | null }>;
  /** All open alerts, every page. */
  openAlerts(): Promise<readonly SourceAlert[]>;
  /** Open and closed ones, the last opened first, 100 at a time; `nextId` null: the first page, and after the last one. */
  alertsPage(nextId: string | null): Promise<{ readonly alerts: readonly SourceAlert[]; readonly nextId: string | null }>;
  /** null: Mackerel does not know it. */
  alert(id: string): Promise<SourceAlert | null>;
  /** Every page, in no promised order. */
  alertLogs(id: string): Promise<readonly AlertLog[]>;
  /** By id. Check monitors are not among them: `checkMonitor`. */
  monitors(): Promise<ReadonlyMap<string, SourceMonitor>>;
  /** One check monitor by id (they are not in `monitors()`); null if unknown. */
  checkMonitor(id: string): Promise<SourceMonitor | null>;
  /** All there are. Those the app cannot make sense of are left out. */
  downtimes(): Promise<readonly Downtime[]>;
  host(id: string): Promise<SourceHost | null>;
  /** Hosts in every state but retired; of one service, or all (null). */
  hosts(service: string | null): Promise<readonly SourceHost[]>;
  /** null: Mackerel does not know the host or service. */
  hostMetricNames(hostId: string): Promise<readonly string[] | null>;
  serviceMetricNames(service: string): Promise<readonly string[] | null>;
  /** Latest value of each host × metric: `hostId` → metric → point. Missing ones are left out. */
  latest(hostIds: readonly string[], metrics: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, Point>>>;
  /** Ascending. Empty when the metric does not exist. */
  hostMetric(hostId: string, metric: string, from: number, to: number): Promise<readonly Point[]>;
  serviceMetric(service: string, metric: string, from: number, to: number): Promise<readonly Point[]>;
  annotations(service: string, from: number, to: number): Promise<readonly SourceAnnotation[]>;
  /** Writes need a key that may; a refusal is `forbidden`, an unknown id null. Closing a closed alert answers it as it is. */
  closeAlert(id: string, reason: string): Promise<SourceAlert | null>;
  setAlertMemo(id: string, memo: string): Promise<'written' | null>;
  setHostStatus(id: string, status: Exclude<HostStatus, 'retired' | 'unknown'>): Promise<'written' | null>;
}
export class MackerelError extends Error {
  override readonly name = 'MackerelError';
  constructor(
    readonly kind: 'key' | 'forbidden' | 'rate' | 'unreachable' | 'refused',
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}
