/**
 * The one contract of both sides of the bridge: every resolver verb with its payload and answer.
 * Types only. Everything here is JSON: times are epoch ms, an absent value is `null` (the bridge drops `undefined`).
 */

export type Lang = 'ja' | 'en';
export type Severity = 'pending' | 'sev1' | 'sev2' | 'sev3' | 'sev4';
export type IncidentStatus = 'investigating' | 'identified' | 'mitigated' | 'resolved' | 'closed' | 'cancelled' | 'merged';
export type IncidentKind = 'incident' | 'drill' | 'near-miss';
export type Visibility = 'public' | 'private';
export type AlertStatus = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';
export type HostStatus = 'working' | 'standby' | 'maintenance' | 'poweroff' | 'retired' | 'unknown';

export type ErrorCode =
  | 'bad-request' // the payload is not what the verb takes; `field` names it
  | 'not-found' // does not exist, or the caller may not know that it does
  | 'forbidden' // may see it, may not change it
  | 'not-configured' // an admin has to connect Mackerel first
  | 'conflict' // somebody changed the same thing; load again
  | 'busy' // storage or a product asked us to slow down; the client retries
  | 'mackerel-key' // Mackerel refused the API key
  | 'mackerel-unreachable'
  | 'page-refused' // Confluence refused the page; `detail` says which case
  | 'internal';

