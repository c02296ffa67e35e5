/**
 * Keeps one board up to date: one load, then deltas when the live channel announces a version, with polling beneath it.
 * What it cannot reach it says: the last good data stays, with the time since when it is old.
 */
import type { BoardDelta, BoardView, EntryView, IncidentHeadView } from '../../../../src/contract';
import { NoAnswer, Refused, type Payload, type Subscription } from '../api';
import { applyDelta, newerHead, replaceBoard, withOlder } from './merge';

export type BoardState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' }
  /** The viewer has no licensed account of the product. */
  | { readonly kind: 'no-account' }
  | { readonly kind: 'unconfigured' }
  /** The page may be seen, but no incident lives on it. */
  | { readonly kind: 'no-incident' }
  /** Nothing to show; `error` null: no answer so far. */
  | { readonly kind: 'silent'; readonly since: number; readonly error: unknown }
  | {
      readonly kind: 'shown';
      readonly board: BoardView;
      /** Since when nothing could be refreshed, epoch ms of the server; null: fine. */
      readonly silentSince: number | null;
      /** This computer has no network at all. */
      readonly offline: boolean;
      /** Server clock minus this computer's, ms. */
      readonly skew: number;
    };

/** What a delta is asked with: see `board.changes` in the contract. */
export type Asking = Omit<Payload<'board.changes'>, 'incidentId'>;
export interface BoardSource {
  load(): Promise<BoardView>;
  changes(incidentId: string, asking: Asking): Promise<BoardDelta>;
  /** The key only viewers of the page can read; null: there is none. */
  viewingKey(pageId: string): Promise<string | null>;
  entries(incidentId: string, pass: string): Promise<readonly EntryView[]>;
  listen(channel: string, token: string, heard: (version: number) => void, lost: () => void): Promise<Subscription>;
  visible(): boolean;
  online(): boolean;
}
export interface BoardSession {
  state(): BoardState;
  subscribe(onChange: () => void): () => void;
  /** Takes in the answer to a press and asks for what else changed. */
  accept(head: IncidentHeadView): void;
  /** Asks again at once: by hand, because the tab is looked at again, or because the network came or went. */
  refresh(): void;
  /** Brings the entries the first answer left out. Throws when they cannot be had. */
  loadOlder(): Promise<void>;
  stop(): void;
}

const FIRST_ANSWER_MS = 2_500;
const GIVE_UP_MS = 12_000;
const LIVE_VALUES_MS = 15_000;
/** How soon a change is seen that nothing announced. */
const SAFETY_MS = 25_000;
/** The platform allows few live operations a second: boards that came together ask again spread over this time. */
const CHANNEL_AGAIN_MS = 3_000;
const CHANNEL_MISSES_SPREAD = 6;
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const RENEW_BEFORE_MS = 45_000;
/** A pass about to end is renewed by the page's viewing key, which the browser reads itself. */
const PASS_ENDS_MS = 20_000;
const MAX_VERSION_STEP = 10_000;

