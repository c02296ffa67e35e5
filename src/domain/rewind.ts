/** An incident as it was known at a time: everything recorded later is taken away. */
import { alertAt, alertFacts } from './alert-record';
import { noteState } from './notes';
import type { Entry, HeadPatch, HostRecord, Incident, Pin, TicketRecord } from './record';

function entryAt(entry: Entry, at: number): Entry | null {
  if (entry.recordedAt > at) return null;
  if (entry.source !== 'person') return entry;
  const revisions = entry.revisions.filter((revision) => revision.recordedAt <= at);
  const then = noteState(revisions);
  return then === null ? null : { ...entry, at: then.at, text: then.text, revisions };
}

function statesAt<T extends Pin | HostRecord | TicketRecord>(row: T, at: number): T | null {
  const states = row.states.filter((state) => state.recordedAt <= at);
  return states.length === 0 ? null : { ...row, states };
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

/**
 * `at`: epoch ms; one before the declaration is taken for that moment. What is no part of the story stays as it is now:
 * the page, and the versions of head and rows.
 */
export function asKnownAt(incident: Incident, at: number): Incident {
  const when = Math.max(at, incident.head.declaredAt);
  const entries = kept(incident.entries, (entry) => entryAt(entry, when));
  const alerts = kept(incident.alerts, (alert) => alertAt(alert, when));
  const state = { ...incident.head, ...foldState(entries) };
  return {
    head: { ...state, ...alertFacts(state.begunAt, alerts), ...(state.status === 'merged' ? { openAlerts: 0 } : {}), changedAt: Math.min(incident.head.changedAt, when) },
    entries,
    alerts,
    pins: kept(incident.pins, (pin) => statesAt(pin, when)),
    hosts: kept(incident.hosts, (host) => statesAt(host, when)),
    tickets: kept(incident.tickets, (ticket) => ((ticket.cameAt ?? 0) > when ? null : statesAt(ticket, when))),
  };
}
