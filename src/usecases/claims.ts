/** Keys of the claims, what they hold, and who really has an alert. All keys carry the connection. */
import { alertOf, isLinked } from '../domain/alert-record';
import type { DeclareIntent, Incident, IncidentHead } from '../domain/model';
import type { Held, Ports } from '../ports';

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

/** Who has the alert, by the word of its claim and of the incident; null: nobody, or somebody who died over it. */
export async function holderOf(ports: Ports, alertId: string, claim: AlertClaim | null, load: (id: string) => Promise<Incident | null>): Promise<Holder | null> {
  if (claim === null) return null;
  const { incidentId } = claim;
  const incident = await load(incidentId);
  if (incident === null) {
    const saga = await ports.sagas.get(incidentId);
    return saga === null || saga.value.state === 'running' ? { incidentId, head: null } : null;
  }
  const row = alertOf(incident, alertId);
  return row === null || isLinked(row) ? { incidentId, head: incident.head } : null;
}

/** Claims an alert for an incident. A claim nobody stands behind any more is taken over. */
export async function claimAlert(ports: Ports, conn: string, incidentId: string, alertId: string): Promise<{ readonly mine: true } | { readonly mine: false; readonly holder: Holder }> {
  const key = alertClaim(conn, alertId);
  const mine: AlertClaim = { incidentId };
  for (;;) {
    const claim = await ports.claims.make(key, 'alert', mine);
    if (claim.made || claim.value.incidentId === incidentId) return { mine: true };
    const holder = await holderOf(ports, alertId, claim.value, ports.incidents.load);
    if (holder !== null) return { mine: false, holder };
    if (await ports.claims.take(key, 'alert', mine, claim.value.incidentId)) return { mine: true };
  }
}
