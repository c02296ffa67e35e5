/** What each verb takes. Anything else is refused by name, before anything is read. */
import * as z from 'zod';
import { badRequest } from '../domain/failure';
import { NOTE_MAX, NOTES_AT_ONCE } from '../domain/notes';

const id = z.string().min(1).max(200);
const opId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
const severity = z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']);
const pass = z.string().max(2000);
const alertStatus = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
const pageId = z.string().regex(/^\d{1,20}$/);
const version = z.number().int().min(0);
/** Epoch ms between 2000 and 2100. */
const time = z.number().int().min(946_684_800_000).max(4_102_444_800_000);
const words = z.string().max(2000);
const link = z.string().max(2000);
const entryId = z.string().min(1).max(400);
const reading = { incidentId: id, pass, viewing: z.string().max(100).optional() };
const pressing = { incidentId: id, opId };
const owner = z.union([z.strictObject({ hostId: id }), z.strictObject({ service: z.string().min(1).max(63) })]);
const note = z.strictObject({ text: z.string().max(NOTE_MAX), at: time.nullable(), link: link.nullable() });
const serviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/);

export const payloads = {
  boardLoad: z.union([z.strictObject({ pageId }), z.strictObject({ incidentId: id }), z.strictObject({ pageId, incidentId: id })]),
  boardChanges: z.strictObject({ ...reading, since: version, atLeast: version.optional(), channel: z.boolean().optional() }),
  reading: z.strictObject(reading),
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
    role: z.union([z.strictObject({ id: z.string().min(1).max(60) }), z.strictObject({ name: z.string().min(1).max(60) })]),
    person: z.string().min(1).max(200).nullable(),
    seen: z.string().min(1).max(200).nullable(),
  }),
  line: z.strictObject({ ...pressing, line: z.enum(['situation', 'impact']), text: words, base: version }),
  places: z.strictObject({ ...pressing, call: link.nullable(), chat: link.nullable(), base: version }),
  cause: z.strictObject({ ...pressing, cause: z.union([z.enum(['none', 'change']), z.strictObject({ deployId: id })]) }),
  addNotes: z.strictObject({ ...pressing, notes: z.array(note).min(1).max(NOTES_AT_ONCE) }),
  editNote: z.strictObject({ ...pressing, entryId, note, base: version }),
  removeNote: z.strictObject({ ...pressing, entryId, removed: z.boolean() }),
  pin: z.strictObject({ ...pressing, entryId, pinned: z.boolean() }),
  alert: z.strictObject({ ...pressing, alertId: id }),
  closeAlert: z.strictObject({ ...pressing, alertId: id, reason: words.min(1) }),
  hostStatus: z.strictObject({ ...pressing, hostId: id, status: z.enum(['working', 'standby', 'maintenance', 'poweroff']) }),
  addGraph: z.strictObject({ ...pressing, target: owner, metric: z.string().min(1).max(300) }),
  removeGraph: z.strictObject({ ...pressing, graphId: id }),
  declare: z.strictObject({
    opId,
    spaceKey: z.string().min(1).max(255),
    title: z.string().min(1).max(500),
    severity,
    visibility: z.enum(['public', 'private']),
    candidateId: id.nullable(),
    pageId: pageId.optional(),
  }),
  dismiss: z.strictObject({ candidateId: id, opId }),
  nothing: z.strictObject({}),
  settings: z.strictObject({
    apiKey: z.string().max(200).optional(),
    slackUrl: z.string().max(500).optional(),
    services: z.array(z.strictObject({ name: serviceName, spaceKey: z.string().min(1).max(255), lang: z.enum(['ja', 'en']) })).max(200),
    rules: z
      .array(z.strictObject({ service: serviceName.nullable(), status: alertStatus.nullable(), action: z.enum(['ignore', 'candidate', 'declare']), severity }))
      .max(200),
    writes: z.strictObject({ enabled: z.boolean(), group: z.string().min(1).max(255).nullable() }).optional(),
    version,
  }),
};

/** @throws AppFailure bad-request naming the first field that does not fit */
export function parsePayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error.issues[0]?.path.join('.') ?? '');
}
