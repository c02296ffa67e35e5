import { AppFailure, notFound } from '../domain/failure';
import type { Incident } from '../domain/model';
import type { Ports } from '../ports';
import { flushOutbox } from './notices';

const TRIES = 12;

export interface Pair {
  readonly first: Incident;
  readonly second: Incident;
}
export async function loadBoth(ports: Ports, firstId: string, secondId: string): Promise<Pair> {
  const [first, second] = await Promise.all([ports.incidents.load(firstId), ports.incidents.load(secondId)]);
  if (first === null || second === null) throw notFound();
  return { first, second };
}

/**
 * As `updateIncident`, for two incidents in one transaction: of those who change either at the same time exactly one is first.
 * `change` answers null when there is nothing to change, and may refuse by throwing. What is left to do is owed by the first.
 * @throws AppFailure not-found, or busy when the records stay contended
 */
export async function updateBoth(ports: Ports, firstId: string, secondId: string, change: (pair: Pair) => Promise<Pair | null>): Promise<Pair> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await loadBoth(ports, firstId, secondId);
    const after = await change(before);
    if (after === null) return { ...before, first: await flushOutbox(ports, before.first) };
    if ((await ports.incidents.saveBoth({ before: before.first, after: after.first }, { before: before.second, after: after.second })) === 'saved') {
      await Promise.all([after.first, after.second].map(({ head }) => ports.live.ping(head.id, head.ver)));
      return { ...after, first: await flushOutbox(ports, after.first) };
    }
    await ports.clock.sleep(Math.round(20 * 2 ** Math.min(attempt, 5) * ports.random.fraction()));
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
