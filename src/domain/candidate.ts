/** Where alerts that wait or waited for a person are kept, and how long. Pure; times are epoch ms. */
import type { CandidateShelf } from '../contract';
import { isUnverified, owesReading } from './alert';
import type { Candidate } from './model';

/** Every shelf there is: whoever goes through all candidates goes through these. */
export const CANDIDATE_SHELVES = ['waiting', 'over', 'downtime', 'declared', 'dismissed', 'recovered', 'left'] as const satisfies readonly CandidateShelf[];

/** What waits is apart from what waits and is over: many of those must not hide one that fires. */
export function shelfOf({ state, alert }: Pick<Candidate, 'state' | 'alert'>): CandidateShelf {
  return state === 'waiting' && alert.closedAt !== null && !owesReading(alert) ? 'over' : state;
}

/** Those nobody has judged. */
const OPEN: ReadonlySet<Candidate['state']> = new Set(['waiting', 'downtime', 'left']);
export const isUnjudged = ({ state }: Candidate): boolean => OPEN.has(state);

/** Left alone for good: Mackerel opens no alert twice. One that fires is looked at anew, as any that nobody was asked about. */
export const isLeft = ({ state, alert }: Pick<Candidate, 'state' | 'alert'>): boolean => state === 'left' && alert.closedAt !== null && !isUnverified(alert);

const DAY_MS = 86_400_000;
/** A week after its end nobody will say any more whether it was an incident. */
const KEPT_AFTER_END_MS = 7 * DAY_MS;
export const isForgotten = ({ state, alert }: Pick<Candidate, 'state' | 'alert'>, now: number): boolean => state === 'waiting' && alert.closedAt !== null && now - alert.closedAt > KEPT_AFTER_END_MS;
