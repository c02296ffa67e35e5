/** Realtime channels, over the site's event stream. */
import type { FrameScope } from './scope';

export interface ChannelRequest {
  readonly channelName: string;
  readonly onEvent: (payload: unknown, error?: { message: string }) => unknown;
  readonly options?: { readonly replaySeconds?: number; readonly token?: string };
  readonly isGlobal?: boolean;
}

/** Resolves once the stream is open; the returned function ends it. Browsers reconnect by themselves. */
export function subscribe(request: ChannelRequest, { module, place }: FrameScope): Promise<() => void> {
  const { channelName, onEvent, options = {}, isGlobal = false } = request;
  const query = new URLSearchParams({
    channel: channelName,
    isGlobal: String(isGlobal),
    scope: `${module.key} ${place.contentId ?? ''}`,
    replaySeconds: String(options.replaySeconds ?? 0),
    ...(options.token === undefined ? {} : { token: options.token }),
  });
  const stream = new EventSource(`/__bridge/realtime?${query.toString()}`);
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const { payload } = JSON.parse(data) as { payload: string };
    void onEvent(parsed(payload));
  };
  stream.addEventListener('refused', (event) => {
    stream.close();
    const { code } = JSON.parse((event as MessageEvent<string>).data) as { code: string };
    void onEvent(null, { message: code });
  });
  return new Promise((resolve, reject) => {
    stream.onopen = () => resolve(() => stream.close());
    stream.onerror = () => stream.readyState === EventSource.CLOSED && reject(new Error(`could not subscribe to ${channelName}`));
  });
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
