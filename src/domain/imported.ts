/**
 * Incidents that come from a file: what the file has to hold beyond its shape, and the record that becomes of it. What belongs
 * to the site it was written on (page, space, number, connection) gives way to this site's. Pure.
 */
import { alertFacts } from './alert-record';
import { ENDED } from './incident';
import { httpsAddress } from './links';
import type { PublishedReport } from './published';
import type { Chunk, Incident, IncidentHead } from './record';
import type { Review } from './review';

/** One incident's record as a file of format version 1 holds it; docs/export.md describes it. */
export interface RecordFile {
  /** When it was written, epoch ms. */
  readonly writtenAt: number;
  readonly head: Omit<IncidentHead, 'nonce' | 'outbox' | 'chunks' | 'hidden' | 'shutOut'>;
  readonly rows: Chunk;
  readonly review: Omit<Review, 'ops'> | null;
  readonly reports: readonly Omit<PublishedReport, 'opId'>[];
}

/** Who stands for the incident on this site: who declared it, or who brought it here. null: a rule did. */
export const standsFor = ({ declaredBy, imported }: Pick<IncidentHead, 'declaredBy' | 'imported'>): string | null => imported?.by ?? declaredBy;
const OVER: ReadonlySet<IncidentHead['status']> = new Set(['resolved', 'closed', 'cancelled']);
/** It is looked at in Mackerel. What a file tells is over, and may be of another organization: only once people opened it again here. */
export const isFollowed = ({ status, imported }: Pick<IncidentHead, 'status' | 'imported'>): boolean => status !== 'merged' && (imported === undefined || !OVER.has(status));

/** Characters of a packed file, below what the platform takes from a browser in one call. */
export const PACKED_MAX = 480_000;
/** Clocks of two sites may disagree by so much, ms. */
const CLOCKS_APART_MS = 5 * 60_000;

/** Text key of why it cannot come here, whatever its shape; null: it can. */
export function importRefusal({ head, rows }: Pick<RecordFile, 'head' | 'rows'>, now: number): string | null {
  if (head.status === 'merged' || head.mergedInto !== undefined) return 'error.import-merged';
  if (!OVER.has(head.status)) return 'error.import-going-on';
  const recorded = [head.changedAt, head.declaredAt, ...Object.values(rows.entries).map(({ recordedAt }) => recordedAt)];
  return recorded.some((at) => at > now + CLOCKS_APART_MS) ? 'error.import-future' : null;
}

/** Where it comes to. */
export interface ImportPlace {
  readonly conn: string;
  readonly nonce: string;
  readonly space: IncidentHead['space'];
  readonly by: string;
  readonly at: number;
  /** Of a private one; a public one gets the next number. */
  readonly key: string;
}

/** The site a page's address is on; null: it does not say. */
const siteOf = (page: IncidentHead['page']): string | null => {
  const address = page === null ? null : httpsAddress(page.url);
  return address === null ? null : new URL(address).origin;
};

/** The record as it is kept here, without a page yet. It owes nobody a notice. */
export function importedIncident({ head, rows }: Pick<RecordFile, 'head' | 'rows'>, { conn, nonce, space, by, at, key }: ImportPlace): Incident {
  const elsewhere = siteOf(head.page);
  // What follows from an alert's log is named after the connection it was read over.
  const renamed = (id: string): string => (id.startsWith(`${head.conn}:`) ? `${conn}${id.slice(head.conn.length)}` : id);
  const pins = Object.values(rows.pins).map((pin) => ({ ...pin, id: renamed(pin.id) }));
  const tickets = Object.values(rows.tickets).map((ticket) => ({ ...ticket, entryId: ticket.entryId === null ? null : renamed(ticket.entryId), elsewhere }));
  return {
    ...rows,
    pins: Object.fromEntries(pins.map((pin) => [pin.id, pin])),
    tickets: Object.fromEntries(tickets.map((ticket) => [ticket.id, ticket])),
    head: {
      ...head,
      ...alertFacts(head.begunAt, rows.alerts),
      state: ENDED.has(head.status) ? 'ended' : 'open',
      conn, nonce, space, key,
      page: null,
      chunks: 1,
      outbox: [],
      imported: { by, at, key: head.key },
    },
  };
}

/** The place it comes to, chosen once more while it has no page. */
export function placedElsewhere(incident: Incident, space: IncidentHead['space'], by: string): Incident {
  const { head } = incident;
  if (head.page !== null || head.imported === undefined || (head.space.id === space.id && head.imported.by === by)) return incident;
  return { ...incident, head: { ...head, space, imported: { ...head.imported, by }, ver: head.ver + 1 } };
}
