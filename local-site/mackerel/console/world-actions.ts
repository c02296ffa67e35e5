/** What the world around Mackerel does: URLs answer or not, applications post labelled metrics; and downtimes at the press of a button. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { downtimeAnswer } from '../api/downtimes';
import { checkScopes } from '../api/monitor-input';
import { param, parse, SECONDS } from '../api/http';
import { notFound } from '../errors';
import { newId } from '../ids';
import type { Parts } from '../parts';
import { URL_STATES } from '../simulate/urls';

const urlInput = z.object({
  url: z.string(),
  state: z.enum(['up', 'down', 'slow', 'error']),
  status: z.number().int().min(100).max(599).nullish(),
  responseTimeMs: z.number().min(0).optional(),
  body: z.string().nullish(),
  certificateDays: z.number().int().optional(),
  redirects: z.number().int().min(0).optional(),
});
const labelled = z.array(z.object({ name: z.string().min(1), labels: z.record(z.string(), z.string()), time: SECONDS.optional(), value: z.number() }));
const downtimeInput = z.object({ name: z.string().min(1).default('Maintenance'), service: z.string().nullish(), minutes: z.number().int().min(1).default(60) });

export function worldActions(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  /** What a URL answers from now on; its monitors judge it at once. Fields beside `state` change the preset. */
  app.post('/__console/urls', (request) => {
    const { url, state, ...fields } = parse(urlInput, request.body);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const answer = { ...URL_STATES[state], ...given, scenario: null, id: url };
    world.atomically(() => {
      if (state === 'up' && Object.keys(given).length === 0) world.urls.remove(url);
      else world.urls.save(answer);
      parts.judge.url(url);
    });
    return answer;
  });
  /** As when everything is past its retention, and hosts and monitors are gone. Nobody is told: no webhook comes of it. */
  app.post('/__console/forget', () => {
    const { hosts, alerts } = world;
    const forgotten = { hosts: hosts.all().length, openAlerts: alerts.open().length };
    world.atomically(() => world.forget());
    return { forgotten };
  });
  /** Stands for OTLP, by which Mackerel takes labelled metrics. */
  app.post('/__console/labelled-metrics', (request) => {
    const points = parse(labelled, request.body);
    parts.ingest.labelledMetrics(points.map((point) => ({ ...point, time: point.time ?? world.now() })));
    return { success: true };
  });
  app.post('/__console/downtimes', (request) => {
    const { name, service, minutes } = parse(downtimeInput, request.body);
    const serviceScopes = service ? [service] : [];
    checkScopes(parts, serviceScopes);
    const none = { serviceExcludeScopes: [], roleScopes: [], roleExcludeScopes: [], monitorScopes: [], monitorExcludeScopes: [] };
    return downtimeAnswer(world.downtimes.save({ id: newId(), name, memo: '', start: world.now(), duration: minutes, recurrence: null, serviceScopes, ...none, scenario: null }));
  });
  app.post('/__console/downtimes/:id/delete', (request) => {
    const downtime = world.downtimes.get(param(request, 'id'));
    if (downtime === null) throw notFound('Downtime');
    world.downtimes.remove(downtime.id);
    return downtimeAnswer(downtime);
  });
}
