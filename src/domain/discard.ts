/** A declaration an administrator gave up: the record says who, and owes nothing more. Pure. */
import { alreadyDone, pressed, type Press } from './change';
import { coursePatch, ENDED } from './incident';
import type { Incident } from './model';

/** The page never came. An incident that has ended stays as it is. */
export function discarded(incident: Incident, press: Press): Incident {
  if (alreadyDone(incident, press.opId) || ENDED.has(incident.head.status)) return incident;
  const after = pressed(incident, press, (_v, now) => ({ set: coursePatch(incident.head, 'cancelled', now), said: { messageKey: 'entry.discarded', params: {} } }));
  return { ...after, head: { ...after.head, outbox: [] } };
}
