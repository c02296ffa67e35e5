/** The async events API: what `Queue.push` and `job.getStats` reach. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Verdict } from '../core/faults';
import { windowLimit, type Limits } from '../core/limits';
import type { Usage } from '../core/usage';
import type { Background } from './background';
import type { Manifest } from './manifest';

const eventSchema = z.looseObject({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(900).optional(),
  concurrency: z.strictObject({ key: z.string().min(1), limit: z.number().int().min(1) }).optional(),
});
const pushSchema = z.looseObject({ queueName: z.string(), jobId: z.string(), payload: z.array(eventSchema).min(1).max(50) });
const jobSchema = z.looseObject({ queueName: z.string(), jobId: z.string() });
/** Events that lead to events that lead to events …: the platform stops there. */
const MAX_DEPTH = 1_000;

export interface QueueAnswer {
  readonly status: number;
  readonly body: string;
}
export interface QueueApi {
  /** `verdict` is what the faults say of this push: drop, duplicate and delayMs act on the delivery. */
  push(body: unknown, depth: number, verdict: Verdict): QueueAnswer;
  stats(body: unknown): QueueAnswer;
  cancel(body: unknown): QueueAnswer;
}
const answer = (status: number, body: unknown): QueueAnswer => ({ status, body: body === null ? '' : JSON.stringify(body) });

export function createQueueApi(background: Background, manifest: Manifest, usage: Usage, limits: Limits): QueueApi {
  const perMinute = windowLimit(60_000, limits.queueEventsPerMinute);
  return {
    push(body, depth, verdict) {
      const parsed = pushSchema.safeParse(body);
      if (!parsed.success) return answer(400, { code: 400, message: parsed.error.issues[0]?.message ?? 'bad request' });
      const { queueName, jobId, payload } = parsed.data;
      const functionKey = manifest.consumers.get(queueName);
      if (functionKey === undefined) return answer(400, { code: 400, message: `No consumer for queue ${queueName}` });
      if (depth >= MAX_DEPTH) return answer(405, { code: 405, message: 'The limit on cyclic invocation has been reached.' });
      if (Buffer.byteLength(JSON.stringify(payload)) > 200 * 1024) return answer(413, { errorMessage: 'The maximum payload size is 200KB.' });
      if (!perMinute.take(payload.length)) return answer(429, { code: 429, message: 'Too many requests.' });
      usage.queue(payload.length);
      if (verdict.drop) return answer(201, {});
      for (const event of payload) {
        const eventId = randomUUID();
        const { concurrency } = event;
        const delivery = {
          kind: 'queue',
          functionKey,
          name: queueName,
          jobId,
          eventId,
          payload: JSON.stringify({ ...event, queueName, jobId, eventId }),
          delayMs: (event.delayInSeconds ?? 0) * 1000 + verdict.delayMs,
          concurrency: concurrency === undefined ? null : { key: `${queueName}:${concurrency.key}`, limit: concurrency.limit },
          depth: depth + 1,
        } as const;
        for (let copy = verdict.duplicate ? 2 : 1; copy > 0; copy -= 1) background.add(delivery);
      }
      return answer(201, {});
    },
    stats(body) {
      const { queueName, jobId } = jobSchema.parse(body);
      const found = background.job(queueName, jobId);
      return found === null ? answer(404, { code: 404, message: 'no such job' }) : answer(200, found);
    },
    cancel(body) {
      const { queueName, jobId } = jobSchema.parse(body);
      if (background.job(queueName, jobId) === null) return answer(404, { code: 404, message: 'no such job' });
      background.cancel(queueName, jobId);
      return answer(204, null);
    },
  };
}
