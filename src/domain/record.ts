/**
 * Stored shapes of one incident. Times are epoch ms. `recordedAt` is when the app learned or accepted something: it never
 * runs backwards within an incident, so the past can be shown as it was known.
 */
import type { AlertStatus, EntrySource, HostStatus, IncidentKind, IncidentStatus, Lang, Severity, TicketKind, Visibility } from '../contract';

/** One line of an alert's own history, as Mackerel logs it. */
export interface AlertLog {
  readonly id: string;
  readonly status: AlertStatus;
  /** Mackerel's log trigger: monitoring, manual, monitorDelete, hostRetire, serviceDelete … unknown ones are kept. */
  readonly trigger: string;
  readonly at: number;
  readonly value: number | null;
  /** When this incident first heard of it; absent before it is taken in. */
  readonly knownAt?: number;
  /** Known from a webhook alone, heard at this time: nobody has read it in Mackerel's own log yet. */
  readonly heardAt?: number;
}
/** The state an alert was in when Mackerel was last asked. */
export interface StateRead {
  readonly status: AlertStatus;
  readonly statusAt: number;
  readonly closedAt: number | null;
}

/** Why an alert belongs to an incident: a text key `alert.why.…` with its params. */
export interface Why {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}
/** One word on whether an alert belongs to the incident. */
export interface AlertLink {
  readonly recordedAt: number;
  readonly on: boolean;
  readonly by: string | null;
  /** Absent: not told. */
  readonly why?: Why;
  /** Taken off because it was moved to this incident; absent: it was not. */
  readonly to?: string;
}
export interface AlertImage {
  readonly name: string;
  /** Mackerel's time of the change it was told with. */
  readonly at: number;
}
/** What one alert is known to be, after everything heard of it was folded in. */
export interface AlertRecord {
  readonly id: string;
  readonly monitorId: string | null;
  readonly monitorName: string;
  readonly monitorType: string;
  readonly monitorMemo: string | null;
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  /** `service:role` of its host or service; absent: read before roles were kept. */
  readonly roles?: readonly string[];
  readonly metricName: string | null;
  readonly unit: string | null;
  readonly operator: '>' | '<' | null;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly message: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly reason: string | null;
  readonly status: AlertStatus;
  /** When `status` began, epoch ms; ties are settled by rank so that order of arrival does not matter. */
  readonly statusAt: number;
  readonly value: number | null;
  /** When the descriptive facts (names, thresholds) were read; the latest reading wins. 0: never, all is a webhook's word. */
  readonly factsAt: number;
  /** When its log was last read whole; absent: with the facts if there are lines, else never. */
  readonly logsAt?: number;
  /** While `factsAt` is 0: Mackerel's time of the change the facts were told with. */
  readonly toldAt?: number;
  /** Name of the newest picture of its graph that a webhook told of, at its public address at Mackerel; absent: none. */
  readonly image?: AlertImage;
  /** What was read where a webhook has told more since; null: nothing was ever read. Absent: what stands here was read. */
  readonly read?: StateRead | null;
  readonly logs: readonly AlertLog[];
  /** What each change replaced, oldest first: undone from the end they give what this incident knew earlier. */
  readonly changes: readonly AlertChange[];
  /** Linked and taken off again, oldest first; linked by the last one's word. */
  readonly links: readonly AlertLink[];
  /** Incident version at which this row last changed. */
  readonly v: number;
}

/** One reading of an alert; what this incident made of it is added when it is taken in. */
export type AlertSighting = Omit<AlertRecord, 'v' | 'changes' | 'links'>;
/** The part of an alert that readers see and that later readings may tell differently; log lines carry their own `knownAt`. */
export type AlertPatch = Partial<
  Pick<AlertRecord, 'monitorName' | 'host' | 'service' | 'metricName' | 'unit' | 'operator' | 'warning' | 'critical' | 'message' | 'openedAt' | 'closedAt' | 'reason' | 'status' | 'statusAt' | 'value'>
> & {
  /** `none`: what stood there had been read. */
  readonly read?: StateRead | null | 'none';
};
export interface AlertChange {
  readonly recordedAt: number;
  /** What it replaced. */
  readonly was: AlertPatch;
  /** Words of webhooks that gave way with it; absent: none. */
  readonly gone?: readonly AlertLog[];
}

/** What a person's note says. */
export interface NoteState {
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly text: string;
  readonly link: string | null;
  readonly removed: boolean;
}
/** One change of a note: what it set. The first is the writing and sets everything. */
export interface Revision {
  /** Operation that made it. */
  readonly op: string;
  readonly recordedAt: number;
  readonly by: string;
  readonly set: Partial<NoteState>;
}
export interface Entry {
  readonly id: string;
  readonly at: number;
  readonly source: EntrySource;
  readonly messageKey: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly text: string | null;
  readonly by: string | null;
  readonly alertId: string | null;
  readonly recordedAt: number;
  /** What it changed of the head; the head at any time is the fold of these. */
  readonly set: HeadPatch | null;
  /** Of notes only: every change, oldest first. `at` and `text` above are what they amount to. */
  readonly revisions: readonly Revision[];
  readonly v: number;
}
/** Set apart by a person; any entry can be, also those that follow from an alert's log. */
export interface Pin {
  readonly id: string;
  readonly states: readonly { readonly op: string; readonly recordedAt: number; readonly on: boolean; readonly by: string }[];
  readonly v: number;
}

