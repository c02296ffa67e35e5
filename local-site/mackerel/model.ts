/** Mackerel's records as the stand-in keeps them. Times are epoch seconds unless a name ends in `Ms`. */
export type AlertStatus = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';
export type HostStatus = 'working' | 'standby' | 'maintenance' | 'poweroff';
export type LogTrigger = 'monitoring' | 'manual' | 'monitorDelete' | 'hostRetire' | 'serviceDelete';
export type MonitorType = 'host' | 'connectivity' | 'service' | 'check';

export interface Host {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly customIdentifier: string | null;
  readonly memo: string;
  readonly status: HostStatus;
  readonly size: 'standard' | 'micro';
  readonly isRetired: boolean;
  readonly retiredAt: number | null;
  readonly createdAt: number;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly interfaces: readonly unknown[];
  /** When a metric of this host was last posted; null before the first. */
  readonly heardAt: number | null;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly memo: string;
  readonly roles: readonly { readonly name: string; readonly memo: string }[];
}

interface MonitorBase {
  readonly id: string;
  readonly name: string;
  readonly memo: string;
  /** Minutes between reminders; null: none. */
  readonly notificationInterval: number | null;
  readonly isMute: boolean;
}
interface Scoped {
  readonly scopes: readonly string[];
  readonly excludeScopes: readonly string[];
}
interface Thresholds {
  /** Points the mean is taken over. */
  readonly duration: number;
  readonly metric: string;
  readonly operator: '>' | '<';
  readonly warning: number | null;
  readonly critical: number | null;
  readonly maxCheckAttempts: number;
}
export type HostMonitor = MonitorBase & Scoped & Thresholds & { readonly type: 'host' };
export type ServiceMonitor = MonitorBase &
  Thresholds & {
    readonly type: 'service';
    readonly service: string;
    /** Minutes without a point. */
    readonly missingDurationWarning: number | null;
    readonly missingDurationCritical: number | null;
  };
export type ConnectivityMonitor = MonitorBase & Scoped & { readonly type: 'connectivity'; readonly alertStatusOnGone: 'CRITICAL' | 'WARNING' };
export type Monitor = HostMonitor | ServiceMonitor | ConnectivityMonitor;
/** Check monitors are known by what hosts report; the API lists them apart and without settings. */
export type CheckMonitor = MonitorBase & { readonly type: 'check'; readonly maxCheckAttempts: number };
export type AnyMonitor = Monitor | CheckMonitor;

export interface Alert {
  readonly id: string;
  /** Order of opening. */
  readonly seq: number;
  readonly status: AlertStatus;
  readonly monitorId: string;
  /** The monitor as it was last seen; a notification about a deleted monitor still names it. */
  readonly monitor: AnyMonitor;
  readonly hostId: string | null;
  readonly value: number | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly memo: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly createdAtMs: number;
  readonly statusChangedAt: number;
  readonly notifiedAt: number;
  /** Raised in the console: judgements of posted metrics leave it alone. */
  readonly byHand: boolean;
}

export interface AlertLog {
  readonly id: string;
  readonly seq: number;
  readonly status: AlertStatus;
  readonly trigger: LogTrigger;
  readonly monitorId: string | null;
  readonly targetValue: number | null;
  readonly statusDetail: { readonly type: 'check'; readonly detail: { readonly message: string; readonly memo: string } } | null;
  readonly createdAt: number;
}

export interface Annotation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly from: number;
  readonly to: number;
  readonly service: string;
  readonly roles: readonly string[] | null;
}

export type ChannelEvent = 'alert' | 'alertGroup' | 'hostStatus' | 'hostRegister' | 'hostRetire' | 'monitor';
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: 'webhook';
  readonly url: string;
  readonly enabledGraphImage: boolean;
  readonly events: readonly ChannelEvent[];
  readonly suspendedAt: number | null;
  /** Deliveries given up in a row. */
  readonly failures: number;
}

/** Who did it in the browser; requests with an API key name nobody. */
export interface Person {
  readonly id: string;
  readonly screenName: string;
}
