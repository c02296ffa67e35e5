/** Pinning and removing on the timeline: shown at once as pending, taken back with the reason when refused. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { EntryView, IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { useWords } from '../../words';

type Act =
  | { readonly kind: 'pin'; readonly on: boolean; readonly entry: EntryView; readonly pending: boolean }
  | { readonly kind: 'removed'; readonly entry: EntryView; readonly pending: boolean; readonly restored: boolean };

export interface Acts {
  readonly pin: (entry: EntryView, on: boolean) => void;
  readonly remove: (entry: EntryView) => void;
  readonly restore: (entry: EntryView) => void;
  /** Entries as they look with what was pressed here; and what was removed here and can be brought back. */
  readonly seen: (entries: readonly EntryView[]) => { readonly entries: readonly EntryView[]; readonly removed: ReadonlyMap<string, EntryView> };
  readonly pending: (entryId: string) => boolean;
  readonly refusal: string | null;
}

/** Whether the board has heard of what was pressed. */
const caughtUp = (act: Act, entry: EntryView): boolean => entry.v > act.entry.v;

export function useActs(incidentId: string, accept: (head: IncidentHeadView) => void): Acts {
  const words = useWords();
  const [acts, setActs] = useState<ReadonlyMap<string, Act>>(new Map());
  const [refusal, setRefusal] = useState<string | null>(null);
  const busy = useRef(new Set<string>());

  const run = useCallback(
    (next: Act, send: (opId: string) => Promise<IncidentHeadView>) => {
      const { id } = next.entry;
      if (busy.current.has(id)) return;
      busy.current.add(id);
      setRefusal(null);
      const put = (act: Act | undefined): void =>
        setActs((old) => {
          const all = new Map(old);
          if (act === undefined) all.delete(id);
          else all.set(id, act);
          return all;
        });
      let before: Act | undefined;
      setActs((old) => {
        before = old.get(id);
        return new Map(old).set(id, next);
      });
      void send(crypto.randomUUID())
        .then(
          (head) => {
            put({ ...next, pending: false });
            accept(head);
          },
          (error: unknown) => {
            put(before);
            setRefusal(words.t('board.change-refused', { reason: words.reason(error) }));
          },
        )
        .finally(() => busy.current.delete(id));
    },
    [accept, words],
  );
  const remove = useCallback(
    (entry: EntryView, removed: boolean) =>
      run({ kind: 'removed', entry, pending: true, restored: !removed }, (opId) => press('note.remove', { incidentId, opId, entryId: entry.id, removed })),
    [incidentId, run],
  );
  return useMemo(
    () => ({
      pin: (entry, on) => run({ kind: 'pin', on, entry, pending: true }, (opId) => press('entry.pin', { incidentId, opId, entryId: entry.id, pinned: on })),
      remove: (entry) => remove(entry, true),
      restore: (entry) => remove(entry, false),
      seen: (entries) => {
        if (acts.size === 0) return { entries, removed: NONE };
        const byId = new Map(entries.map((entry) => [entry.id, entry]));
        const back = (act: Act): boolean => act.kind === 'removed' && act.restored && !act.pending && byId.get(act.entry.id)?.removed === false;
        const removed = [...acts.values()].filter((act) => act.kind === 'removed' && !back(act)).map((act) => [act.entry.id, act.entry] as const);
        const pinned = entries.map((entry) => {
          const act = acts.get(entry.id);
          return act?.kind === 'pin' && !caughtUp(act, entry) && entry.pinned !== act.on ? { ...entry, pinned: act.on } : entry;
        });
        return { entries: pinned, removed: new Map(removed) };
      },
      pending: (id) => acts.get(id)?.pending === true,
      refusal,
    }),
    [acts, incidentId, refusal, remove, run],
  );
}
const NONE: ReadonlyMap<string, EntryView> = new Map();
