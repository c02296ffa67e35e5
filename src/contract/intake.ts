/** How alerts become incidents: rules, grouping, and the state of the intake. */
import type { ServiceView } from './settings';
import type { TemplateId } from './templates';
import type { AlertStatus, IncidentKind, Severity } from './words';

type Params = Readonly<Record<string, string | number>>;

/** Every condition that is set must hold. Patterns: `*` stands for any text, `?` for one character; case and width of letters do not matter. */
export interface RuleWhen {
  /** Monitor id; null: any. */
  readonly monitor: string | null;
  /** Mackerel's monitor type; null: any. */
  readonly type: string | null;
  readonly service: string | null;
  /** `service:role`. */
  readonly role: string | null;
  /** Pattern over the host's name. */
  readonly host: string | null;
  /** Any of these as the alert's worst state; empty: any. */
  readonly statuses: readonly AlertStatus[];
  /** Pattern over the monitor's name. */
  readonly name: string | null;
  /** When the alert opened. */
  readonly time: RuleTime | null;
}
export interface RuleTime {
  /** Days it may begin on: 0 Sunday … 6 Saturday. */
  readonly days: readonly number[];
  /** Minutes of the day; `to` before `from`: past midnight. Equal: the whole day. */
  readonly from: number;
  readonly to: number;
  /** IANA time zone. */
  readonly zone: string;
}
export type RuleThen =
  | { readonly action: 'ignore' }
  /** Waits for a person once the same monitor and host had `times` alerts within `minutes`. */
  | { readonly action: 'candidate'; readonly times: number; readonly minutes: number }
  /** `spaceKey` null: the space of the alert's service. `template` absent: what the settings choose. */
  | { readonly action: 'declare'; readonly severity: Severity; readonly kind: IncidentKind; readonly spaceKey: string | null; readonly template?: TemplateId | undefined }
  /** Joins the open incident there is; without one it is left alone. */
  | { readonly action: 'attach' };
export interface RuleView {
  readonly id: string;
  /** An administrator's own words; may be empty. */
  readonly name: string;
  readonly when: RuleWhen;
  readonly then: RuleThen;
}
/** Which open incident an alert joins by itself. */
export interface GroupingView {
  /** What has to be the same: the service, or a role of the host. */
  readonly by: 'service' | 'role';
  /** Minutes within which an alert of no service joins by its monitor, and one by its role where that counts; 0: never. */
  readonly monitorMinutes: number;
  /** Minutes within which an alert that comes back continues the one before. */
  readonly flapMinutes: number;
}
/** What happens to alerts that no rule speaks of. */
export type Fallback = 'ignore' | 'candidate';

/** Rules as they stand in the form, saved or not, and what to try them on; `of` null: the alerts that fire or fired lately. */
export interface RulesTrialInput {
  readonly rules: readonly RuleView[];
  readonly fallback: Fallback;
  readonly services: readonly ServiceView[];
  readonly of: { readonly alertId: string } | { readonly alert: DescribedAlert } | null;
}
/** An alert that nobody raised. */
export interface DescribedAlert {
  /** Monitor id. */
  readonly monitor: string | null;
  readonly type: string | null;
  readonly service: string | null;
  /** `service:role`. */
  readonly role: string | null;
  /** Name of the host. */
  readonly host: string | null;
  readonly status: AlertStatus;
  /** Name of the monitor. */
  readonly name: string;
  readonly openedAt: number;
}
export interface TriedAlert extends Omit<DescribedAlert, 'role'> {
  /** id and address at Mackerel; null: described only. */
  readonly id: string | null;
  readonly url: string | null;
  readonly roles: readonly string[];
  /** `status` is the worst it had. */
  readonly open: boolean;
}
export type TrialOutcome =
  | { readonly action: 'ignore' }
  | { readonly action: 'attach' }
  /** `seen`: alerts of the same monitor and host within the minutes, this one counted, as far back as Mackerel's list of recent alerts goes. `asks`: that is enough. */
  | { readonly action: 'candidate'; readonly times: number; readonly minutes: number; readonly seen: number; readonly asks: boolean }
  /** `problem`: why it would wait for a person instead: it is of no service, its service is mapped to no space, or there is no such space. */
  | { readonly action: 'declare'; readonly severity: Severity; readonly kind: IncidentKind; readonly spaceKey: string | null; readonly problem: 'no-service' | 'unmapped' | 'space-unknown' | null };
