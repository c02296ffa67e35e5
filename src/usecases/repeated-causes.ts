/** Causes that came more than once, over the incidents the caller sees. */
import type { RepeatedView } from '../contract';
import { repeatedCauses, type LookedBack } from '../domain/repeated';
import { isReviewed } from '../domain/review';
import type { Ports } from '../ports';
import { overviewIncident } from './review-views';

const DAY_MS = 86_400_000;
const LISTED = 200;
/** The newest are read whole, for what fired. */
const READ_AT_MOST = 100;
const CAUSES_TOLD = 50;
const INCIDENTS_TOLD = 20;

/** Of incidents detected in the last `days`, whose page the caller may see, proven in bulk before anything of them is read. */
export async function repeatedOf(ports: Ports, days: number): Promise<RepeatedView> {
  const settings = await ports.settings.load();
  const now = ports.clock.now();
  if (settings === null) return { causes: [], of: 0, more: false, now };
  const { conn } = settings.value;
  const lists = await Promise.all((['open', 'done'] as const).map((state) => ports.reviews.list(conn, state, LISTED)));
  const heads = await Promise.all(lists.flat().map(async (review) => ({ review, head: await ports.incidents.head(review.incidentId).catch(() => null) })));
  const since = now - days * DAY_MS;
  const inPeriod = heads.flatMap(({ review, head }) => (head !== null && head.page !== null && isReviewed(head) && head.detectedAt >= since ? [{ review, head, pageId: head.page.id }] : []));
  const seen = inPeriod.length === 0 ? new Set<string>() : await ports.access.visiblePages(inPeriod.map(({ pageId }) => pageId));
  const visible = inPeriod.filter(({ pageId }) => seen.has(pageId)).sort((a, b) => b.head.detectedAt - a.head.detectedAt);
  const read = visible.slice(0, READ_AT_MOST).map(async ({ review, head }): Promise<LookedBack | null> => {
    const incident = await ports.incidents.recent(head.id, 0).catch(() => null);
    return incident === null ? null : { incident, review };
  });
  const all = (await Promise.all(read)).filter((one) => one !== null);
  const byId = new Map(all.map(({ incident: { head } }) => [head.id, overviewIncident(head)]));
  const causes = repeatedCauses(all);
  return {
    causes: causes.slice(0, CAUSES_TOLD).map(({ kind, name, incidentIds }) => ({ kind, name, count: incidentIds.length, incidents: incidentIds.slice(0, INCIDENTS_TOLD).flatMap((id) => byId.get(id) ?? []) })),
    of: all.length,
    more: visible.length > READ_AT_MOST || causes.length > CAUSES_TOLD || lists.some((list) => list.length === LISTED),
    now,
  };
}
