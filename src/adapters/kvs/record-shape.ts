/** What a stored incident must look like before anything goes by it. Only looked at, never cut: what it holds beside this stays. */
import * as z from 'zod';
import { RecordFailure } from '../../domain/failure';
import type { Chunk, IncidentHead } from '../../domain/model';
import type { AlertPatch, AlertRecord, Entry, HeadState, HostRecord, Pin, TicketRecord } from '../../domain/record';

const time = z.number();
const text = z.string();
const words = z.record(text, z.union([text, z.number()]));
const alertStatus = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
const hostStatus = z.enum(['working', 'standby', 'maintenance', 'poweroff', 'retired', 'unknown']);
const ticketKind = z.enum(['detect', 'mitigate', 'prevent', 'process', 'document']);
const severity = z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']);
const named = z.object({ id: text, name: text });
const line = z.object({ text, by: text, at: time, v: z.number() });

const state = {
  severity,
  status: z.enum(['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled', 'merged']),
  state: z.enum(['open', 'ended']),
  begunAt: time,
  firstResponse: z.object({ at: time, by: text }).nullable(),
  identifiedAt: time.nullable(),
  mitigatedAt: time.nullable(),
  resolvedAt: time.nullable(),
  closedAt: time.nullable(),
  roles: z.array(z.object({ id: text, name: text.nullable(), person: text.nullable(), since: time.nullable() })),
  situation: line.nullable(),
  impact: line.nullable(),
  places: z.object({ call: text.nullable(), chat: text.nullable(), by: text, at: time, v: z.number() }).nullable(),
  cause: z.object({ deploy: z.object({ id: text, title: text, from: time, to: time }).nullable(), by: text, at: time }).nullable(),
  graphs: z.array(z.object({ id: text, host: named.nullable(), service: text.nullable(), metric: text, unit: text.nullable() })),
  lastUpdateAt: time,
};
const headState = z.object(state) satisfies z.ZodType<HeadState>;

const head = z.object({
  ...state,
  schema: z.literal(2),
  ver: z.number(),
  changedAt: time,
  id: text,
  conn: text,
  key: text,
  nonce: text,
  title: text,
  kind: z.enum(['incident', 'drill', 'near-miss']),
  visibility: z.enum(['public', 'private']),
  lang: z.enum(['ja', 'en']),
  service: text.nullable(),
  space: z.object({ id: text, key: text }),
  page: z.object({ id: text, url: text, state: z.enum(['current', 'trashed', 'deleted']) }).nullable(),
  mergedInto: text.exactOptional(),
  mergeDepth: z.number().exactOptional(),
  shutOut: z.number().exactOptional(),
  hidden: z.object({ since: time, account: text }).exactOptional(),
  imported: z.object({ by: text, at: time, key: text }).exactOptional(),
  detectedAt: time,
  declaredAt: time,
  declaredBy: text.nullable(),
  openAlerts: z.number(),
  linkedAlerts: z.number(),
  chunks: z.number().min(1).max(16),
  outbox: z.array(
    z.object({
      id: text,
      kind: z.enum(['declared', 'responded', 'severity', 'resolved', 'reopened', 'merged', 'update', 'ticket-due', 'ticket-overdue', 'review-due', 'tickets', 'moved', 'visibility', 'review']),
      by: text.nullable(),
      at: time,
      params: words.exactOptional(),
    }),
  ),
}) satisfies z.ZodType<IncidentHead>;