export interface AppError {
  readonly code: ErrorCode;
  /** Key of the text for people in locales/, e.g. `error.page-refused.space`. */
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly field: string | null;
  /** ms to wait before trying again; null where trying again does not help. */
  readonly retryAfterMs: number | null;
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

/** A person as stored: the account id only. Names are looked up when shown. */
export interface PersonRef {
  readonly accountId: string;
}

export interface AlertView {
  readonly id: string;
  readonly status: AlertStatus;
  readonly open: boolean;
  readonly monitorName: string;
  readonly monitorType: string;
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  readonly metricLabel: string | null;
  /** Mackerel's unit of the metric where known: `percentage`, `milliseconds`, `bytes` … else null. */
  readonly unit: string | null;
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly valueAtOpening: number | null;
  /** Latest value read from Mackerel with its time; null when it cannot be read. */
  readonly now: { readonly value: number; readonly at: number } | null;
  /** Against the value at opening. */
  readonly trend: 'better' | 'worse' | 'same' | null;
  readonly message: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** Why it closed, when that was not a genuine recovery: manual, monitorDelete, hostRetire … */
  readonly closedBy: string | null;
  readonly url: string;
  /** Version of the incident at which this row last changed. */
  readonly v: number;
}

export interface HostView {
  readonly id: string;
  readonly name: string;
  readonly status: HostStatus;
  readonly roles: readonly string[];
  readonly url: string;
}

export type EntrySource = 'mackerel' | 'app' | 'person' | 'deploy';
export interface EntryView {
  readonly id: string;
  readonly at: number;
  readonly source: EntrySource;
  /** Text key in locales/ with its params, or a person's own words under `text`. */
  readonly messageKey: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly text: string | null;
  readonly by: PersonRef | null;
  readonly alertId: string | null;
  readonly status: AlertStatus | null;
  readonly v: number;
}

export interface DeployMark {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

export interface IncidentHeadView {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly visibility: Visibility;
  readonly service: string | null;
  readonly detectedAt: number;
  readonly declaredAt: number;
  readonly declaredBy: PersonRef | null; // null: declared by a rule
  readonly firstResponse: { readonly at: number; readonly by: PersonRef } | null;
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly page: { readonly id: string; readonly url: string } | null;
  readonly version: number;
  readonly openAlerts: number;
}

export interface LiveState {
  /** When Mackerel was last read with success for this incident, epoch ms; null: never. */
  readonly asOf: number | null;
  readonly state: 'live' | 'stale' | 'not-configured';
  /** Since when it is not live; null while live. */
  readonly since: number | null;
  readonly reasonKey: string | null;
}

export interface BoardView {
  readonly incident: IncidentHeadView;
  readonly alerts: readonly AlertView[];
  readonly hosts: readonly HostView[];
  readonly deploys: readonly DeployMark[];
  readonly entries: readonly EntryView[];
  readonly live: LiveState;
  readonly canEdit: boolean;
  /** Read pass: spares the page check on the following reads; expires at `passExpiresAt`. */
  readonly pass: string;
  readonly passExpiresAt: number;
  /** Realtime: subscribeGlobal(channel, …, {token}); null when it could not be signed. */
  readonly channel: { readonly name: string; readonly token: string; readonly expiresAt: number } | null;
  readonly now: number;
}

/** What changed since version `since`: rows replace rows of the same id. */
export interface BoardDelta {
  readonly incident: IncidentHeadView;
  readonly alerts: readonly AlertView[];
  readonly entries: readonly EntryView[];
  readonly hosts: readonly HostView[];
  readonly deploys: readonly DeployMark[];
  readonly live: LiveState;
  readonly pass: string;
  readonly passExpiresAt: number;
  readonly now: number;
}

export interface GraphView {
  readonly alertId: string;
  readonly title: string;
  readonly unit: string | null;
  /** Ascending; times epoch ms; a gap in Mackerel's data is a gap in time here. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly from: number;
  readonly to: number;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly deploys: readonly DeployMark[];
  readonly now: number;
}

export interface CandidateView {
  readonly id: string;
  readonly alert: AlertView;
  readonly why: { readonly messageKey: string; readonly params: Readonly<Record<string, string | number>> };
}

export interface SpaceView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly services: readonly string[];
  readonly canDeclare: boolean;
}

export interface HomeView {
  readonly configured: boolean;
  readonly isAdmin: boolean;
  readonly spaces: readonly SpaceView[];
  readonly candidates: readonly CandidateView[];
  readonly incidents: readonly IncidentHeadView[];
  readonly now: number;
}

export interface DeclareResult {
  readonly incidentId: string;
  readonly key: string;
  /** null: the page is still being made; ask again with board.load. */
  readonly page: { readonly id: string; readonly url: string } | null;
  /** True when somebody had already declared it and this call ended on the same page. */
  readonly already: boolean;
}

/** Parts of the board that a macro shows or leaves out. */
export type BoardSection = 'state' | 'alerts' | 'graphs' | 'hosts' | 'timeline' | 'improvements';
/**
 * Configuration of a board macro; it stands in the page for everybody to read and proves nothing. Absent: the incident of the page,
 * every section (else names separated by commas), full size.
 */
export interface BoardConfig {
  readonly incidentId?: string;
  readonly sections?: string;
  readonly compact?: boolean;
}

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
export interface SettingsView {
  readonly apiKeyLast4: string | null;
  readonly orgName: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly ServiceView[];
  readonly rules: readonly RuleView[];
  readonly slackConfigured: boolean;
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
  readonly version: number;
}

/**
 * Every verb, as the functions the resolver defines. `opId` is made by the client (a UUID) once per press and sent again
 * on every retry of it, so that a retry finds its own effect.
 */
export type AppApi = {
  /** By page (macro on a page: the page id of the viewer's context is a hint, access is proven) or by incident. */
  'board.load': (p: { pageId: string } | { incidentId: string }) => Result<BoardView>;
  'board.changes': (p: { incidentId: string; since: number; pass: string }) => Result<BoardDelta>;
  'board.graph': (p: { incidentId: string; alertId: string; pass: string }) => Result<GraphView>;
  'incident.respond': (p: { incidentId: string; opId: string }) => Result<IncidentHeadView>;
  'incident.severity': (p: { incidentId: string; severity: Severity; opId: string }) => Result<IncidentHeadView>;
  'incident.status': (p: { incidentId: string; status: Exclude<IncidentStatus, 'merged'>; opId: string }) => Result<IncidentHeadView>;
  'incident.declare': (p: {
    opId: string;
    spaceKey: string;
    title: string;
    severity: Severity;
    visibility: Visibility;
    candidateId: string | null;
  }) => Result<DeclareResult>;
  'candidate.dismiss': (p: { candidateId: string; opId: string }) => Result<{ candidateId: string }>;
  'home.load': (p: Record<string, never>) => Result<HomeView>;
  'settings.get': (p: Record<string, never>) => Result<SettingsView>;
  'settings.save': (p: SettingsInput) => Result<SettingsView>;
};
export type Verb = keyof AppApi;
