/** Keeps what Jira says of some issues up to date: one question for all, old values until new ones come, slower while Jira is in trouble. */
import { JiraFault } from '../api';
import type { Issue } from './issues';

export interface WatchState {
  /** By id; null: asked for, and not among those this viewer can see. Absent: not asked yet. */
  readonly issues: ReadonlyMap<string, Issue | null>;
  /** When Jira last answered, epoch ms of this computer; null: never. */
  readonly asOf: number | null;
  /** Since when it does not; null: fine. */
  readonly since: number | null;
  readonly fault: JiraFault | null;
}
export interface Watch {
  state(): WatchState;
  subscribe(onChange: () => void): () => void;
  /** What to watch from now on. Another `reason` than before is read at once. */
  want(ids: readonly string[], reason: string): void;
  /** Somebody looks again. */
  look(): void;
  stop(): void;
}
export interface WatchSource {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, Issue>>;
  visible(): boolean;
}

const AGAIN_MS = 25_000;
const BACK_OFF_MS = [5_000, 10_000, 25_000, 60_000];
/** There is no Jira here, or none for this viewer: that changes rarely. */
const ABSENT_AGAIN_MS = 5 * 60_000;
/** Looking again twice within this time is one look. */
const SOON_MS = 2_000;

export function watchIssues(source: WatchSource): Watch {
  const listeners = new Set<() => void>();
  let state: WatchState = { issues: new Map(), asOf: null, since: null, fault: null };
  let ids: readonly string[] = [];
  let reason = '';
  let failures = 0;
  let reading = false;
  let again = false;
  let stopped = false;
  let readAt = Number.NEGATIVE_INFINITY;
  /** Jira asked not to be asked before this. */
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: WatchState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const later = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped && ids.length > 0 && source.visible()) timer = setTimeout(run, ms);
  };
  const run = (): void => {
    clearTimeout(timer);
    if (stopped || ids.length === 0 || !source.visible()) return;
    if (reading) {
      again = true;
      return;
    }
    const wait = notBefore - Date.now();
    if (wait > 0) return later(wait);
    reading = true;
    again = false;
    const asked = ids;
    void source.read(asked).then(
      (found) => {
        failures = 0;
        readAt = Date.now();
        if (stopped) return;
        const issues = new Map([...state.issues].filter(([id]) => ids.includes(id)));
        for (const id of asked) issues.set(id, kept(issues.get(id), found.get(id) ?? null));
        set({ issues, asOf: readAt, since: null, fault: null });
      },
      (error: unknown) => {
        failures += 1;
        const fault = error instanceof JiraFault ? error : new JiraFault('silent');
        if (fault.retryAfterMs !== null) notBefore = Date.now() + fault.retryAfterMs;
        if (!stopped) set({ ...state, since: state.since ?? state.asOf ?? Date.now(), fault });
      },
    ).finally(() => {
      reading = false;
      if (again && failures === 0) return run();
      const gone = state.fault?.kind === 'absent' || state.fault?.kind === 'forbidden';
      later(failures === 0 ? AGAIN_MS * Math.max(1, Math.ceil(ids.length / 100)) : Math.max(gone ? ABSENT_AGAIN_MS : (BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? AGAIN_MS), notBefore - Date.now()));
    });
  };
  return {
    state: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    want: (wanted, why) => {
      ids = wanted;
      if (why === reason) return;
      reason = why;
      run();
    },
    look: () => {
      if (Date.now() - readAt < SOON_MS) later(AGAIN_MS);
      else run();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** The same issue keeps its identity, so that only changed rows are drawn again. */
function kept(old: Issue | null | undefined, fresh: Issue | null): Issue | null {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}
