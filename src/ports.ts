/** What the use cases need of the outside, named by intent. Adapters implement it; times are epoch ms. */
export type * from './ports/issues';
export * from './ports/mackerel';
export type * from './ports/channels';
export type * from './ports/audience';
export type * from './ports/drafter';
export type * from './ports/evidence';
export type * from './ports/pages';
export type * from './ports/personal-data';
export type * from './ports/review';
export type * from './ports/review-page';
export type * from './ports/reports';
export type * from './ports/shelf';
import type { CandidateShelf, Lang, ListPosition } from './contract';
import type { RowKind } from './domain/erasure';
import type { RecordFailure } from './domain/failure';
import type { Candidate, DeclareIntent, EnteredSecret, Hint, Incident, IncidentHead, LiveSnapshot, Saga, Settings, TicketJob, WebhookSecret } from './domain/model';
import type { SecretKind } from './domain/secrets';
import type { PageAudience } from './ports/audience';
import type { Quota } from './ports/channels';
import type { IssueTracker } from './ports/issues';
import type { Drafter } from './ports/drafter';
import type { AlertImages, EvidenceFiles, EvidenceQueue, EvidenceStore } from './ports/evidence';
import type { AlertSource } from './ports/mackerel';
import type { PageWriter } from './ports/pages';
import type { PeopleRows, Privacy } from './ports/personal-data';
import type { IsHoliday, ReviewStore } from './ports/review';
import type { ReviewPage } from './ports/review-page';
import type { ReportPages } from './ports/reports';
import type { TemplateShelf } from './ports/shelf';

export interface Clock {
  now(): number;
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void>;
}
export interface Random {
  /** A UUID. */
  id(): string;
  /** Lower-case letters, unguessable. */
  letters(n: number): string;
  /** 0 ≤ x < 1. */
  fraction(): number;
}

