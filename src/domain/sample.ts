/** The page of a test alert: what is kept of it, and what stands on it. Pure. */
import type { Lang, SampleView } from '../contract';
import type { AlertSighting } from './alert';

/** How long it stays when nobody removes it, ms. */
export const SAMPLE_STAYS_MS = 30 * 60_000;
/** Longer than a call that makes or removes it can live, ms: after that nobody is at it. */
export const SAMPLE_BUSY_MS = 60_000;

export interface SamplePage {
  readonly schema: 1;
  /** Stands in the page's board; no incident has such an id. */
  readonly id: `sample-${string}`;
  readonly nonce: string;
  readonly state: 'making' | 'there' | 'removing' | 'removed';
  readonly space: { readonly id: string; readonly key: string };
  readonly lang: Lang;
  readonly madeAt: number;
  /** Until then somebody may be making it. */
  readonly busyUntil: number;
  readonly page: { readonly id: string; readonly url: string } | null;
}

export function sampleView({ state, page, madeAt }: SamplePage): SampleView {
  return { state: state === 'removing' ? 'there' : state, url: state === 'removed' ? null : (page?.url ?? null), until: madeAt + SAMPLE_STAYS_MS };
}

const MINUTE = 60_000;

/** An alert as Mackerel would raise it, in the words of the page's language. */
export function sampleAlert(openedAt: number, said: { readonly monitor: string; readonly memo: string }): AlertSighting {
  return {
    id: 'sample', monitorId: null, monitorName: said.monitor, monitorType: 'host', monitorMemo: said.memo, host: { id: 'sample', name: 'web-01.example' }, service: null, roles: [],
    metricName: 'custom.checkout.p95', unit: 'milliseconds', operator: '>', warning: 500, critical: 1000, message: null, openedAt, closedAt: null, reason: null,
    status: 'CRITICAL', statusAt: openedAt + MINUTE, value: 1500, factsAt: openedAt, logs: [],
  };
}
