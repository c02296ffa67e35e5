/** What the site's own pages may read of the products, synchronously. `user` is an account id; null is an anonymous visitor. Times are epoch ms. */
import type { Products, SiteUser } from '../types';
import type { IssueChange, IssueForList, IssueForWeb, NewIssue, ProjectForWeb } from './issues-for-web';

export type Viewer = string | null;
/**
 * What a REST update of a page does to its open draft: publishing that is refused from then on, publishing it overwrites
 * the update, or (the vendor's worst case) the update takes the draft's place.
 */
export const PUBLISH_MODES = ['conflict', 'overwrite', 'replace-draft'] as const;
export type PublishMode = (typeof PUBLISH_MODES)[number];
export interface ProductSwitches {
  /** How long a change of a page stays unknown to search, ms. */
  searchLagMs: number;
  publishMode: PublishMode;
  /** Templates written over REST come back without their macros. */
  templatesLoseMacros: boolean;
  /** How long a change of an issue stays unknown to JQL, ms. */
  jiraSearchLagMs: number;
  /** A site with Confluence alone: every call of Jira's API answers 404. */
  jiraAbsent: boolean;
}

export interface SpaceForWeb {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lang: 'ja' | 'en';
  readonly homepageId: string;
  readonly canCreate: boolean;
  readonly canAdminister: boolean;
}
export interface PageForList {
  readonly id: string;
  readonly title: string;
  readonly parentId: string | null;
  /** Path on the site: `/wiki/spaces/<KEY>/pages/<id>/<slug>`. */
  readonly path: string;
  readonly lastModifiedAt: number;
}
export interface PageForView extends PageForList {
  readonly status: 'current' | 'trashed' | 'draft';
  readonly space: SpaceForWeb;
  /** The published document, as ADF. */
  readonly adf: unknown;
  readonly authorId: string;
  readonly createdAt: number;
  readonly version: { readonly number: number; readonly authorId: string; readonly at: number };
  readonly properties: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  /** The page or one above it may be seen by named people only. */
  readonly restricted: boolean;
  readonly canEdit: boolean;
  /** Administers the space, and so may delete what is in its trash. */
  readonly canPurge: boolean;
}
export interface TemplateForWeb {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** null: a global template. */
  readonly spaceKey: string | null;
  readonly adf: unknown;
  readonly canManage: boolean;
}
export interface TemplateInput {
  readonly name: string;
  readonly description: string;
  /** ADF as text. */
  readonly adf: string;
}
/** `message` is the product's own sentence; `status` what the same refusal would be over REST. */
export type WebOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number; readonly message: string };

/** Nothing where the site has no Jira. */
export interface JiraForWeb {
  projectsFor(user: Viewer): readonly ProjectForWeb[];
  /** Newest first. */
  issuesOf(user: Viewer, projectKey: string): readonly IssueForList[];
  /** By key (old keys of moved issues too) or id; null: does not exist or must not be seen. */
  issueForView(user: Viewer, key: string): IssueForWeb | null;
  changeIssue(user: Viewer, key: string, change: IssueChange): WebOutcome<null>;
  transitionIssue(user: Viewer, key: string, transitionId: string): WebOutcome<null>;
  deleteIssue(user: Viewer, key: string): WebOutcome<null>;
  /** The issue keeps its id, and answers to its old key. */
  moveIssue(user: Viewer, key: string, projectKey: string): WebOutcome<{ readonly key: string }>;
  removeRemoteLink(user: Viewer, key: string, linkId: string): WebOutcome<null>;
  createIssue(user: Viewer, projectKey: string, input: NewIssue): WebOutcome<{ readonly key: string }>;
  /** Puts the app's panel on the issue, for everybody, or takes it away. */
  showPanel(user: Viewer, key: string, shown: boolean): WebOutcome<null>;
}
export interface ProductsForWeb extends Products, JiraForWeb {
  /** Every account, the app's own (`acc-app`) included. */
  account(accountId: string): SiteUser | null;
  /** Spaces the user may view, by key. */
  spacesFor(user: Viewer): readonly SpaceForWeb[];
  canView(user: Viewer, pageId: string): boolean;
  canEdit(user: Viewer, pageId: string): boolean;
  /** null: does not exist or must not be seen. */
  pageForView(user: Viewer, pageId: string): PageForView | null;
  /** Current pages of the space the user may view, by title; [] for a space the user does not see. */
  pagesOf(user: Viewer, spaceKey: string): readonly PageForList[];
  /** Templates of the site and of the spaces the user may view, by name. */
  templatesFor(user: Viewer): readonly TemplateForWeb[];
  createTemplate(user: Viewer, spaceKey: string, template: TemplateInput): WebOutcome<{ readonly id: string }>;
  changeTemplate(user: Viewer, id: string, template: TemplateInput): WebOutcome<null>;
  deleteTemplate(user: Viewer, id: string): WebOutcome<null>;
  readonly switches: ProductSwitches;
}
