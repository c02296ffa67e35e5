/** Merged incidents point to the one they go on in; whoever looks for what was theirs follows. */
import { AppFailure } from '../domain/failure';
import { MERGES_IN_A_ROW } from '../domain/merge';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { proveIncident } from './prove';

/** The incident itself, or the one it goes on in through however many merges; null: there is no such incident. */
export async function survivingHead(ports: Ports, incidentId: string): Promise<IncidentHead | null> {
  let head = await ports.incidents.head(incidentId);
  for (let merges = 0; merges < MERGES_IN_A_ROW && head?.mergedInto !== undefined; merges += 1) head = await ports.incidents.head(head.mergedInto);
  return head;
}
export async function survivorOf(ports: Ports, incidentId: string): Promise<string> {
  return (await survivingHead(ports, incidentId))?.id ?? incidentId;
}

/** The surviving incident, if the caller may see it; null: it was not merged, or went where they may not look. */
export async function visibleSurvivor(ports: Ports, caller: Caller, merged: IncidentHead): Promise<IncidentHead | null> {
  if (merged.mergedInto === undefined) return null;
  return await proveIncident(ports, caller, await survivorOf(ports, merged.id)).then(({ head }) => head, () => null);
}

/** The refusal of what is pressed on a merged incident: it names where to press instead. */
export async function mergedElsewhere(ports: Ports, caller: Caller, merged: IncidentHead): Promise<AppFailure> {
  const survivor = await visibleSurvivor(ports, caller, merged);
  return survivor === null ? new AppFailure('conflict', 'error.merged-hidden') : new AppFailure('conflict', 'error.merged', { key: survivor.key });
}
