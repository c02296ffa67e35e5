/** What a board shows: the incident's head, its alerts, hosts, timeline and graphs. */
import type { SchemeView } from './settings';
import type { TicketView } from './tickets';
import type { FromEvidence } from './evidence';
import type { SeriesPointView } from './graph';
import type { AlertStatus, EntrySource, HostStatus, IncidentKind, IncidentStatus, PersonRef, Severity, Visibility } from './words';

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
  /** A webhook's word that nobody has read in Mackerel yet. */
  readonly unverified: boolean;
  readonly url: string;
  /** Why it is on this incident; null: nobody wrote that down, or it is on none. */
  readonly why: AlertWhyView | null;
  /** False: taken off this incident again; the board drops the row. */
  readonly linked: boolean;
  /** Version of the incident at which this row last changed. */
  readonly v: number;
}

/** `by` null: by itself. `at`: since when it is linked, epoch ms. */
export interface AlertWhyView {
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly by: PersonRef | null;
  readonly at: number;
}
/**
 * Ids of alerts of one thing that came and went, newest first: one row stands for them. At most the newest is still firing.
 */
export type Flap = readonly string[];

export interface HostView {
  readonly id: string;
  readonly name: string;
  readonly status: HostStatus;
  readonly roles: readonly string[];
  readonly url: string;
}
/** One host looked at closely; Mackerel is read for it. */
export interface HostDetailView extends HostView {
  readonly memo: string;
  /** e.g. `mackerel-agent/0.87.0`; null: no agent said so. */
  readonly agent: string | null;
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  /** Epoch ms of its newest metric; null: none within the window. */
  readonly lastSeen: number | null;
  /** Key metrics of the last 30 minutes, for sparklines; `labelKey` is a text key. */
  readonly sparks: readonly { readonly metric: string; readonly labelKey: string; readonly unit: string | null; readonly points: readonly SeriesPointView[] }[];
  /** Absent: as Mackerel has it now. */
  readonly evidence?: FromEvidence;
}

export interface EntryView {
  readonly id: string;
  readonly at: number;
  readonly source: EntrySource;
  /** Text key in locales/ with its params, or a person's own words under `text`. Params that name people hold account ids: `who`, `from`, `to` of role entries, `to` of audience entries. */
  readonly messageKey: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly text: string | null;
  /** Evidence a person linked: https only. */
  readonly link: string | null;
  readonly by: PersonRef | null;
  readonly alertId: string | null;
  readonly status: AlertStatus | null;
  /** Known from a webhook alone. */
  readonly unverified: boolean;
  /** When the app learned of it, epoch ms; later than `at` for what was written down afterwards. */
  readonly recordedAt: number;
  /** The last change of a note, if it was changed after it was written. */
  readonly edited: { readonly at: number; readonly by: PersonRef } | null;
  readonly pinned: boolean;
  /** A note somebody removed: the board drops the row (and may offer to bring it back). */
  readonly removed: boolean;
  readonly v: number;
}
/** One state a note was in; the newest last. */
export interface RevisionView {
  readonly recordedAt: number;
  readonly by: PersonRef;
  readonly at: number;
  readonly text: string;
  readonly link: string | null;
  readonly removed: boolean;
}

