/** The words both sides of the bridge share, and how a refusal is said. */

export type Lang = 'ja' | 'en';
export type Severity = 'pending' | 'sev1' | 'sev2' | 'sev3' | 'sev4';
export type IncidentStatus = 'investigating' | 'identified' | 'mitigated' | 'resolved' | 'closed' | 'cancelled' | 'merged';
export type IncidentKind = 'incident' | 'drill' | 'near-miss';
export type Visibility = 'public' | 'private';
export type AlertStatus = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';
export type HostStatus = 'working' | 'standby' | 'maintenance' | 'poweroff' | 'retired' | 'unknown';

export type ErrorCode =
  | 'bad-request' // the payload is not what the verb takes; `field` names it
  | 'not-found' // does not exist, or the caller may not know that it does
  | 'forbidden' // may see it, may not change it
  | 'no-account' // not signed in with an account that has a license of the product; the same whatever was asked
  | 'license-inactive' // the app's own license: everything can be read, nothing changed
  | 'not-configured' // an admin has to connect Mackerel first
  | 'no-incident' // the caller may see the page, but no incident lives on it
  | 'conflict' // somebody changed the same thing; load again
  | 'busy' // storage or a product asked us to slow down; the client retries
  | 'mackerel-key' // Mackerel refused the API key
  | 'mackerel-unreachable'
  | 'mackerel-refused' // Mackerel refused a write; `messageKey` says which
  | 'jira-absent' // no Jira on this site, or the app is not in it
  | 'jira-refused' // Jira refused; `field` names what of the ticket, `params.detail` is Jira's own sentence
  | 'page-refused' // Confluence refused the page; `detail` says which case
  | 'internal';

export interface AppError {
  readonly code: ErrorCode;
  /** Key of the text for people in locales/, e.g. `error.page-refused.space`. */
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly field: string | null;
  /** ms to wait before trying again; null where trying again does not help. */
  readonly retryAfterMs: number | null;
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

/** In place of the id of an account that was closed. */
export type FormerUser = 'former-user';
/** A person as stored: the account id only, or `FormerUser`. Names are looked up when shown. */
export interface PersonRef {
  readonly accountId: string;
}

/** A person or group of Confluence. */
export type Who = { readonly accountId: string } | { readonly groupId: string };
/** Who may see a private incident's page, as Confluence has it now. */
export interface AudienceView {
  /** Named themselves, without the app. */
  readonly people: readonly { readonly accountId: string; readonly canEdit: boolean }[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly canEdit: boolean }[];
  /** The app's own account, which has to stay; `isNamed` false: somebody took it off in Confluence. */
  readonly app: { readonly account: PersonRef; readonly isNamed: boolean };
}

/** Who says it: Mackerel, this app (a change somebody pressed), a person's own words, an update to everybody, a deploy mark. */
export type EntrySource = 'mackerel' | 'app' | 'person' | 'update' | 'deploy';
