/** Monitors of a fresh stand-in. A memo says what a monitor means and what to do first. */
import { newId } from '../ids';
import type { CheckMonitor, ExternalMonitor, Monitor } from '../model';
import { SHOP_URL } from './scenarios';

type Draft = Monitor extends infer M ? (M extends Monitor ? Omit<M, 'id' | 'notificationInterval' | 'isMute'> : never) : never;
const everywhere = { excludeScopes: [] };
const request: Omit<ExternalMonitor, 'id' | 'notificationInterval' | 'isMute' | 'name' | 'memo' | 'url' | 'service'> = {
  type: 'external', method: 'GET', responseTimeWarning: null, responseTimeCritical: null, responseTimeDuration: null, containsString: null, maxCheckAttempts: 1,
  certificationExpirationWarning: 30, certificationExpirationCritical: 7, skipCertificateVerification: false, expectedStatusCode: null,
  headers: [{ name: 'Cache-Control', value: 'no-cache' }], requestBody: null, followRedirect: false, dualstack: null,
};

const DRAFTS: readonly Draft[] = [
  {
    type: 'host', name: 'checkout p95', metric: 'custom.checkout.p95', operator: '>', warning: 500, critical: 800, duration: 1, maxCheckAttempts: 1, scopes: ['shop:web'], ...everywhere,
    memo: '95th percentile of checkout response time in ms.\n1. Was there a deploy in the last 30 minutes? Roll back first, ask later.\n2. Look at db connections: close to 100 means waiting for the database.\n3. One slow host: take it out of the load balancer.\n4. Tell support that orders may be slow.',
  },
  {
    type: 'host', name: 'db connections', metric: 'custom.db.connections', operator: '>', warning: 80, critical: 95, duration: 1, maxCheckAttempts: 1, scopes: ['shop:db'], ...everywhere,
    memo: 'Connections in use, of 100.\n1. Look for long-running queries: SHOW PROCESSLIST.\n2. Stop batch jobs before raising the limit.',
  },
  {
    type: 'host', name: 'queue delay', metric: 'custom.queue.delay', operator: '>', warning: 60, critical: 120, duration: 1, maxCheckAttempts: 1, scopes: ['shop:batch'], ...everywhere,
    memo: 'Seconds the oldest job waits.\n1. Are the workers alive?\n2. Mails and invoices are late from 10 minutes on: tell support.',
  },
  { type: 'host', name: 'failed jobs', metric: 'custom.jobs.failed', operator: '>', warning: 10, critical: 20, duration: 1, maxCheckAttempts: 1, scopes: ['shop:batch'], ...everywhere, memo: 'Failed jobs per minute. Read the last error in the job log first.' },
  {
    type: 'host', name: 'blog response time', metric: 'custom.blog.ttfb', operator: '>', warning: 600, critical: 1500, duration: 1, maxCheckAttempts: 1, scopes: ['blog:app'], ...everywhere,
    memo: 'Time to first byte in ms. Check the cache hit rate, then the last deploy.',
  },
  {
    // Three points and four attempts: half a busy minute of a computer people work on is no alert.
    type: 'host', name: 'CPU of this computer', metric: 'cpu%', operator: '>', warning: 70, critical: 90, duration: 3, maxCheckAttempts: 4, scopes: ['this-computer'], ...everywhere,
    memo: 'All cores together. `npm run burn` loads them on purpose for one minute.',
  },
  { type: 'service', name: 'blog error rate', service: 'blog', metric: 'blog.error_rate', operator: '>', warning: 2, critical: 5, duration: 1, maxCheckAttempts: 1, missingDurationWarning: null, missingDurationCritical: null, memo: 'Per cent of requests answered 5xx.' },
  {
    ...request, name: 'shop from outside', url: SHOP_URL, service: 'shop', responseTimeWarning: 3000, responseTimeCritical: 8000, responseTimeDuration: 1,
    memo: 'The start page as customers see it.\n1. Does it answer from inside? Then look at the load balancer and the CDN.\n2. Tell support before the first call comes.',
  },
  { ...request, name: 'status page', url: 'https://status.example.com/', service: null, expectedStatusCode: 200, memo: 'Our status page, hosted elsewhere. Belongs to no service.' },
  {
    type: 'expression', name: 'mean load of web hosts', expression: 'avg(role(shop:web, loadavg5))', operator: '>', warning: 12, critical: 20, evaluateBackwardMinutes: 2,
    memo: 'Both web hosts together. High for long: add a host.',
  },
  {
    type: 'query', name: 'latency of {{http.request.method}} {{http.route}}', query: 'http.server.request.duration{service.name="shop-api"}', legend: '{{http.route}}', operator: '>', warning: 1, critical: 2, evaluateBackwardMinutes: 0,
    memo: 'Seconds per request, by route. Look at the traces of the route first.',
  },
  {
    type: 'anomalyDetection', name: 'unusual blog host', scopes: ['blog:app'], warningSensitivity: 'insensitive', criticalSensitivity: null, maxCheckAttempts: 3, trainingPeriodFrom: null,
    memo: 'The host behaves unlike in the past. No need to hurry; compare its graphs with last week.',
  },
  { type: 'connectivity', name: 'connectivity', alertStatusOnGone: 'CRITICAL', scopes: [], ...everywhere, memo: 'The host posts no metrics. Try to reach it over ssh; look at the cloud console.' },
];

export const seedMonitors = (): Monitor[] => DRAFTS.map((draft) => ({ ...draft, id: newId(), notificationInterval: null, isMute: false }));
export const seedCheck = (): CheckMonitor => ({
  id: newId(), type: 'check', name: 'checkout-health', notificationInterval: null, isMute: false, maxCheckAttempts: 1,
  memo: 'GET /health of the web host. 503 means the application is up but refuses work: read its log.',
});
