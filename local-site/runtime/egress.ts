/** What functions fetch from the internet: checked against the manifest, then sent to the stand-ins, or to the real Mackerel for reading. */
import { isUtf8 } from 'node:buffer';
import { EgressFilteringService } from '@forge/egress';
import type { SlackNotice } from '../core/log';
import type { SiteClock } from '../types';
import type { Ask, AskAnswer } from './protocol';

type EgressAsk = Extract<Ask, { kind: 'egress' }>;
/** Where a fetch goes, decided before anything is sent. */
export type Destination =
  | { readonly to: 'mackerel'; readonly url: string; readonly path: string }
  | { readonly to: 'mackerel-web'; readonly url: string; readonly path: string }
  | { readonly to: 'slack'; readonly url: string; readonly path: string }
  | { readonly to: 'blocked'; readonly path: string };
/** Where calls to Mackerel end up, and those to its public pictures. */
export interface MackerelTarget {
  /** Base URL without a trailing slash; the stand-in's is that of its pictures too. */
  readonly url: string;
  /** The real service: it is read, and nothing else is sent there. */
  readonly real: boolean;
}
export interface Egress {
  destination(url: string): Destination;
  send(destination: Destination, request: EgressAsk): Promise<AskAnswer>;
}

const refusedWrite = (method: string, path: string): AskAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    error: { message: `This local site only reads the real Mackerel. ${method} ${path} was not sent: alerts are polled, no webhook channel is registered and nothing is changed there.` },
  }),
});

export function createEgress(allowed: readonly string[], mackerel: MackerelTarget, clock: SiteClock, onSlack: (notice: SlackNotice) => void): Egress {
  const filter = new EgressFilteringService([...allowed]);
  return {
    destination(text) {
      const url = new URL(text);
      const path = url.pathname + url.search;
      if (!filter.isValidUrl(url.toString())) return { to: 'blocked', path: url.origin + path };
      if (url.host === 'api.mackerelio.com') return { to: 'mackerel', url: mackerel.url + path, path };
      if (url.host === 'mackerel.io') return { to: 'mackerel-web', url: mackerel.real ? url.href : mackerel.url + path, path };
      if (url.host === 'hooks.slack.com') return { to: 'slack', url: url.href, path };
      return { to: 'blocked', path: url.origin + path };
    },
    async send(destination, request) {
      if (destination.to === 'blocked') {
        return { error: { name: 'REQUEST_EGRESS_ALLOWLIST_ERR', message: `URL not included in the external fetch backend permissions: ${destination.path}`, status: 403 } };
      }
      if (destination.to === 'slack') {
        if (!destination.path.startsWith('/services/')) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no_service' };
        onSlack({ at: clock.now(), url: destination.url, body: parsed(request.body) });
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
      }
      const method = request.method.toUpperCase();
      if (mackerel.real && method !== 'GET') return refusedWrite(method, destination.path);
      try {
        const response = await fetch(destination.url, { method, headers: request.headers, body: request.body, redirect: 'manual' });
        const headers = Object.fromEntries(response.headers.entries());
        // The body arrives decoded; these would describe it wrongly.
        delete headers['content-encoding'];
        delete headers['content-length'];
        delete headers['transfer-encoding'];
        const bytes = Buffer.from(await response.arrayBuffer());
        return { status: response.status, headers, ...(isUtf8(bytes) ? { body: bytes.toString('utf8') } : { body: '', base64: bytes.toString('base64') }) };
      } catch (error) {
        return { error: { name: 'TypeError', message: `fetch failed: ${error instanceof Error ? error.message : String(error)}` } };
      }
    },
  };
}
function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? 'null') as unknown;
  } catch {
    return body;
  }
}
