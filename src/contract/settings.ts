/** What administrators see and change. */
import type { TicketProjectView } from './tickets';
import type { Fallback, GroupingView, RuleView } from './intake';
import type { PageTemplateRef, TemplateChoice } from './templates';
import type { Lang, PersonRef, Severity } from './words';

/** Steps of the set-up guide, in its order. */
export type GuideStep = 'key' | 'webhook' | 'services' | 'rules' | 'tickets' | 'slack' | 'sample';
/** A page made of a test alert, to see one; it belongs to no incident. */
export interface SampleView {
  readonly state: 'making' | 'there' | 'removed';
  /** null: not there yet, or not any more. */
  readonly url: string | null;
  /** When it is removed by itself, epoch ms. */
  readonly until: number;
}
/** What the set-up guide goes by, beside the settings themselves. */
export interface GuideView {
  /** Steps an administrator left out or took as they are; null: nobody has gone through the guide. */
  readonly settled: readonly GuideStep[] | null;
  /** Mackerel's webhook has its channel, or has been heard. */
  readonly webhook: boolean;
  readonly sample: SampleView | null;
}

/** A page below which pages of incidents are made. */
export interface ParentPage {
  readonly id: string;
  readonly title: string;
}
export interface ServiceView {
  readonly name: string;
  readonly spaceKey: string;
  readonly lang: Lang;
  /** null: at the root of the space. */
  readonly parent: ParentPage | null;
}
/** Absent: at the root. The title is read from Confluence, not taken from here. */
export type ServiceInput = Omit<ServiceView, 'parent'> & { readonly parent?: { readonly id: string; readonly title?: string } | null };

/** Names of Confluence groups; null: whoever has the rights in Confluence. Administrators of Confluence always may. */
export interface GroupsView {
  /** Declaring by hand; rules are not affected. */
  readonly declare: string | null;
  /** These settings and the intake's health, beside administrators. */
  readonly settings: string | null;
}

/** Those somebody judged. */
export type JudgedSeverity = Exclude<Severity, 'pending'>;
/** What a severity is called, and what it asks for. */
export interface SeverityRule {
  /** null: `SEV1` …. */
  readonly name: string | null;
  /** null: the app's own words. */
  readonly description: string | null;
  /** Minutes between updates to everybody; null: none are owed. */
  readonly updateMinutes: number | null;
  /** Days until a new ticket is due. */
  readonly ticketDays: number;
  /** Working days until the review is due; null: none is; absent: the app's own number. */
  readonly reviewDays?: number | null | undefined;
}
export type SeverityScheme = { readonly [S in JudgedSeverity]: SeverityRule };

export type StandardRole = 'commander' | 'operator' | 'communicator' | 'scribe';
/** Roles every board offers before somebody takes them. */
export interface RolesView {
  readonly standard: readonly StandardRole[];
  readonly named: readonly string[];
}
/** What boards go by. */
export interface SchemeView {
  readonly severities: SeverityScheme;
  readonly roles: RolesView;
}
/** Writing to Mackerel (closing alerts, host status, memos): off unless an administrator names a group. */
export interface WritesView {
  readonly enabled: boolean;
  /** Name of the Confluence group whose members may; null: nobody. */
  readonly group: string | null;
}
/** One setting a save changed. Of secrets neither side is told, and both are null. */
export interface ChangedSetting {
  readonly field: 'apiKey' | 'slackUrl' | 'services' | 'rules' | 'fallback' | 'grouping' | 'writes' | 'templates' | 'pageTemplates' | 'installed' | 'tickets' | 'groups' | 'severities' | 'roles' | 'webhook' | 'webhookSecret';
  /** Lines as they are stored, only those that differ; null: nothing. */
  readonly before: string | null;
  readonly after: string | null;
}
export interface SettingsChangeView {
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly by: PersonRef;
  readonly changed: readonly ChangedSetting[];
}
export interface SettingsView {
  readonly apiKeyLast4: string | null;
  readonly orgName: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly ServiceView[];
  /** The first that fits decides. */
  readonly rules: readonly RuleView[];
  readonly fallback: Fallback;
  readonly grouping: GroupingView;
  readonly slackConfigured: boolean;
  readonly writes: WritesView;
  readonly groups: GroupsView;
  /** Only administrators of Confluence change `writes` and `groups`. */
  readonly mayGrant: boolean;
  readonly scheme: SchemeView;
  /** Where improvement tickets go; null: not chosen. */
  readonly tickets: TicketProjectView | null;
  /** What new pages are made from; the first that fits decides. */
  readonly templates: readonly TemplateChoice[];
  /** Pages that can be chosen beside the built-in ones. */
  readonly pageTemplates: readonly PageTemplateRef[];
  /** The URL to paste into Mackerel's webhook channel, secret included; admins only. */
  readonly webhookUrl: string | null;
  readonly guide: GuideView;
  readonly version: number;
}
export interface SettingsInput {
  /** Absent: keep the stored one. */
  readonly apiKey?: string;
  /** Absent: keep; empty string: remove. */
  readonly slackUrl?: string;
  readonly services: readonly ServiceInput[];
  readonly rules: readonly RuleView[];
  /** Absent: keep. */
  readonly fallback?: Fallback;
  /** Absent: keep. */
  readonly grouping?: GroupingView;
  /** Absent: keep. */
  readonly writes?: WritesView;
  /** Absent: keep. */
  readonly groups?: GroupsView;
  /** Absent: keep. */
  readonly scheme?: SchemeView;
  /** Absent: keep; null: none. Names are read from Jira, not taken from here. */
  readonly tickets?: { readonly projectId: string; readonly issueTypeId: string } | null;
  /** Absent: keep. */
  readonly templates?: readonly TemplateChoice[];
  /** Absent: keep. */
  readonly settled?: readonly GuideStep[];
  readonly version: number;
}
