/** What each verb takes. Anything else is refused by name, before anything is read. */
import * as z from 'zod';
import type { PageTemplateId } from '../contract';
import { CANDIDATE_SHELVES } from '../domain/candidate';
import { badRequest } from '../domain/failure';
import { DRAWING_MAX } from '../domain/evidence-drawing';
import { NOTE_MAX, NOTES_AT_ONCE } from '../domain/notes';
import { isZone } from '../domain/rules';
import { ROLES } from '../domain/scheme';
import { PACKED_MAX } from '../domain/imported';
import { fillEntries, fillPlace, fillSection, fillSections, reviewBase, reviewChange, reviewState } from './review-payloads';

/** A name or id of at most `max` characters; half a character cannot be part of an address. */
const word = (max: number) => z.string().min(1).max(max).refine((text) => !/\p{Surrogate}/u.test(text));
const id = word(200);
const opId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
const severity = z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']);
const kind = z.enum(['incident', 'drill', 'near-miss']);
/** What a person declares. */
const ownKind = z.enum(['incident', 'near-miss']);
const builtIn = z.enum(['incident', 'short', 'security', 'drill', 'postmortem', 'whys', 'communications']);
const pageTemplate = z.custom<PageTemplateId>((value) => typeof value === 'string' && /^page-\d{1,20}$/.test(value));
const template = z.union([builtIn, pageTemplate]);
const pass = z.string().max(2000);
const alertStatus = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
const pageId = z.string().regex(/^\d{1,20}$/);
const jiraId = z.string().regex(/^\d{1,20}$/);
/** Jira's id, or a key. */
const issueId = z.string().regex(/^(\d{1,20}|[A-Za-z][A-Za-z0-9_]{1,50}-\d{1,10})$/);
const ticketKind = z.enum(['detect', 'mitigate', 'prevent', 'process', 'document']);
const version = z.number().int().min(0);
/** Epoch ms between 2000 and 2100. */
const time = z.number().int().min(946_684_800_000).max(4_102_444_800_000);
const words = z.string().max(2000);
const link = z.string().max(2000);
const entryId = word(400);
const reading = { incidentId: id, pass, viewing: z.string().max(100).optional() };
const pressing = { incidentId: id, opId };
const evidencePart = { n: z.number().int().min(1).max(1000), part: z.number().int().min(0).max(1000) };
/** In base64. */
const DRAWING_CHARS = Math.ceil(DRAWING_MAX / 3) * 4;
const owner = z.union([z.strictObject({ hostId: id }), z.strictObject({ service: word(63) })]);
const note = z.strictObject({ text: z.string().max(NOTE_MAX), at: time.nullable(), link: link.nullable() });
const serviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/);
const minuteOfDay = z.number().int().min(0).max(1439);
const zone = word(60).refine(isZone);
const pattern = word(200);
const fullRole = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,62}:[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/);
const monitorType = word(60);
const rule = z.strictObject({
  id: word(60),
  name: z.string().max(100),
  when: z.strictObject({
    monitor: id.nullable(),
    type: monitorType.nullable(),
    service: serviceName.nullable(),
    role: fullRole.nullable(),
    host: pattern.nullable(),
    statuses: z.array(alertStatus).max(4),
    name: pattern.nullable(),
    time: z.strictObject({ days: z.array(z.number().int().min(0).max(6)).min(1).max(7), from: minuteOfDay, to: minuteOfDay, zone }).nullable(),
  }),
  then: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('ignore') }),
    z.strictObject({ action: z.literal('candidate'), times: z.number().int().min(1).max(20), minutes: z.number().int().min(1).max(1440) }),
    z.strictObject({ action: z.literal('declare'), severity, kind, spaceKey: word(255).nullable(), template: template.optional() }),
    z.strictObject({ action: z.literal('attach') }),
  ]),
});

