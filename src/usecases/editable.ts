/** Open incidents that something can be merged into or moved to: those whose page the caller may edit, asked now. */
import type { IncidentHeadView } from '../contract';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { headView } from './views';

const OPEN = 50;
/** Each takes one request, and the platform allows 100 of them per invocation and minute. */
const ASKED = 30;

/** Newest first. */
export async function editableIncidents(ports: Ports): Promise<{ readonly incidents: readonly IncidentHeadView[] }> {
  const settings = await ports.settings.load();
  if (settings === null) return { incidents: [] };
  const withPage = (await ports.incidents.list(settings.value.conn, 'open', OPEN)).flatMap((head) => (head.page === null ? [] : [{ head, pageId: head.page.id }]));
  const visible = await ports.access.visiblePages(withPage.map(({ pageId }) => pageId));
  const asked = withPage.filter(({ pageId }) => visible.has(pageId)).slice(0, ASKED);
  const found = await Promise.all(asked.map(async ({ head, pageId }): Promise<readonly IncidentHead[]> => {
    const [access, now] = await Promise.all([ports.access.page(pageId), ports.incidents.head(head.id)]);
    // The list lags: one that has ended or was merged since is left out.
    return access?.canUpdate === true && now?.state === 'open' ? [now] : [];
  }));
  return { incidents: found.flat().map(headView) };
}
