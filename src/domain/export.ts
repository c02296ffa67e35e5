/** Records as an export tells them: row by row in one fixed order, so that it can stop anywhere and go on. Pure. */
import type { ExportRow } from '../contract';
import type { Evidence } from './evidence';
import type { AlertSighting, Incident, Settings, TicketRecord } from './model';
import type { Review } from './review';
import type { PublishedReport } from './published';

const PARTS = [['entry', 'entries'], ['alert', 'alerts'], ['host', 'hosts'], ['pin', 'pins'], ['ticket', 'tickets']] as const;
/** In the order they are told. */
const ORDER: readonly ExportRow['of'][] = [...PARTS.map(([of]) => of), 'review', 'report', 'evidence'];


/** When it came into the record, epoch ms, as far as it says; what came later stays behind what came before. */
function cameAt(value: unknown): number {
  const { recordedAt, openedAt, at, states } = value as { recordedAt?: unknown; openedAt?: unknown; at?: unknown; states?: readonly { readonly recordedAt?: unknown }[] };
  return [recordedAt, openedAt, at, states?.[0]?.recordedAt].find((time) => typeof time === 'number') ?? 0;
}
const TIME_DIGITS = 15;
/** The place of a row within its incident. */
export const placeOf = ({ of, id, value }: ExportRow): string => `${ORDER.indexOf(of)}:${String(Math.round(cameAt(value))).padStart(TIME_DIGITS, '0')}:${id}`;

/** A report that is a page; which press made it is nobody's affair. */
function reportRow(incidentId: string, { opId: _opId, ...value }: PublishedReport): readonly ExportRow[] {
  return value.page === null ? [] : [{ of: 'report', id: `${incidentId}:${value.n}`, incidentId, value }];
}
/** Where the reader's Jira is, the reader knows. */
function here({ elsewhere: _elsewhere, ...value }: TicketRecord): Omit<TicketRecord, 'elsewhere'> {
  return value;
}
/** Whoever has the address of its picture can look at it: it stays here, the picture is beside the page. */
export function unlinked<T extends AlertSighting>({ image: _image, ...value }: T): Omit<T, 'image'> {
  return value;
}
/** Of presses only what they did. */
function reviewRow(incidentId: string, { ops: _ops, ...value }: Review): ExportRow {
  return { of: 'review', id: incidentId, incidentId, value };
}

/** Which files there are, and their hashes; the values are in the files. Who is at it is nobody's affair. */
function evidenceRow(incidentId: string, { schema, pageId, copies, drawn, trouble }: Evidence): readonly ExportRow[] {
  const told = copies.map(({ wish, ...copy }) => ({ ...copy, ...(wish === undefined ? {} : { wish: { by: wish.by, at: wish.at } }) }));
  const pictures = (drawn ?? []).flatMap(({ n, part, by, at, file }) => (file === null ? [] : [{ n, part, by, at, file }]));
  return copies.length === 0 ? [] : [{ of: 'evidence', id: incidentId, incidentId, value: { schema, pageId, copies: told, ...(pictures.length === 0 ? {} : { drawn: pictures }), trouble } }];
}

export interface Beside {
  readonly review: Review | null;
  readonly reports: readonly PublishedReport[];
  readonly evidence: Evidence | null;
}
/** Its rows after the one at `from` (null: from its head on). A row that came meanwhile is told if its place is still ahead. */
export function rowsOf(incident: Incident, { review, reports, evidence }: Beside, from: string | null): readonly ExportRow[] {
  // What is still to be sent, and how it is stored, is no fact of the incident.
  const { outbox: _outbox, nonce: _nonce, chunks: _chunks, ...head } = incident.head;
  const incidentId = head.id;
  const parts = PARTS.flatMap(([of, field]) => Object.entries(incident[field]).map(([id, value]): ExportRow => ({ of, id, incidentId, value: 'elsewhere' in value ? here(value) : 'image' in value ? unlinked(value) : value })));
  const rows = [...parts, ...(review === null ? [] : [reviewRow(incidentId, review)]), ...reports.flatMap((report) => reportRow(incidentId, report)), ...(evidence === null ? [] : evidenceRow(incidentId, evidence))];
  const ordered = [...rows].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return from === null ? [{ of: 'incident', id: incidentId, incidentId: null, value: head }, ...ordered] : ordered.filter((row) => placeOf(row) > from);
}

/** Without names of secrets and what only the app goes by. */
export function settingsRow(settings: Settings): ExportRow {
  const { schema, orgName, services, rules, fallback, grouping, writes, groups, scheme, tickets, templates, slackConfigured } = settings;
  return { of: 'settings', id: 'settings', incidentId: null, value: { schema, orgName, services, rules, fallback, grouping, writes, groups, scheme, tickets, templates, slackConfigured } };
}
