import { useEffect, useState, useSyncExternalStore } from 'react';
import type { TicketView } from '../../../../src/contract';
import { readIssues } from './issues';
import { watchIssues, type Watch, type WatchState } from './watch';

const NOTHING: WatchState = { issues: new Map(), asOf: null, since: null, fault: null };
const nothing = (): WatchState => NOTHING;
const unheard = (): (() => void) => () => undefined;

/** What Jira says of these tickets, kept up to date while the screen is looked at. `look` asks again at once. */
export function useIssues(tickets: readonly TicketView[]): WatchState & { readonly look: () => void } {
  const [watch, setWatch] = useState<Watch | null>(null);
  useEffect(() => {
    const started = watchIssues({ read: readIssues, visible: () => document.visibilityState === 'visible' });
    document.addEventListener('visibilitychange', started.look);
    window.addEventListener('focus', started.look);
    window.addEventListener('online', started.look);
    setWatch(started);
    return () => {
      document.removeEventListener('visibilitychange', started.look);
      window.removeEventListener('focus', started.look);
      window.removeEventListener('online', started.look);
      started.stop();
    };
  }, []);
  const known = tickets.filter((ticket) => ticket.issueId !== null && ticket.state !== 'deleted');
  const reason = known.map(({ issueId, heardAt }) => `${issueId}:${heardAt}`).join(' ');
  useEffect(() => {
    watch?.want(reason === '' ? [] : reason.split(' ').map((one) => one.split(':')[0] ?? ''), reason);
  }, [watch, reason]);
  const state = useSyncExternalStore(watch?.subscribe ?? unheard, watch?.state ?? nothing);
  return { ...state, look: () => watch?.look() };
}
