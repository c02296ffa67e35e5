/** What administrators see and change. */
import type { AlertStatus, Lang, Severity } from './words';

export interface RuleView {
  readonly service: string | null; // null: any
  readonly status: AlertStatus | null; // null: any
  readonly action: 'ignore' | 'candidate' | 'declare';
  readonly severity: Severity;
}
export interface ServiceView {
  readonly name: string;
  readonly spaceKey: string;
  readonly lang: Lang;
}
/** Writing to Mackerel (closing alerts, host status, memos): off unless an administrator names a group. */
export interface WritesView {
  readonly enabled: boolean;
  /** Name of the Confluence group whose members may; null: nobody. */
  readonly group: string | null;
}
export interface SettingsView {
  readonly apiKeyLast4: string | null;
  readonly orgName: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly ServiceView[];
  readonly rules: readonly RuleView[];
  readonly slackConfigured: boolean;
  readonly writes: WritesView;
  /** The URL to paste into Mackerel's webhook channel, secret included; admins only. */
  readonly webhookUrl: string | null;
  readonly version: number;
}
export interface SettingsInput {
  /** Absent: keep the stored one. */
  readonly apiKey?: string;
  /** Absent: keep; empty string: remove. */
  readonly slackUrl?: string;
  readonly services: readonly ServiceView[];
  readonly rules: readonly RuleView[];
  /** Absent: keep. */
  readonly writes?: WritesView;
  readonly version: number;
}
