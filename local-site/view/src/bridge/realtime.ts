/** Realtime channels of all frames of this window, over one socket to the site. It comes back by itself; what was sent meanwhile is lost. */
import type { RealtimeAsk, RealtimeNews } from '../../../web/api-types';
import type { FrameScope } from './scope';

export interface ChannelRequest {
  readonly channelName: string;
  readonly onEvent: (payload: unknown, error?: { message: string }) => unknown;
  readonly options?: { readonly replaySeconds?: number; readonly token?: string };
  readonly isGlobal?: boolean;
}
type Subscribe = Extract<RealtimeAsk, { ask: 'subscribe' }>;
interface Subscription {
  readonly ask: Subscribe;
  readonly onEvent: ChannelRequest['onEvent'];
  /** Until the first answer. */
  waiting: { resolve(): void; reject(error: Error): void } | null;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;
const SPREAD_MS = 500;
const subscriptions = new Map<string, Subscription>();
let socket: WebSocket | null = null;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let next = 1;

/** Resolves once the channel is open, rejects when the site cannot be reached now; the returned function ends it. */
export async function subscribe(request: ChannelRequest, { module, place }: FrameScope): Promise<() => void> {
  const { channelName, onEvent, options = {}, isGlobal = false } = request;
  const id = String(next++);
  const ask: Subscribe = { ask: 'subscribe', id, channel: channelName, isGlobal, scope: `${module.key} ${place.contentId ?? place.issueKey ?? ''}`, token: options.token ?? null, replaySeconds: options.replaySeconds ?? 0 };
  await new Promise<void>((resolve, reject) => {
    subscriptions.set(id, { ask, onEvent, waiting: { resolve, reject } });
    if (socket?.readyState === WebSocket.OPEN) send(socket, ask);
    else connect();
  });
  return () => {
    subscriptions.delete(id);
    if (socket?.readyState === WebSocket.OPEN) send(socket, { ask: 'unsubscribe', id });
  };
}

const send = (to: WebSocket, ask: RealtimeAsk): void => to.send(JSON.stringify(ask));

function connect(): void {
  if (socket !== null) return;
  clearTimeout(retry);
  const opening = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/__bridge/realtime`);
  socket = opening;
  opening.onopen = () => {
    failures = 0;
    for (const { ask, waiting } of subscriptions.values()) send(opening, waiting === null ? { ...ask, replaySeconds: 0 } : ask);
  };
  opening.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as RealtimeNews);
  opening.onclose = () => lost(opening);
}

function hear(news: RealtimeNews): void {
  const subscription = subscriptions.get(news.id);
  if (!subscription) return;
  if (news.news === 'event') return void subscription.onEvent(parsed(news.payload));
  subscription.waiting?.resolve();
  subscription.waiting = null;
  if (news.news === 'open') return;
  subscriptions.delete(news.id);
  void subscription.onEvent(null, { message: news.code });
}

/** A frame that waits for its first answer is told at once; the others go on when the site is back. */
function giveUpWaiting(): void {
  for (const [id, { ask, waiting }] of subscriptions) {
    if (waiting === null) continue;
    subscriptions.delete(id);
    waiting.reject(new Error(`could not subscribe to ${ask.channel}`));
  }
}
function lost(closed: WebSocket): void {
  if (socket !== closed) return;
  socket = null;
  giveUpWaiting();
  if (subscriptions.size > 0) soon(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++));
}
/** Many windows come back at the same moment, and subscribing counts against the platform's limit. */
function soon(waitMs: number): void {
  clearTimeout(retry);
  retry = setTimeout(connect, waitMs + Math.random() * SPREAD_MS);
}

window.addEventListener('online', () => {
  failures = 0;
  if (subscriptions.size > 0) soon(0);
});
// A socket may take minutes to notice by itself. Where only the way out is gone, the site answers at the next try.
window.addEventListener('offline', () => {
  const dead = socket;
  if (dead === null) return;
  lost(dead);
  dead.close();
});

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
