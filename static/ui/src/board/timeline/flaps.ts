/** Alerts that come and go: many cycles of one monitor on one host become one row. Pure. */
import type { AlertStatus, EntryView } from '../../../../../src/contract';

export const REOPENS_WITHIN_MS = 15 * 60_000;
/** A longer outage is never folded away. */
export const SHORT_MS = 30 * 60_000;

interface Cycle {
  readonly entries: readonly EntryView[];
  readonly from: number;
  readonly to: number;
}
export interface Flap {
  readonly id: string;
  /** Newest first. */
  readonly entries: readonly EntryView[];
  readonly times: number;
  readonly from: number;
  readonly to: number;
  readonly worst: AlertStatus;
  readonly monitor: string;
  readonly host: string;
}

const RANK: readonly AlertStatus[] = ['OK', 'WARNING', 'UNKNOWN', 'CRITICAL'];

/** One alert from opening to recovery, if all of it is here and it was short. */
function cycleOf(entries: readonly EntryView[]): Cycle | null {
  const first = entries.find((entry) => entry.messageKey === 'entry.alert.opened');
  const last = entries.find((entry) => entry.messageKey === 'entry.alert.recovered');
  if (first === undefined || last === undefined || last.at - first.at > SHORT_MS) return null;
  return { entries, from: first.at, to: last.at };
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function flapOf(run: readonly Cycle[]): Flap | null {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length < 2) return null;
  const entries = run.flatMap((cycle) => cycle.entries).sort((a, b) => b.at - a.at || b.v - a.v);
  const { monitor = '', host = '' } = first.entries[0]?.params ?? {};
  const worst = entries.reduce<AlertStatus>((found, { status }) => (status !== null && RANK.indexOf(status) > RANK.indexOf(found) ? status : found), 'OK');
  return { id: `flap:${first.entries[0]?.alertId ?? ''}`, entries, times: run.length, from: first.from, to: last.to, worst, monitor: String(monitor), host: String(host) };
}

/** Runs of two or more short cycles of the same monitor and host, each opening at most 15 minutes after the one before recovered. */
export function findFlaps(entries: readonly EntryView[]): readonly Flap[] {
  const heard = entries.filter((entry) => entry.source === 'mackerel');
  const bySubject = grouped([...grouped(heard, (entry) => entry.alertId).values()], ([entry]) => JSON.stringify([entry?.params['monitor'], entry?.params['host']]));
  return [...bySubject.values()].flatMap((alerts) => {
    const begun = (of: readonly EntryView[]): number => Math.min(...of.map((entry) => entry.at));
    const nameOf = (of: readonly EntryView[]): string => of[0]?.alertId ?? '';
    const runs: Cycle[][] = [[]];
    for (const alert of [...alerts].sort((a, b) => begun(a) - begun(b) || (nameOf(a) < nameOf(b) ? -1 : 1))) {
      const cycle = cycleOf(alert);
      const before = runs.at(-1)?.at(-1);
      if (cycle === null) runs.push([]);
      else if (before !== undefined && cycle.from - before.to > REOPENS_WITHIN_MS) runs.push([cycle]);
      else runs.at(-1)?.push(cycle);
    }
    return runs.flatMap((run) => flapOf(run) ?? []);
  });
}