const rules = z.array(rule).max(200).refine((all) => new Set(all.map((one) => one.id)).size === all.length);
const fallback = z.enum(['ignore', 'candidate']);
const lang = z.enum(['ja', 'en']);
const parent = z.strictObject({ id: pageId, title: z.string().max(500).optional() }).nullable();
const services = z.array(z.strictObject({ name: serviceName, spaceKey: word(255), lang, parent: parent.optional() })).max(200);
const group = word(255).nullable();
const severityRule = z.strictObject({ name: z.string().max(200).nullable(), description: z.string().max(500).nullable(), updateMinutes: z.number().int().min(5).max(10_080).nullable(), ticketDays: z.number().int().min(1).max(365), reviewDays: z.number().int().min(1).max(90).nullable().optional() });
const scheme = z.strictObject({
  severities: z.strictObject({ sev1: severityRule, sev2: severityRule, sev3: severityRule, sev4: severityRule }),
  roles: z.strictObject({ standard: z.array(z.enum(ROLES)).max(4), named: z.array(z.string().max(200)).max(20) }),
});
/** A packed file, as far as the platform takes a call of 500 kB. */
const packed = z.string().min(1).max(PACKED_MAX).regex(/^[A-Za-z0-9+/]+=*$/);
const choice = z.boolean();
const typed = z.string().max(8000).transform((text) => text.replace(/\p{Surrogate}/gu, '\ufffd')).optional();
const part = z.string().max(8000);
const report = {
  incidentId: id,
  form: z.enum(['first', 'update', 'final', 'postmortem', 'status']),
  lang,
  zone,
  choices: z.strictObject({ people: choice, hosts: choice, links: choice, notes: choice, alerts: choice, tickets: choice }),
  edits: z.strictObject({
    recipient: typed, number: typed, edition: typed, date: typed, reporter: typed, started: typed, recovered: typed, summary: typed, impact: typed, cause: typed, workaround: typed, fix: typed, prevention: typed, next: typed, apology: typed, well: typed, badly: typed, luck: typed,
  }),
};
const position = z.strictObject({ at: z.number().min(0).max(4_102_444_800_000), id: word(400) }).nullable();
const described = z.strictObject({
  monitor: id.nullable(),
  type: monitorType.nullable(),
  service: serviceName.nullable(),
  role: fullRole.nullable(),
  host: word(200).nullable(),
  status: alertStatus,
  name: z.string().max(200),
  openedAt: time,
});

