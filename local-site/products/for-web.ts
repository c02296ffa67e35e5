/** What the site's own pages need of the products, synchronously. `user` is an account id; null is an anonymous visitor. Times are epoch ms. */
import type { Products, SiteUser } from '../types';

export type Viewer = string | null;
/** What publishing a draft does when the page was written over REST after the draft was opened. */
export type PublishMode = 'overwrite' | 'conflict';

export interface SpaceForWeb {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lang: 'ja' | 'en';
  readonly homepageId: string;
  readonly canCreate: boolean;
}
export interface PageForList {
  readonly id: string;
  readonly title: string;
  readonly parentId: string | null;
  /** Path on the site: `/wiki/spaces/<KEY>/pages/<id>/<slug>`. */
  readonly path: string;
  readonly lastModifiedAt: number;
  readonly restricted: boolean;
}
export interface PageForView {
  readonly id: string;
  readonly title: string;
  readonly status: 'current' | 'trashed' | 'draft';
  readonly path: string;
  readonly space: SpaceForWeb;
  readonly parentId: string | null;
  /** Root first. */
  readonly ancestors: readonly { readonly id: string; readonly title: string; readonly path: string }[];
  /** The published document, as ADF. */
  readonly adf: unknown;
  readonly author: SiteUser;
  readonly createdAt: number;
  readonly version: { readonly number: number; readonly by: SiteUser; readonly at: number };
  readonly properties: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  readonly restricted: boolean;
  readonly canEdit: boolean;
  /** A shared draft exists that is not published yet. */
  readonly draft: { readonly baseVersion: number; readonly by: SiteUser; readonly at: number } | null;
}
export interface DraftForEdit {
  readonly title: string;
  readonly adf: unknown;
  /** Version of the page the draft was opened at. */
  readonly baseVersion: number;
}
export interface VersionForWeb {
  readonly number: number;
  readonly by: SiteUser;
  readonly at: number;
  readonly message: string;
}
/** `message` is Confluence's own sentence; `status` the HTTP status of the same refusal over REST. */
export type WebOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number; readonly message: string };

export interface ProductsForWeb extends Products {
  /** Every account, the app's own (`acc-app`) included; an unknown id answers null. */
  account(accountId: string): SiteUser | null;
  isAdmin(user: Viewer): boolean;
  /** Spaces the user may view, in order of their key. */
  spacesFor(user: Viewer): readonly SpaceForWeb[];
  canView(user: Viewer, pageId: string): boolean;
  canEdit(user: Viewer, pageId: string): boolean;
  /** null: does not exist or must not be seen. */
  pageForView(user: Viewer, pageId: string): PageForView | null;
  /** Current pages of the space the user may view, by title; [] for a space the user does not see. */
  pagesOf(user: Viewer, spaceKey: string): readonly PageForList[];
  versionsOf(user: Viewer, pageId: string): readonly VersionForWeb[];

  /** Creates and publishes a page as this person. */
  createPage(user: Viewer, page: { readonly spaceKey: string; readonly title: string; readonly adf: unknown; readonly parentId?: string; readonly private?: boolean }): WebOutcome<{ id: string; path: string }>;
  /** The shared draft, opened from the published page if there is none yet. */
  openDraft(user: Viewer, pageId: string): WebOutcome<DraftForEdit>;
  saveDraft(user: Viewer, pageId: string, draft: { readonly title: string; readonly adf: unknown }): WebOutcome<DraftForEdit>;
  discardDraft(user: Viewer, pageId: string): WebOutcome<null>;
  /** Publishes the shared draft as the next version, or refuses with 409 (see `PublishMode`). */
  publishDraft(user: Viewer, pageId: string): WebOutcome<{ version: number }>;
  trashPage(user: Viewer, pageId: string): WebOutcome<null>;
  restorePage(user: Viewer, pageId: string): WebOutcome<null>;
  copyPage(user: Viewer, pageId: string, to: { readonly title: string; readonly spaceKey?: string; readonly parentId?: string }): WebOutcome<{ id: string; path: string }>;
  movePage(user: Viewer, pageId: string, to: { readonly parentId: string }): WebOutcome<null>;
  /** Names who may view and edit besides the caller; null lifts the restriction. */
  restrictPage(user: Viewer, pageId: string, accountIds: readonly string[] | null): WebOutcome<null>;

  publishMode(): PublishMode;
  setPublishMode(mode: PublishMode): void;
}