// ---- Storage ----
export interface IncidentStore {
  /** Strongly consistent. */
  head(id: string): Promise<IncidentHead | null>;
  load(id: string): Promise<Incident | null>;
  /** For readers: may be up to a second old, but never older than version `atLeast`. Many readers of one instance share one read. */
  recent(id: string, atLeast: number): Promise<Incident | null>;
  /**
   * Stores a new incident and, for a public one, gives it the next number of `conn` and `year` in the same transaction.
   * If the id exists already, the stored one comes back untouched.
   */
  create(incident: Incident, number: { readonly conn: string; readonly year: number; key(n: number): string } | null): Promise<Incident>;
  /** One transaction over the head and every touched chunk; `conflict` if anybody wrote since `before` was loaded. */
  save(before: Incident, after: Incident): Promise<'saved' | 'conflict'>;
  /** Two incidents in one transaction, as `save`: both or neither. Of the second only a few rows may have changed. */
  saveBoth(first: Change, second: Change): Promise<'saved' | 'conflict'>;
  /** From an index that may lag: for lists only. Newest declared first. */
  list(conn: string, state: 'open' | 'ended', limit: number): Promise<readonly IncidentHead[]>;
  /** About `limit` of all of that state behind a place, newest declared first, and the place of the last one looked at; null: no more. From the same index. */
  page(conn: string, state: 'open' | 'ended', after: ListPosition | null, limit: number): Promise<{ readonly heads: readonly IncidentHead[]; readonly last: ListPosition | null }>;
  /** Of those in the lists: why each that cannot be read cannot, and of how many the page is hidden from the app. From the same index. */
  troubled(conn: string, limit: number): Promise<{ readonly unreadable: readonly RecordFailure[]; readonly hidden: number }>;
}
/** An incident as it was loaded, and as it is to be. */
export interface Change {
  readonly before: Incident;
  readonly after: Incident;
}
/** What a claim says at least: which incident has it. */
export interface Held {
  readonly incidentId: string;
}
/** Rows made once: the value of the first writer stays until its incident lets go or is found not to need it. */
export interface Claims {
  make<T extends Held>(key: string, kind: string, value: T): Promise<{ readonly made: true } | { readonly made: false; readonly value: T }>;
  get<T extends Held>(key: string): Promise<T | null>;
  /** Takes the place of what incident `from` has; false: it is not that incident's any more. */
  take<T extends Held>(key: string, kind: string, value: T, from: string): Promise<boolean>;
  /** Nothing happens when it is not, or no longer, that incident's. */
  release(key: string, incidentId: string): Promise<void>;
}
/** Small values changed by compare-and-set: leases, counters, flags, snapshots. */
export interface Cells {
  get<T>(key: string): Promise<{ readonly ver: number; readonly value: T } | null>;
  /** `ver` null: must not exist yet. False: somebody else was first. */
  put<T>(key: string, kind: string, value: T, ver: number | null): Promise<boolean>;
  remove(key: string): Promise<void>;
}
export interface HintStore {
  put(hint: Hint): Promise<void>;
  /** Oldest first; may lag. */
  list(conn: string, limit: number): Promise<readonly Hint[]>;
  /** Removes each hint unless a newer one (`receivedAt`) has taken its place. */
  remove(hints: readonly Hint[]): Promise<void>;
}
export interface CandidateStore {
  get(id: string): Promise<{ readonly ver: number; readonly value: Candidate } | null>;
  put(candidate: Candidate, ver: number | null): Promise<boolean>;
  /** May lag: for lists; newest first. */
  list(conn: string, shelf: 'waiting' | 'over' | 'downtime', limit: number): Promise<readonly Candidate[]>;
  /** As `list`, oldest first. */
  oldest(conn: string, shelf: 'waiting' | 'over', limit: number): Promise<readonly Candidate[]>;
  /** About `limit` of all of that shelf behind a place, newest first; empty: no more. May lag. */
  page(conn: string, shelf: CandidateShelf, after: ListPosition | null, limit: number): Promise<readonly Candidate[]>;
}
export interface SagaStore {
  get(incidentId: string): Promise<{ readonly ver: number; readonly value: Saga } | null>;
  put(saga: Saga, ver: number | null): Promise<boolean>;
  /** Running ones whose `nextAt` has passed; may lag. */
  due(now: number, limit: number): Promise<readonly Saga[]>;
  /** Dead ones and those that wait for a person, newest first; may lag. */
  stuck(limit: number): Promise<readonly Saga[]>;
}
/** What is still to be done about a ticket, and where all tickets are found. The incident's record says which it has. */
export interface TicketStore {
  get(id: string): Promise<{ readonly ver: number; readonly value: TicketJob } | null>;
  put(job: TicketJob, ver: number | null): Promise<boolean>;
  /** False: it is not at `ver` any more. */
  remove(id: string, ver: number): Promise<boolean>;
  /** Those whose `nextAt` has passed; may lag. */
  due(now: number, limit: number): Promise<readonly TicketJob[]>;
  /** Those of a connection that are not taken off, newest first; may lag. */
  list(conn: string, limit: number): Promise<readonly TicketJob[]>;
}
export interface Notice {
  readonly schema: 1;
  readonly id: string;
  readonly incidentId: string;
  readonly text: string;
  /** `dropped`: given up; `unwanted`: there was nowhere to send it, or an administrator gave it up. */
  readonly state: 'waiting' | 'sent' | 'dropped' | 'unwanted';
  readonly attempts: number;
  readonly nextAt: number;
}
export interface NoticeStore {
  get(id: string): Promise<{ readonly ver: number; readonly value: Notice } | null>;
  put(notice: Notice, ver: number | null): Promise<boolean>;
  due(now: number, limit: number): Promise<readonly Notice[]>;
  /** Dropped ones, and those that were due before `before` (epoch ms); may lag. */
  stuck(before: number, limit: number): Promise<readonly Notice[]>;
}
export interface StoredRow {
  readonly key: string;
  /** The incident it is of, as far as it says; null: of none. */
  readonly incidentId: string | null;
}
/** Rows as rows, whatever they mean. */
export interface RowStore {
  /** Up to 100 of a kind behind `cursor`, from an index that may lag. `next` null: no more. */
  scan(kind: RowKind, cursor: string | null): Promise<{ readonly rows: readonly StoredRow[]; readonly next: string | null }>;
  /** Strongly consistent. */
  has(of: RowKind['of'], key: string): Promise<boolean>;
  /** Safe to repeat. */
  remove(of: RowKind['of'], keys: readonly string[]): Promise<void>;
  /** What is kept of an incident by its id alone; its head comes last. `chunks` null: it does not say how many. */
  keysOf(incidentId: string, chunks: number | null): readonly { readonly of: RowKind['of']; readonly key: string }[];
}
export interface SettingsStore {
  /** null: nothing saved yet. Throws AppFailure('internal') on a document it cannot read, leaving it as it is. */
  load(): Promise<{ readonly ver: number; readonly value: Settings } | null>;
  save(settings: Settings, ver: number | null): Promise<boolean>;
  /** Secrets never leave the backend. */
  secret(name: EnteredSecret | 'pass' | WebhookSecret): Promise<string | null>;
  /** What administrators entered and holds now; null: nothing. */
  entered(kind: SecretKind): Promise<string | null>;
  /** The name for what is entered into version `ver` of the settings: the same again for the same, another for anything else. */
  nameFor(kind: SecretKind, value: string, ver: number): EnteredSecret;
  setSecret(name: EnteredSecret | 'pass' | WebhookSecret, value: string | null): Promise<void>;
  /** The document goes; secrets go before it, each by its name. */
  remove(): Promise<void>;
}

