/** What the site's own pages show of Jira, in the shape they get it over the wire. Types only; times are epoch ms. */
export type StatusCategory = 'new' | 'indeterminate' | 'done';

export interface ProjectForWeb {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly canCreate: boolean;
  readonly types: readonly { readonly id: string; readonly name: string }[];
}
export interface IssueForList {
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly category: StatusCategory;
  /** `YYYY-MM-DD` */
  readonly dueDate: string | null;
  readonly assignee: string | null;
}
export interface RemoteLinkForWeb {
  readonly id: string;
  readonly globalId: string | null;
  readonly title: string;
  readonly url: string;
  readonly resolved: boolean;
  readonly relationship: string | null;
}
export interface IssueForWeb {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  /** ADF or null. */
  readonly description: unknown;
  readonly project: { readonly id: string; readonly key: string; readonly name: string };
  readonly type: { readonly id: string; readonly name: string };
  readonly status: { readonly name: string; readonly category: StatusCategory };
  readonly resolution: string | null;
  readonly priority: string | null;
  /** Display names. */
  readonly assignee: string | null;
  readonly reporter: string;
  readonly assigneeId: string | null;
  readonly labels: readonly string[];
  /** `YYYY-MM-DD` */
  readonly dueDate: string | null;
  readonly securityLevel: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly remoteLinks: readonly RemoteLinkForWeb[];
  /** [] where the user may not. */
  readonly transitions: readonly { readonly id: string; readonly name: string }[];
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  readonly moveTo: readonly { readonly key: string; readonly name: string }[];
  /** Somebody has opened the app's panel on this issue. */
  readonly panelShown: boolean;
}
/** Absent fields stay as they are. */
export interface IssueChange {
  readonly summary?: string;
  readonly dueDate?: string | null;
  readonly assigneeId?: string | null;
  readonly labels?: readonly string[];
}
export interface NewIssue {
  readonly typeId: string;
  readonly summary: string;
}
