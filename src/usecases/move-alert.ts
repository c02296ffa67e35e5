/** An alert that belongs to another incident than the one it is on. */
import type { IncidentHeadView } from '../contract';
import { alertOf, isLinked } from '../domain/alert-record';
import { alreadyDone } from '../domain/change';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import { ENDED } from '../domain/incident';
import { moveAlert } from '../domain/linking';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { changedByOther, operation, proveEditor, type Pressed } from './press';
import { proveMayEdit } from './prove';
import { mergedElsewhere } from './survivor';
import { updateBoth, type Pair } from './update-both';
import { headView } from './views';

/** @throws AppFailure conflict while `target` cannot take what is on `source` */
async function checkTarget(ports: Ports, caller: Caller, { first: target, second: source }: Pair): Promise<void> {
  const { status, key, visibility } = target.head;
  if (status === 'merged') throw await mergedElsewhere(ports, caller, target.head);
  if (ENDED.has(status)) throw new AppFailure('conflict', 'error.move.ended', { key });
  // A private incident claims nothing: what it takes from a public one would be asked about again.
  if (visibility !== source.head.visibility) throw new AppFailure('conflict', 'error.move.visibility', { key });
}

/**
 * Moves an alert to the open incident `to`: taken off here and linked there in one transaction of the two records, so that at
 * any time it is on exactly one. Its claim follows, owed by the target. The caller edits both pages.
 */
export async function pressMoveAlert(ports: Ports, caller: Caller, p: Pressed & { alertId: string; to: string }): Promise<IncidentHeadView> {
  await proveEditor(ports, caller, p);
  if (p.to === p.incidentId) throw badRequest('to', 'error.move.self');
  await proveMayEdit(ports, caller, p.to);
  const by = operation(caller, p, ports.clock.now());
  const { second: source } = await updateBoth(ports, p.to, p.incidentId, async (pair) => {
    const { first, second } = pair;
    if (alreadyDone(second, by.opId)) return null;
    if (alreadyDone(first, by.opId)) throw badRequest('opId');
    if (second.head.mergedInto !== undefined) throw await mergedElsewhere(ports, caller, second.head);
    const row = alertOf(second, p.alertId);
    if (row === null) throw notFound();
    if (!isLinked(row)) throw changedByOther('alertId');
    await checkTarget(ports, caller, pair);
    const moved = moveAlert(second, first, p.alertId, by);
    return { first: moved.target, second: moved.source };
  });
  return headView(source.head);
}