const log = z.object({ id: text, status: alertStatus, trigger: text, at: time, value: z.number().nullable(), knownAt: time.exactOptional(), heardAt: time.exactOptional() });
const stateRead = z.object({ status: alertStatus, statusAt: time, closedAt: time.nullable() });
const telling = {
  monitorName: text,
  host: named.nullable(),
  service: text.nullable(),
  metricName: text.nullable(),
  unit: text.nullable(),
  operator: z.enum(['>', '<']).nullable(),
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  message: text.nullable(),
  openedAt: time,
  closedAt: time.nullable(),
  reason: text.nullable(),
  status: alertStatus,
  statusAt: time,
  value: z.number().nullable(),
};
const was = z.object({ ...telling, read: z.union([stateRead, z.literal('none')]).nullable() }).partial() as z.ZodType<AlertPatch>;
const alert = z.object({
  ...telling,
  id: text,
  monitorId: text.nullable(),
  monitorType: text,
  monitorMemo: text.nullable(),
  roles: z.array(text).exactOptional(),
  factsAt: time,
  logsAt: time.exactOptional(),
  toldAt: time.exactOptional(),
  image: z.object({ name: text, at: time }).exactOptional(),
  read: stateRead.nullable().exactOptional(),
  logs: z.array(log),
  changes: z.array(z.object({ recordedAt: time, was, gone: z.array(log).exactOptional() })),
  links: z.array(z.object({ recordedAt: time, on: z.boolean(), by: text.nullable(), why: z.object({ key: text, params: words }).exactOptional(), to: text.exactOptional() })),
  v: z.number(),
}) satisfies z.ZodType<AlertRecord>;

const note = z.object({ at: time, text, link: text.nullable(), removed: z.boolean() });
const entry = z.object({
  id: text,
  at: time,
  source: z.enum(['mackerel', 'app', 'person', 'update', 'deploy']),
  messageKey: text.nullable(),
  params: words,
  text: text.nullable(),
  by: text.nullable(),
  alertId: text.nullable(),
  recordedAt: time,
  set: (headState.partial() as z.ZodType<Partial<HeadState>>).nullable(),
  revisions: z.array(z.object({ op: text, recordedAt: time, by: text, set: note.partial() as z.ZodType<Partial<z.output<typeof note>>> })),
  v: z.number(),
}) satisfies z.ZodType<Entry>;

const pin = z.object({ id: text, states: z.array(z.object({ op: text, recordedAt: time, on: z.boolean(), by: text })), v: z.number() }) satisfies z.ZodType<Pin>;
const host = z.object({ id: text, states: z.array(z.object({ name: text, status: hostStatus, roles: z.array(text), recordedAt: time })), v: z.number() }) satisfies z.ZodType<HostRecord>;
const ticket = z.object({
  id: text,
  issueId: text.nullable(),
  issueKey: text.nullable(),
  summary: text.nullable(),
  kind: ticketKind.nullable(),
  entryId: text.nullable(),
  made: z.boolean(),
  doubt: z.enum(['searching', 'unsure']).nullable(),
  by: text,
  at: time,
  heardAt: time,
  deletedAt: time.nullable(),
  shown: z.boolean(),
  elsewhere: text.nullable().exactOptional(),
  cameAt: time.exactOptional(),
  states: z.array(z.object({ op: text, recordedAt: time, by: text, on: z.boolean(), dropped: text.nullable() })),
  v: z.number(),
}) satisfies z.ZodType<TicketRecord>;
/** Each row by itself, for files that hold them. */
export const rowShapes = { head, entry, alert, host, pin, ticket };
const rows = z.object({ entries: z.record(text, entry), alerts: z.record(text, alert), pins: z.record(text, pin), hosts: z.record(text, host), tickets: z.record(text, ticket) }) satisfies z.ZodType<Chunk>;

/** The first place that is not as it must be, as a path; null: all is. */
function wrongPlace(shape: z.ZodType, value: unknown): string | null {
  const parsed = shape.safeParse(value);
  if (parsed.success) return null;
  const path = parsed.error.issues[0]?.path ?? [];
  return path.length === 0 ? 'schema' : path.join('.');
}
export const wrongInHead = (value: unknown): string | null => wrongPlace(head, value);
export const wrongInRows = (value: unknown): string | null => wrongPlace(rows, value);

/** Says which place is wrong and never what stands there. */
export const damaged = (where: string): RecordFailure => new RecordFailure('error.record-damaged', { where });
