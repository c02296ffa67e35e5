/** How one viewer looks at timelines; remembered in this browser. */
import { useCallback, useMemo, useState } from 'react';
import { useAccount } from '../../parts/account';
import { field, kept, type Kept } from '../../parts/kept';

export const SHOWS = ['all', 'mackerel', 'app', 'person', 'update', 'deploy'] as const;
export type Shows = (typeof SHOWS)[number];
/** `local`: the viewer's own zone. */
export const ZONES = ['local', 'Asia/Tokyo', 'UTC'] as const;
export type Zone = (typeof ZONES)[number];

export interface TimelineView {
  readonly shows: Shows;
  readonly hideAutomatic: boolean;
  readonly zone: Zone;
}
const DEFAULT: TimelineView = { shows: 'all', hideAutomatic: false, zone: 'local' };

function parse(raw: unknown): TimelineView {
  const shows = SHOWS.find((known) => known === field(raw, 'shows')) ?? DEFAULT.shows;
  const zone = ZONES.find((known) => known === field(raw, 'zone')) ?? DEFAULT.zone;
  return { shows, zone, hideAutomatic: field(raw, 'hideAutomatic') === true };
}
const store = (account: string | null): Kept<TimelineView> => kept(`timeline:${account ?? ''}`, parse);

export function useTimelineView(): { readonly view: TimelineView; readonly change: (part: Partial<TimelineView>) => void } {
  const account = useAccount();
  const remembered = useMemo(() => store(account), [account]);
  const [view, setView] = useState(() => remembered.read() ?? DEFAULT);
  const change = useCallback(
    (part: Partial<TimelineView>) =>
      setView((old) => {
        const next = { ...old, ...part };
        remembered.write(next);
        return next;
      }),
    [remembered],
  );
  return { view, change };
}
