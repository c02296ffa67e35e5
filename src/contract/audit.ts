/** Every change of an incident: who, when, what it was before and is after. */
import type { ReportLine } from './reports';
import type { PersonRef } from './words';

/** What a change is about. `words`: situation, impact, cause and updates; `page`: also reports made of it and evidence that people asked for. */
export type AuditKind = 'course' | 'people' | 'words' | 'notes' | 'alerts' | 'tickets' | 'access' | 'page' | 'review';
export interface AuditPosition {
  /** Epoch ms. */
  readonly at: number;
  readonly id: string;
}
export interface AuditRow extends AuditPosition {
  /** null: the app by itself. */
  readonly by: PersonRef | null;
  readonly kind: AuditKind;
  /** In the language that was asked for, like the two that follow; people stand in them as account ids. */
  readonly what: ReportLine;
  /** Empty: there was nothing, or nothing is to be told beside `what`. */
  readonly before: ReportLine;
  readonly after: ReportLine;
}
export interface AuditView {
  /** Newest first. */
  readonly rows: readonly AuditRow[];
  /** Where the next answer goes on; null: these were the last. */
  readonly next: AuditPosition | null;
  /** Changes of the review that are not kept any more. */
  readonly left: number;
}
