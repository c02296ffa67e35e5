/** The value an input shows. */
import { useEffect, useRef, useState } from 'react';

/**
 * An input answers the keyboard at once, while the app hears of it over the bridge and echoes late. What was typed stays until the
 * app has heard all of it and wants something else. `given` undefined: the app leaves the input to itself.
 * `type` shows a value; `tell` is the call of the app's handler.
 */
export function useShown<T>(given: T | undefined, initial: T): readonly [T, (typed: T, tell: () => unknown) => void] {
  const [shown, setShown] = useState<T>(given === undefined ? initial : given);
  const [heard, setHeard] = useState(0);
  const set = given === undefined ? null : JSON.stringify(given);
  const state = useRef({ before: set, wanted: null as string | null, told: [] as string[], typed: 0 });

  // A surface commits before its handler answers, so when the last call is answered its commit is here.
  useEffect(() => {
    const now = state.current;
    if (set !== null && set !== now.before) {
      const echo = now.told.indexOf(set);
      Object.assign(now, { before: set, wanted: echo < 0 ? set : null, told: now.told.slice(echo + 1) });
    }
    if (now.wanted === null || heard < now.typed) return;
    setShown(JSON.parse(now.wanted) as T);
    Object.assign(now, { wanted: null, told: [] });
  }, [set, heard]);

  const type = (typed: T, tell: () => unknown): void => {
    setShown(typed);
    if (set === null) return void tell();
    state.current.told.push(JSON.stringify(typed));
    const turn = (state.current.typed += 1);
    void Promise.resolve(tell()).finally(() => setHeard(turn));
  };
  return [shown, type];
}
