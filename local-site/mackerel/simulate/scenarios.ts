/** Scenarios change what hosts post and URLs answer, or plan a downtime. Alerts come from the monitors. */
import type { AlertStatus } from '../model';
import type { UrlStateName } from './urls';

interface Effect {
  /** Host name, a service's for its service metrics, or method and path of a route. */
  readonly of: string | RegExp;
  readonly metric: string;
  /** What is posted in the first, second … period after the start; the last one stays. */
  readonly values: readonly number[];
}
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly effects: readonly Effect[];
  /** Hosts that post nothing. */
  readonly silent?: readonly string[];
  readonly url?: { readonly url: string; readonly state: UrlStateName };
  /** Lasts an hour, or until the scenario is stopped. */
  readonly downtime?: { readonly name: string; readonly service: string };
  /** What the check `checkout-health` of web-01 says in the given period. */
  readonly check?: (step: number) => { readonly status: AlertStatus; readonly message: string };
}

export const SHOP_URL = 'https://shop.example.com/';

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'break-checkout',
    title: 'Break checkout',
    text: 'Checkout on web-01 becomes slow past the critical threshold, web-02 follows past the warning; errors rise.',
    // Everything that crosses a threshold belongs to one monitor, so muting "checkout p95" keeps the whole scenario quiet.
    effects: [
      { of: 'web-01', metric: 'custom.checkout.p95', values: [640, 1120, 1240, 1310] },
      { of: 'web-02', metric: 'custom.checkout.p95', values: [280, 340, 410, 620] },
      { of: 'web-01', metric: 'custom.checkout.errors', values: [9, 34, 48] },
      { of: 'web-01', metric: 'loadavg5', values: [2.2, 4.8, 6.1] },
      { of: 'db-01', metric: 'custom.db.connections', values: [58, 64, 70, 73] },
      { of: 'shop', metric: 'checkout.p95', values: [460, 730, 820, 960] },
      { of: 'shop', metric: 'checkout.error_rate', values: [1.8, 6.2, 8.4] },
      { of: 'shop', metric: 'orders.per_minute', values: [52, 31, 22] },
    ],
  },
  {
    name: 'slow-database',
    title: 'Slow database',
    text: 'Queries on db-01 slow down, its connections fill up to critical, then checkout gets slow on both web hosts.',
    effects: [
      { of: 'db-01', metric: 'custom.db.query_ms', values: [38, 96, 140] },
      { of: 'db-01', metric: 'custom.db.connections', values: [84, 97, 99] },
      { of: /^web-0[12]$/, metric: 'custom.checkout.p95', values: [310, 420, 580, 610] },
      { of: 'shop', metric: 'checkout.p95', values: [310, 420, 580, 610] },
    ],
  },
  {
    name: 'blog-errors',
    title: 'Blog errors',
    text: 'The blog answers with errors; the monitor watches the service, no host.',
    effects: [
      { of: 'blog', metric: 'blog.error_rate', values: [3.1, 6.4, 7.2] },
      { of: 'blog', metric: 'blog.pageviews', values: [150, 110, 90] },
      { of: 'blog-01', metric: 'custom.blog.ttfb', values: [240, 420, 480] },
    ],
  },
  {
    name: 'flapping-check',
    title: 'Flapping check',
    text: 'The check checkout-health of web-01 fails and recovers every two periods.',
    effects: [],
    check: (step) =>
      step % 4 < 2
        ? { status: 'CRITICAL', message: 'HTTP CRITICAL: 503 Service Unavailable from http://web-01/health' }
        : { status: 'OK', message: 'HTTP OK: 200 from http://web-01/health' },
  },
  { name: 'host-gone', title: 'Host gone', text: 'web-02 posts nothing any more; the connectivity monitor notices.', effects: [], silent: ['web-02'] },
  {
    name: 'alert-storm',
    title: 'Alert storm',
    text: 'Ten batch hosts fall behind and fail their jobs: twenty critical alerts at once.',
    effects: [
      { of: /^batch-/, metric: 'custom.queue.delay', values: [240, 300, 360] },
      { of: /^batch-/, metric: 'custom.jobs.failed', values: [38, 44] },
    ],
  },
  { name: 'external-down', title: 'Shop unreachable', text: 'The shop answers 503 to the world; an external monitor that is linked to the service shop notices.', effects: [], url: { url: SHOP_URL, state: 'error' } },
  {
    name: 'slow-routes',
    title: 'Slow routes',
    text: 'Two routes of the shop become slow; one query monitor raises an alert for each.',
    effects: [
      { of: 'GET /cart', metric: 'http.server.request.duration', values: [1.2, 1.4] },
      { of: 'POST /orders', metric: 'http.server.request.duration', values: [1.6, 2.7, 3.1] },
    ],
  },
  {
    name: 'maintenance-window',
    title: 'Maintenance of the shop',
    text: 'A downtime of one hour for the service shop, and a checkout that is slow meanwhile: nothing is judged, so no alert opens.',
    effects: [
      { of: /^web-0[12]$/, metric: 'custom.checkout.p95', values: [1400] },
      { of: 'shop', metric: 'checkout.p95', values: [1400] },
    ],
    downtime: { name: 'Maintenance of the shop', service: 'shop' },
  },
];

export const scenarioByName = (name: string): Scenario | null => SCENARIOS.find((scenario) => scenario.name === name) ?? null;

/** What a running scenario makes this host or service post; null: as usual. */
export function effectOn(scenario: Scenario, step: number, of: string, metric: string): number | null {
  const effect = scenario.effects.find((each) => each.metric === metric && (typeof each.of === 'string' ? each.of === of : each.of.test(of)));
  return effect?.values[Math.min(step, effect.values.length - 1)] ?? null;
}
