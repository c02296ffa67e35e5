/** What Mackerel raised lately, read once for everybody: whether a monitor fires again after a ticket was made. */
import type { AlertNowView, OverviewTicket } from '../contract';
import { linkedAlerts } from '../domain/alert-record';
import type { AlertRecord, Incident } from '../domain/model';
import { MackerelError, type Ports } from '../ports';

const FRESH_MS = 15_000;
interface Raised {
  readonly id: string;
  readonly monitorId: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
}
interface RecentCell {
  readonly at: number;
  readonly alerts: readonly Raised[];
}

/** Open ones and the newest hundred; null: Mackerel cannot be read, or no key is saved. */
export async function recentAlerts(ports: Ports, conn: string): Promise<readonly Raised[] | null> {
  const key = `recent:${conn}`;
  const cell = await ports.cells.get<RecentCell>(key);
  const now = ports.clock.now();
  if (cell !== null && now - cell.value.at < FRESH_MS) return cell.value.alerts;
  const source = await ports.mackerel();
  if (source === null) return null;
  try {
    const [open, recent] = await Promise.all([source.openAlerts(), source.alertsPage(null)]);
    const all = new Map([...recent.alerts, ...open].map((alert) => [alert.id, alert]));
    const alerts = [...all.values()].flatMap(({ id, monitorId, openedAt, closedAt }) => (monitorId === null ? [] : [{ id, monitorId, openedAt, closedAt }]));
    // Another reader may have been first: its answer is as good.
    await ports.cells.put<RecentCell>(key, 'recent', { at: now, alerts }, cell?.ver ?? null);
    return alerts;
  } catch (error) {
    if (error instanceof MackerelError) return null;
    throw error;
  }
}

/** One alert of each monitor the incident is about. */
function monitorsOf(incident: Incident): readonly (AlertRecord & { readonly monitorId: string })[] {
  const byMonitor = new Map<string, AlertRecord & { readonly monitorId: string }>();
  for (const alert of linkedAlerts(incident.alerts)) if (alert.monitorId !== null && !byMonitor.has(alert.monitorId)) byMonitor.set(alert.monitorId, { ...alert, monitorId: alert.monitorId });
  return [...byMonitor.values()];
}

/** When the monitor began to fire after `since`. One that spreads to a further host while it fires does not fire again. */
function begunAfter(since: number, raised: readonly Raised[], known: readonly Omit<Raised, 'monitorId'>[]): readonly number[] {
  const all = [...raised, ...known.filter(({ id }) => !raised.some((one) => one.id === id))];
  const firing = (at: number): boolean => all.some(({ openedAt, closedAt }) => openedAt < at && (closedAt === null || closedAt >= at));
  return raised.map(({ openedAt }) => openedAt).filter((at) => at > since && !firing(at));
}

/** Those firing first, then the latest recovered. `since`: epoch ms. */
export function alertsNow(incident: Incident, recent: readonly Raised[], since: number): readonly AlertNowView[] {
  return monitorsOf(incident)
    .map((alert): AlertNowView => {
      const raised = recent.filter(({ monitorId }) => monitorId === alert.monitorId);
      const open = raised.filter(({ closedAt }) => closedAt === null).map(({ openedAt }) => openedAt);
      const closed = [...raised.flatMap(({ closedAt }) => (closedAt === null ? [] : [closedAt])), ...(alert.closedAt === null ? [] : [alert.closedAt])];
      const again = begunAfter(since, raised, linkedAlerts(incident.alerts).filter(({ monitorId }) => monitorId === alert.monitorId));
      return {
        monitorName: alert.monitorName,
        hostName: alert.host?.name ?? null,
        firingSince: open.length === 0 ? null : Math.min(...open),
        recoveredAt: open.length > 0 || closed.length === 0 ? null : Math.max(...closed),
        firedAgainAt: again.length === 0 ? null : Math.max(...again),
      };
    })
    .sort((a, b) => Number(b.firingSince !== null) - Number(a.firingSince !== null) || (b.recoveredAt ?? 0) - (a.recoveredAt ?? 0));
}

/** The newest alert that a monitor of the incident raised after `since`, epoch ms. */
export function firedAgain(incident: Incident, recent: readonly Raised[], since: number): OverviewTicket['firedAgain'] {
  const [newest] = alertsNow(incident, recent, since)
    .filter((alert) => alert.firedAgainAt !== null)
    .sort((a, b) => (b.firedAgainAt ?? 0) - (a.firedAgainAt ?? 0));
  return newest?.firedAgainAt == null ? null : { monitorName: newest.monitorName, at: newest.firedAgainAt, open: newest.firingSince !== null };
}
