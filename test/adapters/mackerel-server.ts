import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMackerelClient } from '../../src/adapters/mackerel/client';
import type { Fetch } from '../../src/adapters/mackerel/http';
import type { AlertSource } from '../../src/ports';

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Objects are sent as JSON, strings as they are. `drop`: the connection is cut. */
  readonly body?: unknown;
  readonly drop?: boolean;
}
export type Route = (url: URL, request: IncomingMessage, nth: number) => Reply;

/** A client of ours against a real HTTP server; its requests, in order, as `path?query`. */
export async function withMackerel<T>(route: Route, use: (source: AlertSource, requests: string[], headers: IncomingMessage['headers'][]) => Promise<T>): Promise<T> {
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    requests.push(request.url ?? '');
    headers.push(request.headers);
    const reply = route(url, request, requests.length);
    if (reply.drop === true) return void request.socket.destroy();
    response.writeHead(reply.status ?? 200, reply.headers ?? {});
    response.end(reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const toServer: Fetch = (url, init) => fetch(url.replace('https://api.mackerelio.com', `http://127.0.0.1:${port}`), init);
  try {
    return await use(createMackerelClient({ apiKey: 'KEY', fetch: toServer, clock: { now: () => Date.now() } }), requests, headers);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
