/** Who is told, when nobody is, and what is told together. */
import type { AlertStatus } from './alerts';

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

export interface NotificationGroup {
  readonly id: string;
  /** An organization has exactly one default group. */
  readonly type: 'group' | 'group-default';
  readonly name: string;
  readonly notificationLevel: 'all' | 'critical';
  readonly childNotificationGroupIds: readonly string[];
  readonly childChannelIds: readonly string[];
  readonly monitors: readonly { readonly id: string; readonly skipDefault: boolean }[];
  readonly services: readonly { readonly name: string }[];
}

export type Weekday = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
export interface Recurrence {
  readonly type: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
  readonly interval: number;
  /** Only weekly; empty: the weekday of the start. */
  readonly weekdays: readonly Weekday[];
  readonly until: number | null;
}
export interface Downtime {
  readonly id: string;
  readonly name: string;
  readonly memo: string;
  readonly start: number;
  /** Minutes. */
  readonly duration: number;
  readonly recurrence: Recurrence | null;
  readonly serviceScopes: readonly string[];
  readonly serviceExcludeScopes: readonly string[];
  readonly roleScopes: readonly string[];
  readonly roleExcludeScopes: readonly string[];
  readonly monitorScopes: readonly string[];
  readonly monitorExcludeScopes: readonly string[];
  /** Scenario that made it and takes it away. */
  readonly scenario: string | null;
}

export interface AlertGroupSetting {
  readonly id: string;
  readonly name: string;
  readonly memo: string;
  readonly serviceScopes: readonly string[];
  readonly roleScopes: readonly string[];
  readonly monitorScopes: readonly string[];
  /** Minutes between reminders; null: none. */
  readonly notificationInterval: number | null;
}
export interface AlertGroup {
  readonly id: string;
  readonly settingId: string;
  readonly status: AlertStatus;
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly notifiedAt: number;
}
