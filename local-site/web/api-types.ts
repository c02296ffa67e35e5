/** What the page view asks the site for. JSON; times are epoch ms unless named otherwise. Types only. */
import type { IssueForList, IssueForWeb, ProjectForWeb } from '../products/issues-for-web';

export interface WebUser {
  readonly name: string;
  readonly displayName: string;
  readonly accountId: string;
}
export type WebLang = 'ja' | 'en';

export interface WebSpace {
  readonly id: string;
  readonly homepageId: string;
  readonly key: string;
  readonly name: string;
  readonly canCreate: boolean;
  readonly canAdminister: boolean;
}
/** Something of the app that can be shown. */
export interface WebSurface {
  /** `ui/board` */
  readonly resource: string;
  /** Address of its page on the frames' origin. */
  readonly src: string;
  /** `native`: a UI Kit surface, drawn by the page itself. */
  readonly render: 'native' | 'default';
}
export interface WebModule extends WebSurface {
  readonly key: string;
  /** e.g. `macro`, `confluence:globalPage` */
  readonly type: string;
  readonly title: string;
  readonly description: string | null;
  /** Of a global page. */
  readonly route: string | null;
  readonly macro: WebMacro | null;
  /** Of a dialog; null: the host's choice. */
  readonly viewportSize: string | ViewportSize | null;
  /** Of a byline item. `popup`: beside its title. */
  readonly viewportContainer: 'popup' | 'modal' | null;
  /** Of an issue context: the name of its group, and what stands beside it while the issue says nothing else. */
  readonly label: string | null;
  readonly status: WebStatus | null;
  /** Of a byline item: its title comes from the page, so it is not there where the page has none. */
  readonly isTitledByPage: boolean;
}
export interface ViewportSize {
  readonly width: string;
  readonly height?: string;
}
/** What stands beside the name of an issue context. */
export interface WebStatus {
  readonly type: 'badge' | 'lozenge';
  readonly label: string;
  readonly appearance: 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';
}
export interface WebMacro {
  readonly layout: string;
  /** Not offered in the editor. */
  readonly isHidden: boolean;
  /** Patterns of addresses that become this macro when they are pasted. */
  readonly autoConvert: readonly string[];
  /** `panel`: the older side panel of the editor, which is not modelled. */
  readonly config: WebMacroConfig | 'panel' | null;
}
export interface WebMacroConfig extends WebSurface {
  readonly title: string;
  /** `medium`, or `{width, height}` */
  readonly viewportSize: string | { readonly width: string; readonly height: string };
  readonly openOnInsert: boolean;
}

export interface Session {
  /** null: anonymous. */
  readonly user: WebUser | null;
  readonly isAdmin: boolean;
  readonly lang: WebLang;
  readonly timezone: string;
  readonly users: readonly WebUser[];
  readonly spaces: readonly WebSpace[];
  /** Of Jira. */
  readonly projects: readonly ProjectForWeb[];
  /** `mackerel`: the stand-in's console, or the real service for people. */
  readonly urls: { readonly site: string; readonly app: string; readonly mackerel: string };
  /** The real Mackerel is read; there is nothing to break or to recover. */
  readonly realMackerel: boolean;
  /** Path of the app's resources on the frames' origin, for `openModal({resource})`: resource → address. */
  readonly resources: Readonly<Record<string, string>>;
  readonly app: { readonly id: string; readonly name: string; readonly environmentId: string; readonly environmentType: string };
  readonly modules: readonly WebModule[];
}

export interface PageLink {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly at: number;
  readonly restricted: boolean;
  readonly byline: Byline | null;
}
/** Value of the property the app's byline item names. */
export interface Byline {
  readonly title: string;
  readonly icon: string | null;
  readonly tooltip: string | null;
}
export interface SpacePages {
  readonly space: WebSpace;
  readonly pages: readonly PageLink[];
}
export interface TrashedPage {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly canEdit: boolean;
  readonly canPurge: boolean;
}
export interface SpaceTrash {
  readonly space: WebSpace;
  readonly pages: readonly TrashedPage[];
}
/** Below which page a copied or moved page goes; its space is that page's. */
export interface PageTarget {
  readonly parentId: string;
}
export interface PageView {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly space: WebSpace;
  readonly parentId: string | null;
  readonly ancestors: readonly { readonly title: string; readonly url: string }[];
  readonly version: number;
  readonly author: string;
  readonly editor: string;
  readonly editedAt: number;
  readonly canEdit: boolean;
  readonly restricted: boolean;
  readonly trashed: boolean;
  /** Cannot be moved or thrown away. */
  readonly isHome: boolean;
  readonly canPurge: boolean;
  /** Who has an unpublished draft since when. */
  readonly draft: { readonly by: string; readonly at: number } | null;
  readonly labels: readonly string[];
  readonly byline: Byline | null;
  /** The page's own width; nodes may be wider. */
  readonly width: 'default' | 'full';
  /** An ADF document. */
  readonly body: unknown;
}
export interface Editable {
  readonly title: string;
  /** ADF, indented. */
  readonly body: string;
  readonly isDraft: boolean;
  /** Of the published page when the editor was opened. */
  readonly version: number;
  readonly url: string;
  readonly spaceKey: string;
}
/** A page template; `spaceKey` null: of the whole site. */
export interface TemplateLink {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly spaceKey: string | null;
  readonly canManage: boolean;
}
export interface TemplateView extends TemplateLink {
  /** An ADF document. */
  readonly body: unknown;
}
/** `body` is ADF as text. */
export interface TemplateInput {
  readonly name: string;
  readonly description: string;
  readonly body: string;
}
/** `body` is ADF as text. */
export interface EditInput {
  readonly title: string;
  readonly body: string;
  readonly version: number;
  readonly publish: boolean;
}
export interface NewPage {
  readonly spaceKey: string;
  readonly title: string;
  readonly body: string;
}
export interface ProjectIssues {
  readonly project: ProjectForWeb;
  /** Newest first. */
  readonly issues: readonly IssueForList[];
}
export interface IssueView extends IssueForWeb {
  /** What the issue says of the app's contexts, by module key; those it says nothing of are absent. */
  readonly contextStatus: Readonly<Record<string, WebStatus>>;
}
/** Every failure of these routes. */
export interface WebFailure {
  readonly status: number;
  readonly message: string;
}
/** Realtime over the socket `/__bridge/realtime`, JSON. `id` is the window's own name of one subscription. */
export type RealtimeAsk =
  | { readonly ask: 'subscribe'; readonly id: string; readonly channel: string; readonly isGlobal: boolean; readonly scope: string; readonly token: string | null; readonly replaySeconds: number }
  | { readonly ask: 'unsubscribe'; readonly id: string };
export type RealtimeNews =
  | { readonly news: 'open'; readonly id: string }
  /** `payload` is a JSON string. */
  | { readonly news: 'event'; readonly id: string; readonly payload: string; readonly eventId: string; readonly eventTimestamp: number }
  /** The subscription is over, e.g. TOKEN_EXPIRED. */
  | { readonly news: 'refused'; readonly id: string; readonly code: string };
