/** Stored shapes around the incident. Times are epoch ms. Every record carries `schema` so that it can be migrated. */
import type { AlertStatus, IncidentKind, Lang, Severity, Visibility } from '../contract';

export type * from './record';
import type { Press } from './change';
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
  readonly detectedAt: number;
  readonly declaredAt: number;
  /** null: declared by a rule, written as the app; else the account whose call writes the page. */
  readonly declaredBy: string | null;
  /** The candidate a person judged, if it began there. */
  readonly candidateId: string | null;
  /** The incident a person had taken that candidate off; absent: none. */
  readonly heldFrom?: string;
  /** An existing page that becomes the home; absent: the saga writes a new one. */
  readonly page?: { readonly id: string; readonly url: string };
  /** What was known of the first alerts (at most 20), for the facts on the page. */
  readonly alerts: readonly AlertSighting[];
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
  readonly state: 'waiting' | 'declared' | 'dismissed' | 'recovered';
  readonly whyKey: string;
  readonly whyParams: Readonly<Record<string, string | number>>;
  readonly dismissedBy: string | null;
  /** The incident a person took it off: it is not linked there again by itself. */
  readonly heldFrom?: string;
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
  readonly schema: 2;
  readonly conn: string;
  readonly orgName: string | null;
  readonly apiKeyLast4: string | null;
  readonly canWrite: boolean | null;
  readonly services: readonly { readonly name: string; readonly spaceKey: string; readonly lang: Lang }[];
  readonly rules: readonly Rule[];
  readonly slackConfigured: boolean;
  /** Writing to Mackerel; `group` is the name of a Confluence group. */
  readonly writes: { readonly enabled: boolean; readonly group: string | null };
}

/** Values read now of an incident's alerts, shared by all its boards. Never the truth of record. */
export interface LiveSnapshot {
  readonly at: number | null;
  readonly failedSince: number | null;
  readonly reasonKey: string | null;
  readonly values: Readonly<Record<string, { readonly value: number; readonly at: number }>>;
}
