import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { AlertView, EntryView } from '../../../../../src/contract';
import { knownName, namesOf } from '../../parts/people';
import type { Words } from '../../words';
import { plain } from './rows';
import { entryLine, peopleIn, writerOf } from './said';

export interface Search {
  /** What is searched for; a little behind the typing where there is much to search. */
  readonly asked: string;
  /** All that can be found of an entry; made once for each. */
  readonly textOf: (entry: EntryView) => string;
}

/** Finds entries by their words, values, hosts and the names of people, also of those whose entries are not on screen. */
export function useSearch(query: string, entries: readonly EntryView[], words: Words, alertOf: (entry: EntryView) => AlertView | null): Search {
  const asked = useDeferredValue(query);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const searching = query !== '';
  useEffect(() => {
    if (!searching) return;
    let current = true;
    const ids = entries.flatMap((entry) => [entry.by?.accountId ?? null, ...Object.values(peopleIn(entry))]).filter((id) => id !== null);
    void namesOf([...new Set(ids)]).then((found) => current && setNames((old) => (found.size === old.size ? old : found)));
    return () => {
      current = false;
    };
  }, [searching, entries]);
  const textOf = useMemo(() => {
    const nameOf = (id: string): string => names.get(id) ?? knownName(id) ?? '';
    const made = new WeakMap<EntryView, string>();
    return (entry: EntryView): string => {
      const text = made.get(entry) ?? plain(`${entryLine(entry, alertOf(entry), words, nameOf)} ${writerOf(entry, words, nameOf)}`);
      made.set(entry, text);
      return text;
    };
  }, [words, alertOf, names]);
  return { asked, textOf };
}
