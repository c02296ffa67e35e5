/**
 * The one contract of both sides of the bridge: every resolver verb with its payload and answer.
 * Types only. Everything here is JSON: times are epoch ms, an absent value is `null` (the bridge drops `undefined`).
 */
export type * from './contract/words';
export type * from './contract/board';
export type * from './contract/graph';
export type * from './contract/home';
export type * from './contract/settings';
export type * from './contract/intake';
export type * from './contract/templates';
export type * from './contract/tickets';
export type * from './contract/data';
export type * from './contract/review';
export type * from './contract/similar';
export type * from './contract/reports';
export type * from './contract/evidence';
export type * from './contract/updates';
export type * from './contract/audit';

import type { AuditKind, AuditPosition, AuditView } from './contract/audit';
import type { AttachableAlert, BoardDelta, BoardView, EntryView, HostDetailView, IncidentHeadView, MetricChoices, PastView, RevisionView } from './contract/board';
import type { DiagnosticsView, EraseView, ExportCursor, ExportPage, ImportLook, ImportResult, RecordPage } from './contract/data';
import type { GraphTarget, GraphView } from './contract/graph';
import type { DeclareResult, HomeView } from './contract/home';
import type { HealthView, RuleChoices, RulesTrialInput, RulesTrialView, StuckKind, WebhookView } from './contract/intake';
import type { DrawAnswer, EvidencePart, EvidenceView, FreezeAnswer } from './contract/evidence';
import type { FillPlace, FillResult, FillSection, FillView, RepeatedView, ReviewChange, ReviewPart, ReviewState, ReviewView, ReviewsView, SectionDraft } from './contract/review';
import type { ReportInput, ReportVersionView, ReportView } from './contract/reports';
import type { SimilarView } from './contract/similar';
import type { SampleView, SettingsChangeView, SettingsInput, SettingsView } from './contract/settings';
import type { InstalledTemplatesView, PageRefreshView, PageTemplateLook, PageTemplatesView, TemplateId, TemplatePlace, TemplatePreview } from './contract/templates';
import type { UpdateChoices, UpdateDraftView, UpdateParts } from './contract/updates';
import type { IssueIncidentView, OverviewView, TicketFormView, TicketInput, TicketKind } from './contract/tickets';
import type { AudienceView, HostStatus, IncidentKind, IncidentStatus, Lang, Result, Severity, Visibility, Who } from './contract/words';

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
  /** Copies of Mackerel's data beside the page, and whether each file is still as it was frozen. */
  'board.evidence': (p: Reading) => Result<EvidenceView>;
  /** A copy of Mackerel's data now, also where nothing is new. */
  'evidence.freeze': (p: Pressing) => Result<{ readonly so: FreezeAnswer }>;
  /** Earlier incidents like it whose page the caller sees, with why each is alike. */
  'board.similar': (p: Reading) => Result<SimilarView>;
  /** The picture of a part as it was frozen, as SVG; null: it is not there as it was. */
  'evidence.svg': (p: Reading & EvidencePart) => Result<{ readonly svg: string | null }>;
  /** The same as PNG (base64, at most 350,000 bytes), drawn by the caller's browser; kept where there is none yet. */
  'evidence.picture': (p: { incidentId: string; png: string } & EvidencePart) => Result<{ readonly so: DrawAnswer }>;
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
  /** `pageId`: an existing page that becomes the incident's home; the caller must be able to edit it. `issueId`: a Jira issue that becomes its first ticket. */
  'incident.declare': (p: {
    opId: string;
    spaceKey: string;
    title: string;
    severity: Severity;
    visibility: Visibility;
    candidateId: string | null;
    pageId?: string;
    issueId?: string;
    /** Absent: an incident. Drills are not declared this way. */
    kind?: Exclude<IncidentKind, 'drill'>;
    /** Absent: what the settings choose. */
    template?: TemplateId;
    /** It is over: when it began and ended, neither later than now. Closed at once, nobody is told; not from a candidate. */
    past?: { begunAt: number; endedAt: number };
    /** Of a private one: who else sees its page, at most 20 people and 10 groups. */
    audience?: { people: readonly string[]; groupIds: readonly string[] };
  }) => Result<DeclareResult>;
  /** What such a page would hold, in the language of its space; null: what the settings choose. `begunAt`: of one that is over, epoch ms. Nothing is made. */
  'template.preview': (p: { template: TemplateId | null; spaceKey: string; title: string; kind: Exclude<IncidentKind, 'drill'>; severity: Severity; candidateId: string | null; begunAt?: number }) => Result<TemplatePreview>;
  /** To private: the page is kept to those the caller names by restricting it to the declarer and themselves, and Jira forgets all but a link. */
  'incident.visibility': (p: Pressing & { visibility: Visibility }) => Result<IncidentHeadView>;
  /** For those who may edit a private incident. */
  'audience.load': (p: { incidentId: string }) => Result<AudienceView>;
  /** Adds to those who see and change a private incident's page; on any page the app's own account. */
  'audience.add': (p: Pressing & { who: Who }) => Result<IncidentHeadView>;
  /** With effect at once. Never the app's own account, nor the last person who can change the page. */
  'audience.remove': (p: Pressing & { who: Who }) => Result<IncidentHeadView>;
  /**
   * Merges `from` (1 to 20 open incidents) into this one, for good: it takes their alerts and tickets, they say where they went
   * and take nothing any more. The caller edits all their pages.
   */
  'incident.merge': (p: Pressing & { from: readonly string[] }) => Result<IncidentHeadView>;
  /** What filling in the variables of its page once more would change; for those who may edit it. */
  'page.outdated': (p: { incidentId: string }) => Result<PageRefreshView>;
  /** Fills them in where nobody touched what they brought, over the page's `version` that was looked at. */
  'page.refresh': (p: Pressing & { version: number }) => Result<IncidentHeadView>;
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
  /** To the open incident `to`, whose page the caller edits too. */
  'alert.move': (p: Pressing & { alertId: string; to: string }) => Result<IncidentHeadView>;
  /** In Mackerel, as its API key; only for those the settings name. */
  'alert.close': (p: Pressing & { alertId: string; reason: string }) => Result<IncidentHeadView>;
  /** Writes the page's address into the alert's memo, unless a person wrote one. */
  'alert.memo': (p: Pressing & { alertId: string }) => Result<IncidentHeadView>;
  'host.status': (p: Pressing & { hostId: string; status: Exclude<HostStatus, 'retired' | 'unknown'> }) => Result<IncidentHeadView>;
  'graph.add': (p: Pressing & { target: { hostId: string } | { service: string }; metric: string }) => Result<IncidentHeadView>;
  'graph.remove': (p: Pressing & { graphId: string }) => Result<IncidentHeadView>;

  'ticket.form': (p: Reading) => Result<TicketFormView>;
  /** Made in Jira as the caller. A refusal by Jira names the field (`fields.<key>` for others); an answer that got lost leaves a ticket that is `searching`. */
  'ticket.create': (p: Pressing & { ticket: TicketInput; entryId?: string }) => Result<IncidentHeadView>;
  /** `issue`: key, id or address of an existing one the caller can see. `move`: take it off the incident that has it. */
  'ticket.link': (p: Pressing & { issue: string; kind: TicketKind | null; move?: boolean }) => Result<IncidentHeadView>;
  'ticket.unlink': (p: Pressing & { ticketId: string }) => Result<IncidentHeadView>;
  /** Deliberately not doing it, and why; null: doing it after all. */
  'ticket.drop': (p: Pressing & { ticketId: string; reason: string | null }) => Result<IncidentHeadView>;
  /** Looks through Jira once more for one that is in doubt, and leaves the link in Jira again where it is missing. */
  'ticket.check': (p: Pressing & { ticketId: string }) => Result<IncidentHeadView>;
  /** Makes a ticket that stayed in doubt a second time, as the caller. */
  'ticket.again': (p: Pressing & { ticketId: string }) => Result<IncidentHeadView>;
  'tickets.overview': (p: Record<string, never>) => Result<OverviewView>;
  /** For Jira's panel and context; the caller must see the issue. */
  'issue.incident': (p: { issueId: string }) => Result<IssueIncidentView>;

  /** Of an incident that is resolved and no drill; whoever sees it reads it. */
  'review.load': (p: { incidentId: string }) => Result<ReviewView>;
  /** `base`: the versions of the parts it was edited from; a part somebody else changed since is a conflict that names it. */
  'review.save': (p: Pressing & { base: { readonly [P in ReviewPart]: number }; change: ReviewChange }) => Result<ReviewView>;
  'review.advance': (p: Pressing & { to: ReviewState; seen: ReviewState }) => Result<ReviewView>;
  /** What would stand on the page, for those who may change it; `entries`: which of the timeline, null: those offered first. Nothing is written. */
  'review.preview': (p: { incidentId: string; entries: readonly string[] | null }) => Result<FillView>;
  /** One part put into sentences by a model, where there is one. Nothing is written. */
  'review.draft': (p: { incidentId: string; section: FillSection; entries: readonly string[] | null }) => Result<SectionDraft>;
  /** Writes parts of the record into the page as the caller: new ones at `place` (null: its end), those nobody changed where they are. */
  'review.fill': (p: Pressing & { sections: readonly FillSection[]; place: FillPlace | null; entries: readonly string[] | null }) => Result<FillResult>;
  /** Of incidents the caller sees. */
  'reviews.overview': (p: Record<string, never>) => Result<ReviewsView>;
  /** What more than one incident of the last `days` (1 to 730) has in common, of those the caller sees. */
  'reviews.repeated': (p: { days: number }) => Result<RepeatedView>;
  /** A report as blocks, with what was typed; `draft`: to be written on, else as it leaves. Nothing is made. */
  'report.load': (p: ReportInput & { draft: boolean }) => Result<ReportView>;
  /** Makes the report a page below the incident's, as the caller, who can change the incident. `seen`: of the preview; another one now is a `conflict`. */
  'report.publish': (p: ReportInput & Pressing & { seen: string }) => Result<{ readonly published: readonly ReportVersionView[] }>;
  /** The incident's whole record, row by row, in answers of about a megabyte; `after`: the last place that was told, null: from the beginning. */
  'report.record': (p: { incidentId: string; after: string | null }) => Result<RecordPage>;

  /** Every change of it, newest first, for those who may edit; `kinds` null: all. Told in `lang`, times in `zone`. */
  'audit.load': (p: { incidentId: string; kinds: readonly AuditKind[] | null; before: AuditPosition | null; lang: Lang; zone: string }) => Result<AuditView>;
  /** An update as the record suggests it, for those who may edit; `lang` null: the language of the incident's page. Nothing is made. */
  'update.draft': (p: { incidentId: string; lang: Lang | null; zone: string; choices: UpdateChoices }) => Result<UpdateDraftView>;
  /** To the timeline for everybody and, of a public incident, to Slack. `seen`: the number of the newest update the presser saw (0: none); another one now is a `conflict`. */
  'update.publish': (p: Pressing & { lang: Lang; update: UpdateParts; seen: number }) => Result<IncidentHeadView>;

  /** Open incidents whose page the caller may edit, newest first, at most 30. */
  'incidents.editable': (p: Record<string, never>) => Result<{ readonly incidents: readonly IncidentHeadView[] }>;
  'candidate.dismiss': (p: { candidateId: string; opId: string }) => Result<{ candidateId: string }>;
  /**
   * A metric by itself, over the last `minutes` (5 to 1,440); for those who see a space of its service. `pageId`: the page it stands
   * on; where Mackerel has it no more, what was frozen of it for that page's incident, for those who see the page.
   */
  'metric.graph': (p: { of: { hostId: string } | { service: string }; metric: string; minutes: number; pageId?: string }) => Result<GraphView>;
  /** Hosts and services the caller may see, and the metrics of one of them. */
  'metric.choices': (p: { of: { hostId: string } | { service: string } | null }) => Result<MetricChoices>;
  'home.load': (p: Record<string, never>) => Result<HomeView>;
  'settings.get': (p: Record<string, never>) => Result<SettingsView>;
  'settings.save': (p: SettingsInput) => Result<SettingsView>;
  /** Who changed what of the settings, newest first, 20 at once; `before`: older than that one. The newest 200 are kept. Administrators only. */
  'settings.changes': (p: { before: number | null }) => Result<{ readonly changes: readonly SettingsChangeView[]; readonly more: boolean }>;
  /** Our templates behind Confluence's Create button, with what Confluence says of them now. Administrators only, like the next two. */
  'templates.installed': (p: Record<string, never>) => Result<InstalledTemplatesView>;
  /** Installs one, or brings the one there is to the present structure, as the caller, who has to administer the place. Exactly one, however often it is pressed. */
  'template.install': (p: TemplatePlace) => Result<InstalledTemplatesView>;
  /** Takes it away from Confluence. */
  'template.remove': (p: TemplatePlace) => Result<InstalledTemplatesView>;
  /** Pages that are templates. Administrators only, like the next three. */
  'templates.pages': (p: Record<string, never>) => Result<PageTemplatesView>;
  /** What pages made from this page would hold, on sample data in that language. Nothing is made or stored. */
  'template.look': (p: { pageId: string; lang: Lang }) => Result<PageTemplateLook>;
  /** Makes the page, in that version, a template; of one that is, changes the version. The caller and the app have to see it. */
  'template.adopt': (p: { pageId: string; version: number }) => Result<PageTemplatesView>;
  /** Refused while rules or the table of templates name it. */
  'template.drop': (p: { id: string }) => Result<PageTemplatesView>;
  /** Makes a page of a test alert in that space, as one for an incident is made, or answers the one that is there. No number, no notice, in no list. Administrators only. */
  'sample.make': (p: { spaceKey: string }) => Result<SampleView>;
  /** Moves it to the trash; null: there never was one. Administrators only. */
  'sample.remove': (p: Record<string, never>) => Result<SampleView | null>;
  /** What these rules would do and why. Administrators only, and nothing comes of it. */
  'rules.test': (p: RulesTrialInput) => Result<RulesTrialView>;
  'rules.choices': (p: Record<string, never>) => Result<RuleChoices>;

  /** Administrators only, like all that follow. */
  'health.get': (p: Record<string, never>) => Result<HealthView>;
  /** Looks at Mackerel soon. False: the queue refused, the next scheduled look does it. */
  'health.poll': (p: Record<string, never>) => Result<{ readonly requested: boolean }>;
  'health.retry': (p: { opId: string; kind: StuckKind; id: string }) => Result<HealthView>;
  /** Gives it up for good. A declaration given up lets go of its alerts, so that they can be declared again. */
  'health.discard': (p: { opId: string; kind: StuckKind; id: string }) => Result<HealthView>;
  /** Makes our channel in Mackerel, or puts the one there is in order. Exactly one, however often it is pressed. */
  'webhook.setup': (p: Record<string, never>) => Result<WebhookView>;
  /** Whether a delivery with the present secret came at or after `since` (epoch ms; null: only asks for the time). */
  'webhook.wait': (p: { since: number | null }) => Result<{ readonly heardAt: number | null; readonly now: number }>;
  /** A new secret at once; the one before stays valid for a day. */
  'webhook.rotate': (p: { opId: string }) => Result<WebhookView>;
  /** Removes our channel from Mackerel. */
  'webhook.remove': (p: Record<string, never>) => Result<WebhookView>;
  /**
   * Everything stored that the caller may see, in answers of about a megabyte; `cursor` null: from the beginning. Administrators of
   * Confluence only, like all that follow. The same cursor may be asked again: nothing is kept between two answers.
   */
  'data.export': (p: { cursor: ExportCursor | null }) => Result<ExportPage>;
  /** What a record's file would become; `file`: its text, packed by gzip, in base64. Nothing is made. */
  'import.look': (p: { file: string }) => Result<ImportLook>;
  /** Makes the incident, with a page in that space, as the caller. The same file again answers the incident that is there. Nobody is told. */
  'incident.import': (p: { file: string; spaceKey: string }) => Result<ImportResult>;
  'data.diagnostics': (p: Record<string, never>) => Result<DiagnosticsView>;
  /**
   * Begins to erase everything (`typed`: the name of the Mackerel organization, or `Mackerel` without one) or one ended incident the
   * caller may see (`typed`: its key). Pages and Jira's work items stay, without what the app left there. Goes on by itself, whoever looks.
   */
  'erase.begin': (p: { opId: string; of: 'everything' | 'incident'; typed: string }) => Result<EraseView>;
  /** Does a part of what is left of it. */
  'erase.continue': (p: Record<string, never>) => Result<EraseView | null>;
  /** null: none was begun yet. */
  'erase.state': (p: Record<string, never>) => Result<EraseView | null>;
};
export type Verb = keyof AppApi;
