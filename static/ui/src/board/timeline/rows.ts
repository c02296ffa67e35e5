/** The rows of the timeline: filtered, folded and dated. Pure. */
import type { AlertView, EntryView, Flap } from '../../../../../src/contract';
import { timelineFolds, type Fold } from '../flaps';
import { timeline } from '../logic';
import type { TimelineView } from './view';

export type Row = (
  | { readonly kind: 'entry'; readonly entry: EntryView; readonly nested: boolean }
  | { readonly kind: 'flap'; readonly flap: Fold; readonly open: boolean }
  /** A note the reader took away a moment ago, still there to be brought back. */
  | { readonly kind: 'removed'; readonly entry: EntryView }
) & {
  readonly key: string;
  /** First row of a day other than today: the day stands above it. */
  readonly day: number | null;
};

export interface RowInput {
  readonly entries: readonly EntryView[];
  readonly alerts: readonly AlertView[];
  /** Alerts that came and went, as the app tells them. */
  readonly flaps: readonly Flap[];
  /** Notes the reader took away, as they were. */
  readonly removed: ReadonlyMap<string, EntryView>;
  readonly view: Pick<TimelineView, 'shows' | 'hideAutomatic'>;
  readonly query: string;
  /** Ids of flaps that are unfolded. */
  readonly unfolded: ReadonlySet<string>;
  readonly dayOf: (ms: number) => string;
  readonly now: number;
  /** All that can be found of an entry, as `plain` makes it. */
  readonly textOf: (entry: EntryView) => string;
}

/** Text as it is searched: whatever the width and case of its letters. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What nobody pressed or wrote. */
export const isAutomatic = (entry: EntryView): boolean => entry.by === null;

function chosen(input: RowInput): readonly EntryView[] {
  const { shows, hideAutomatic } = input.view;
  const words = plain(input.query).split(/\s+/).filter((word) => word !== '');
  const finds = (entry: EntryView): boolean => {
    if (words.length === 0) return true;
    const text = input.textOf(entry);
    return words.every((word) => text.includes(word));
  };
  const gone = [...input.removed.values()];
  const present = input.entries.filter((entry) => !entry.removed && !input.removed.has(entry.id));
  return timeline([...present, ...gone]).filter((entry) => (shows === 'all' || entry.source === shows) && (!hideAutomatic || !isAutomatic(entry)) && finds(entry));
}

/** Newest first. While something is searched for, nothing is folded. */
export function buildRows(input: RowInput): readonly Row[] {
  const entries = chosen(input);
  const flaps = input.query.trim() === '' ? timelineFolds(entries, input.alerts, input.flaps) : [];
  const folded = new Map(flaps.flatMap((flap) => flap.entries.map((entry) => [entry.id, flap] as const)));
  const placed = new Set<Fold>();
  let day = input.dayOf(input.now);
  return entries.flatMap((entry): readonly Row[] => {
    const flap = folded.get(entry.id);
    if (flap !== undefined && placed.has(flap)) return [];
    const own = input.dayOf(entry.at);
    const head = own === day ? null : entry.at;
    day = own;
    if (flap === undefined) return [{ kind: input.removed.has(entry.id) ? 'removed' : 'entry', entry, nested: false, key: entry.id, day: head }];
    placed.add(flap);
    const open = input.unfolded.has(flap.id);
    const inner = open ? flap.entries.map((one): Row => ({ kind: 'entry', entry: one, nested: true, key: one.id, day: null })) : [];
    return [{ kind: 'flap', flap, open, key: flap.id, day: head }, ...inner];
  });
}

/** Pinned entries, newest first. */
export function pinnedOf(entries: readonly EntryView[]): readonly EntryView[] {
  return timeline(entries.filter((entry) => entry.pinned && !entry.removed));
}
