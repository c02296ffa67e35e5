/** A file of one incident's record, which anybody may have written: what fits is taken, what does not is named. */
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { rowShapes } from '../adapters/kvs/record-shape';
import { AppFailure } from '../domain/failure';
import type { RecordFile } from '../domain/imported';
import { httpsAddress } from '../domain/links';
import type { Chunk } from '../domain/model';
import { accountsIn } from '../domain/personal-data';
import { VERSIONS_AT_MOST } from '../domain/published';
import { isTree } from '../domain/review';
import { HISTORY_MAX } from '../domain/review-history';
import { bare } from '../domain/text';
import { reviewBase, reviewChange, reviewState } from './review-payloads';

const FORMAT = 'incident-pages-incident';
const VERSION = 1;
/** Bytes of a file before it is packed: more than a record can hold. */
export const FILE_MAX = 8_000_000;
/** Characters of a text; the longest that the app itself writes is a tenth of it. */
const TEXT_MAX = 40_000;
const HEAD_MAX = 60_000;
const ROWS_MAX = 20_000;
/** What a Date can hold, ms. */
const TIME_MAX = 8.64e15;
/** Measured values may be larger than any time. */
const MEASURED = new Set(['value', 'warning', 'critical']);
const ADDRESSES = new Set(['link', 'call', 'chat', 'meeting']);
const ACCOUNT = /^[A-Za-z0-9:_-]{1,128}$/;
const NO_ID = new Set(['__proto__', 'constructor', 'prototype']);

/** Says which place does not fit, never what stands there. `more`: how many other places do not. */
const broken = (where: string, more = 0): AppFailure => new AppFailure('bad-request', more === 0 ? 'error.import-broken' : 'error.import-broken.more', { where, n: more }, 'file');
const unreadable = (): AppFailure => new AppFailure('bad-request', 'error.import-no-json', {}, 'file');

const time = z.number();
const text = z.string();
const person = z.object({ by: text, at: time });
const { plan, factors, whys, lessons } = reviewChange.shape;
const [planShape, lessonsShape] = [plan.unwrap().shape, lessons.unwrap().shape];
const partOfPlan = z.object({ owner: planShape.owner.exactOptional(), reviewers: planShape.reviewers.exactOptional(), due: planShape.due.exactOptional(), meeting: planShape.meeting.exactOptional() });
const partOfLessons = z.object({ well: lessonsShape.well.exactOptional(), hard: lessonsShape.hard.exactOptional(), lucky: lessonsShape.lucky.exactOptional() });
const ticked = z.array(z.enum(['facts', 'timeline', 'tickets', 'held', 'club'])).max(5);
const changedBy = <P extends string, B extends z.ZodType, A extends z.ZodType>(part: P, before: B, after: A) => z.object({ at: time, by: text, part: z.literal(part), before, after });
const step = z.discriminatedUnion('part', [
  changedBy('plan', partOfPlan, partOfPlan),
  changedBy('factors', factors.unwrap(), factors.unwrap()),
  changedBy('whys', whys.unwrap(), whys.unwrap()),
  changedBy('lessons', partOfLessons, partOfLessons),
  changedBy('ticks', ticked, ticked),
  changedBy('state', reviewState, reviewState),
  changedBy('page', z.null(), z.array(text).max(20)),
]);
const review = z.object({
  schema: z.literal(1),
  incidentId: text,
  conn: text,
  state: reviewState,
  madeAt: time,
  doneAt: time.nullable(),
  plan: plan.unwrap(),
  ticks: z.object({ facts: person.exactOptional(), timeline: person.exactOptional(), tickets: person.exactOptional(), held: person.exactOptional(), club: person.exactOptional() }),
  factors: factors.unwrap(),
  whys: whys.unwrap().refine(isTree),
  lessons: lessons.unwrap(),
  base: reviewBase,
  moves: z.array(z.object({ to: reviewState, by: text, at: time })).max(100),
  filled: z.object({ by: text, at: time, hashes: z.record(text, z.array(text).max(10)) }).exactOptional(),
  history: z.array(step).max(1000).refine((steps) => JSON.stringify(steps).length <= HISTORY_MAX + steps.length + 1).exactOptional(),
  historyLeft: z.number().int().min(0).exactOptional(),
});
const report = z.object({
  n: z.number().int().min(1),
  form: z.enum(['first', 'update', 'final', 'postmortem', 'status']),
  lang: z.enum(['ja', 'en']),
  title: text,
  by: text,
  at: time,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  page: z.object({ id: text, url: text, version: z.number() }),
});
/** Each once, and no name that an object has by itself. */
const rowsOf = <T extends { readonly id: string }>(shape: z.ZodType<T>) =>
  z
    .array(shape)
    .max(ROWS_MAX)
    .refine((rows) => rows.every(({ id }) => id.length >= 1 && id.length <= 400 && !NO_ID.has(id)) && new Set(rows.map(({ id }) => id)).size === rows.length);
