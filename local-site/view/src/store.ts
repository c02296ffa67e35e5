import { useSyncExternalStore } from 'react';

export interface Store<T> {
  get(): T;
  set(change: (value: T) => T): void;
  subscribe(watcher: () => void): () => void;
}
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      value = change(value);
      watchers.forEach((watcher) => watcher());
    },
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
