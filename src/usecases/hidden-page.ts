/**
 * The app's own account taken off a page by hand: people go on, the app is answered as if there were no page. Nothing is taken
 * for deleted; what the app would write on the page waits until it sees it again.
 */
import { pageHidden, pageShown } from '../domain/audience';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { showOnPage } from './press';
import { updateIncident } from './update-incident';

const LISTED = 100;

/** The app was answered that there is no page. Hidden it is where the calling user sees it. */
export async function noteHidden(ports: Ports, { id, page, hidden }: IncidentHead): Promise<void> {
  if (page === null || page.state !== 'current' || hidden !== undefined) return;
  if ((await ports.pages.look(page.id, { as: 'user' }))?.state !== 'current') return;
  const account = await ports.audience.self();
  await updateIncident(ports, id, (incident) => (incident.head.page?.id === page.id ? pageHidden(incident, account, ports.clock.now()) : incident));
}

/** The head, after a look whether a page that was hidden is so still; if not, what waited is written. */
export async function noteShown(ports: Ports, incidentId: string): Promise<IncidentHead> {
  const incident = await updateIncident(ports, incidentId, (current) => current);
  const { hidden, page } = incident.head;
  if (hidden === undefined || page === null || (await ports.pages.look(page.id, { as: 'app' })) === null) return incident.head;
  // First the page, so that what dies in between is done again.
  await showOnPage(ports, incidentId, { as: 'app' });
  return (await updateIncident(ports, incidentId, (current) => pageShown(current, ports.clock.now()))).head;
}

/** For the sweeper: nobody has to look at a board for the app to find its page again. */
export async function seekHidden(ports: Ports, conn: string): Promise<void> {
  const heads = await Promise.all((['open', 'ended'] as const).map((state) => ports.incidents.list(conn, state, LISTED)));
  for (const { id, hidden } of heads.flat()) if (hidden !== undefined) await noteShown(ports, id);
}
