/** External monitors: what a URL answers, judged once a minute. The answer is what the console set; nothing is fetched. */
import type { ExternalMonitor, UrlState } from '../model';
import { serviceOwner } from '../store/metrics';
import type { World } from '../world';
import type { Finding } from './lifecycle';
import { mean } from './metrics';
import { ABOUT_NOTHING, subjectOf } from './subject';
import { statusOf, type Apply } from './verdict';

export const UP: Omit<UrlState, 'id'> = { status: 200, responseTimeMs: 120, body: null, certificateDays: 80, redirects: 0, scenario: null };
const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 2;

/** Response times are a service metric that no list of names shows. */
export const RESPONSE_TIMES = '__externalhttp.responsetime.';
export const isTimed = (monitor: ExternalMonitor): boolean => monitor.responseTimeWarning !== null || monitor.responseTimeCritical !== null;

/** Of Mackerel's sentences only the one with the status is known. null: the answer is as it should be. */
function failure(monitor: ExternalMonitor, url: Omit<UrlState, 'id'>): string | null {
  if (url.status === null || url.responseTimeMs >= TIMEOUT_MS) return 'timeout';
  if (monitor.followRedirect && url.redirects > MOST_REDIRECTS) return 'too many redirects';
  const expected = monitor.expectedStatusCode === null ? url.status < 400 : url.status === monitor.expectedStatusCode;
  if (!expected) return `status is ${url.status}`;
  const { containsString } = monitor;
  return containsString !== null && url.body !== null && !url.body.includes(containsString) ? 'response body does not contain the expected string' : null;
}

export function externalJudge(world: World, apply: Apply) {
  /** Mean of the last requests, this one included; null unless response times are watched. */
  function responseTime(monitor: ExternalMonitor, service: string): number | null {
    const points = isTimed(monitor) ? world.metrics.last(serviceOwner(service), RESPONSE_TIMES + monitor.id, monitor.responseTimeDuration ?? 1) : [];
    return points.length > 0 ? mean(points) : null;
  }

  function findingOf(monitor: ExternalMonitor, now: number): Finding {
    const url = world.urls.get(monitor.url) ?? UP;
    const failed = failure(monitor, url);
    if (url.status !== null && monitor.service !== null) world.metrics.put(serviceOwner(monitor.service), RESPONSE_TIMES + monitor.id, { time: now, value: url.responseTimeMs });
    const value = monitor.service === null ? null : responseTime(monitor, monitor.service);
    if (failed !== null) return { status: 'CRITICAL', value, message: `HTTP request failed - ${failed}` };
    const slow = value === null ? 'OK' : statusOf({ operator: '>', warning: monitor.responseTimeWarning, critical: monitor.responseTimeCritical }, value);
    const ending = monitor.skipCertificateVerification || !monitor.url.startsWith('https:') ? 'OK' : statusOf({ operator: '<', warning: monitor.certificationExpirationWarning, critical: monitor.certificationExpirationCritical }, url.certificateDays);
    const worst = [slow, ending].includes('CRITICAL') ? 'CRITICAL' : [slow, ending].includes('WARNING') ? 'WARNING' : 'OK';
    const message = worst === 'OK' ? `status is ${url.status}` : worst === slow ? `response time is ${Math.round(value ?? 0)} ms` : `certificate expires in ${url.certificateDays} days`;
    return { status: worst, value, message };
  }

  return {
    /** `url` limits it to monitors of one address, at once; otherwise each is judged once a minute. */
    all(now: number, url: string | null = null): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'external' || (url !== null && monitor.url !== url)) continue;
        const last = world.judgements.get(monitor.id, subjectOf(monitor, ABOUT_NOTHING))?.time ?? null;
        if (url === null && last !== null && now - last < world.minuteSeconds && now >= last) continue;
        apply(monitor, ABOUT_NOTHING, findingOf(monitor, now), now, monitor.maxCheckAttempts);
      }
    },
  };
}
