/** The timeline as readers see it. Pure. */
import type { EntryView, RevisionView } from '../contract';
import { lineNames } from '../domain/alert-entries';
import type { AlertLog, AlertRecord, Entry, Incident } from '../domain/model';
import { limitAt, thresholdEdits } from '../domain/thresholds';
import { isPinned, isRemoved, noteState } from '../domain/notes';
import { own } from '../domain/own';

const CLOSED_TEXT: Readonly<Record<string, string>> = {
  monitoring: 'entry.alert.recovered',
  manual: 'entry.alert.closed.manual',
  monitorDelete: 'entry.alert.closed.monitorDelete',
  hostRetire: 'entry.alert.closed.hostRetire',
  serviceDelete: 'entry.alert.closed.serviceDelete',
  anomalyDetectionManuallyRetraining: 'entry.alert.closed.retrained',
  externalMonitoringServiceChange: 'entry.alert.closed.reassigned',
};

function logText(log: AlertLog, first: boolean): string {
  if (log.status === 'OK') return own(CLOSED_TEXT, log.trigger) ?? 'entry.alert.closed';
  return first ? 'entry.alert.opened' : 'entry.alert.changed';
}

/** One entry per line of the alert's own log. */
function alertEntries(incident: Incident, alert: AlertRecord): readonly EntryView[] {
  const edits = thresholdEdits(incident, alert.id);
  return alert.logs.map((log, index) => {
    const names = lineNames(incident.head.conn, alert.id, log);
    return {
      id: names.id,
      at: log.at,
      source: 'mackerel',
      messageKey: logText(log, index === 0),
      params: {
        monitor: alert.monitorName,
        host: alert.host?.name ?? '',
        value: log.value ?? '',
        ...limitAt(alert, edits, log.status, log.knownAt ?? log.at),
        trigger: log.trigger,
      },
      text: null,
      link: null,
      by: null,
      alertId: alert.id,
      status: log.status,
      unverified: log.heardAt !== undefined,
      recordedAt: log.knownAt ?? log.at,
      edited: null,
      pinned: isPinned(incident, names),
      removed: false,
      v: Math.max(alert.v, incident.pins[names.id]?.v ?? 0, incident.pins[names.was]?.v ?? 0),
    };
  });
}

const person = (accountId: string): { accountId: string } => ({ accountId });
/** Entries that only carry facts for the record have no words. */
const isSaid = (entry: Entry): boolean => entry.messageKey !== null || entry.text !== null;

function entryView(incident: Incident, entry: Entry): EntryView {
  const last = entry.revisions.length > 1 ? entry.revisions.at(-1) : undefined;
  return {
    id: entry.id,
    at: entry.at,
    source: entry.source,
    messageKey: entry.messageKey,
    params: entry.params,
    text: entry.text,
    link: noteState(entry.revisions)?.link ?? null,
    by: entry.by === null ? null : person(entry.by),
    alertId: entry.alertId,
    status: null,
    unverified: false,
    recordedAt: entry.recordedAt,
    edited: last === undefined ? null : { at: last.recordedAt, by: person(last.by) },
    pinned: isPinned(incident, { id: entry.id, was: entry.id }),
    removed: isRemoved(entry),
    v: Math.max(entry.v, incident.pins[entry.id]?.v ?? 0),
  };
}

/** Entries changed after version `since`, newest first. A first look (0) leaves removed notes out; a delta tells of them. */
export function entriesSince(incident: Incident, since: number): readonly EntryView[] {
  const stored = Object.values(incident.entries).filter(isSaid).map((entry) => entryView(incident, entry));
  const heard = Object.values(incident.alerts).flatMap((alert) => alertEntries(incident, alert));
  return [...stored, ...heard]
    .filter((entry) => entry.v > since && (since > 0 || !entry.removed))
    .sort((a, b) => b.at - a.at || b.recordedAt - a.recordedAt || (a.id < b.id ? 1 : -1));
}

/** Every state a note was in, oldest first. */
export function revisionViews({ revisions }: Entry): readonly RevisionView[] {
  return revisions.flatMap(({ recordedAt, by }, index) => {
    const then = noteState(revisions.slice(0, index + 1));
    return then === null ? [] : [{ recordedAt, by: person(by), ...then }];
  });
}
