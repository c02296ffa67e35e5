/** A press on a board: proves the right to change at once and is accepted exactly once per operation id. */
import { alreadyDone, remember, type Press } from '../domain/change';
import { AppFailure } from '../domain/failure';
import type { Incident, IncidentHead } from '../domain/model';
import type { Actor, Ports } from '../ports';
import type { Caller } from './caller';
import { proveMayEdit } from './prove';
import { mergedElsewhere } from './survivor';
import { updateIncident } from './update-incident';

export interface Pressed {
  readonly incidentId: string;
  readonly opId: string;
}

/** What the presser saw is not so any more. */
export const changedByOther = (field: string): AppFailure => new AppFailure('conflict', 'error.changed-by-other', {}, field);

/** The operation as the record knows it: bound to its presser, so that nobody can answer for another's id. */
export const operation = (caller: Caller, p: Pressed, now: number): Press => ({ opId: `${caller.accountId}:${p.opId}`, by: caller.accountId, now });

/**
 * Proves that the caller may press on this incident, before anything is looked at or claimed outside.
 * @throws AppFailure not-found, forbidden, or conflict where the incident was merged and this press was not accepted before that
 */
export async function proveEditor(ports: Ports, caller: Caller, p: Pressed): Promise<IncidentHead> {
  const head = await proveMayEdit(ports, caller, p.incidentId);
  if (head.mergedInto !== undefined && (await acceptedBefore(ports, caller, p)) === null) throw await mergedElsewhere(ports, caller, head);
  return head;
}

/** As `press`, for callers that have proven the right themselves. */
export async function accept(ports: Ports, caller: Caller, p: Pressed, apply: (incident: Incident, press: Press) => Incident): Promise<Incident> {
  const by = operation(caller, p, ports.clock.now());
  let tooLate = false;
  const incident = await updateIncident(ports, p.incidentId, (current) => {
    tooLate = false;
    if (alreadyDone(current, by.opId)) return current;
    tooLate = current.head.mergedInto !== undefined;
    if (tooLate) return current;
    const after = apply(current, by);
    return after === current ? remember(current, by) : after;
  });
  if (tooLate) throw await mergedElsewhere(ports, caller, incident.head);
  return incident;
}

/**
 * The incident as it is now, if this press was accepted before; null: it is new. For presses that look outside or claim
 * something first: what is done must not depend on the outside a second time.
 */
export async function acceptedBefore(ports: Ports, caller: Caller, p: Pressed): Promise<Incident | null> {
  const incident = await ports.incidents.load(p.incidentId);
  return incident !== null && alreadyDone(incident, operation(caller, p, 0).opId) ? incident : null;
}

/** `apply` may refuse by throwing an AppFailure; then nothing is stored. */
export async function press(ports: Ports, caller: Caller, p: Pressed, apply: (incident: Incident, press: Press) => Incident): Promise<Incident> {
  await proveEditor(ports, caller, p);
  return await accept(ports, caller, p, apply);
}

const SHOWS = 3;
/**
 * The page's properties follow for search and byline; they are only shown, so a failure must not undo what was accepted.
 * Two changes may follow at once: whoever wrote looks again, so that the page ends as the record does.
 */
export async function showOnPage(ports: Ports, incidentId: string, actor: Actor = { as: 'user' }): Promise<void> {
  let shown: string | null = null;
  for (let look = 0; look < SHOWS; look += 1) {
    const head = await ports.incidents.head(incidentId);
    if (head === null || head.page === null) return;
    const facts = [head.page.id, head.status, head.severity].join();
    if (facts === shown) return;
    shown = facts;
    const failed = await ports.pages.mark(head, actor).then(() => false, () => true);
    if (failed) return;
  }
}
