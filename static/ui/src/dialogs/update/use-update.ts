import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Lang, UpdateDraftView, UpdateParts, UpdateView } from '../../../../../src/contract';
import { call, NoAnswer, press } from '../../api';
import { useAccount } from '../../parts/account';
import { useWords } from '../../words';
import { cleared, FRESH, PARTS, type, typedIn, writtenStore, type Part, type Written } from './draft';

export interface Updating {
  readonly written: Written;
  /** null: not read yet. */
  readonly view: UpdateDraftView | null;
  readonly loading: boolean;
  readonly failure: unknown;
  readonly refusal: string | null;
  readonly busy: boolean;
  /** Published by somebody since this one was begun; null: none. */
  readonly theirs: UpdateView | null;
  /** What was typed came back from an earlier time. */
  readonly restored: boolean;
  load(): void;
  change(next: Partial<Pick<Written, 'lang' | 'choices'>>): void;
  text(part: Part): string;
  isTyped(part: Part): boolean;
  /** null: back to what the record gives. */
  write(part: Part, text: string | null): void;
  discard(): void;
  /** True: it is published. */
  publish(): Promise<boolean>;
}

/** One update, from the draft to everybody. What is typed outlives a refusal, somebody else's update and the dialog. */
export function useUpdate(incidentId: string): Updating {
  const words = useWords();
  const account = useAccount();
  const store = useMemo(() => writtenStore(incidentId, account), [incidentId, account]);
  const [written, setWritten] = useState<Written>(() => store.read() ?? FRESH);
  const [restored, setRestored] = useState(() => Object.keys(written.typed).length > 0);
  const [view, setView] = useState<UpdateDraftView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [loading, setLoading] = useState(true);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** The newest update when the dialog opened. */
  const [opened, setOpened] = useState<number | null>(null);
  const turn = useRef(0);
  const newest = useRef(written);

  const keep = useCallback(
    (next: Written): void => {
      newest.current = next;
      setWritten(next);
      store.write(next);
    },
    [store],
  );
  const { timeZone } = words;
  const { lang, choices } = written;
  const load = useCallback((): void => {
    turn.current += 1;
    const own = turn.current;
    setLoading(true);
    void call('update.draft', { incidentId, lang, zone: timeZone, choices })
      .then(
        (found) => {
          if (own !== turn.current) return;
          setView(found);
          setFailure(null);
          setOpened((before) => before ?? numberOf(found));
        },
        (error: unknown) => own === turn.current && setFailure(error),
      )
      .finally(() => own === turn.current && setLoading(false));
  }, [incidentId, lang, timeZone, choices]);
  useEffect(load, [load]);

  const used: Lang = view?.lang ?? 'en';
  const last = view?.published[0] ?? null;
  const begun = written.since ?? opened ?? 0;
  const text = (part: Part): string => typedIn(written, used, part) ?? view?.draft[part] ?? '';

  const publish = async (): Promise<boolean> => {
    if (busy || view === null) return false;
    const update = Object.fromEntries(PARTS.map((part) => [part, text(part)])) as unknown as UpdateParts;
    const wish = { lang: used, update, seen: numberOf(view) };
    const content = JSON.stringify([used, update]);
    const opId = written.sent?.content === content ? written.sent.opId : crypto.randomUUID();
    keep({ ...newest.current, sent: { opId, content } });
    setBusy(true);
    setRefusal(null);
    try {
      await press('update.publish', { incidentId, opId, ...wish });
      keep(cleared(newest.current));
      return true;
    } catch (error) {
      setRefusal(words.reason(error));
      if (!(error instanceof NoAnswer)) {
        keep({ ...newest.current, sent: null });
        load(); // what stood in the way shows at once
      }
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    written, view, loading, failure, refusal, busy, restored, load, text, publish,
    theirs: last !== null && last.n > begun ? last : null,
    change: (next) => keep({ ...newest.current, ...next }),
    isTyped: (part) => typedIn(written, used, part) !== null,
    write(part, typed) {
      setRefusal(null);
      keep(type(newest.current, used, part, typed, view === null ? 0 : numberOf(view)));
    },
    discard() {
      setRestored(false);
      keep(cleared(newest.current));
    },
  };
}

/** Of the newest update; 0: there is none. */
const numberOf = ({ published }: UpdateDraftView): number => published[0]?.n ?? 0;