export interface RoleHolder {
  readonly id: string;
  readonly name: string | null;
  readonly person: string | null;
  readonly since: number | null;
}
export interface Line {
  readonly text: string;
  readonly by: string;
  readonly at: number;
  readonly v: number;
}
export interface Places {
  readonly call: string | null;
  readonly chat: string | null;
  readonly by: string;
  readonly at: number;
  readonly v: number;
}
export interface Deploy {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
}
export interface Cause {
  readonly deploy: Deploy | null;
  readonly by: string;
  readonly at: number;
}
export interface GraphPick {
  readonly id: string;
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  readonly metric: string;
  readonly unit: string | null;
}
export interface HostSeen {
  readonly id: string;
  readonly name: string;
  readonly status: HostStatus;
  readonly roles: readonly string[];
}
/** A host the incident's alerts are about, with every state it was seen in, oldest first. */
export interface HostRecord {
  readonly id: string;
  readonly states: readonly (Omit<HostSeen, 'id'> & { readonly recordedAt: number })[];
  readonly v: number;
}
/** An improvement ticket in Jira. Nothing of what the issue says is kept, only that it belongs here. */
export interface TicketRecord {
  /** Random; stands in Jira as the link's id. */
  readonly id: string;
  /** null: whether Jira made it is not known. */
  readonly issueId: string | null;
  /** As last heard of. */
  readonly issueKey: string | null;
  /** What was typed, until the issue is known. */
  readonly summary: string | null;
  readonly kind: TicketKind | null;
  readonly entryId: string | null;
  /** Made from here; false: existed before. */
  readonly made: boolean;
  readonly doubt: 'searching' | 'unsure' | null;
  readonly by: string;
  readonly at: number;
  readonly heardAt: number;
  readonly deletedAt: number | null;
  /** The link stands in Jira as far as is known. */
  readonly shown: boolean;
  /** Stands in the Jira of another site, at this address (`https://…`; null: not told), since it came from a file; absent: in this site's. */
  readonly elsewhere?: string | null;
  /** Came with an incident that was merged into this one at this time; absent: it was always this one's. */
  readonly cameAt?: number;
  /** Linked, taken off, decided against; oldest first. */
  readonly states: readonly { readonly op: string; readonly recordedAt: number; readonly by: string; readonly on: boolean; readonly dropped: string | null }[];
  readonly v: number;
}
/** `by` is the account that stands for the incident here, whoever declared it there. */
export interface Imported {
  readonly by: string;
  readonly at: number;
  readonly key: string;
}
export type PageState = 'current' | 'trashed' | 'deleted';

/** The part of the head that changes with what happens; all of it can be rewound. */
export interface HeadState {
  readonly severity: Severity;
  readonly status: IncidentStatus;
  /** Index partition: `open` until closed, cancelled or merged. */
  readonly state: 'open' | 'ended';
  /** What the declaration took for the beginning, or that of an incident merged into it if it was earlier; linked alerts can only move `detectedAt` before it. */
  readonly begunAt: number;
  readonly firstResponse: { readonly at: number; readonly by: string } | null;
  readonly identifiedAt: number | null;
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly roles: readonly RoleHolder[];
  readonly situation: Line | null;
  readonly impact: Line | null;
  readonly places: Places | null;
  readonly cause: Cause | null;
  readonly graphs: readonly GraphPick[];
  readonly lastUpdateAt: number;
}
export type HeadPatch = Partial<HeadState>;

export interface IncidentHead extends HeadState {
  readonly schema: 2;
  /** Counts every accepted change; boards ask for what changed since one. */
  readonly ver: number;
  /** `recordedAt` of the newest change. */
  readonly changedAt: number;
  readonly id: string;
  readonly conn: string;
  readonly key: string;
  readonly nonce: string;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly visibility: Visibility;
  readonly lang: Lang;
  readonly service: string | null;
  readonly space: { readonly id: string; readonly key: string };
  readonly page: { readonly id: string; readonly url: string; readonly state: PageState } | null;
  /** The incident it was merged into, with status `merged` and for good; absent: none. */
  readonly mergedInto?: string;
  /** The longest chain of merges that ends here; absent: nothing was merged into it. */
  readonly mergeDepth?: number;
  /** Counts how often somebody was shut out of the page: what was allowed to be read before has to be proven anew. Absent: never. */
  readonly shutOut?: number;
  /** The app's own account cannot see the page, while people can; absent: it can. */
  readonly hidden?: { readonly since: number; readonly account: string };
  /** Came from a file: by whom, when, and what it was called where the file was written. Absent: it happened here. */
  readonly imported?: Imported;
  readonly detectedAt: number;
  readonly declaredAt: number;
  readonly declaredBy: string | null;
  readonly openAlerts: number;
  readonly linkedAlerts: number;
  /** Number of chunks the rows are spread over; a power of two, only ever doubled. */
  readonly chunks: number;
  /** Notices this record owes; written with the change that caused them, cleared once each is a row of its own. */
  readonly outbox: readonly OutboxItem[];
}
export type NoticeKind = 'declared' | 'responded' | 'severity' | 'resolved' | 'reopened' | 'merged' | 'update' | 'ticket-due' | 'ticket-overdue' | 'review-due';
export interface OutboxItem {
  readonly id: string;
  /**
   * `tickets`: what stands in Jira of this incident is to be brought up to date. `merged`, beside its notice: what stands
   * outside of the incident `params.from` is to follow. `moved`: the alert `params.alert` is to be claimed. `visibility`: claims are
   * to follow what the incident has become. `review`: its review begins.
   */
  readonly kind: NoticeKind | 'tickets' | 'moved' | 'visibility' | 'review';
  readonly by: string | null;
  readonly at: number;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface Chunk {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly alerts: Readonly<Record<string, AlertRecord>>;
  readonly pins: Readonly<Record<string, Pin>>;
  readonly hosts: Readonly<Record<string, HostRecord>>;
  readonly tickets: Readonly<Record<string, TicketRecord>>;
}

/** The whole record in memory. Chunk layout is the store's affair. */
export interface Incident extends Chunk {
  readonly head: IncidentHead;
}
