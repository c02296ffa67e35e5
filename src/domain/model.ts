/** Stored shapes around the incident. Times are epoch ms. Every record carries `schema` so that it can be migrated. */
import type { AlertStatus, CandidateState, Fallback, GroupingView, GroupsView, GuideStep, IncidentKind, Lang, PageTemplateId, ParentPage, RuleView, SchemeView, ServiceView, Severity, TemplateChoice, TemplateId, TemplatePlace, TicketInput, TicketKind, TicketProjectView, Visibility } from '../contract';

export type * from './record';
import type { Press } from './change';
import type { SettingsChange } from './settings-changes';
import type { AlertSighting } from './record';

/** What the first writer of a claim intends; whoever finds the claim can finish the job. */
export interface DeclareIntent {
  readonly incidentId: string;
  readonly nonce: string;
  readonly conn: string;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly visibility: Visibility;
  readonly lang: Lang;
  readonly service: string | null;
  readonly space: { readonly id: string; readonly key: string };
  /** The page it is to be below; absent: the root of the space. */
  readonly parent?: ParentPage;
  readonly detectedAt: number;
  readonly declaredAt: number;
  /** null: declared by a rule, written as the app; else the account whose call writes the page. */
  readonly declaredBy: string | null;
  /** Of a private one: who else sees its page from the beginning; absent: nobody. */
  readonly audience?: { readonly people: readonly string[]; readonly groups: readonly { readonly id: string; readonly name: string }[] };
  /** The candidate a person judged, if it began there. */
  readonly candidateId: string | null;
  /** The incident a person had taken that candidate off; absent: none. */
  readonly heldFrom?: string;
  /** An existing page that becomes the home; absent: the saga writes a new one. */
  readonly page?: { readonly id: string; readonly url: string };
  /** What the page is made from; absent: `incident`. */
  readonly template?: TemplateId;
  /** It was over when it was declared (epoch ms); absent: it goes on. */
  readonly past?: { readonly endedAt: number };
  /** It came from a file: its record is there before its page is begun. */
  readonly fromFile?: true;
  /** What was known of the first alerts (at most 20), for the facts on the page. */
  readonly alerts: readonly AlertSighting[];
}

export type SagaStep = 'head' | 'page' | 'mark' | 'announce' | 'done';
export interface Saga {
  readonly schema: 1;
  readonly intent: DeclareIntent;
  readonly step: SagaStep;
  readonly state: 'running' | 'done' | 'dead' | 'needs-person' | 'discarded';
  readonly attempts: number;
  /** Epoch ms after which the sweeper may take it up again. */
  readonly nextAt: number;
  readonly lastError: string | null;
  /** An administrator gave it up; what it holds is being let go. */
  readonly discarding?: true;
  /** An administrator let rules declare anew what was refused. */
  readonly again?: true;
  /** Set while a new page takes the place of one that is gone. */
  readonly rehome?: Rehome;
}
export interface Rehome {
  /** The page that is gone. */
  readonly from: string;
  /** Who pressed; any of them may have written the page. */
  readonly authors: readonly string[];
  /** The press that began it stands in the timeline. */
  readonly press: Press;
}

export interface Candidate {
  readonly schema: 1;
  readonly id: string;
  readonly conn: string;
  readonly alert: AlertSighting;
  /** `downtime`: nobody is asked until it is over; `left`: nobody is to be asked any more, by the rules or because it ended meanwhile. */
  readonly state: CandidateState;
  readonly whyKey: string;
  readonly whyParams: Readonly<Record<string, string | number>>;
  readonly dismissedBy: string | null;
  /** The incident a person took it off: it is not linked there again by itself. */
  readonly heldFrom?: string;
  readonly openedAt: number;
}

/** What a webhook says of an alert, cleaned and bounded. */
export interface Told {
  readonly status: AlertStatus;
  readonly trigger: string;
  readonly type: string;
  readonly monitorName: string;
  readonly memo: string | null;
  /** Roles as `service:role`. */
  readonly host: { readonly id: string; readonly name: string; readonly roles: readonly string[] } | null;
  readonly service: string | null;
  readonly metric: string | null;
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly value: number | null;
  readonly message: string | null;
  readonly openedAt: number | null;
  /** Name of the picture of its graph at Mackerel; absent: none. */
  readonly image?: string;
}
/** A webhook heard, not yet acted on: where to look, and what to go by until somebody has. One for each state of an alert. */
export interface Hint {
  readonly schema: 1;
  readonly conn: string;
  readonly alertId: string;
  readonly receivedAt: number;
  /** Mackerel's time of the change; 0: not told. */
  readonly changedAt: number;
  readonly open: boolean;
  /** null: nothing usable, or kept before this was kept. */
  readonly told?: Told | null;
  /** The secret it came with. */
  readonly secret?: WebhookSecret;
  /** Deliveries turned away since the last one that was kept: too many at once, or of another organization. */
  readonly turnedAway?: { readonly limited: number; readonly foreign: number };
}