// ---- Confluence ----
/** Who is asking: `user` works only inside that user's own call. */
export type Actor = { readonly as: 'user' } | { readonly as: 'app' };
export interface PageAccess {
  readonly pageId: string;
  readonly spaceId: string;
  readonly title: string;
  readonly url: string;
  readonly canUpdate: boolean;
}
export interface SpaceInfo {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly homepageId: string | null;
}
/** Proof of what the calling user may do; every answer comes from Confluence at once, nothing is cached here. */
export interface Access {
  /** null: the page does not exist or the caller may not see it. */
  page(pageId: string): Promise<PageAccess | null>;
  /** Those of `pageIds` the caller may see, asked in bulk. */
  visiblePages(pageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The spaces among `keys` the caller can view, with whether they may create pages there. */
  spaces(keys: readonly string[]): Promise<readonly (SpaceInfo & { readonly canCreate: boolean })[]>;
  /** The keys among `keys` of spaces the caller can view. */
  visibleSpaces(keys: readonly string[]): Promise<ReadonlySet<string>>;
  isAdmin(): Promise<boolean>;
  /** Whether the caller is in the group of this name. */
  inGroup(accountId: string, group: string): Promise<boolean>;
  /** Whether there is a group of exactly this name that the caller can see. */
  groupExists(group: string): Promise<boolean>;
  /** Whether the caller can see a person of this account. */
  knowsPerson(accountId: string): Promise<boolean>;
}
/** Names are looked up when something is said of a person and never stored. */
export interface People {
  /** The display name as the app may see it; null when Confluence does not tell. */
  name(accountId: string): Promise<string | null>;
}

// ---- Others ----
export interface LiveChannel {
  /** Tells every open board that version `ver` exists. Failing is no error: boards poll. */
  ping(incidentId: string, ver: number): Promise<void>;
  /** A subscribe-only token for one incident's channel; null when it cannot be signed now. */
  token(incidentId: string): Promise<{ readonly name: string; readonly token: string; readonly expiresAt: number } | null>;
}
export interface Notifier {
  /** `ok`, `retry` (try later) or `gone` (the URL no longer works). */
  send(text: string): Promise<'ok' | 'retry' | 'gone'>;
}
export interface DrainQueue {
  /** False when the platform refused; the sweeper drains instead. */
  request(conn: string, delaySeconds: number): Promise<boolean>;
}
export interface TicketQueue {
  /** Somebody looks after the ticket after `delaySeconds`. False when the platform refused; the sweeper does it then. */
  request(ticketId: string, delaySeconds: number): Promise<boolean>;
}
export interface Texts {
  /** Text of `key` in `lang`, with params. */
  say(lang: Lang, key: string, params?: Readonly<Record<string, string | number>>): string;
}
export interface WebhookAddress {
  /** The installation's web trigger URL with the secret as Basic credentials. */
  url(secret: string): Promise<string>;
}

export interface Ports {
  readonly clock: Clock;
  /** Which version of the app runs, and where. */
  readonly app: () => { readonly version: string; readonly environment: string };
  readonly random: Random;
  /** null: no API key saved. */
  readonly mackerel: () => Promise<AlertSource | null>;
  /** Reads with a key that is not saved yet. */
  readonly mackerelWith: (apiKey: string) => AlertSource;
  readonly incidents: IncidentStore;
  readonly claims: Claims;
  readonly cells: Cells;
  readonly hints: HintStore;
  readonly candidates: CandidateStore;
  readonly sagas: SagaStore;
  readonly notices: NoticeStore;
  readonly tickets: TicketStore;
  readonly issues: IssueTracker;
  readonly ticketQueue: TicketQueue;
  readonly rows: RowStore;
  readonly settings: SettingsStore;
  readonly access: Access;
  readonly people: People;
  readonly pages: PageWriter;
  readonly audience: PageAudience;
  readonly shelf: TemplateShelf;
  readonly reports: ReportPages;
  readonly live: LiveChannel;
  readonly notifier: () => Promise<Notifier | null>;
  readonly queue: DrainQueue;
  readonly texts: Texts;
  readonly webhook: WebhookAddress;
  readonly quota: Quota;
  readonly peopleRows: PeopleRows;
  readonly privacy: Privacy;
  readonly reviews: ReviewStore;
  readonly reviewPage: ReviewPage;
  readonly isHoliday: IsHoliday;
  /** null: drafting is off. */
  readonly drafter: Drafter | null;
  readonly evidence: EvidenceStore;
  readonly evidenceFiles: EvidenceFiles;
  readonly alertImages: AlertImages;
  readonly evidenceQueue: EvidenceQueue;
}
export type { DeclareIntent, LiveSnapshot };
