/**
 * `/__bridge/realtime`: a WebSocket per window, any number of subscriptions over it. Event streams over HTTP would use up the
 * six connections a browser keeps to a host, and the seventh board would hang.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { callerOf } from './http';
import type { RealtimeHub } from './site-deps';
import type { Products } from './types';
import type { RealtimeAsk, RealtimeNews } from './web/api-types';

export interface RealtimeDeps {
  readonly siteUrl: string;
  readonly products: Products;
  readonly realtime: RealtimeHub;
}
const PATH = '/__bridge/realtime';
const POLICY_VIOLATION = 1008;
const askSchema: z.ZodType<RealtimeAsk> = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('subscribe'),
    id: z.string(),
    channel: z.string().min(1),
    isGlobal: z.boolean(),
    scope: z.string(),
    token: z.string().nullable(),
    replaySeconds: z.number().min(0),
  }),
  z.strictObject({ ask: z.literal('unsubscribe'), id: z.string() }),
]);

/** Adds the socket to the site's server; closes with it. */
export function registerRealtime(app: FastifyInstance, { siteUrl, products, realtime }: RealtimeDeps): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const refuse = (socket: Duplex, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { origin } = request.headers;
    if (request.url !== PATH) return refuse(socket, '404 Not Found');
    // The app's frames share the host name, and so the cookie.
    if (origin !== undefined && origin !== siteUrl) return refuse(socket, '403 Forbidden');
    if (callerOf(request, products) === null) return refuse(socket, '401 Unauthorized');
    return sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, realtime));
  });
  app.addHook('preClose', async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });
}

function serve(socket: WebSocket, realtime: RealtimeHub): void {
  const open = new Map<string, { unsubscribe(): void }>();
  const tell = (news: RealtimeNews): void => socket.send(JSON.stringify(news));
  const end = (id: string): void => {
    open.get(id)?.unsubscribe();
    open.delete(id);
  };

  function subscribe({ id, ask: _ask, ...to }: Extract<RealtimeAsk, { ask: 'subscribe' }>): void {
    let refused = false;
    end(id);
    const subscription = realtime.subscribe({
      ...to,
      onEvent: (payload, { eventId, eventTimestamp }) => tell({ news: 'event', id, payload, eventId, eventTimestamp }),
      onRefused: (code) => {
        refused = true;
        open.delete(id);
        tell({ news: 'refused', id, code });
      },
    });
    if (refused) return;
    open.set(id, subscription);
    tell({ news: 'open', id });
  }

  socket.on('message', (data) => {
    const ask = askSchema.safeParse(parsed(String(data)));
    if (!ask.success) socket.close(POLICY_VIOLATION, 'not a question this socket answers');
    else if (ask.data.ask === 'subscribe') subscribe(ask.data);
    else end(ask.data.id);
  });
  socket.on('close', () => {
    for (const id of open.keys()) end(id);
  });
  // A window that vanished; `close` follows.
  socket.on('error', () => undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
