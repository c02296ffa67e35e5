import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Parts } from '../parts';
import { hostOwner, type Point } from '../store/metrics';
import { METRIC, parse, query, SECONDS } from './http';

const points = z.array(z.object({ hostId: z.string(), name: METRIC, time: SECONDS, value: z.number() }));

export function tsdbRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  app.get('/org', () => ({ name: parts.org.name, displayName: parts.org.displayName }));
  app.post('/tsdb', (request) => {
    parts.ingest.hostMetrics(parse(points, request.body));
    return { success: true };
  });
  app.get('/tsdb/latest', (request) => {
    const q = query(request);
    const tsdbLatest: Record<string, Record<string, Point>> = {};
    for (const hostId of q.all('hostId')) {
      for (const name of q.all('name')) {
        const [point] = world.metrics.last(hostOwner(hostId), name, 1);
        if (point) tsdbLatest[hostId] = { ...tsdbLatest[hostId], [name]: point };
      }
    }
    return { tsdbLatest };
  });
}
