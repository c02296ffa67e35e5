/** Making an incident private or public: the page's restrictions first, then the record; Jira follows. */
import type { IncidentHeadView, Visibility } from '../contract';
import { AppFailure } from '../domain/failure';
import { standsFor } from '../domain/imported';
import { setVisibility } from '../domain/incident';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { accept, acceptedBefore, proveEditor, showOnPage, type Pressed } from './press';
import { endViewingKeys } from './viewing';
import { headView } from './views';

/**
 * A crash in between leaves the narrower of both: the page is restricted before anything is called private, and opened before
 * anything is called public. What follows of its claims the record owes.
 */
export async function pressVisibility(ports: Ports, caller: Caller, p: Pressed & { visibility: Visibility }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p);
  if (head.page === null) throw new AppFailure('conflict', 'error.page-gone');
  const done = (await acceptedBefore(ports, caller, p)) !== null || head.visibility === p.visibility;
  if (!done && p.visibility === 'private') {
    const held = head.roles.flatMap((role) => (role.person === null ? [] : [role.person]));
    const declarer = standsFor(head);
    // Who had a role in one from a file may have no account here.
    const known = head.imported === undefined ? held : (await Promise.all(held.map(async (person) => ((await ports.access.knowsPerson(person)) ? [person] : [])))).flat();
    const accounts = [caller.accountId, ...(declarer === null ? [] : [declarer]), ...known];
    await ports.audience.keepTo(head.page.id, accounts.map((accountId) => ({ accountId })), { as: 'user' });
    await endViewingKeys(ports, head.id);
  }
  if (!done && p.visibility === 'public') await ports.audience.open(head.page.id, { as: 'user' });
  const incident = await accept(ports, caller, p, (current, by) => setVisibility(current, p.visibility, by));
  await showOnPage(ports, p.incidentId);
  return headView(incident.head);
}
