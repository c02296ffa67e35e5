/** Mackerel's downtimes, read once for all looks of a connection. Judging goes on without them when they cannot be read. */
import type { AlertSighting } from '../domain/alert';
import { downtimeOf, type Downtime } from '../domain/downtime';
import type { Candidate, Why } from '../domain/model';
import { MackerelError, type AlertSource, type Ports } from '../ports';
import { remembered } from './remembered';

/** Mackerel itself raises nothing in a downtime: what is missed for so long is an alert that was raised just before. */
const FRESH_MS = 3 * 60_000;

export interface DowntimesRead {
  readonly downtimes: readonly Downtime[];
  /** Why they could not be read; none is known then. null: they could. */
  readonly failure: MackerelError | null;
}

/** At most three minutes old; after a failure the next look asks again. `asked` is called before Mackerel is. Its failures are answered, not thrown. */
export async function readDowntimes(ports: Ports, conn: string, source: AlertSource, asked: () => void = () => undefined): Promise<DowntimesRead> {
  try {
    const downtimes = await remembered(`downtimes:${conn}`, ports.clock.now(), FRESH_MS, () => {
      asked();
      return source.downtimes();
    });
    return { downtimes, failure: null };
  } catch (error) {
    if (error instanceof MackerelError) return { downtimes: [], failure: error };
    throw error;
  }
}

/** For one look: all its alerts share one answer, so a Mackerel that is away is not asked again for each of them. */
export function downtimesOnce(ports: Ports, conn: string, source: AlertSource, asked: () => void): () => Promise<DowntimesRead> {
  let answer: Promise<DowntimesRead> | null = null;
  return () => (answer ??= readDowntimes(ports, conn, source, asked));
}

/** Why nobody is asked about the alert; null: it is in no downtime. While none can be read, the one it was `known` to be in holds to its end. */
export function quietOf({ downtimes, failure }: DowntimesRead, alert: AlertSighting, known: Candidate | null, now: number): Why | null {
  if (failure !== null && known?.state === 'downtime' && Number(known.whyParams['until']) > (alert.closedAt ?? now)) return { key: known.whyKey, params: known.whyParams };
  return downtimeOf(downtimes, alert, now);
}
