/** What becomes of an incident's page: moved, trashed, restored, deleted. Copies are no homes and change nothing. */
import type { IncidentHeadView } from '../contract';
import { AppFailure, notFound } from '../domain/failure';
import { standsFor } from '../domain/imported';
import { seePage, type PageSeen } from '../domain/linking';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { incidentOfPage } from './claims';
import { accept, acceptedBefore, operation, showOnPage, type Pressed } from './press';
import { proveAdmin } from './prove';
import { advance, beginRehome, waitForPage } from './saga';
import { updateIncident } from './update-incident';
import { headView } from './views';

export interface PageEvent {
  readonly kind: 'moved' | 'trashed' | 'restored' | 'deleted';
  readonly pageId: string;
  /** Who did it, by the product's word; null: not told. */
  readonly by: string | null;
}
const BRINGS = { moved: 'current', trashed: 'trashed', restored: 'current', deleted: 'deleted' } as const;
const LOOKS = 4;

/**
 * An event only says that there is something to see: what is recorded is what a look at the page shows, so that late,
 * repeated and missing events end in the same record. A page that cannot be seen is gone only when an event said so: it may
 * be hidden from the app. Whoever recorded looks again, because another event may be handled at the same time.
 */
export async function pageHappened(ports: Ports, event: PageEvent): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const incidentId = await incidentOfPage(ports, settings.value.conn, event.pageId);
  const head = incidentId === null ? null : await ports.incidents.head(incidentId);
  if (incidentId === null || head?.page?.id !== event.pageId) return;
  let recorded = '';
  for (let look = 0; look < LOOKS; look += 1) {
    const there = await ports.pages.look(event.pageId, { as: 'app' });
    if (there === null && event.kind !== 'deleted') return;
    const seen: PageSeen = there ?? { state: 'deleted', url: null };
    const shown = JSON.stringify(seen);
    if (shown === recorded) return;
    recorded = shown;
    const by = BRINGS[event.kind] === seen.state ? event.by : null;
    await updateIncident(ports, incidentId, (incident) => seePage(incident, event.pageId, seen, event.kind === 'moved', by, ports.clock.now()));
  }
}

/** Gone is a page its event told of, or one that neither the app nor the administrator can find. A private one may be hidden from both. */
async function isGone(ports: Ports, head: IncidentHead): Promise<boolean> {
  if (head.page === null) return false;
  const looks = await Promise.all((['app', 'user'] as const).map((as) => ports.pages.look(head.page?.id ?? '', { as })));
  return looks.every((there) => there === null) && (head.page.state === 'deleted' || head.visibility === 'public');
}

/**
 * A new page for an incident whose page was deleted; for administrators, and of a private incident only for who declared
 * it. It goes the way of a declaration's page, so that presses at once, repeated or cut short end on one.
 */
export async function pressRehome(ports: Ports, caller: Caller, p: Pressed): Promise<IncidentHeadView> {
  await proveAdmin(ports);
  const head = await ports.incidents.head(p.incidentId);
  if (head === null || (head.visibility === 'private' && standsFor(head) !== caller.accountId)) throw notFound();
  const before = await acceptedBefore(ports, caller, p);
  const from = head.page?.id ?? null;
  if (before === null) {
    if (from === null || !(await isGone(ports, head))) throw new AppFailure('conflict', 'error.page-not-gone');
    const press = operation(caller, p, ports.clock.now());
    await beginRehome(ports, p.incidentId, { from, authors: [caller.accountId], press });
  }
  if ((await advance(ports, p.incidentId, { as: 'user' })) === 'elsewhere') await waitForPage(ports, p.incidentId, before === null ? from : null);
  const after = await ports.incidents.head(p.incidentId);
  if (after === null) throw notFound();
  if (before === null && after.page?.id === from) throw new AppFailure('busy', 'error.busy', {}, null, 2000);
  const incident = await accept(ports, caller, p, (current) => current);
  await showOnPage(ports, p.incidentId);
  return headView(incident.head);
}