export interface DeployMark {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/** A responsibility and who carries it. `id` is commander, operator, communicator, scribe, or `x:<name>` for a free-named one. */
export interface RoleView {
  readonly id: string;
  /** The free name; null for the four standard ones. */
  readonly name: string | null;
  readonly person: PersonRef | null;
  /** Since when this person has it. */
  readonly since: number | null;
}
/** One line anybody may edit; `v` guards it: an edit names the `v` it began from. */
export interface LineView {
  readonly text: string;
  readonly by: PersonRef;
  readonly at: number;
  readonly v: number;
}
export interface PlacesView {
  readonly call: string | null;
  readonly chat: string | null;
  readonly by: PersonRef;
  readonly at: number;
  readonly v: number;
}
/** Somebody judged that a change caused it. `deploy` null: a change without a deploy mark. */
export interface CauseView {
  readonly deploy: DeployMark | null;
  readonly by: PersonRef;
  readonly at: number;
}
/** A metric the team put on the board beside those of the alerts. */
export interface GraphPickView {
  readonly id: string;
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  readonly metric: string;
  readonly unit: string | null;
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
  readonly identifiedAt: number | null;
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  /** Those somebody has, or had and laid down. */
  readonly roles: readonly RoleView[];
  readonly situation: LineView | null;
  readonly impact: LineView | null;
  readonly places: PlacesView | null;
  readonly cause: CauseView | null;
  readonly graphs: readonly GraphPickView[];
  /** When people were last told something: declared, situation or impact written, severity or status changed, an update published. */
  readonly lastUpdateAt: number;
  /** `state`: what is known of the page itself. */
  readonly page: { readonly id: string; readonly url: string; readonly state: 'current' | 'trashed' | 'deleted' } | null;
  /** The app was shut out of its page by hand: which account to add there again. null: it sees the page. */
  readonly hidden: { readonly since: number; readonly account: PersonRef } | null;
  /** It came from a file: when, by whom, and what it was called there. null: it happened here. */
  readonly imported: { readonly key: string; readonly at: number; readonly by: PersonRef } | null;
  readonly version: number;
  readonly openAlerts: number;
  readonly linkedAlerts: number;
}

export interface LiveState {
  /** When Mackerel was last read with success for this incident, epoch ms; null: never. */
  readonly asOf: number | null;
  readonly state: 'live' | 'stale' | 'not-configured';
  /** Since when it is not live; null while live. */
  readonly since: number | null;
  readonly reasonKey: string | null;
}

/** What this viewer may do here, as proven at `passExpiresAt` minus the pass's life. */
export interface BoardRights {
  readonly edit: boolean;
  /** Write to Mackerel: close alerts, set host status, write memos. */
  readonly mackerel: boolean;
}

/** Where a merged incident goes on, for a viewer who may see that. */
export interface SurvivorView {
  readonly incidentId: string;
  readonly key: string;
  readonly title: string;
  /** Address of its page; null: it has none now. */
  readonly url: string | null;
}

/** Realtime: subscribeGlobal(name, …, {token}), until `expiresAt`. */
export interface ChannelView {
  readonly name: string;
  readonly token: string;
  readonly expiresAt: number;
}

export interface BoardView {
  readonly incident: IncidentHeadView;
  /** null: not merged, or into an incident this viewer may not see. */
  readonly survivor: SurvivorView | null;
  /** Of a merged incident there are none: they are the survivor's. The same holds for its tickets. */
  readonly alerts: readonly AlertView[];
  readonly flaps: readonly Flap[];
  readonly hosts: readonly HostView[];
  readonly deploys: readonly DeployMark[];
  /** The newest ones first; `olderEntries` more come with `board.entries`. Pinned ones always come. */
  readonly entries: readonly EntryView[];
  readonly olderEntries: number;
  readonly tickets: readonly TicketView[];
  readonly live: LiveState;
  /** How severities are called and what they ask for, and which roles are offered beside those held. */
  readonly scheme: SchemeView;
  readonly can: BoardRights;
  /** True on the incident's own page; false on a copy, another page, or the Incidents page. */
  readonly atHome: boolean;
  /** Read pass: spares the page check on the following reads; expires at `passExpiresAt`. */
  readonly pass: string;
  readonly passExpiresAt: number;
  /** null when it could not be signed. */
  readonly channel: ChannelView | null;
  readonly now: number;
}

/** What changed since version `since`: rows replace rows of the same id. */
export interface BoardDelta {
  readonly incident: IncidentHeadView;
  /** Only with what changed since; null: as before. */
  readonly survivor: SurvivorView | null;
  readonly alerts: readonly AlertView[];
  /** All there are. */
  readonly flaps: readonly Flap[];
  readonly entries: readonly EntryView[];
  readonly tickets: readonly TicketView[];
  readonly hosts: readonly HostView[];
  readonly deploys: readonly DeployMark[];
  readonly live: LiveState;
  readonly scheme: SchemeView;
  readonly pass: string;
  readonly passExpiresAt: number;
  /** Only where it was asked for. */
  readonly channel: ChannelView | null;
  readonly now: number;
}

/** The board as it was known at `at`: nothing learned later is in it. Values now and trends are null. */
export interface PastView {
  readonly at: number;
  readonly incident: IncidentHeadView;
  readonly alerts: readonly AlertView[];
  readonly flaps: readonly Flap[];
  readonly hosts: readonly HostView[];
  readonly deploys: readonly DeployMark[];
  /** Newest first, at most 1,000. */
  readonly entries: readonly EntryView[];
  readonly tickets: readonly TicketView[];
}

/** An alert of Mackerel that could be linked; `takenBy` is the key of the incident that has it, if the caller may see that. */
export interface AttachableAlert {
  readonly alert: AlertView;
  readonly taken: boolean;
  readonly takenBy: string | null;
}
/** What metrics exist to put on the board. */
export interface MetricChoices {
  readonly hosts: readonly { readonly id: string; readonly name: string }[];
  readonly services: readonly string[];
  /** Of the host or service asked for; empty when none was. */
  readonly metrics: readonly string[];
}

/** Parts of the board that a macro shows or leaves out. */
export type BoardSection = 'state' | 'alerts' | 'graphs' | 'hosts' | 'similar' | 'timeline' | 'improvements';
/**
 * Configuration of a board macro; it stands in the page for everybody to read and proves nothing. Absent: the incident of the page,
 * every section (else names separated by commas), full size.
 */
export interface BoardConfig {
  readonly incidentId?: string;
  readonly sections?: string;
  readonly compact?: boolean;
}
