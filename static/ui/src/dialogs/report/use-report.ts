import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReportInput, ReportView } from '../../../../../src/contract';
import { call, press, Refused } from '../../api';
import { useAccount } from '../../parts/account';
import { useWords } from '../../words';
import { choicesOf, editsOf, fresh, writtenStore, type Written } from './draft';

export interface Desk {
  readonly written: Written;
  readonly change: (next: Written) => void;
  readonly zone: string;
  readonly setZone: (zone: string) => void;
  /** null: not read yet. */
  readonly view: ReportView | null;
  readonly loading: boolean;
  readonly failure: unknown;
  readonly load: () => void;
  /** As it leaves; null: the record says something else by now than what is shown, which is brought up to date. */
  readonly sent: () => Promise<ReportView | null>;
  /** The number of the version that is a page now; null: as above. */
  readonly publish: () => Promise<number | null>;
}

/** What the record gives is read again for each choice; what is typed stays in the browser until it is sent. */
export function useReport(incidentId: string, isOver: boolean): Desk {
  const words = useWords();
  const account = useAccount();
  const store = useMemo(() => writtenStore(incidentId, account), [incidentId, account]);
  const [written, setWritten] = useState<Written>(() => store.read() ?? fresh(words.lang, isOver));
  const [zone, setZone] = useState(words.timeZone);
  const [view, setView] = useState<ReportView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [loading, setLoading] = useState(true);
  const turn = useRef(0);
  const attempt = useRef({ opId: crypto.randomUUID(), content: '' });

  const change = useCallback((next: Written): void => {
    setWritten(next);
    store.write(next);
  }, [store]);

  const { form, lang } = written;
  const choices = JSON.stringify(choicesOf(written));
  const asked = useMemo((): Omit<ReportInput, 'edits'> => ({ incidentId, form, lang, zone, choices: JSON.parse(choices) as ReportInput['choices'] }), [incidentId, form, lang, zone, choices]);
  const load = useCallback((): void => {
    turn.current += 1;
    const own = turn.current;
    setLoading(true);
    void call('report.load', { ...asked, edits: {}, draft: true })
      .then(
        (found) => {
          if (own !== turn.current) return;
          setView(found);
          setFailure(null);
        },
        (error: unknown) => own === turn.current && setFailure(error),
      )
      .finally(() => own === turn.current && setLoading(false));
  }, [asked]);
  useEffect(() => load(), [load]);

  const sent = async (): Promise<ReportView | null> => {
    const now = await call('report.load', { ...asked, edits: editsOf(written), draft: false });
    if (now.seen === view?.seen) return now;
    load();
    return null;
  };
  const publish = async (): Promise<number | null> => {
    if (view === null) return null;
    const input = { ...asked, edits: editsOf(written), seen: view.seen };
    const content = JSON.stringify(input);
    // The same words again are the same press.
    if (attempt.current.content !== content) attempt.current = { opId: crypto.randomUUID(), content };
    try {
      const { published } = await press('report.publish', { ...input, opId: attempt.current.opId });
      attempt.current = { opId: crypto.randomUUID(), content: '' };
      load();
      return published[0]?.n ?? null;
    } catch (error) {
      if (!(error instanceof Refused) || error.error.messageKey !== 'error.report-changed') throw error;
      attempt.current = { opId: crypto.randomUUID(), content: '' };
      load();
      return null;
    }
  };
  return { written, change, zone, setZone, view, loading, failure, load, sent, publish };
}