export interface RuleTrial {
  readonly alert: TriedAlert;
  /** Index of the rule that decides; null: none fits, so the fallback does. */
  readonly decidedBy: number | null;
  /** For each rule before it, the conditions the alert does not meet. */
  readonly unmet: readonly (readonly (keyof RuleWhen)[])[];
  readonly outcome: TrialOutcome;
  /** The downtime of Mackerel that keeps it quiet whatever a rule says, and until when; null: none, or it could not be read. */
  readonly downtime: { readonly name: string; readonly until: number } | null;
}
export interface RulesTrialView {
  /** Firing ones first, then the newest. */
  readonly trials: readonly RuleTrial[];
  /** Alerts left out: too many to read at once, or of services whose space the caller cannot see. */
  readonly left: { readonly more: number; readonly hidden: number };
}
/** What rules can be made of, as Mackerel has it now. */
export interface RuleChoices {
  readonly monitors: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly services: readonly string[];
  /** `service:role`. */
  readonly roles: readonly string[];
  readonly presets: readonly RulePreset[];
}
/** Rules to begin with, made for what Mackerel has. */
export interface RulePreset {
  readonly id: 'critical' | 'people' | 'production';
  readonly rules: readonly RuleView[];
  readonly fallback: Fallback;
}

// ---- The state of the intake, for administrators ----
/** `forbidden`: the key is valid and may not read; `unreachable`: Mackerel does not answer now. */
export type KeyState = 'ok' | 'refused' | 'forbidden' | 'unreachable' | 'none';
/**
 * Our webhook channel in Mackerel. `missing`: the one we had is gone; `outdated`: it still has an earlier secret;
 * `alert-group`: alerts that belong to a group are not sent one by one; `unknown`: the list of channels cannot be read.
 */
export type ChannelState = 'none' | 'ok' | 'suspended' | 'missing' | 'no-alert-events' | 'alert-group' | 'outdated' | 'unknown';
export interface WebhookChannelView {
  readonly state: ChannelState;
  /** Its name in Mackerel; null where there is none. */
  readonly name: string | null;
  readonly suspendedAt: number | null;
}
export interface WebhookView {
  /** Secret included; administrators only. */
  readonly url: string;
  readonly channel: WebhookChannelView;
  readonly rotatedAt: number | null;
  /** Until when the secret before is accepted as well; null: there is none. */
  readonly oldUntil: number | null;
  /** Whether the key may write, as far as this call found out. */
  readonly canWrite: boolean | null;
  /** Of the settings, which the call may have changed. */
  readonly version: number;
}
export type StuckKind = 'saga' | 'notice' | 'ticket' | 'evidence';
/** Work that does not go on by itself. */
export interface StuckView {
  readonly kind: StuckKind;
  readonly id: string;
  readonly state: 'dead' | 'needs-person' | 'dropped' | 'waiting' | 'unsure' | 'failing';
  /** null: a private incident, or none yet. */
  readonly incident: { readonly id: string; readonly key: string; readonly title: string } | null;
  readonly isPrivate: boolean;
  readonly attempts: number;
  /** What the last attempt met; null: not known. */
  readonly reasonKey: string | null;
  readonly can: { readonly retry: boolean; readonly discard: boolean };
}
/** Something an administrator should see to, most urgent first. `key` names its text. */
export interface HealthNeed {
  readonly key: string;
  readonly params: Params;
}
export interface HealthView {
  /** The app's license is not active: nothing below moves until it is. */
  readonly isPaused: boolean;
  readonly orgName: string | null;
  readonly key: { readonly state: KeyState; readonly last4: string | null; readonly checkedAt: number };
  readonly webhook: {
    readonly lastAt: number | null;
    readonly channel: WebhookChannelView;
    readonly rotatedAt: number | null;
    readonly oldUntil: number | null;
    /** What was not taken since `since`: too many at once, or alerts of another organization; null: nothing. */
    readonly turnedAway: { readonly limited: number; readonly foreign: number; readonly since: number } | null;
  };
  readonly poll: {
    readonly lastAt: number | null;
    readonly reconciledAt: number | null;
    /** Changes of alerts that polls found since the last webhook, and since when. */
    readonly unheard: { readonly changes: number; readonly since: number } | null;
    readonly rateLimitedAt: number | null;
  };
  /** Mackerel can be read, its downtimes cannot: alerts are judged as if there were none. */
  readonly downtimesUnread: boolean;
  /** Pages chosen for services to make theirs below, that are gone, in another space, or hidden from the app. */
  readonly parentsGone: readonly { readonly title: string; readonly services: readonly string[] }[];
  readonly lastError: { readonly at: number; readonly messageKey: string } | null;
  /** Webhooks not acted on yet; `more`: `waiting` is only as far as was counted. */
  readonly hints: { readonly waiting: number; readonly more: boolean; readonly oldestAt: number | null };
  /** REST points left as a product last said; null: none said so. */
  readonly quota: { readonly remaining: number; readonly limit: number | null; readonly at: number } | null;
  readonly stuck: readonly StuckView[];
  /** Why each incident that cannot be read cannot. */
  readonly unreadable: readonly { readonly messageKey: string; readonly params: Params }[];
  /** Pages of incidents that people see and the app does not, and its account, which somebody has to add to them; null: none is known. */
  readonly hidden: { readonly n: number; readonly accountId: string; readonly name: string } | null;
  readonly needs: readonly HealthNeed[];
  readonly now: number;
}
