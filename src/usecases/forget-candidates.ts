/** Once a day: candidates that were over for a week are left alone. Safe to repeat. */
import { isForgotten } from '../domain/candidate';
import type { Ports } from '../ports';
import { changeCandidate } from './candidates';
import { Troubles } from './place-alerts';

const LOOKED_AT = 1000;

export async function forgetCandidates(ports: Ports): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const { conn } = settings.value;
  const troubles = new Troubles();
  for (const shelf of ['over', 'waiting'] as const) {
    const forgotten = (await ports.candidates.oldest(conn, shelf, LOOKED_AT)).filter((one) => isForgotten(one, ports.clock.now()));
    await troubles.each(forgotten, ({ id }) => changeCandidate(ports, id, (known) => (known !== null && isForgotten(known, ports.clock.now()) ? { ...known, state: 'left' } : null)));
  }
  troubles.throwFirst();
}
