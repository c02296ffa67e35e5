/** Improvement tickets. What a ticket says of itself (summary, status, owner, due) is Jira's and is read from Jira by the viewer's own browser. */
import type { SchemeView } from './settings';
import type { IncidentHeadView } from './board';
import type { PersonRef, Severity } from './words';

export type TicketKind = 'detect' | 'mitigate' | 'prevent' | 'process' | 'document';

export interface TicketView {
  /** Random; the link's id in Jira too. */
  readonly id: string;
  /** null: it is not known whether Jira made it. */
  readonly issueId: string | null;
  /** As it was when last heard of; a move to another project changes it. */
  readonly key: string | null;
  /** What was typed, while no issue is known. */
  readonly summary: string | null;
  readonly kind: TicketKind | null;
  /** The timeline entry it came from. */
  readonly entryId: string | null;
  readonly by: PersonRef | null;
  readonly at: number;
  /** `searching`: the answer got lost and Jira is looked through; `unsure`: nothing was found, a person decides; `elsewhere`: in another site's Jira, which nobody here reads. */
  readonly state: 'searching' | 'unsure' | 'linked' | 'deleted' | 'elsewhere';
  /** Where it stands, of one that is elsewhere; null: in this site's Jira, or not told. */
  readonly url: string | null;
  /** Decided not to be done, with the reason. */
  readonly dropped: { readonly reason: string; readonly by: PersonRef; readonly at: number } | null;
  /** When Jira last said that it changed, epoch ms: a reason to read it again. */
  readonly heardAt: number;
  /** False: the app could not leave its link in Jira (no access to the project). */
  readonly shownInJira: boolean;
  /** False: taken off this incident; the board drops the row. */
  readonly linked: boolean;
  readonly v: number;
}

/** What a new ticket begins with. */
export interface TicketInput {
  /** 1 to 255 characters. */
  readonly summary: string;
  readonly kind: TicketKind;
  /** Account id; null: nobody yet. */
  readonly assignee: string | null;
  /** YYYY-MM-DD. */
  readonly dueDate: string | null;
  /** Jira's id of the priority. */
  readonly priority: string | null;
  readonly projectId: string;
  readonly issueTypeId: string;
  /** Other fields Jira asks for, by their Jira key, in Jira's own shape. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where new tickets go and when they are due, before anybody changes it. */
export interface TicketFormView {
  /** null: no project chosen in the settings. */
  readonly project: TicketProjectView | null;
  /** YYYY-MM-DD by severity, in the space's zone. */
  readonly dueDate: string;
  /** Readers of Jira see summary and link of a private incident's ticket. */
  readonly isPrivate: boolean;
  readonly isAdmin: boolean;
}
export interface TicketProjectView {
  readonly projectId: string;
  readonly projectKey: string;
  readonly projectName: string;
  readonly issueTypeId: string;
  readonly issueTypeName: string;
}

/** One ticket among all; its incident is one the caller may see. */
export interface OverviewTicket {
  readonly ticket: TicketView;
  readonly incident: { readonly id: string; readonly key: string; readonly title: string; readonly severity: Severity; readonly service: string | null; readonly url: string | null; readonly isPrivate: boolean };
  /** A monitor of its incident raised an alert again after the ticket was made; null: none did, or Mackerel could not be read. */
  readonly firedAgain: { readonly monitorName: string; readonly at: number; readonly open: boolean } | null;
}
export interface OverviewView {
  readonly tickets: readonly OverviewTicket[];
  /** True: there are more than are listed. */
  readonly more: boolean;
  readonly now: number;
}

/** The alert of an incident as Mackerel tells it now, for a ticket. */
export interface AlertNowView {
  readonly monitorName: string;
  readonly hostName: string | null;
  /** Raised at this time and still open; null: not firing. */
  readonly firingSince: number | null;
  readonly recoveredAt: number | null;
  /** Raised again after the ticket was made, epoch ms. */
  readonly firedAgainAt: number | null;
}
/** What a Jira issue has to do with incidents, by the viewer's rights on both sides. */
export type IssueIncidentView =
  /** No incident; `canDeclare`: the spaces where the caller may declare one. */
  | { readonly state: 'none'; readonly spaces: readonly { readonly key: string; readonly name: string }[]; readonly configured: boolean; readonly scheme: SchemeView | null }
  /** There is one, and this is all the caller may know. */
  | { readonly state: 'hidden' }
  | {
      readonly state: 'shown';
      readonly scheme: SchemeView;
      readonly incident: IncidentHeadView;
      readonly ticket: TicketView;
      /** Tickets of the same incident, this one left out. */
      readonly siblings: readonly TicketView[];
      /** Those firing first; null: Mackerel could not be read. */
      readonly alerts: readonly AlertNowView[] | null;
      readonly canEdit: boolean;
      readonly now: number;
    };
