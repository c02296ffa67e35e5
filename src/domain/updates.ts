import type { Severity } from '../contract';
import { ENDED } from './incident';
import type { IncidentHead } from './record';

const MINUTE = 60_000;
/** ms between updates to everybody, by severity; null: none is owed. */
export const UPDATE_EVERY: Readonly<Record<Severity, number | null>> = { pending: 30 * MINUTE, sev1: 30 * MINUTE, sev2: 60 * MINUTE, sev3: 240 * MINUTE, sev4: null };

/** Epoch ms at which the next update is due; null once it is resolved or over, or where the severity asks for none. */
export function nextUpdateAt(head: Pick<IncidentHead, 'severity' | 'status' | 'lastUpdateAt'>): number | null {
  const every = UPDATE_EVERY[head.severity];
  return every === null || head.status === 'resolved' || ENDED.has(head.status) ? null : head.lastUpdateAt + every;
}
