/** Keys of the claims, what they hold, and who really has an alert. All keys carry the connection. */
import { alertOf, isLinked } from '../domain/alert-record';
import { MERGES_IN_A_ROW } from '../domain/merge';
import type { DeclareIntent, Incident, IncidentHead } from '../domain/model';
import type { Held, Ports } from '../ports';
import { survivorOf } from './survivor';

export type AlertClaim = Held;
/** The claim that begins a declaration holds the whole intent, so that whoever finds it can finish the job. */
export interface IntentClaim extends Held {
  readonly intent: DeclareIntent;
}
export const alertClaim = (conn: string, alertId: string): string => `alert:${conn}:${alertId}`;
export const serviceClaim = (conn: string, service: string): string => `open:${conn}:${service}`;
export const pageClaim = (conn: string, pageId: string): string => `page:${conn}:${pageId}`;
export const pressClaim = (conn: string, accountId: string, opId: string): string => `press:${conn}:${accountId}:${opId}`;
/** `heldFrom`: the incident it was taken off, so that each time it is taken off it can be declared once more. */
export const candidateClaim = (conn: string, candidateId: string, heldFrom: string | undefined): string => `declare:${conn}:${candidateId}${heldFrom === undefined ? '' : `:${heldFrom}`}`;

/** Which incident lives on a page; null: none. Only the claim made when the page became its home counts, never the page's properties. */
export async function incidentOfPage(ports: Ports, conn: string, pageId: string): Promise<string | null> {
  return (await ports.claims.get(pageClaim(conn, pageId)))?.incidentId ?? null;
}

export interface Holder {
  readonly incidentId: string;
  /** null: it is being declared. */
  readonly head: IncidentHead | null;
}

/** Merges and moves are followed so far; each time work is finished, claims lead there at once again. */
const HOPS = 2 * MERGES_IN_A_ROW;

export interface Traced {
  readonly incidentId: string;
  /** null: it is being declared, or was given up. */
  readonly incident: Incident | null;
  /** A person took the alert off there. */
  readonly off: boolean;
}

/** Where the claim of an alert leads: merges and moves leave it as it is, so what it points to points on. null: nobody claims it. */
export async function traceClaim(alertId: string, claim: AlertClaim | null, load: (id: string) => Promise<Incident | null>): Promise<Traced | null> {
  if (claim === null) return null;
  let traced: Traced = { incidentId: claim.incidentId, incident: null, off: false };
  for (let hop = 0; hop < HOPS; hop += 1) {
    const incident: Incident | null = await load(traced.incidentId);
    const row = incident === null ? null : alertOf(incident, alertId);
    const off = row !== null && !isLinked(row);
    traced = { incidentId: traced.incidentId, incident, off };
    const next: string | undefined = off ? row.links.at(-1)?.to : incident?.head.mergedInto;
    if (next === undefined) return traced;
    traced = { incidentId: next, incident: null, off: false };
  }
  return traced;
}

/** Who has the alert, by the word of its claim and of the incidents; null: nobody, or somebody who died over it. */
export async function holderOf(ports: Ports, alertId: string, claim: AlertClaim | null, load: (id: string) => Promise<Incident | null>): Promise<Holder | null> {
  const traced = await traceClaim(alertId, claim, load);
  if (traced === null || traced.off) return null;
  const { incidentId, incident } = traced;
  if (incident !== null) return { incidentId, head: incident.head };
  const saga = await ports.sagas.get(incidentId);
  return saga === null || saga.value.state === 'running' ? { incidentId, head: null } : null;
}

/** Claims an alert for an incident, which it has also through one that was merged into it. A claim nobody stands behind any more is taken over. */
export async function claimAlert(ports: Ports, conn: string, incidentId: string, alertId: string): Promise<{ readonly mine: true } | { readonly mine: false; readonly holder: Holder }> {
  const key = alertClaim(conn, alertId);
  const mine: AlertClaim = { incidentId };
  for (;;) {
    const claim = await ports.claims.make(key, 'alert', mine);
    if (claim.made) return { mine: true };
    // Also where it is this incident's: the alert may have been moved away from it.
    const holder = await holderOf(ports, alertId, claim.value, ports.incidents.load);
    if (holder !== null && holder.incidentId !== incidentId) return { mine: false, holder };
    if (holder !== null || claim.value.incidentId === incidentId) return { mine: true };
    if (await ports.claims.take(key, 'alert', mine, claim.value.incidentId)) return { mine: true };
  }
}

/** After a move the claim itself names the alert's incident again: moves are followed only so far. */
export async function bringClaim(ports: Ports, conn: string, incidentId: string, alertId: string): Promise<void> {
  if (!(await claimAlert(ports, conn, incidentId, alertId)).mine) return;
  const key = alertClaim(conn, alertId);
  const claim = await ports.claims.get<AlertClaim>(key);
  if (claim !== null && claim.incidentId !== incidentId) await ports.claims.take(key, 'alert', { incidentId }, claim.incidentId);
}

/** Lets go of a claim that is the incident's, also through one that was merged into it. */
export async function releaseClaim(ports: Ports, key: string, incidentId: string): Promise<void> {
  const claim = await ports.claims.get(key);
  if (claim !== null && (await survivorOf(ports, claim.incidentId)) === incidentId) await ports.claims.release(key, claim.incidentId);
}
