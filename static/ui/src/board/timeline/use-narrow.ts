import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 480px)';
const watch = (onChange: () => void): (() => void) => {
  const query = window.matchMedia(QUERY);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
};

/** As wide as a phone: there, writing happens in a dialog over the whole window. */
export function useNarrow(): boolean {
  return useSyncExternalStore(watch, () => window.matchMedia(QUERY).matches);
}
