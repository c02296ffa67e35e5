/** Incidents that turn out to be one: several go on in one of them. */
import type { IncidentHeadView } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { merge, mergeRefusal } from '../domain/merge';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { accept, operation, proveEditor, showOnPage, type Pressed } from './press';
import { proveMayEdit } from './prove';
import { mergedElsewhere } from './survivor';
import { loadBoth, updateBoth, type Pair } from './update-both';
import { headView } from './views';

/** Why the second cannot go on in the first; keys are named to somebody who may edit both. null: it can. */
async function refusal(ports: Ports, caller: Caller, { first: survivor, second: merged }: Pair): Promise<AppFailure | null> {
  const why = mergeRefusal(survivor, merged);
  switch (why) {
    case null:
      return null;
    case 'survivor-merged':
      return await mergedElsewhere(ports, caller, survivor.head);
    case 'survivor-ended':
      return new AppFailure('conflict', 'error.merge.ended', { key: survivor.head.key });
    case 'tickets':
      return new AppFailure('conflict', 'error.tickets-full');
    default:
      return new AppFailure('conflict', `error.merge.${why}`, { key: merged.head.key });
  }
}

/** By this press before, or by anybody else who wanted the same. */
const isDone = ({ first, second }: Pair): boolean => second.head.mergedInto === first.head.id;

/**
 * Merges `from` into the incident pressed on; the caller edits all their pages. Nothing happens unless all of them can be
 * merged when it begins; each merge is one transaction of the two records. What is left to do outside of them is owed by the
 * survivor.
 */
export async function pressMerge(ports: Ports, caller: Caller, p: Pressed & { from: readonly string[] }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  if (p.from.includes(p.incidentId)) throw badRequest('from', 'error.merge.self');
  for (const id of p.from) await proveMayEdit(ports, caller, id);
  for (const id of p.from) {
    const pair = await loadBoth(ports, p.incidentId, id);
    const refused = isDone(pair) ? null : await refusal(ports, caller, pair);
    if (refused !== null) throw refused;
  }
  for (const id of p.from) {
    await updateBoth(ports, p.incidentId, id, async (pair) => {
      if (isDone(pair)) return null;
      const refused = await refusal(ports, caller, pair);
      if (refused !== null) throw refused;
      const { survivor, merged } = merge(pair.first, pair.second, operation(caller, p, ports.clock.now()));
      return { first: survivor, second: merged };
    });
  }
  const incident = await accept(ports, caller, p, (current) => current);
  for (const id of p.from) await showOnPage(ports, id);
  return headView(incident.head);
}
