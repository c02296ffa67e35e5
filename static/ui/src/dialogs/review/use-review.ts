import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReviewPart, ReviewState, ReviewTick, ReviewView } from '../../../../../src/contract';
import { call, press, Refused } from '../../api';
import { useAccount } from '../../parts/account';
import { useWords } from '../../words';
import { alike, changedParts, changeOf, draftOf, draftStore, left, PARTS, type Draft, type Touched } from './draft';

export interface Reviewing {
  /** null: still loading, or it failed. */
  readonly view: ReviewView | null;
  readonly failure: unknown;
  readonly draft: Draft | null;
  readonly unsaved: readonly ReviewPart[];
  /** Somebody else saved this part while it was written here. */
  readonly theirs: ReviewPart | null;
  readonly busy: boolean;
  readonly refusal: string | null;
  readonly said: string;
  load(): void;
  edit(part: Touched): void;
  save(): Promise<boolean>;
  takeTheirs(): void;
  tick(tick: ReviewTick, on: boolean): void;
  advance(to: ReviewState): void;
}

/** One review, written part by part. Nothing typed is lost: not to a refusal, nor to somebody else's save, nor to a closed dialog. */
export function useReview(incidentId: string): Reviewing {
  const words = useWords();
  const account = useAccount();
  const store = useMemo(() => draftStore(incidentId, account), [incidentId, account]);
  const [view, setView] = useState<ReviewView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [touched, setTouched] = useState<Touched>(() => store.read() ?? {});
  const [theirs, setTheirs] = useState<ReviewPart | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const op = useRef({ id: crypto.randomUUID(), for: '' });
  const newest = useRef(touched);

  const keep = useCallback(
    (next: Touched) => {
      newest.current = next;
      setTouched(next);
      store.write(Object.keys(next).length === 0 ? null : next);
    },
    [store],
  );
  const load = useCallback(() => {
    setFailure(null);
    call('review.load', { incidentId }).then(setView, setFailure);
  }, [incidentId]);
  useEffect(load, [load]);

  /** The same press keeps its operation id; another content is another press. */
  const opFor = (content: unknown): string => {
    const key = JSON.stringify(content);
    if (op.current.for !== '' && op.current.for !== key) op.current.id = crypto.randomUUID();
    op.current.for = key;
    return op.current.id;
  };
  const send = async (work: () => Promise<ReviewView>, done: string): Promise<boolean> => {
    setBusy(true);
    setRefusal(null);
    setSaid('');
    try {
      setView(await work());
      op.current = { id: crypto.randomUUID(), for: '' };
      setSaid(done);
      return true;
    } catch (error) {
      setRefusal(words.reason(error));
      if (error instanceof Refused && error.error.code === 'conflict') {
        setTheirs(PARTS.find((part) => part === error.error.field) ?? null);
        await call('review.load', { incidentId }).then(setView, () => undefined);
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  const unsaved = useMemo(() => (view === null ? [] : changedParts(touched, view)), [touched, view]);

  return {
    view, failure, unsaved, theirs, busy, refusal, said, load,
    draft: view === null ? null : { ...draftOf(view), ...touched },
    edit(part) {
      setSaid('');
      keep({ ...newest.current, ...part });
    },
    async save() {
      if (busy || view === null || unsaved.length === 0) return unsaved.length === 0;
      const change = changeOf(touched, unsaved);
      const saved = await send(() => press('review.save', { incidentId, opId: opFor([change, view.base]), base: view.base, change }), words.t('review.saved'));
      if (!saved) return false;
      setTheirs(null);
      keep(left(newest.current, { ...change, ...Object.fromEntries(PARTS.filter((part) => !unsaved.includes(part)).map((part) => [part, touched[part]])) }));
      return true;
    },
    takeTheirs() {
      if (theirs === null) return;
      keep(Object.fromEntries(Object.entries(newest.current).filter(([part]) => part !== theirs)));
      setTheirs(null);
      setRefusal(null);
    },
    tick(tick, on) {
      if (!busy && view !== null) void send(() => press('review.save', { incidentId, opId: opFor([tick, on]), base: view.base, change: { ticks: { [tick]: on } } }), '');
    },
    advance(to) {
      if (!busy && view !== null && !alike(view.state, to)) void send(() => press('review.advance', { incidentId, opId: opFor([view.state, to]), to, seen: view.state }), words.t(`review.moved.${to}`));
    },
  };
}
