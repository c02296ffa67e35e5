/** An incident as it was known at a time: everything recorded later is taken away. */
import { alertFacts } from './incident';
import type { AlertRecord, Entry, HeadPatch, Incident, Pin } from './record';

function alertAt(alert: AlertRecord, at: number): AlertRecord | null {
  const links = alert.links.filter((link) => link.recordedAt <= at);
  const seen = alert.seen.filter((state) => state.recordedAt <= at);
  const last = seen.at(-1);
  if (links.length === 0 || last === undefined) return null;
  const logs = alert.logs.filter((log) => (log.knownAt ?? log.at) <= at);
  return { ...alert, links, seen, logs, status: last.status, closedAt: last.closedAt };
}

function entryAt(entry: Entry, at: number): Entry | null {
  if (entry.recordedAt > at) return null;
  if (entry.source !== 'person') return entry;
  const revisions = entry.revisions.filter((revision) => revision.recordedAt <= at);
  const last = revisions.at(-1);
  return last === undefined ? null : { ...entry, at: last.at, text: last.text, revisions };
}

function pinAt(pin: Pin, at: number): Pin | null {
  const states = pin.states.filter((state) => state.recordedAt <= at);
  return states.length === 0 ? null : { ...pin, states };
}

function kept<T>(rows: Readonly<Record<string, T>>, keep: (row: T) => T | null): Record<string, T> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([id, row]) => {
      const then = keep(row);
      return then === null ? [] : [[id, then]];
    }),
  );
}

/** The head's changing part is the fold of what the entries set, in the order they were accepted. */
export function foldState(entries: Incident['entries']): HeadPatch {
  return Object.values(entries)
    .filter((entry) => entry.set !== null)
    .sort((a, b) => a.v - b.v)
    .reduce<HeadPatch>((state, entry) => ({ ...state, ...entry.set }), {});
}

/** `at`: epoch ms, not before the incident was declared (an earlier one is taken for that moment). */
export function asKnownAt(incident: Incident, at: number): Incident {
  const when = Math.max(at, incident.head.declaredAt);
  const entries = kept(incident.entries, (entry) => entryAt(entry, when));
  const alerts = kept(incident.alerts, (alert) => alertAt(alert, when));
  const pins = kept(incident.pins, (pin) => pinAt(pin, when));
  return {
    head: { ...incident.head, ...foldState(entries), ...alertFacts(incident.head.begunAt, alerts), changedAt: Math.min(incident.head.changedAt, when) },
    entries,
    alerts,
    pins,
  };
}
