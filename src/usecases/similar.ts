/** Earlier incidents like one, of those whose page the caller sees: for its board, and for the page of its review. */
import type { SimilarIncident, SimilarView } from '../contract';
import type { Incident, IncidentHead } from '../domain/model';
import { isReviewed, type Review } from '../domain/review';
import { isEarlier, similarTo, type Alike } from '../domain/similar';
import { plainLine } from '../domain/text';
import { droppedOf, ticketsOn } from '../domain/tickets';
import type { Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { ticketView } from './ticket-views';

/** Of those that are open, and of those that have ended. */
const LISTED = 60;
const LOADED = 30;
/** Rows of storage that may be read of them; a large incident has many. */
const ROWS = 90;
const TOLD = 5;
const REASONS = 4;
const FACTORS = 2;
const TICKETS = 20;
const WORDS_MAX = 200;

/** As many from the beginning as may be read. */
function withinReach(heads: readonly IncidentHead[]): readonly IncidentHead[] {
  const taken: IncidentHead[] = [];
  let rows = 0;
  for (const head of heads) {
    rows += 1 + head.chunks;
    if (taken.length === LOADED || rows > ROWS) break;
    taken.push(head);
  }
  return taken;
}

/**
 * The most alike first. Heads are listed and the caller's sight of their pages proven before anything more of them is read: those of
 * the same service first, then the newest. `may`: what else one has to be.
 */
export async function similarIncidents(ports: Ports, own: Incident, may: (head: IncidentHead) => boolean): Promise<readonly Alike<Incident>[]> {
  const { head } = own;
  if (head.linkedAlerts === 0 || head.status === 'merged') return [];
  const lists = await Promise.all((['open', 'ended'] as const).map((state) => ports.incidents.list(head.conn, state, LISTED)));
  const pageOf = ({ page }: IncidentHead): string => (page?.state === 'current' ? page.id : '');
  // The index lags: one that has just ended may be in both.
  const heads = [...new Map(lists.flat().map((one) => [one.id, one])).values()];
  const earlier = heads.filter((one) => isEarlier(one, head) && pageOf(one) !== '' && may(one));
  const seen = earlier.length === 0 ? new Set<string>() : await ports.access.visiblePages(earlier.map(pageOf));
  const far = ({ service }: IncidentHead): number => (service !== null && service === head.service ? 0 : 1);
  const likely = earlier.filter((one) => seen.has(pageOf(one))).sort((a, b) => far(a) - far(b) || b.detectedAt - a.detectedAt);
  const read = await Promise.all(withinReach(likely).map(({ id }) => ports.incidents.recent(id, 0).catch(() => null)));
  // Between the list and the reading one may have been made private, or another page's.
  const same = read.filter((one) => one !== null && seen.has(pageOf(one.head)) && may(one.head));
  return similarTo(own, same.flatMap((one) => one ?? []));
}

function ticketsOf(incident: Incident): Pick<SimilarIncident, 'tickets' | 'moreTickets'> {
  const owed = ticketsOn(incident).filter((ticket) => ticket.issueKey !== null && ticket.deletedAt === null && droppedOf(ticket) === null).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return { tickets: owed.slice(0, TICKETS).map(ticketView).map(({ id, issueId, key, url }) => ({ id, issueId, key, url })), moreTickets: Math.max(0, owed.length - TICKETS) };
}

function shown({ incident, reasons }: Alike<Incident>, review: Review | null): SimilarIncident {
  const { id, key, title, severity, status, visibility, detectedAt, resolvedAt, closedAt, page, cause, situation } = incident.head;
  const over = resolvedAt ?? closedAt;
  return {
    id, key, title, severity, status, detectedAt,
    isPrivate: visibility === 'private',
    tookMs: over === null ? null : Math.max(0, over - detectedAt),
    url: page?.url ?? '',
    reasons: reasons.slice(0, REASONS),
    moreReasons: Math.max(0, reasons.length - REASONS),
    cause: cause === null ? null : { deploy: cause.deploy === null ? null : plainLine(cause.deploy.title, WORDS_MAX) },
    factors: (review?.factors ?? []).map(({ text }) => plainLine(text, WORDS_MAX)).filter((text) => text !== '').slice(0, FACTORS),
    situation: situation === null ? null : plainLine(situation.text, WORDS_MAX),
    ...ticketsOf(incident),
  };
}

/** A private one is told to those who see its page, as all others. */
export async function boardSimilar(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; pass: string; viewing?: string | undefined }): Promise<SimilarView> {
  const { incident } = await readable(ports, passes, caller, p);
  const alike = await similarIncidents(ports, incident, () => true);
  const told = alike.slice(0, TOLD);
  const reviewOf = async ({ head }: Incident): Promise<Review | null> => (isReviewed(head) ? ((await ports.reviews.get(head.id).catch(() => null))?.value ?? null) : null);
  const incidents = await Promise.all(told.map(async (one) => shown(one, await reviewOf(one.incident))));
  return { incidents, more: alike.length - told.length, now: ports.clock.now() };
}
