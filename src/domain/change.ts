/** How an incident changes: one accepted change raises `head.ver` by one and leaves rows that say what it set. */
import { isReviewed } from './review';
import type { Entry, HeadPatch, HeadState, Incident, IncidentHead, NoticeKind, OutboxItem } from './record';

/** What a person presses, with the operation id of the press (`<account>:<uuid>`). */
export interface Press {
  readonly opId: string;
  readonly by: string;
  readonly now: number;
}

/** Ids of the entries a press makes: its own, and those of the notes it adds (`n` from 0). */
export const pressId = (opId: string): string => `op:${opId}`;
export const noteId = (opId: string, n: number): string => `op:${opId}:${String(n).padStart(3, '0')}`;

/** True when this press was accepted before, however long ago: every press leaves its operation id in a row. */
export function alreadyDone(incident: Incident, opId: string): boolean {
  const { entries, pins } = incident;
  if (Object.hasOwn(entries, pressId(opId)) || Object.hasOwn(entries, noteId(opId, 0))) return true;
  return Object.values(entries).some((entry) => entry.revisions.some((revision) => revision.op === opId)) || Object.values(pins).some((pin) => pin.states.some((state) => state.op === opId));
}

/** `recordedAt` of the next change: clocks of two instances may disagree, the record's order does not. */
export const recordTime = (head: IncidentHead, now: number): number => Math.max(now, head.changedAt);

type Said = Pick<Entry, 'messageKey' | 'params'> & Partial<Pick<Entry, 'at' | 'source' | 'alertId' | 'by'>>;

/** An entry of the app's own words; without a `messageKey` it is a fact of the record and nothing to read. */
export function entryOf(id: string, said: Said, by: string | null, recordedAt: number, v: number, set: HeadPatch | null): Entry {
  return { id, at: said.at ?? recordedAt, source: said.source ?? 'app', messageKey: said.messageKey, params: said.params, text: null, by, alertId: said.alertId ?? null, recordedAt, set, revisions: [], v };
}

/** What a change does; rows are added to those there are, or take the place of those of the same id. */
interface Rows {
  readonly entries?: Incident['entries'];
  readonly alerts?: Incident['alerts'];
  readonly pins?: Incident['pins'];
  readonly hosts?: Incident['hosts'];
  readonly tickets?: Incident['tickets'];
  readonly head?: Partial<Omit<IncidentHead, keyof HeadState>>;
}
export interface Effect extends Rows {
  readonly set?: HeadPatch;
  readonly said?: Said;
  readonly notice?: NoticeKind;
  /** What is left to be finished once this is stored. */
  readonly work?: Pick<OutboxItem, 'kind' | 'params'>;
}

/** Applies a change in one version. */
function changed(incident: Incident, recordedAt: number, rows: Rows, set: HeadPatch): Incident {
  return {
    head: { ...incident.head, ...rows.head, ...set, ver: incident.head.ver + 1, changedAt: recordedAt },
    entries: { ...incident.entries, ...rows.entries },
    alerts: { ...incident.alerts, ...rows.alerts },
    pins: { ...incident.pins, ...rows.pins },
    hosts: { ...incident.hosts, ...rows.hosts },
    tickets: { ...incident.tickets, ...rows.tickets },
  };
}

/** What is owed whoever may know of the incident; the rest are notices. */
const WORK: ReadonlySet<OutboxItem['kind']> = new Set(['tickets', 'merged', 'moved', 'visibility', 'review']);

/** Applies a person's press: head, rows, an entry under the press's own id where it says or sets something, and the owed notice. */
export function pressed(incident: Incident, press: Press, make: (v: number, recordedAt: number) => Effect): Incident {
  const v = incident.head.ver + 1;
  const recordedAt = recordTime(incident.head, press.now);
  const { set, said, notice, work, ...rows } = make(v, recordedAt);
  const id = pressId(press.opId);
  const own = said === undefined ? {} : { [id]: entryOf(id, said, press.by, recordedAt, v, set ?? null) };
  const owed: readonly OutboxItem[] = notice !== undefined && incident.head.visibility === 'public' ? [{ id, kind: notice, by: press.by, at: recordedAt }] : [];
  // Jira shows severity and status, or nothing of them.
  const facts = (set !== undefined && ('severity' in set || 'status' in set)) || rows.head?.visibility !== undefined;
  const inJira = facts && set?.status !== 'merged' && Object.keys(incident.tickets).length > 0;
  // From then on it is looked back on.
  const isOver = set?.status !== undefined && isReviewed({ kind: incident.head.kind, status: set.status }) && !isReviewed(incident.head);
  const kept = incident.head.outbox.filter((item) => rows.head?.visibility !== 'private' || WORK.has(item.kind));
  const left: readonly OutboxItem[] = work === undefined ? [] : [{ id, ...work, by: press.by, at: recordedAt }];
  const outbox = [...kept, ...owed, ...left, ...(inJira ? [{ id: `${id}:tickets`, kind: 'tickets' as const, by: press.by, at: recordedAt }] : []), ...(isOver ? [{ id: `${id}:review`, kind: 'review' as const, by: press.by, at: recordedAt }] : [])];
  return changed(incident, recordedAt, { ...rows, entries: { ...own, ...rows.entries }, head: { ...rows.head, outbox } }, set ?? {});
}

/** A press that changed nothing is remembered too: sent again after others changed things, it must still change nothing. */
export function remember(incident: Incident, press: Press): Incident {
  return alreadyDone(incident, press.opId) ? incident : pressed(incident, press, () => ({ said: { messageKey: null, params: {} } }));
}

/** Applies what the app saw by itself; null: it saw nothing new and the same incident comes back. */
export function observed(incident: Incident, now: number, make: (v: number, recordedAt: number) => (Rows & { readonly set?: HeadPatch }) | null): Incident {
  const recordedAt = recordTime(incident.head, now);
  const made = make(incident.head.ver + 1, recordedAt);
  if (made === null) return incident;
  const { set, ...rows } = made;
  return changed(incident, recordedAt, rows, set ?? {});
}
