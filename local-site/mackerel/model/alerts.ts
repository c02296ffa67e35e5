import type { AnyMonitor } from './monitors';

export type AlertStatus = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';
export type LogTrigger = 'monitoring' | 'manual' | 'monitorDelete' | 'hostRetire' | 'serviceDelete' | 'anomalyDetectionManuallyRetraining' | 'externalMonitoringServiceChange';

/** A labelled series; an aggregate has an empty name. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}
/** What an alert is about besides its monitor: a host, a labelled series, or neither. */
export interface About {
  readonly hostId: string | null;
  readonly series: Series | null;
}

export interface Alert extends About {
  readonly id: string;
  /** Order of opening. */
  readonly seq: number;
  readonly status: AlertStatus;
  readonly monitorId: string;
  /** The monitor as it was last seen; a notification about a deleted monitor still names it. */
  readonly monitor: AnyMonitor;
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
  /** Its monitor's thresholds changed since: it stays as it is until a person closes it. */
  readonly outdated: boolean;
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