export const payloads = {
  boardLoad: z.union([z.strictObject({ pageId }), z.strictObject({ incidentId: id }), z.strictObject({ pageId, incidentId: id })]),
  boardChanges: z.strictObject({ ...reading, since: version, atLeast: version.optional(), channel: z.boolean().optional() }),
  reading: z.strictObject(reading),
  evidenceSvg: z.strictObject({ ...reading, ...evidencePart }),
  evidencePicture: z.strictObject({ incidentId: id, ...evidencePart, png: z.string().min(1).max(DRAWING_CHARS).regex(/^[A-Za-z0-9+/]+={0,2}$/) }),
  boardAt: z.strictObject({ ...reading, at: time }),
  boardGraph: z.strictObject({ ...reading, target: z.union([z.strictObject({ alertId: id }), z.strictObject({ graphId: id })]) }),
  boardHost: z.strictObject({ ...reading, hostId: id }),
  boardMetrics: z.strictObject({ ...reading, of: owner.nullable() }),
  noteHistory: z.strictObject({ ...reading, entryId }),
  respond: z.strictObject(pressing),
  severity: z.strictObject({ ...pressing, severity, seen: severity.optional(), note: words.optional() }),
  status: z.strictObject({
    ...pressing,
    status: z.enum(['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled']),
    seen: z.enum(['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled', 'merged']).optional(),
    note: words.optional(),
    reason: words.optional(),
  }),
  role: z.strictObject({
    ...pressing,
    role: z.union([z.strictObject({ id: word(60) }), z.strictObject({ name: word(60) })]),
    person: word(200).nullable(),
    seen: word(200).nullable(),
  }),
  refreshPage: z.strictObject({ ...pressing, version: version.min(1) }),
  line: z.strictObject({ ...pressing, line: z.enum(['situation', 'impact']), text: words, base: version }),
  places: z.strictObject({ ...pressing, call: link.nullable(), chat: link.nullable(), base: version }),
  cause: z.strictObject({ ...pressing, cause: z.union([z.enum(['none', 'change']), z.strictObject({ deployId: id })]) }),
  addNotes: z.strictObject({ ...pressing, notes: z.array(note).min(1).max(NOTES_AT_ONCE) }),
  editNote: z.strictObject({ ...pressing, entryId, note, base: version }),
  removeNote: z.strictObject({ ...pressing, entryId, removed: z.boolean() }),
  pin: z.strictObject({ ...pressing, entryId, pinned: z.boolean() }),
  alert: z.strictObject({ ...pressing, alertId: id }),
  moveAlert: z.strictObject({ ...pressing, alertId: id, to: id }),
  merge: z.strictObject({ ...pressing, from: z.array(id).min(1).max(20).refine((ids) => new Set(ids).size === ids.length) }),
  closeAlert: z.strictObject({ ...pressing, alertId: id, reason: words.min(1) }),
  hostStatus: z.strictObject({ ...pressing, hostId: id, status: z.enum(['working', 'standby', 'maintenance', 'poweroff']) }),
  addGraph: z.strictObject({ ...pressing, target: owner, metric: word(300) }),
  removeGraph: z.strictObject({ ...pressing, graphId: id }),
  declare: z.strictObject({
    opId,
    spaceKey: word(255),
    title: z.string().min(1).max(500),
    severity,
    visibility: z.enum(['public', 'private']),
    candidateId: id.nullable(),
    pageId: pageId.optional(),
    issueId: issueId.optional(),
    kind: ownKind.optional(),
    template: template.optional(),
    past: z.strictObject({ begunAt: time, endedAt: time }).optional(),
    audience: z.strictObject({ people: z.array(id).max(20), groupIds: z.array(id).max(10) }).optional(),
  }),
  previewTemplate: z.strictObject({ template: template.nullable(), spaceKey: word(255), title: z.string().max(500), kind: ownKind, severity, candidateId: id.nullable(), begunAt: time.optional() }),
  incident: z.strictObject({ incidentId: id }),
  audience: z.strictObject({ ...pressing, who: z.union([z.strictObject({ accountId: id }), z.strictObject({ groupId: id })]) }),
  templatePlace: z.strictObject({ template: builtIn, lang, spaceKey: word(255).nullable() }),
  lookAtPage: z.strictObject({ pageId, lang }),
  adoptPage: z.strictObject({ pageId, version: version.min(1) }),
  dropPage: z.strictObject({ id: pageTemplate }),
  visibility: z.strictObject({ ...pressing, visibility: z.enum(['public', 'private']) }),
  createTicket: z.strictObject({
    ...pressing,
    ticket: z.strictObject({
      summary: words,
      kind: ticketKind,
      assignee: id.nullable(),
      dueDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).nullable(),
      priority: jiraId.nullable(),
      projectId: jiraId,
      issueTypeId: jiraId,
      fields: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,60}$/), z.json()),
    }),
    entryId: entryId.optional(),
  }),
  linkTicket: z.strictObject({ ...pressing, issue: word(500), kind: ticketKind.nullable(), move: z.boolean().optional() }),
  ticket: z.strictObject({ ...pressing, ticketId: id }),
  dropTicket: z.strictObject({ ...pressing, ticketId: id, reason: words.nullable() }),
  issue: z.strictObject({ issueId }),
  saveReview: z.strictObject({ ...pressing, base: reviewBase, change: reviewChange }),
  repeated: z.strictObject({ days: z.number().int().min(1).max(730) }),
  previewFill: z.strictObject({ incidentId: id, entries: fillEntries }),
  draftSection: z.strictObject({ incidentId: id, section: fillSection, entries: fillEntries }),
  fillReview: z.strictObject({ ...pressing, sections: fillSections, place: fillPlace, entries: fillEntries }),
  advanceReview: z.strictObject({ ...pressing, to: reviewState, seen: reviewState }),
  metricGraph: z.strictObject({ of: owner, metric: word(300), minutes: z.number().int().min(5).max(1440), pageId: id.optional() }),
  metricChoices: z.strictObject({ of: owner.nullable() }),
  dismiss: z.strictObject({ candidateId: id, opId }),
  nothing: z.strictObject({}),
  mend: z.strictObject({ opId, kind: z.enum(['saga', 'notice', 'ticket', 'evidence']), id: entryId }),
  waitForWebhook: z.strictObject({ since: time.nullable() }),
  operation: z.strictObject({ opId }),
  settings: z.strictObject({
    apiKey: z.string().max(200).optional(),
    slackUrl: z.string().max(500).optional(),
    services,
    rules,
    fallback: fallback.optional(),
    grouping: z.strictObject({ by: z.enum(['service', 'role']), monitorMinutes: z.number().int().min(0).max(1440), flapMinutes: z.number().int().min(0).max(1440) }).optional(),
    writes: z.strictObject({ enabled: z.boolean(), group: word(255).nullable() }).optional(),
    groups: z.strictObject({ declare: group, settings: group }).optional(),
    scheme: scheme.optional(),
    tickets: z.strictObject({ projectId: jiraId, issueTypeId: jiraId }).nullable().optional(),
    templates: z.array(z.strictObject({ kind: kind.nullable(), severity: severity.nullable(), service: serviceName.nullable(), template })).max(50).optional(),
    settled: z.array(z.enum(['key', 'webhook', 'services', 'rules', 'tickets', 'slack', 'sample'])).max(7).optional(),
    version,
  }),
  erase: z.strictObject({ opId, of: z.enum(['everything', 'incident']), typed: z.string().max(300) }),
  exportData: z.strictObject({
    cursor: z
      .discriminatedUnion('part', [
        z.strictObject({ part: z.literal('changes'), before: z.number().int().min(1).nullable() }),
        z.strictObject({ part: z.literal('candidates'), shelf: z.enum(CANDIDATE_SHELVES), after: position }),
        z.strictObject({ part: z.literal('incidents'), state: z.enum(['open', 'ended']), after: position, within: z.strictObject({ id, row: z.string().max(500) }).nullable() }),
      ])
      .nullable(),
  }),
  report: z.strictObject({ ...report, draft: z.boolean() }),
  publishReport: z.strictObject({ ...report, opId, seen: z.string().regex(/^[0-9a-f]{64}$/) }),
  audit: z.strictObject({
    incidentId: id,
    kinds: z.array(z.enum(['course', 'people', 'words', 'notes', 'alerts', 'tickets', 'access', 'page', 'review'])).min(1).max(9).nullable(),
    before: z.strictObject({ at: z.number().min(0).max(4_102_444_800_000), id: word(600) }).nullable(),
    lang,
    zone,
  }),
  draftUpdate: z.strictObject({ incidentId: id, lang: lang.nullable(), zone, choices: z.strictObject({ hosts: choice, links: choice, notes: choice, alerts: choice }) }),
  publishUpdate: z.strictObject({ ...pressing, lang, update: z.strictObject({ conditions: part, actions: part, needs: part }), seen: version }),
  incidentRecord: z.strictObject({ incidentId: id, after: z.string().max(500).nullable() }),
  lookAtImport: z.strictObject({ file: packed }),
  importRecord: z.strictObject({ file: packed, spaceKey: word(255) }),
  settingsChanges: z.strictObject({ before: z.number().int().min(1).nullable() }),
  sample: z.strictObject({ spaceKey: word(255) }),
  rulesTest: z.strictObject({ rules, fallback, services: services.transform((all) => all.map((one) => ({ ...one, parent: null }))), of: z.union([z.strictObject({ alertId: id }), z.strictObject({ alert: described })]).nullable() }),
};

/** @throws AppFailure bad-request naming the first field that does not fit */
export function parsePayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error.issues[0]?.path.join('.') ?? '');
}
