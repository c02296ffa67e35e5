/** What freezing a large incident asks of Mackerel. */
import { randomUUID } from 'node:crypto';
import { startTestSite, WITHOUT_QUOTA } from '../test/handlers/harness';
import type { BenchApp } from './app';
import type { Figure } from './measure';

const ALERTS = 20;
const HOURS = 6;

/** One incident of twenty alerts that lasts six hours, and is resolved. */
export async function freezing(app: BenchApp): Promise<readonly Figure[]> {
  const site = await startTestSite({ ...app, ...WITHOUT_QUOTA });
  try {
    const alerts = [];
    for (let n = 0; n < ALERTS; n += 1) alerts.push(await site.raiseStorm(n, 'CRITICAL'));
    const { incident } = await site.incidentWith(alerts[0]?.id ?? '');
    await site.later(HOURS * 3_600_000);
    const headers = { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' };
    const api = `${site.site.urls.mackerel}/api/v0`;
    const [{ monitors }, { hosts }] = (await Promise.all(['monitors', 'hosts?service=shop'].map(async (path) => (await fetch(`${api}/${path}`, { headers })).json()))) as [{ monitors: { type: string; metric?: string }[] }, { hosts: { id: string }[] }];
    const minute = Math.floor(site.site.deps.clock.now() / 60_000) * 60;
    for (const host of hosts) {
      const names = monitors.flatMap(({ type, metric }) => (type !== 'host' || metric === undefined ? [] : metric === 'cpu%' ? ['cpu.user.percentage', 'cpu.idle.percentage'] : [metric]));
      const points = names.flatMap((name) => Array.from({ length: HOURS * 60 }, (_, n) => ({ hostId: host.id, name, time: minute - n * 60, value: 1 + (n % 7) / 3 })));
      await fetch(`${api}/tsdb`, { method: 'POST', headers, body: JSON.stringify(points) });
    }
    await site.recoverAll();
    const { alerts: linked } = await site.ok('alice', 'board.load', { incidentId: incident.id });
    await site.control('POST', 'log/reset');
    await site.ok('alice', 'incident.status', { incidentId: incident.id, status: 'resolved', opId: randomUUID() });
    await site.rest();
    const calls = await site.control<{ function: string; target: string }[]>('GET', 'outside');
    const reads = calls.filter((call) => call.target === 'mackerel' && call.function === 'evidence-work').length;
    const [copy] = (await site.ok('alice', 'board.evidence', { incidentId: incident.id, pass: '' })).copies;
    const isWhole = copy !== undefined && !copy.underWay && copy.alerts === linked.length && linked.length >= ALERTS;
    const left = copy?.left.map(({ why, n }) => `${why} ${n}`).join(', ') ?? '';
    return [{ name: `Mackerel reads to freeze ${linked.length} alerts of ${HOURS} h`, value: isWhole ? reads : Number.NaN, limit: 60, unit: 'reads', note: `${copy?.series ?? 0} metrics kept; left out: ${left === '' ? 'nothing' : left}` }];
  } finally {
    await site.stop();
  }
}