export function startSession(source: BoardSource): BoardSession {
  const listeners = new Set<() => void>();
  const startedAt = Date.now();
  let state: BoardState = { kind: 'loading' };
  let stopped = false;
  let since = 0;
  let lastGoodAt = startedAt;
  let failures = 0;
  let running: 'load' | 'changes' | null = null;
  let again = false;
  let mustLoad = true;
  let wantsChannel = false;
  let channel: Subscription | null = null;
  let channelWorks = false;
  let announced = 0;
  let channelRound = 0;
  let channelMisses = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewTimer: ReturnType<typeof setTimeout> | undefined;
  let jitterTimer: ReturnType<typeof setTimeout> | undefined;
  let older: Promise<void> | null = null;
  let olderShown = false;
  let removed = new Map<string, number>();

  const set = (next: BoardState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const next = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped && source.visible()) timer = setTimeout(run, ms);
  };

  function run(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    clearTimeout(timer);
    const shown = state.kind === 'shown' ? state : null;
    const wholeBoard = mustLoad || shown === null;
    running = wholeBoard ? 'load' : 'changes';
    const late = setTimeout(() => shown === null && noAnswer(null), FIRST_ANSWER_MS);
    const asked = wholeBoard ? answer(source.load()).then(loaded) : answer(changesOf(shown.board, shown.skew)).then(changed);
    void asked.then(good, noAnswer).finally(() => {
      clearTimeout(late);
      running = null;
      if (stopped) return;
      if (again && failures === 0) {
        again = false;
        run();
      } else schedule();
    });
  }

  async function changesOf(board: BoardView, skew: number): Promise<BoardDelta> {
    const { id, page } = board.incident;
    const ends = board.passExpiresAt - (Date.now() + skew) < PASS_ENDS_MS;
    const viewing = ends && page !== null ? await source.viewingKey(page.id).catch(() => null) : null;
    return source.changes(id, { since, pass: board.pass, atLeast: Math.max(since, announced), ...(viewing === null ? {} : { viewing }), ...(wantsChannel ? { channel: true } : {}) });
  }

  function answer<T>(asked: Promise<T>): Promise<T> {
    let timeout: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timeout = setTimeout(() => reject(new NoAnswer('too late')), GIVE_UP_MS);
    });
    return Promise.race([asked, tooLate]).finally(() => clearTimeout(timeout));
  }

  function schedule(): void {
    again = false;
    if (state.kind === 'gone' || state.kind === 'unconfigured' || state.kind === 'no-incident') return next(SAFETY_MS);
    if (failures > 0) return next((BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? 15_000) * (0.75 + Math.random() / 2));
    const firing = state.kind === 'shown' && state.board.alerts.some((alert) => alert.open);
    next(firing || !channelWorks ? LIVE_VALUES_MS : SAFETY_MS);
  }

  function good(): void {
    failures = 0;
    lastGoodAt = Date.now();
  }

  function loaded(board: BoardView): void {
    if (stopped) return;
    const old = state.kind === 'shown' ? state.board : null;
    mustLoad = false;
    since = board.incident.version;
    set({ kind: 'shown', board: old === null ? board : replaceBoard(old, board), silentSince: null, offline: false, skew: board.now - Date.now() });
    if (olderShown && board.olderEntries > 0) void loadOlder().catch(() => undefined);
    void openChannel(board);
  }

  function changed(delta: BoardDelta): void {
    if (stopped || state.kind !== 'shown') return;
    // A change nobody announced: the channel is up but silent, so polling has to be quick again.
    if (delta.incident.version > Math.max(since, announced, state.board.incident.version)) channelWorks = false;
    since = Math.max(since, delta.incident.version);
    for (const entry of delta.entries) if (entry.removed) removed.set(entry.id, entry.v);
    set({ ...state, board: applyDelta(state.board, delta), silentSince: null, offline: false });
    if (wantsChannel && delta.channel !== null) void openChannel(delta);
  }

  function noAnswer(error: unknown): void {
    if (stopped) return;
    failures += error === null ? 0 : 1;
    const code = error instanceof Refused ? error.error.code : null;
    if (code === 'not-found' || code === 'forbidden') {
      mustLoad = true;
      closeChannel();
      return set({ kind: 'gone' });
    }
    if (code === 'no-account') {
      mustLoad = true;
      closeChannel();
      return set({ kind: 'no-account' });
    }
    if (code === 'no-incident') {
      mustLoad = true;
      closeChannel();
      return set({ kind: 'no-incident' });
    }
    if (code === 'not-configured' && state.kind !== 'shown') return set({ kind: 'unconfigured' });
    if (state.kind === 'shown') quiet();
    else set({ kind: 'silent', since: startedAt, error });
  }

  /** Says since when nothing came, and whether the network is away altogether. */
  function quiet(): void {
    if (state.kind !== 'shown') return;
    const offline = !source.online();
    if (state.silentSince === null || state.offline !== offline) set({ ...state, silentSince: state.silentSince ?? lastGoodAt + state.skew, offline });
  }

  function loadOlder(): Promise<void> {
    if (state.kind !== 'shown') return Promise.resolve();
    if (older !== null) return older;
    const { incident, pass } = state.board;
    removed = new Map();
    older = answer(source.entries(incident.id, pass))
      .then((entries) => {
        olderShown = true;
        if (!stopped && state.kind === 'shown') set({ ...state, board: withOlder(state.board, entries, removed) });
      })
      .finally(() => {
        older = null;
      });
    return older;
  }

  async function openChannel(board: Pick<BoardView, 'channel' | 'now'>): Promise<void> {
    closeChannel();
    wantsChannel = false;
    if (board.channel === null) {
      askAgainForChannel();
      again = true; // the load itself does not wait for Mackerel: the first delta brings the live values
      return;
    }
    const round = (channelRound += 1);
    let refused = false; // may come before the subscription itself does
    const lost = (): void => {
      if (round !== channelRound) return;
      refused = true;
      channelWorks = false;
      askAgainForChannel();
    };
    const heard = (version: number): void => {
      if (round !== channelRound || state.kind !== 'shown') return;
      if (version > since + MAX_VERSION_STEP) return;
      channelWorks = true;
      channelMisses = 0;
      announced = Math.max(announced, version);
      if (version <= since) return;
      clearTimeout(jitterTimer);
      if (source.visible()) jitterTimer = setTimeout(run, Math.random() * 1_000);
    };
    try {
      const opened = await source.listen(board.channel.name, board.channel.token, heard, lost);
      if (stopped || round !== channelRound) return opened.close();
      channel = opened;
      channelWorks = !refused;
      if (!refused) renewChannel(Math.max(5_000, board.channel.expiresAt - board.now - RENEW_BEFORE_MS * (1 + Math.random())));
    } catch {
      lost();
    }
    // What happened between load and subscribe was announced to nobody; this also brings the first live values.
    if (!stopped && round === channelRound) run();
  }

  /** Soon at first, then less and less often, never for all boards at one moment. */
  function askAgainForChannel(): void {
    channelMisses = Math.min(channelMisses + 1, CHANNEL_MISSES_SPREAD);
    renewChannel(CHANNEL_AGAIN_MS * channelMisses * (0.5 + Math.random()));
  }

  /** After `ms` deltas are asked for a new token until one comes, and the channel is opened with it. */
  function renewChannel(ms: number): void {
    clearTimeout(renewTimer);
    renewTimer = setTimeout(() => {
      wantsChannel = true;
      if (source.visible()) run();
    }, ms);
  }

  function closeChannel(): void {
    channelRound += 1;
    clearTimeout(renewTimer);
    clearTimeout(jitterTimer);
    channel?.close();
    channel = null;
    channelWorks = false;
  }

  run();
  return {
    state: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    accept: (head) => {
      if (state.kind === 'shown') set({ ...state, board: { ...state.board, incident: newerHead(state.board.incident, head) } });
      run();
    },
    refresh: () => {
      if (!source.online()) quiet();
      if (!source.visible()) clearTimeout(timer);
      else run();
    },
    loadOlder,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      closeChannel();
      listeners.clear();
    },
  };
}
