/** Interfaces between the parts of the local site. */
import type Database from 'libsql';

export type Database_ = Database.Database;

export interface SiteClock {
  /** Epoch ms, offset by the control API's `PUT clock`. */
  now(): number;
}

export type ProductName = 'confluence' | 'jira';

/** Who a product call is made as. `via` decides accounting: browser calls are exempt from REST points. */
export interface ProductCall {
  readonly product: ProductName;
  readonly as: { readonly type: 'user'; readonly accountId: string } | { readonly type: 'app' } | { readonly type: 'anonymous' };
  readonly via: 'function' | 'bridge' | 'browser';
  readonly method: string;
  /** Path with query, e.g. `/wiki/api/v2/pages/12?include-operations=true`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** In place of a body that is no text. */
  readonly bytes?: Uint8Array;
}
export interface ProductAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In place of a body that is no text. */
  readonly bytes?: Uint8Array;
}

/** A product event as Forge hands it to a trigger function, e.g. `avi:confluence:trashed:page`. */
export interface ProductEvent {
  readonly eventType: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What filter expressions can see of the issue besides the body; absent where there is no issue (any more). */
  readonly issueProperties?: Readonly<Record<string, unknown>>;
}

export interface CallLogRow {
  readonly at: number;
  readonly product: ProductName;
  readonly as: string;
  readonly via: ProductCall['via'];
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Request and answer were checked against the vendor's description and held. null: no description was at hand. */
  readonly validated: boolean | null;
  readonly problem: string | null;
  /** REST points as the vendor counts them. */
  readonly points: number;
}

export interface SiteUser {
  readonly name: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly locale: 'ja-JP' | 'en-US';
  readonly timezone: string;
}

/** The Confluence and Jira stand-ins. */
export interface Products {
  call(call: ProductCall): Promise<ProductAnswer>;
  users(): readonly SiteUser[];
  userByName(name: string): SiteUser | null;
  spaces(): readonly { readonly id: string; readonly key: string }[];
}
/** A `confluence:contentProperty` module: values of a page property that CQL can name. */
export interface IndexedProperty {
  readonly propertyKey: string;
  readonly values: readonly { readonly path: string; readonly type: string; readonly searchAlias: string }[];
}
/** A `jira:entityProperty` module of issues: values of a property that JQL can name. */
export interface IndexedIssueProperty {
  readonly propertyKey: string;
  readonly values: readonly { readonly path: string; readonly type: string; readonly searchAlias: string | null }[];
}
export interface ProductsOptions {
  readonly db: Database_;
  readonly clock: SiteClock;
  readonly baseUrl: string;
  /** Scopes of the manifest; a call as or for the app whose endpoint needs another one answers 403. `browser` calls are not limited. */
  readonly scopes: readonly string[];
  /** Folder of vendor descriptions (confluence-v2.json …) or null. */
  readonly specsDir: string | null;
  /** What the manifest makes findable. */
  readonly contentProperties: readonly IndexedProperty[];
  readonly issueProperties: readonly IndexedIssueProperty[];
  readonly onCall: (row: CallLogRow) => void;
  readonly onUnmodelled: (what: string) => void;
  readonly onEvent: (event: ProductEvent) => void;
}

/** Faults, as `PUT /__site/faults` takes them. */
export interface Fault {
  readonly target: 'confluence' | 'jira' | 'mackerel' | 'mackerel-web' | 'slack' | 'kvs' | 'queue' | 'realtime' | 'events' | 'schedule' | 'webtrigger' | 'function';
  readonly method?: string;
  /** Substring of the path (or of the function key). */
  readonly path?: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly drop?: boolean;
  readonly duplicate?: boolean;
  /** 0–1, default 1. */
  readonly rate?: number;
  /** How many matches it lasts; default for ever. */
  readonly times?: number;
  /** The function process dies right after the call took effect. */
  readonly kill?: boolean;
  /** The call takes effect, its answer never arrives: a time-out to the caller. */
  readonly lose?: boolean;
}

export interface MackerelServer {
  readonly url: string;
  readonly apiKey: string;
  readonly readOnlyKey: string;
  /** Lets one period pass: simulated hosts post, gone hosts and reminders are judged. */
  tick(): Promise<void>;
  close(): Promise<void>;
}
export interface MackerelOptions {
  readonly stateDir: string;
  readonly port: number;
  readonly clock: SiteClock;
  /** Seconds between evaluations / posted points of simulated hosts; short by default (5). */
  readonly periodSeconds: number;
  readonly fresh: boolean;
}
