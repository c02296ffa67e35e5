/** The platform API behind remote `stargate`: queues, web trigger URLs, reports of stored accounts. */
import { z } from 'zod';
import type { Verdict } from '../core/faults';
import type { AskAnswer } from './protocol';
import type { QueueAnswer, QueueApi } from './queue';
import type { WebTriggers } from './webtrigger';

export interface Stargate {
  request(path: string, body: string | null, depth: number, verdict: Verdict): AskAnswer;
}
const json = (status: number, body: unknown): AskAnswer => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const fromQueue = ({ status, body }: QueueAnswer): AskAnswer => ({ status, headers: { 'content-type': 'application/json' }, body });

/** The vendor takes 90 at a time. */
const reportSchema = z.strictObject({ accounts: z.array(z.strictObject({ accountId: z.string().min(1), updatedAt: z.iso.datetime() })).min(1).max(90) });

export function createStargate(queue: QueueApi, webtriggers: WebTriggers, closed: () => readonly string[], unmodelled: (what: string) => void): Stargate {
  function graphql(body: { query?: string; variables?: Record<string, unknown> }): AskAnswer {
    const query = body.query ?? '';
    const variables = body.variables ?? {};
    const moduleKey = String((variables['input'] as { triggerKey?: unknown } | undefined)?.triggerKey ?? '');
    if (query.includes('createWebTriggerUrl')) {
      const url = webtriggers.url(moduleKey, variables['forceCreate'] === true);
      return url === null ? json(200, { errors: [{ message: `no web trigger ${moduleKey}` }] }) : json(200, { data: { createWebTriggerUrl: { url } } });
    }
    if (query.includes('webTriggerUrlsByAppContext')) return json(200, { data: { webTriggerUrlsByAppContext: webtriggers.list() } });
    if (query.includes('deleteWebTriggerUrl')) {
      const success = webtriggers.remove(String(variables['id'] ?? ''));
      return json(200, { data: { deleteWebTriggerUrl: { success, message: success ? 'deleted' : 'not found' } } });
    }
    const name = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? 'anonymous operation';
    unmodelled(`stargate graphql ${name}`);
    return json(501, { errors: [{ message: `${name} is not modelled by the local site.` }] });
  }
  function report(body: unknown): AskAnswer {
    const given = reportSchema.safeParse(body);
    if (!given.success) return json(400, { message: z.prettifyError(given.error) });
    const gone = new Set(closed());
    const accounts = given.data.accounts.filter(({ accountId }) => gone.has(accountId)).map(({ accountId }) => ({ accountId, status: 'closed' }));
    return accounts.length === 0 ? { status: 204, headers: {}, body: '' } : json(200, { accounts });
  }
  return {
    request(path, body, depth, verdict) {
      const parsed = JSON.parse(body ?? '{}') as Record<string, unknown>;
      if (path.startsWith('/webhook/queue/publish/')) return fromQueue(queue.push(parsed, depth, verdict));
      if (path.startsWith('/webhook/queue/stats/')) return fromQueue(queue.stats(parsed));
      if (path.startsWith('/webhook/queue/cancel/')) return fromQueue(queue.cancel(parsed));
      if (path === '/graphql') return graphql(parsed);
      if (path === '/app/report-accounts') return report(parsed);
      unmodelled(`stargate POST ${path}`);
      return json(501, { message: `stargate ${path} is not modelled by the local site.` });
    },
  };
}