const { head: storedHead, entry, alert, host, pin, ticket } = rowShapes;
const file = z.object({
  startedAt: z.iso.datetime(),
  incident: storedHead.omit({ nonce: true, outbox: true, chunks: true, hidden: true, shutOut: true, imported: true, id: true, ver: true }).extend({ id: z.uuid(), ver: z.number().int().min(1) }),
  entries: rowsOf(entry.extend({ messageKey: z.string().regex(/^entry(\.[a-z0-9-]+){1,5}$/).nullable() })),
  // Where a picture of it is, only a webhook can tell.
  alerts: rowsOf(alert.omit({ image: true })),
  hosts: rowsOf(host),
  pins: rowsOf(pin),
  tickets: rowsOf(ticket).refine((rows) => rows.every(({ issueKey }) => issueKey === null || /^[A-Z][A-Z0-9_]{0,50}-\d{1,10}$/.test(issueKey))),
  review: review.nullable(),
  reports: z.array(report).max(VERSIONS_AT_MOST).refine((all) => new Set(all.map(({ n }) => n)).size === all.length),
});

/** The text that was packed. @throws AppFailure bad-request: it is none, or too long */
function unpacked(packed: string): string {
  try {
    return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: FILE_MAX }).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError || (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new AppFailure('bad-request', 'error.import-too-large', { mb: FILE_MAX / 1_000_000 }, 'file');
    throw unreadable();
  }
}

/** As JSON, with what hides or turns text taken out, as it is of everything the app takes in. */
function parsed(words: string): unknown {
  try {
    return JSON.parse(words.replace(/^\ufeff/, ''), (_name, value: unknown) => (typeof value === 'string' ? bare(value) : value)) as unknown;
  } catch {
    throw unreadable();
  }
}

/** The first place that no shape looks at and that would do harm: texts without end, times that are none, addresses that are no web pages. null: none. */
function harmful(value: unknown, path: string, name = ''): string | null {
  if (typeof value === 'string') {
    if (value.length > TEXT_MAX) return path;
    if (ADDRESSES.has(name) && value !== '' && httpsAddress(value) === null) return path;
    return name === 'url' && !/^https?:\/\/[^\s@]+$/.test(value) ? path : null;
  }
  if (typeof value === 'number') return Math.abs(value) > TIME_MAX && !MEASURED.has(name) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__') return path;
    const found = harmful(part, path === '' ? key : `${path}.${key}`, Array.isArray(value) ? name : key);
    if (found !== null) return found;
  }
  return null;
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Readonly<Record<string, T>> => Object.fromEntries(rows.map((row) => [row.id, row]));

/**
 * Reads a file as the browser sends it: packed by gzip, in base64.
 * @throws AppFailure bad-request: not a file of ours, of another version, cut, or with places that do not fit, the first of them named
 */
export function readRecordFile(packed: string): RecordFile {
  const raw = parsed(unpacked(packed));
  const { format, version } = (typeof raw === 'object' && raw !== null ? raw : {}) as { format?: unknown; version?: unknown };
  if (format === 'incident-pages-export') throw new AppFailure('bad-request', 'error.import-everything', {}, 'file');
  if (format !== FORMAT) throw new AppFailure('bad-request', 'error.import-format', {}, 'file');
  if (version !== VERSION) throw new AppFailure('bad-request', 'error.import-version', { theirs: typeof version === 'number' ? version : '?', ours: VERSION }, 'file');
  const shaped = file.safeParse(raw);
  if (!shaped.success) {
    const { issues } = shaped.error;
    throw broken(issues[0]?.path.join('.') || 'incident', issues.length - 1);
  }
  const { startedAt, incident, review: looked, reports, ...lists } = shaped.data;
  const wrong = harmful(shaped.data, '');
  if (wrong !== null) throw broken(wrong);
  if (JSON.stringify(incident).length > HEAD_MAX) throw broken('incident');
  const stranger = [...accountsIn(shaped.data)].some((account) => !ACCOUNT.test(account));
  if (stranger) throw broken('by');
  const rows: Chunk = { entries: byId(lists.entries), alerts: byId(lists.alerts), pins: byId(lists.pins), hosts: byId(lists.hosts), tickets: byId(lists.tickets) };
  const ahead = Object.values(rows).flatMap((all) => Object.values(all as Record<string, { readonly v: number }>)).some(({ v }) => v > incident.ver);
  if (ahead) throw broken('incident.ver');
  return { writtenAt: Date.parse(startedAt), head: incident, rows, review: looked, reports };
}
