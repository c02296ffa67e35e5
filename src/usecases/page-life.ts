/** What becomes of an incident's page: moved, trashed, restored, deleted. Copies are no homes and change nothing. */
import type { IncidentHeadView } from '../contract';
import { alreadyDone, pressed } from '../domain/change';
import { AppFailure, notFound } from '../domain/failure';
import { seePage } from '../domain/linking';
import type { Ports } from '../ports';
import { incidentOfPage } from './board';
import type { Caller } from './caller';
import { pageClaim } from './claims';
import { accept, showOnPage, type Pressed } from './press';
import { proveAdmin } from './prove';
import { makePage } from './saga';
import { updateIncident } from './update-incident';
import { headView } from './views';

export interface PageEvent {
  readonly kind: 'moved' | 'trashed' | 'restored' | 'deleted';
  readonly pageId: string;
  /** Who did it, by the product's word. */
  readonly by: string | null;
  /** The same for every delivery of one event. */
  readonly eventId: string;
}

/** Late and repeated events change nothing: a page that is there again is asked for before it is called gone. */
export async function pageHappened(ports: Ports, event: PageEvent): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const incidentId = await incidentOfPage(ports, settings.value.conn, event.pageId);
  const head = incidentId === null ? null : await ports.incidents.head(incidentId);
  if (incidentId === null || head === null || head.page?.id !== event.pageId) return;
  const address = await ports.pages.address(event.pageId, { as: 'app' });
  const kind = event.kind === 'restored' || event.kind === 'moved' ? event.kind : address === null ? event.kind : null;
  if (kind === null || (event.kind === 'moved' && address === null)) return;
  const state = kind === 'restored' ? 'current' : kind;
  await updateIncident(ports, incidentId, (incident) => seePage(incident, state, address, event.eventId, event.by, ports.clock.now()));
}

/**
 * A new page for an incident whose page was deleted; for administrators. The page is found again by its nonce, so that a
 * repeated press makes no second one.
 */
export async function pressRehome(ports: Ports, caller: Caller, p: Pressed): Promise<IncidentHeadView> {
  await proveAdmin(ports);
  const incident = await ports.incidents.load(p.incidentId);
  if (incident === null) throw notFound();
  if (alreadyDone(incident, `${caller.accountId}:${p.opId}`)) return headView(incident.head);
  const old = incident.head.page;
  if (old !== null && (await ports.pages.address(old.id, { as: 'user' })) !== null) throw new AppFailure('conflict', 'error.page-not-gone');
  const page = await makePage(ports, incident, { as: 'user' });
  await ports.claims.make(pageClaim(incident.head.conn, page.id), 'page', { incidentId: p.incidentId });
  const after = await accept(ports, caller, p, (current, by) =>
    pressed(current, by, () => ({ head: { page: { ...page, state: 'current' } }, said: { messageKey: 'entry.page.rehomed', params: {} } })),
  );
  await showOnPage(ports, after);
  return headView(after.head);
}
