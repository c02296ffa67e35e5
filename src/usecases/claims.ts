/** Keys of the claims. All carry the connection; values name the incident that was first. */
import type { DeclareIntent } from '../domain/model';

export interface AlertClaim {
  readonly incidentId: string;
}
/** The claim that begins a declaration holds the whole intent, so that whoever finds it can finish the job. */
export interface IntentClaim {
  readonly incidentId: string;
  readonly intent: DeclareIntent;
}
export const alertClaim = (conn: string, alertId: string): string => `alert:${conn}:${alertId}`;
export const serviceClaim = (conn: string, service: string): string => `open:${conn}:${service}`;
export const pageClaim = (conn: string, pageId: string): string => `page:${conn}:${pageId}`;
export const pressClaim = (conn: string, accountId: string, opId: string): string => `press:${conn}:${accountId}:${opId}`;
export const candidateClaim = (conn: string, candidateId: string): string => `declare:${conn}:${candidateId}`;
