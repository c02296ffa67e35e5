/** What the web pages and the bridge may use of the running site. Times are epoch ms. */
import type { FastifyInstance } from 'fastify';
import type { Manifest } from './runtime/manifest';
import type { ProductsForWeb } from './products/for-web';
import type { SiteClock, SiteUser } from './types';

/** Base URLs without a trailing slash. */
export interface SiteUrls {
  readonly site: string;
  readonly app: string;
  readonly mackerel: string;
}

/** Who this installation of the app is; the same ids for the life of the site. */
export interface Installation {
  readonly cloudId: string;
  readonly appId: string;
  readonly appVersion: string;
  readonly environmentId: string;
  readonly environmentType: 'DEVELOPMENT' | 'STAGING' | 'PRODUCTION';
  readonly installationId: string;
  /** `ari:cloud:confluence::site/<cloudId>` */
  readonly contextAri: string;
}

/** What the platform says of the app's license: of paid apps in production only. */
export interface License {
  readonly active: boolean;
}

/** Where a module is shown. The platform turns these into `context.extension`; they prove nothing about permission. */
export interface ModulePlace {
  readonly contentId?: string;
  readonly spaceKey?: string;
  readonly issueKey?: string;
  /** localId of the macro node. */
  readonly localId?: string;
  /** Macro parameters (`guestParams`), shown as `extension.config`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Overrides and additions to the extension, e.g. `{modal: …}` or `{isEditing: true}`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface InvokeRequest {
  readonly moduleKey: string;
  readonly functionKey: string;
  readonly payload: unknown;
  /** null: an anonymous visitor. */
  readonly user: SiteUser | null;
  readonly context?: ModulePlace;
}
/** `error` is what the bridge rejects with. */
export type InvokeAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: { readonly name: string; readonly message: string } };

export interface RealtimeSubscription {
  readonly channel: string;
  readonly isGlobal: boolean;
  readonly token: string | null;
  /** Product context of the subscriber; scopes channels that are not global. */
  readonly scope: string;
  readonly replaySeconds: number;
  onEvent(payload: string, meta: { readonly eventId: string; readonly eventTimestamp: number }): void;
  /** The subscription ended, e.g. TOKEN_EXPIRED. */
  onRefused(code: string): void;
}
export interface RealtimeHub {
  subscribe(subscription: RealtimeSubscription): { unsubscribe(): void };
  /** Counts against the 50 operations a second. `payload` is a JSON string. */
  publish(message: {
    readonly channel: string;
    readonly isGlobal: boolean;
    readonly token: string | null;
    readonly scope: string;
    readonly payload: string;
  }): { readonly eventId: string | null; readonly eventTimestamp: number | null; readonly errors?: readonly { readonly message: string }[] };
}

export interface SiteDeps {
  readonly urls: SiteUrls;
  /** `urls.mackerel` is the real service, which is only read, and not this machine's stand-in. */
  readonly realMackerel: boolean;
  readonly installation: Installation;
  /** null: the platform says nothing of it, as in development. */
  license(): License | null;
  readonly manifest: Manifest;
  readonly clock: SiteClock;
  readonly products: ProductsForWeb;
  readonly realtime: RealtimeHub;
  /** Folder of the app (manifest.yml, static/ui/dist, locales/). */
  readonly appDir: string;
  /** `admin alice bob viewer mallory`; `anonymous` or unknown: null. */
  user(name: string): SiteUser | null;
  /** Runs a resolver verb exactly as that user's browser could. Never throws. */
  invoke(request: InvokeRequest): Promise<InvokeAnswer>;
  /** `context.extension` as the platform builds it for this module, place and person. */
  extension(moduleKey: string, place: ModulePlace, user: SiteUser | null): Promise<Readonly<Record<string, unknown>>>;
  /** Runs the macro's adfExport function; null where the module has none. Throws when the function fails. */
  exportMacro(moduleKey: string, place: ModulePlace, exportType: 'pdf' | 'word' | 'other', user: SiteUser | null): Promise<unknown>;
  /** Lists something people asked for that is not modelled (`GET /__site/unmodelled`). */
  unmodelled(what: string): void;
}

/**
 * `local-site/web/index.ts` exports these two.
 * registerWeb: routes of the site's origin (pages, bridge calls). Product REST paths, `/x/*`, `/__site/*` and the socket `/__bridge/realtime`
 * are the site's own and already there.
 * registerFrames: routes of the app's own origin (iframe resources under deep random paths, with the production CSP).
 */
export interface WebParts {
  registerWeb(site: FastifyInstance, deps: SiteDeps): Promise<void> | void;
  registerFrames(frames: FastifyInstance, deps: SiteDeps): Promise<void> | void;
}
