/** Jira's issues, as the use cases need them. */
import type { IncidentStatus, Lang, Severity, TicketInput, TicketKind, TicketProjectView, Visibility } from '../contract';
import type { AlertRecord } from '../domain/model';
import type { Actor } from '../ports';

export interface TrackedIssue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly createdAt: number | null;
  /** YYYY-MM-DD. */
  readonly dueDate: string | null;
  readonly done: boolean;
}
/** What the app leaves in Jira; of a private incident only `linkId` and a neutral link leave this program. */
export interface TicketLink {
  readonly linkId: string;
  readonly visibility: Visibility;
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  /** Resolved, closed, cancelled or merged. */
  readonly over: boolean;
  readonly kind: TicketKind | null;
  readonly lang: Lang;
  readonly page: { readonly id: string; readonly url: string } | null;
}
/** Said in the description of a new issue of a public incident. */
export interface TicketContext {
  readonly alerts: readonly AlertRecord[];
  /** The timeline entry it came from. */
  readonly entry: string | null;
}
export type CreateIssueAnswer =
  | { readonly outcome: 'created'; readonly issue: { readonly id: string; readonly key: string } }
  /** `field` as the contract names it; `detail` is Jira's own sentence. */
  | { readonly outcome: 'refused'; readonly field: string | null; readonly detail: string }
  | { readonly outcome: 'absent' }
  /** It may have been made. */
  | { readonly outcome: 'unknown' };
export interface IssueTracker {
  /** null: not there, or not for this actor. */
  issue(idOrKey: string, actor: Actor): Promise<TrackedIssue | null>;
  /** False: the caller has no Jira here. */
  present(): Promise<boolean>;
  /** As the calling user, with the link's id in the very request that makes it. Throws AppFailure busy when nothing was made. */
  create(input: Omit<TicketInput, 'kind'>, link: TicketLink, context: TicketContext | null): Promise<CreateIssueAnswer>;
  /** Oldest first. Jira's search may lag minutes. */
  findByLink(linkId: string, actor: Actor): Promise<readonly { readonly id: string; readonly key: string }[]>;
  /** Safe to repeat. False: neither app nor caller may. */
  show(issueId: string, link: TicketLink): Promise<boolean>;
  /** Takes our link away, as far as it is still there. Safe to repeat. False: neither app nor caller may see the issue, or it is gone. */
  clear(issueId: string, linkId: string): Promise<boolean>;
  /** Those the actor may see. */
  read(ids: readonly string[], actor: Actor): Promise<readonly TrackedIssue[]>;
  /** null: no such project or work type for the caller. */
  project(projectId: string, issueTypeId: string): Promise<TicketProjectView | null>;
}
