/** The stand-in for a test: real HTTP, a clock that only the test moves, an organisation with one service and two hosts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMackerel, type MackerelTuning } from '../../local-site/mackerel/server';
import type { MackerelServer } from '../../local-site/types';

/** 2026-09-14T01:00:00.123Z */
export const START_MS = 1_789_347_600_123;
export const START = 1_789_347_600;

export interface Answer {
  readonly status: number;
  // Bodies of every shape are read here; tests compare them with literals.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export class StandIn {
  server!: MackerelServer;
  private ms = START_MS;
  private readonly stateDir = mkdtempSync(path.join(tmpdir(), 'mackerel-'));

  constructor(
    private readonly tuning: MackerelTuning,
    private readonly periodSeconds = 60,
  ) {}
  async start(fresh = false): Promise<void> {
    const options = { stateDir: this.stateDir, port: 0, clock: { now: () => this.ms }, periodSeconds: this.periodSeconds, fresh };
    this.server = await startMackerel(options, { seed: 'empty', thisMachine: false, timer: false, ...this.tuning });
  }
  async end(): Promise<void> {
    await this.server.close();
    rmSync(this.stateDir, { recursive: true, force: true });
  }
  get now(): number {
    return Math.floor(this.ms / 1000);
  }
  pass(seconds: number): void {
    this.ms += seconds * 1000;
  }
  async http(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(this.server.url + url, {
      method,
      headers: { 'x-api-key': this.server.apiKey, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  }
  /** Under `/api/v0`; throws unless 200. */
  async api(method: string, url: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.http(method, `/api/v0${url}`, body);
    if (answer.status !== 200) throw new Error(`${method} ${url} → ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  async host(name: string, roleFullnames: readonly string[] = ['shop:web']): Promise<string> {
    return (await this.api('POST', '/hosts', { name, meta: {}, roleFullnames })).id as string;
  }
  async monitor(fields: Record<string, unknown> = {}): Promise<string> {
    const p95 = { type: 'host', name: 'checkout p95', metric: 'custom.p95', operator: '>', warning: 500, critical: 800, duration: 1, memo: 'roll back first' };
    return (await this.api('POST', '/monitors', { ...p95, ...fields })).id as string;
  }
  post(hostId: string, value: number, name = 'custom.p95', time = this.now): Promise<unknown> {
    return this.api('POST', '/tsdb', [{ hostId, name, time, value }]);
  }
  async open(): Promise<Answer['body'][]> {
    return (await this.api('GET', '/alerts')).alerts as Answer['body'][];
  }
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Answer['body'];
}
/** Receives webhooks; `answers` are the statuses of the next requests, then 200. 0: no answer at all. */
export class Receiver {
  readonly received: Received[] = [];
  readonly answers: number[] = [];
  private server!: Server;
  async start(port = 0): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
        const status = this.answers.shift() ?? 200;
        if (status > 0) response.writeHead(status).end();
      });
    });
    await new Promise<void>((done) => this.server.listen(port, '127.0.0.1', done));
  }
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get bodies(): Answer['body'][] {
    return this.received.map(({ body }) => body);
  }
  /** The first `count` bodies, once they are there. */
  async wait(count: number): Promise<Answer['body'][]> {
    await eventually(`${count} webhooks, have ${this.received.length}`, () => this.received.length >= count);
    return this.bodies;
  }
  end(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}

export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Not within 10 s: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
