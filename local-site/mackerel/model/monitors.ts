/** Monitors, by type. Fields that may be unset are null. */
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
export interface Limits {
  readonly operator: '>' | '<';
  readonly warning: number | null;
  readonly critical: number | null;
}
interface MetricLimits extends Limits {
  /** Points the mean is taken over. */
  readonly duration: number;
  readonly metric: string;
  readonly maxCheckAttempts: number;
}
export type HostMonitor = MonitorBase & Scoped & MetricLimits & { readonly type: 'host' };
export type ServiceMonitor = MonitorBase &
  MetricLimits & {
    readonly type: 'service';
    readonly service: string;
    /** Minutes without a point. */
    readonly missingDurationWarning: number | null;
    readonly missingDurationCritical: number | null;
  };
export type ConnectivityMonitor = MonitorBase & Scoped & { readonly type: 'connectivity'; readonly alertStatusOnGone: 'CRITICAL' | 'WARNING' };
export type ExternalMonitor = MonitorBase & {
  readonly type: 'external';
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The service its response times belong to; null: linked to none. */
  readonly service: string | null;
  /** Milliseconds. */
  readonly responseTimeWarning: number | null;
  readonly responseTimeCritical: number | null;
  /** Requests the mean response time is taken over. */
  readonly responseTimeDuration: number | null;
  readonly containsString: string | null;
  readonly maxCheckAttempts: number;
  /** Days left. */
  readonly certificationExpirationWarning: number | null;
  readonly certificationExpirationCritical: number | null;
  readonly skipCertificateVerification: boolean;
  readonly expectedStatusCode: number | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly requestBody: string | null;
  readonly followRedirect: boolean;
  readonly dualstack: 'ipv4' | 'ipv6' | 'auto' | null;
};
export type ExpressionMonitor = MonitorBase & Limits & { readonly type: 'expression'; readonly expression: string; readonly evaluateBackwardMinutes: number };
export type Sensitivity = 'insensitive' | 'normal' | 'sensitive';
export type AnomalyMonitor = MonitorBase & {
  readonly type: 'anomalyDetection';
  readonly scopes: readonly string[];
  readonly warningSensitivity: Sensitivity | null;
  readonly criticalSensitivity: Sensitivity | null;
  readonly maxCheckAttempts: number;
  readonly trainingPeriodFrom: number | null;
};
/** PromQL over labelled metrics; every series has its own alert. The name may hold `{{label}}`. */
export type QueryMonitor = MonitorBase & Limits & { readonly type: 'query'; readonly query: string; readonly legend: string; readonly evaluateBackwardMinutes: number };

export type Monitor = HostMonitor | ServiceMonitor | ConnectivityMonitor | ExternalMonitor | ExpressionMonitor | AnomalyMonitor | QueryMonitor;
/** Check monitors are known by what hosts report; the API lists them apart and without settings. */
export type CheckMonitor = MonitorBase & { readonly type: 'check'; readonly maxCheckAttempts: number };
export type AnyMonitor = Monitor | CheckMonitor;
export type MonitorType = AnyMonitor['type'];
