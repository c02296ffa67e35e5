/** How an incident changes: one accepted change raises `head.ver` by one and leaves an entry that says what it set. */
import type { Entry, HeadPatch, HeadState, Incident, IncidentHead, NoticeKind } from './record';

const OPS_KEPT = 20;

/** What a person presses, with the operation id of the press (`<account>:<uuid>`). */
export interface Press {
  readonly opId: string;
  readonly by: string;
  readonly now: number;
}

/** True when this press was already accepted: a retry finds its own effect. */
export function alreadyDone(incident: Incident, opId: string): boolean {
  return incident.head.ops.some((op) => op.id === opId) || Object.hasOwn(incident.entries, `op:${opId}`) || Object.hasOwn(incident.entries, `op:${opId}:0`);
}

/** `recordedAt` of the next change: clocks of two instances may disagree, the record's order does not. */
export const recordTime = (head: IncidentHead, now: number): number => Math.max(now, head.changedAt);

type Said = Pick<Entry, 'messageKey' | 'params'> & Partial<Pick<Entry, 'at' | 'source' | 'alertId' | 'by'>>;

/** An entry of the app's own words. */
export function entryOf(id: string, said: Said, by: string | null, recordedAt: number, v: number, set: HeadPatch | null): Entry {
  return { id, at: said.at ?? recordedAt, source: said.source ?? 'app', messageKey: said.messageKey, params: said.params, text: null, by, alertId: said.alertId ?? null, recordedAt, set, revisions: [], v };
}

export interface Effect {
  readonly set?: HeadPatch;
  readonly said?: Said;
  /** More entries of the same press, after the first. */
  readonly rows?: Readonly<Record<string, Entry>>;
  readonly alerts?: Incident['alerts'];
  readonly pins?: Incident['pins'];
  readonly head?: Partial<Omit<IncidentHead, keyof HeadState>>;
  readonly notice?: NoticeKind;
}

/** Applies a person's press: head, entry `op:<opId>`, remembered operation, owed notice, all in one version. */
export function pressed(incident: Incident, press: Press, make: (v: number, recordedAt: number) => Effect): Incident {
  const v = incident.head.ver + 1;
  const recordedAt = recordTime(incident.head, press.now);
  const effect = make(v, recordedAt);
  const id = `op:${press.opId}`;
  const said = effect.said === undefined ? {} : { [id]: entryOf(id, effect.said, press.by, recordedAt, v, effect.set ?? null) };
  const owed = effect.notice !== undefined && incident.head.visibility === 'public' ? [{ id, kind: effect.notice, by: press.by, at: recordedAt }] : [];
  return {
    head: {
      ...incident.head,
      ...effect.head,
      ...effect.set,
      ver: v,
      changedAt: recordedAt,
      ops: [...incident.head.ops, { id: press.opId, ver: v }].slice(-OPS_KEPT),
      outbox: [...incident.head.outbox, ...owed],
    },
    entries: { ...incident.entries, ...said, ...effect.rows },
    alerts: effect.alerts ?? incident.alerts,
    pins: effect.pins ?? incident.pins,
  };
}

/** A press that changed nothing is remembered too: sent again after others changed things, it must still change nothing. */
export function remember(incident: Incident, press: Press): Incident {
  return alreadyDone(incident, press.opId) ? incident : pressed(incident, press, () => ({}));
}

/** Applies what the app saw by itself, under a deterministic entry id; the same incident when that entry exists. */
export function observed(incident: Incident, id: string, now: number, said: Said, set: HeadPatch | null, head: Partial<IncidentHead> = {}): Incident {
  if (Object.hasOwn(incident.entries, id)) return incident;
  const v = incident.head.ver + 1;
  const recordedAt = recordTime(incident.head, now);
  return {
    ...incident,
    head: { ...incident.head, ...head, ...set, ver: v, changedAt: recordedAt },
    entries: { ...incident.entries, [id]: entryOf(id, said, said.by ?? null, recordedAt, v, set) },
  };
}
