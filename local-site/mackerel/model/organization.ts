/** What is watched, and who watches. */
export type HostStatus = 'working' | 'standby' | 'maintenance' | 'poweroff';
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly customIdentifier: string | null;
  readonly memo: string;
  readonly status: HostStatus;
  readonly size: 'standard' | 'micro';
  readonly isRetired: boolean;
  readonly retiredAt: number | null;
  readonly createdAt: number;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly interfaces: readonly unknown[];
  /** When a metric of this host was last posted; null before the first. */
  readonly heardAt: number | null;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly memo: string;
  readonly roles: readonly { readonly name: string; readonly memo: string }[];
}

export interface Annotation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly from: number;
  readonly to: number;
  readonly service: string;
  readonly roles: readonly string[] | null;
}

/** Who did it in the browser; requests with an API key name nobody. */
export interface Person {
  readonly id: string;
  readonly screenName: string;
}
export interface User extends Person {
  readonly email: string;
  readonly authority: 'owner' | 'manager' | 'collaborator' | 'viewer';
  readonly isInRegistrationProcess: boolean;
  readonly isMFAEnabled: boolean;
  readonly authenticationMethods: readonly string[];
  readonly joinedAt: number;
}

/** What a URL answers to external monitors; nothing is fetched. */
export interface UrlState {
  /** The URL. */
  readonly id: string;
  /** null: no answer within fifteen seconds. */
  readonly status: number | null;
  readonly responseTimeMs: number;
  /** null: whatever the monitor looks for. */
  readonly body: string | null;
  /** Days until the certificate ends. */
  readonly certificateDays: number;
  /** Redirections before the answer. */
  readonly redirects: number;
  /** Scenario that set it and takes it back. */
  readonly scenario: string | null;
}
