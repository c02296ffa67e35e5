/** What happened on the site, newest last, for `/__site/log`, `unmodelled`, `slack` and `outside`. */
import type { CallLogRow } from '../types';

/** One call a function made to the outside, in order. */
export interface OutsideCall {
  readonly at: number;
  readonly function: string;
  readonly target: 'confluence' | 'jira' | 'mackerel' | 'mackerel-web' | 'slack' | 'kvs' | 'queue' | 'realtime' | 'stargate' | 'blocked';
  readonly method: string;
  readonly path: string;
  readonly status: number;
}
export interface SlackNotice {
  readonly at: number;
  readonly url: string;
  /** As posted; parsed when it is JSON. */
  readonly body: unknown;
}
/** One line a function wrote to its console. */
export interface AppLine {
  readonly at: number;
  readonly level: string;
  readonly text: string;
}
export interface SiteLog {
  call(row: CallLogRow): void;
  outside(row: OutsideCall): void;
  slack(notice: SlackNotice): void;
  unmodelled(what: string): void;
  app(line: AppLine): void;
  readonly calls: readonly CallLogRow[];
  readonly outsideCalls: readonly OutsideCall[];
  readonly notices: readonly SlackNotice[];
  /** What was asked for that the site does not model, each once with its count. */
  readonly missing: ReadonlyMap<string, number>;
  readonly appLines: readonly AppLine[];
  reset(): void;
}

const KEEP = 20_000;
function ring<T>(): { readonly rows: T[]; add(row: T): void } {
  const rows: T[] = [];
  return {
    rows,
    add(row) {
      rows.push(row);
      if (rows.length > KEEP + KEEP / 10) rows.splice(0, rows.length - KEEP);
    },
  };
}

export function createLog(): SiteLog {
  const calls = ring<CallLogRow>();
  const outside = ring<OutsideCall>();
  const notices = ring<SlackNotice>();
  const lines = ring<AppLine>();
  const missing = new Map<string, number>();
  return {
    call: calls.add,
    outside: outside.add,
    slack: notices.add,
    app: lines.add,
    unmodelled: (what) => void missing.set(what, (missing.get(what) ?? 0) + 1),
    calls: calls.rows,
    outsideCalls: outside.rows,
    notices: notices.rows,
    missing,
    appLines: lines.rows,
    reset() {
      for (const { rows } of [calls, outside]) rows.length = 0;
    },
  };
}
