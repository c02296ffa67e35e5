/**
 * Notes on their way. One at a time, in order; each keeps its operation id over retries and reloads, so that one that did
 * arrive is found and not written twice. What was refused keeps its words until somebody takes or discards them.
 */
import type { IncidentHeadView, NoteInput } from '../../../../../src/contract';
import { field, kept, numberOf, textOf, type Kept } from '../../parts/kept';
import { draftStore, isEmpty, parseDraft, type Draft } from './draft';

export interface Unsent {
  readonly opId: string;
  readonly draft: Draft;
  readonly note: NoteInput;
  /** Server time, epoch ms. */
  readonly pressedAt: number;
  readonly state: 'sending' | 'unanswered' | 'refused' | 'recorded';
  readonly reason: string | null;
}
export interface Outbox {
  list(): readonly Unsent[];
  subscribe(onChange: () => void): () => void;
  /** Sends again what a reload interrupted. Call once the screen is there. */
  start(): void;
  add(draft: Draft, note: NoteInput, pressedAt: number): void;
  /** All unanswered ones again. */
  retry(): void;
  drop(opId: string): void;
  /** Forgets those whose entry is on the board. */
  seen(entryIds: readonly string[]): void;
}

export function parseUnsent(raw: unknown): readonly Unsent[] | null {
  if (!Array.isArray(raw)) return null;
  return raw.flatMap((row: unknown): readonly Unsent[] => {
    const [opId, pressedAt, text] = [textOf(field(row, 'opId')), numberOf(field(row, 'pressedAt')), textOf(field(field(row, 'note'), 'text'))];
    const [draft, state] = [parseDraft(field(row, 'draft')), field(row, 'state')];
    if (opId === null || pressedAt === null || text === null || draft === null) return [];
    // The moment of the press stands from now on: "now" would be the time of the retry.
    const note = { text, at: numberOf(field(field(row, 'note'), 'at')) ?? pressedAt, link: textOf(field(field(row, 'note'), 'link')) };
    return [{ opId, draft, note, pressedAt, state: state === 'refused' ? 'refused' : 'sending', reason: textOf(field(row, 'reason')) }];
  });
}
export function outboxStore(incidentId: string, account: string | null): Kept<readonly Unsent[]> {
  return kept(`unsent:${incidentId}:${account ?? ''}`, parseUnsent);
}

/** True while this person has something written that is not on the board. */
export function hasWords(incidentId: string, account: string | null): boolean {
  const draft = draftStore(incidentId, account, 'new').read();
  return (draft !== null && !isEmpty(draft)) || (outboxStore(incidentId, account).read() ?? []).length > 0;
}

export interface OutboxParts {
  readonly store: Kept<readonly Unsent[]>;
  readonly send: (note: NoteInput, opId: string) => Promise<IncidentHeadView>;
  readonly accept: (head: IncidentHeadView) => void;
  /** Why a failed call failed, for people; and whether the app said so (else nobody answered). */
  readonly explain: (error: unknown) => { readonly reason: string; readonly answered: boolean };
}

export function createOutbox({ store, send, accept, explain }: OutboxParts): Outbox {
  const listeners = new Set<() => void>();
  let list: readonly Unsent[] = store.read() ?? [];
  const own = new Set(list.map((one) => one.opId));
  let running = false;
  let started = false;

  const set = (next: readonly Unsent[]): void => {
    list = next;
    // Another window of the same person keeps its notes there too.
    const others = (store.read() ?? []).filter((one) => !own.has(one.opId));
    const open = [...others, ...list.filter((one) => one.state !== 'recorded')];
    store.write(open.length === 0 ? null : open);
    for (const listener of listeners) listener();
  };
  const change = (opId: string, part: Partial<Unsent>): void => set(list.map((one) => (one.opId === opId ? { ...one, ...part } : one)));
  const pump = (): void => {
    const next = list.find((one) => one.state === 'sending');
    if (running || next === undefined) return;
    running = true;
    void send(next.note, next.opId)
      .then(
        (head) => {
          change(next.opId, { state: 'recorded' });
          accept(head);
        },
        (error: unknown) => {
          const { reason, answered } = explain(error);
          const note = { ...next.note, at: next.note.at ?? next.pressedAt };
          change(next.opId, { state: answered ? 'refused' : 'unanswered', reason, note });
        },
      )
      .finally(() => {
        running = false;
        pump();
      });
  };

  return {
    list: () => list,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    start: () => {
      if (started) return;
      started = true;
      pump();
    },
    add: (draft, note, pressedAt) => {
      const opId = crypto.randomUUID();
      own.add(opId);
      set([...list, { opId, draft, note, pressedAt, state: 'sending', reason: null }]);
      pump();
    },
    retry: () => {
      if (!list.some((one) => one.state === 'unanswered')) return;
      set(list.map((one) => (one.state === 'unanswered' ? { ...one, state: 'sending' } : one)));
      pump();
    },
    drop: (opId) => set(list.filter((one) => one.opId !== opId)),
    seen: (entryIds) => {
      // The id of a note's entry has that of its operation in it.
      const here = list.filter((one) => !entryIds.some((id) => id.includes(one.opId)));
      if (here.length < list.length) set(here);
    },
  };
}
