/** Stored shapes of the incident domain. Times are epoch ms. Every record carries `schema` so that it can be migrated. */
import type { AlertStatus, EntrySource, HostStatus, IncidentKind, IncidentStatus, Lang, Severity, Visibility } from '../contract';

/** One line of an alert's own history, as Mackerel logs it. */
export interface AlertLog {
  readonly id: string;
  readonly status: AlertStatus;
  /** Mackerel's log trigger: monitoring, manual, monitorDelete, hostRetire, serviceDelete … unknown ones are kept. */
  readonly trigger: string;
  readonly at: number;
  readonly value: number | null;
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
  /** When `status` began, epoch ms; ties are settled by `statusRank` so that order of arrival does not matter. */
  readonly statusAt: number;
  readonly value: number | null;
  /** When the descriptive facts (names, thresholds) were read; the latest reading wins. */
  readonly factsAt: number;
  readonly logs: readonly AlertLog[];
  /** Incident version at which this row last changed. */
  readonly v: number;
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
  readonly status: AlertStatus | null;
  readonly v: number;
}

export interface IncidentHead {
  readonly schema: 1;
  /** Counts every accepted change; boards ask for what changed since one. */
  readonly ver: number;
  readonly id: string;
  readonly conn: string;
  readonly key: string;
  readonly nonce: string;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly visibility: Visibility;
  readonly lang: Lang;
  readonly service: string | null;
  readonly space: { readonly id: string; readonly key: string };
  readonly page: { readonly id: string; readonly url: string } | null;
  /** Index partition: `open` until closed, cancelled or merged. */
  readonly state: 'open' | 'ended';
  readonly detectedAt: number;
  readonly declaredAt: number;
  readonly declaredBy: string | null;
  readonly firstResponse: { readonly at: number; readonly by: string } | null;
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly openAlerts: number;
  /** Number of chunks the entries and alerts are spread over; a power of two, only ever doubled. */
  readonly chunks: number;
  /** The newest operation ids with the version each led to; a retry finds its own. */
  readonly ops: readonly { readonly id: string; readonly ver: number }[];
  /** Notices this record owes; written with the change that caused them, cleared once each is a row of its own. */
  readonly outbox: readonly OutboxItem[];
}
export type NoticeKind = 'declared' | 'responded' | 'severity' | 'resolved';
export interface OutboxItem {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly by: string | null;
  readonly at: number;
}

export interface Chunk {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly alerts: Readonly<Record<string, AlertRecord>>;
}

/** The whole record in memory. Chunk layout is the store's affair. */
export interface Incident {
  readonly head: IncidentHead;
  readonly entries: Readonly<Record<string, Entry>>;
  readonly alerts: Readonly<Record<string, AlertRecord>>;
}

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
  readonly detectedAt: number;
  readonly declaredAt: number;
  /** null: declared by a rule, written as the app; else the account whose call writes the page. */
  readonly declaredBy: string | null;
  /** The candidate a person judged, if it began there. */
  readonly candidateId: string | null;
  /** What was known of the first alerts (at most 20), for the facts on the page. */
  readonly alerts: readonly AlertRecord[];
}

export type SagaStep = 'head' | 'page' | 'mark' | 'announce' | 'done';
export interface Saga {
  readonly schema: 1;
  readonly intent: DeclareIntent;
  readonly step: SagaStep;
  readonly state: 'running' | 'done' | 'dead' | 'needs-person';
  readonly attempts: number;
  /** Epoch ms after which the sweeper may take it up again. */
  readonly nextAt: number;
  readonly lastError: string | null;
}

export interface Candidate {
  readonly schema: 1;
  readonly id: string;
  readonly conn: string;
  readonly alert: AlertRecord;
  readonly state: 'waiting' | 'declared' | 'dismissed' | 'recovered';
  readonly whyKey: string;
  readonly whyParams: Readonly<Record<string, string | number>>;
  readonly dismissedBy: string | null;
  readonly openedAt: number;
}

/** A webhook heard, not yet acted on. The payload is only a hint of where to look. */
export interface Hint {
  readonly schema: 1;
  readonly conn: string;
  readonly alertId: string;
  readonly receivedAt: number;
  readonly changedAt: number;
  readonly open: boolean;
}

export interface Rule {
  readonly service: string | null;
  readonly status: AlertStatus | null;
  readonly action: 'ignore' | 'candidate' | 'declare';
  readonly severity: Severity;
}

export interface Settings {
  readonly schema: 1;
  readonly conn: string;
  readonly orgName: string | null;
  readonly apiKeyLast4: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly { readonly name: string; readonly spaceKey: string; readonly lang: Lang }[];
  readonly rules: readonly Rule[];
  readonly slackConfigured: boolean;
}

/** Live facts of an incident's alerts and hosts, shared by all its boards. Never the truth of record. */
export interface LiveSnapshot {
  readonly at: number | null;
  readonly failedSince: number | null;
  readonly reasonKey: string | null;
  readonly values: Readonly<Record<string, { readonly value: number; readonly at: number }>>;
  readonly hosts: readonly { readonly id: string; readonly name: string; readonly status: HostStatus; readonly roles: readonly string[] }[];
  readonly deploys: readonly { readonly id: string; readonly title: string; readonly from: number; readonly to: number }[];
}