/** Names of stored webhook secrets; the first has none of its own. */
export type WebhookSecret = 'webhook' | `webhook-${string}`;
/** Names under which what administrators entered is stored; the first of each kind has the kind's own name. */
export type EnteredSecret = `${'api-key' | 'slack-url'}${'' | `-${string}`}`;
/** Which of them hold. A secret is stored before the settings name it, so that it changes with the settings that speak of it. */
export interface SecretNames {
  readonly apiKey: EnteredSecret;
  readonly slackUrl: EnteredSecret;
  /** Replaced with the last change, to be deleted. */
  readonly gone: readonly EnteredSecret[];
}
export interface WebhookSettings {
  /** Our channel in Mackerel; null: none is known. */
  readonly channelId: string | null;
  readonly secret: WebhookSecret;
  /** Earlier ones, newest first, accepted until `until` (epoch ms, exclusive). */
  readonly old: readonly { readonly name: WebhookSecret; readonly until: number }[];
  readonly rotatedAt: number | null;
}

/** A Confluence page as a template. */
export interface PageTemplate {
  readonly id: PageTemplateId;
  readonly pageId: string;
  readonly version: number;
  /** The page's title at that version. */
  readonly name: string;
  /** Account id of who chose the version. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}
/** One of our templates in Confluence. */
export interface InstalledTemplate extends TemplatePlace {
  /** Confluence's id of it. */
  readonly id: string;
  /** Of what was written; another one once the app would write something else. */
  readonly structure: string;
  /** Account id. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface Settings {
  readonly schema: 5;
  readonly conn: string;
  readonly orgName: string | null;
  readonly apiKeyLast4: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly ServiceView[];
  readonly rules: readonly RuleView[];
  readonly fallback: Fallback;
  readonly grouping: GroupingView;
  readonly slackConfigured: boolean;
  /** Writing to Mackerel; `group` is the name of a Confluence group. */
  readonly writes: { readonly enabled: boolean; readonly group: string | null };
  readonly groups: GroupsView;
  /** How severe things are called and what that asks for, and which roles boards offer. */
  readonly scheme: SchemeView;
  /** Where improvement tickets go. */
  readonly tickets: TicketProjectView | null;
  /** The first that fits says what a page is made from, unless a rule or a person does. */
  readonly templates: readonly TemplateChoice[];
  /** Pages that new pages can be made from. */
  readonly pageTemplates: readonly PageTemplate[];
  /** Templates of ours behind Confluence's Create button. */
  readonly installed: readonly InstalledTemplate[];
  readonly webhook: WebhookSettings;
  readonly secrets: SecretNames;
  /** Steps of the set-up guide that were left out or taken as they are; absent: nobody has gone through it. */
  readonly settled?: readonly GuideStep[];
  /** The last change somebody saved; those before it have rows of their own. Absent: none since changes are kept. */
  readonly change?: SettingsChange;
}

/**
 * The work on one ticket. `creating`: Jira was asked, `nextAt` is how long its answer is waited for; `searching`: the answer got
 * lost; `unsure`: nothing found; `linking`, `unlinking`: record and Jira are being brought in line; `linked`, `off`: they are.
 */
export interface TicketJob {
  readonly schema: 1;
  readonly id: string;
  readonly conn: string;
  readonly incidentId: string;
  readonly state: 'creating' | 'searching' | 'unsure' | 'linking' | 'linked' | 'unlinking' | 'off';
  /** Epoch ms from when somebody may take it up. */
  readonly nextAt: number;
  readonly attempts: number;
  /** When the answer was missed, epoch ms: searches are counted from here. */
  readonly lostAt: number | null;
  readonly searches: number;
  /** The press that brought it, bound to its presser. */
  readonly opId: string;
  readonly by: string;
  readonly at: number;
  /** What is to be made; null: it existed before. */
  readonly input: TicketInput | null;
  readonly kind: TicketKind | null;
  readonly entryId: string | null;
  readonly issue: { readonly id: string; readonly key: string } | null;
  /** What was last left in Jira, as text to compare; null: nothing. */
  readonly shown: string | null;
}

/** Values read now of an incident's alerts, shared by all its boards. Never the truth of record. */
export interface LiveSnapshot {
  readonly at: number | null;
  readonly failedSince: number | null;
  readonly reasonKey: string | null;
  readonly values: Readonly<Record<string, { readonly value: number; readonly at: number }>>;
}
