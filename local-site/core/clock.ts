import type { SiteClock } from '../types';

/** A clock that can be moved. Timers re-arm themselves through `onChange`. */
export interface MovableClock extends SiteClock {
  readonly offsetMs: number;
  setOffset(offsetMs: number): void;
  onChange(listener: (offsetMs: number) => void): void;
}
export function createClock(): MovableClock {
  const listeners: ((offsetMs: number) => void)[] = [];
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    get offsetMs() {
      return offset;
    },
    setOffset(offsetMs) {
      offset = offsetMs;
      for (const listener of listeners) listener(offsetMs);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
