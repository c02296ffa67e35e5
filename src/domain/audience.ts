/** Pure transitions of who may see a private incident's page, as far as the record tells of it; Confluence has the list itself. */
import { alreadyDone, observed, pressed, type Press } from './change';
import type { Incident, IncidentHead } from './record';

/** Whoever was added or taken off: a person's account, or a group's name at that time. */
export type Told = { readonly accountId: string } | { readonly group: string };

interface Said {
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string>>;
}
const said = (what: 'added' | 'removed', who: Told): Said =>
  'accountId' in who ? { messageKey: `entry.audience.${what}`, params: { to: who.accountId } } : { messageKey: `entry.audience.${what}.group`, params: { group: who.group } };
/** What an entry says of somebody who was added. */
export const admitted = (who: Told): Said => said('added', who);

export function letIn(incident: Incident, who: Told, press: Press): Incident {
  return alreadyDone(incident, press.opId) ? incident : pressed(incident, press, () => ({ said: admitted(who) }));
}

/** Once more somebody was shut out. */
export const shutOut = (head: IncidentHead): Pick<IncidentHead, 'shutOut'> => ({ shutOut: (head.shutOut ?? 0) + 1 });

export function takeOff(incident: Incident, who: Told, press: Press): Incident {
  return alreadyDone(incident, press.opId) ? incident : pressed(incident, press, () => ({ head: shutOut(incident.head), said: said('removed', who) }));
}

/** The app finds itself shut out of the page, by `account`'s missing among those who may see it. */
export function pageHidden(incident: Incident, account: string, now: number): Incident {
  if (incident.head.hidden !== undefined) return incident;
  return observed(incident, now, (_v, recordedAt) => ({ head: { hidden: { since: recordedAt, account } } }));
}
export function pageShown(incident: Incident, now: number): Incident {
  if (incident.head.hidden === undefined) return incident;
  const after = observed(incident, now, () => ({}));
  const { hidden: _hidden, ...head } = after.head;
  return { ...after, head };
}
