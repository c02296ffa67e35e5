import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { EntryView } from '../../../../../src/contract';
import { TOP_PX } from './lists';

const SAY_EVERY_MS = 5_000;

export interface News {
  /** Entries that came while the reader was further down. */
  readonly unread: number;
  /** Ids of those that came in last, to be drawn as new. */
  readonly fresh: ReadonlySet<string>;
  /** For screen readers, not more often than every five seconds: how many came and the latest. */
  readonly said: { readonly count: number; readonly last: EntryView } | null;
  readonly seen: () => void;
}

/**
 * What came in since the timeline is looked at. `version`: the incident's, as the first entries came with it. `away`: the past
 * is shown; what comes meanwhile is news afterwards.
 */
export function useNews(entries: readonly EntryView[], version: number, away: boolean, box: RefObject<HTMLElement>): News {
  const known = useRef<{ ids: Set<string>; v: number } | null>(null);
  const first = useRef(version);
  const waiting = useRef<{ count: number; last: EntryView; timer: ReturnType<typeof setTimeout> | null } | null>(null);
  const saidAt = useRef(0);
  const [unread, setUnread] = useState(0);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(NONE);
  const [said, setSaid] = useState<News['said']>(null);

  const say = useCallback((count: number, last: EntryView) => {
    const before = waiting.current;
    const now = { count: count + (before?.count ?? 0), last };
    const flush = (): void => {
      waiting.current = null;
      saidAt.current = Date.now();
      setSaid(now);
    };
    if (before?.timer != null) clearTimeout(before.timer);
    const wait = saidAt.current + SAY_EVERY_MS - Date.now();
    if (wait <= 0) return flush();
    waiting.current = { ...now, timer: setTimeout(flush, wait) };
  }, []);
  useLayoutEffect(() => () => void (waiting.current?.timer != null && clearTimeout(waiting.current.timer)), []);

  useLayoutEffect(() => {
    if (away) return;
    const before = known.current;
    const v = entries.reduce((most, entry) => Math.max(most, entry.v), before?.v ?? first.current);
    known.current = { ids: new Set(entries.map((entry) => entry.id)), v };
    // Older entries that are read later are not news: they are no newer than what was first looked at.
    const news = before === null ? [] : entries.filter((entry) => !entry.removed && entry.v > before.v && !before.ids.has(entry.id));
    const last = news.reduce<EntryView | undefined>((newest, entry) => (newest === undefined || entry.at >= newest.at ? entry : newest), undefined);
    if (last === undefined) return;
    const atTop = (box.current?.scrollTop ?? 0) < TOP_PX;
    if (atTop) setFresh(new Set(news.map((entry) => entry.id)));
    else setUnread((n) => n + news.length);
    say(news.length, last);
  }, [entries, away, box, say]);
  return { unread, fresh, said, seen: useCallback(() => setUnread(0), []) };
}
const NONE: ReadonlySet<string> = new Set();
