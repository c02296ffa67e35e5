/** Alerts that come and go: of one monitor on one host or service, each soon after the one before had recovered. Pure. */
import { closedBy } from './alert';
import type { AlertRecord } from './record';

const MINUTE = 60_000;
/** One that lasts longer is an outage of its own and never folded away. */
export const SHORT_MS = 30 * MINUTE;

/** What makes two alerts the same thing: the monitor, where it looked, and the series it looked at. */
function subject({ monitorId, monitorName, host, service, metricName }: AlertRecord): string {
  return JSON.stringify([monitorId ?? monitorName, host === null ? ['service', service] : ['host', host.id], metricName]);
}

const isShort = (alert: AlertRecord, now: number): boolean => (alert.closedAt ?? now) - alert.openedAt <= SHORT_MS;

/** `next` came within `ms` of the recovery of `before`. What a person closed, or what lost its monitor or host, did not recover. */
const follows = (before: AlertRecord, next: AlertRecord, ms: number): boolean => before.closedAt !== null && closedBy(before) === null && next.openedAt - before.closedAt <= ms;

/**
 * Groups of two or more, each newest first; in any order the alerts come in the same ones. Only the newest of a group can be
 * firing. `flapMinutes`: how soon an alert comes back to continue the one before; 0: none does. `now`: epoch ms.
 */
export function findFlaps(alerts: readonly AlertRecord[], flapMinutes: number, now: number): readonly (readonly AlertRecord[])[] {
  if (flapMinutes === 0) return [];
  const bySubject = new Map<string, AlertRecord[]>();
  for (const alert of alerts) bySubject.set(subject(alert), [...(bySubject.get(subject(alert)) ?? []), alert]);
  const groups = [...bySubject.values()].flatMap((same) => {
    const runs: AlertRecord[][] = [[]];
    for (const alert of same.sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))) {
      const run = runs.at(-1) ?? [];
      const before = run.at(-1);
      if (!isShort(alert, now)) runs.push([]);
      else if (before === undefined || follows(before, alert, flapMinutes * MINUTE)) run.push(alert);
      else runs.push([alert]);
    }
    return runs.filter((run) => run.length > 1).map((run) => run.reverse());
  });
  return groups.sort((a, b) => ((a[0]?.id ?? '') < (b[0]?.id ?? '') ? -1 : 1));
}
