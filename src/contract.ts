/**
 * The one contract of both sides of the bridge: every resolver verb with its payload and answer.
 * Types only. Everything here is JSON: times are epoch ms, an absent value is `null` (the bridge drops `undefined`).
 */
export type * from './contract/words';
export type * from './contract/board';
export type * from './contract/home';
export type * from './contract/settings';

import type { AttachableAlert, BoardDelta, BoardView, EntryView, GraphTarget, GraphView, HostDetailView, IncidentHeadView, MetricChoices, PastView, RevisionView } from './contract/board';
import type { DeclareResult, HomeView } from './contract/home';
import type { SettingsInput, SettingsView } from './contract/settings';
import type { HostStatus, IncidentStatus, Result, Severity, Visibility } from './contract/words';

/**
 * A read of one incident, spared the page check by a pass. `viewing`: the page's viewing key, read by the viewer's browser
 * from the page itself; it earns a new pass where the old one has expired.
 */
interface Reading {
  readonly incidentId: string;
  readonly pass: string;
  readonly viewing?: string;
}
/** `opId` is made by the client (a UUID) once per press and sent again on every retry of it, so that a retry finds its own effect. */
interface Pressing {
  readonly incidentId: string;
  readonly opId: string;
}
export interface NoteInput {
  /** Markdown subset; at most 4,000 characters. */
  readonly text: string;
  /** When it happened, epoch ms; null: now. Never later than now. */
  readonly at: number | null;
  /** https address of evidence. */
  readonly link: string | null;
}

/** Every verb, as the functions the resolver defines. `seen` is the value the presser saw: another one now is a `conflict`. */
export type AppApi = {
  /** By page (the page id of the viewer's context is a hint, access is proven), by incident, or by page with the incident its macro names. */
  'board.load': (p: { pageId: string } | { incidentId: string } | { pageId: string; incidentId: string }) => Result<BoardView>;
  /** `atLeast`: a version the caller has heard of; an answer never shows less. `channel`: a new token for the live channel is wanted. */
  'board.changes': (p: Reading & { since: number; atLeast?: number; channel?: boolean }) => Result<BoardDelta>;
  'board.entries': (p: Reading) => Result<{ readonly entries: readonly EntryView[] }>;
  'board.at': (p: Reading & { at: number }) => Result<PastView>;
  'board.graph': (p: Reading & { target: GraphTarget }) => Result<GraphView>;
  'board.host': (p: Reading & { hostId: string }) => Result<HostDetailView>;
  'board.attachable': (p: Reading) => Result<{ readonly alerts: readonly AttachableAlert[] }>;
  'board.metrics': (p: Reading & { of: { hostId: string } | { service: string } | null }) => Result<MetricChoices>;
  'note.history': (p: Reading & { entryId: string }) => Result<{ readonly revisions: readonly RevisionView[] }>;

  'incident.respond': (p: Pressing) => Result<IncidentHeadView>;
  'incident.severity': (p: Pressing & { severity: Severity; seen?: Severity; note?: string }) => Result<IncidentHeadView>;
  /** `reason`: needed to resolve or close while alerts are open. */
  'incident.status': (p: Pressing & { status: Exclude<IncidentStatus, 'merged'>; seen?: IncidentStatus; note?: string; reason?: string }) => Result<IncidentHeadView>;
  /** `role.id` of a standard role, or `role.name` of a free-named one. `person`: `me`, an account id, or null to lay it down. `seen`: who had it. */
  'incident.role': (p: Pressing & { role: { id: string } | { name: string }; person: string | null; seen: string | null }) => Result<IncidentHeadView>;
  /** One-line situation or impact; `base` is the `v` of the line it was edited from (0: there was none). Empty text clears it. */
  'incident.line': (p: Pressing & { line: 'situation' | 'impact'; text: string; base: number }) => Result<IncidentHeadView>;
  'incident.places': (p: Pressing & { call: string | null; chat: string | null; base: number }) => Result<IncidentHeadView>;
  'incident.cause': (p: Pressing & { cause: 'none' | 'change' | { deployId: string } }) => Result<IncidentHeadView>;
  /** `page`: an existing page that becomes the incident's home; the caller must be able to edit it. */
  'incident.declare': (p: {
    opId: string;
    spaceKey: string;
    title: string;
    severity: Severity;
    visibility: Visibility;
    candidateId: string | null;
    pageId?: string;
  }) => Result<DeclareResult>;
  /** A new page for an incident whose page was deleted; administrators only. */
  'incident.rehome': (p: Pressing) => Result<IncidentHeadView>;

  /** Up to 500 at once, all or none. */
  'note.add': (p: Pressing & { notes: readonly NoteInput[] }) => Result<IncidentHeadView>;
  /** `base`: the `v` of the note it was edited from. */
  'note.edit': (p: Pressing & { entryId: string; note: NoteInput; base: number }) => Result<IncidentHeadView>;
  /** Removing can be undone: the same verb brings it back. */
  'note.remove': (p: Pressing & { entryId: string; removed: boolean }) => Result<IncidentHeadView>;
  'entry.pin': (p: Pressing & { entryId: string; pinned: boolean }) => Result<IncidentHeadView>;

  'alert.attach': (p: Pressing & { alertId: string }) => Result<IncidentHeadView>;
  'alert.detach': (p: Pressing & { alertId: string }) => Result<IncidentHeadView>;
  /** In Mackerel, as its API key; only for those the settings name. */
  'alert.close': (p: Pressing & { alertId: string; reason: string }) => Result<IncidentHeadView>;
  /** Writes the page's address into the alert's memo, unless a person wrote one. */
  'alert.memo': (p: Pressing & { alertId: string }) => Result<IncidentHeadView>;
  'host.status': (p: Pressing & { hostId: string; status: Exclude<HostStatus, 'retired' | 'unknown'> }) => Result<IncidentHeadView>;
  'graph.add': (p: Pressing & { target: { hostId: string } | { service: string }; metric: string }) => Result<IncidentHeadView>;
  'graph.remove': (p: Pressing & { graphId: string }) => Result<IncidentHeadView>;

  'candidate.dismiss': (p: { candidateId: string; opId: string }) => Result<{ candidateId: string }>;
  'home.load': (p: Record<string, never>) => Result<HomeView>;
  'settings.get': (p: Record<string, never>) => Result<SettingsView>;
  'settings.save': (p: SettingsInput) => Result<SettingsView>;
};
export type Verb = keyof AppApi;
