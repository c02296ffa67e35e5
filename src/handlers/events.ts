import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod';
import { own } from '../domain/own';
import { pageHappened, type PageEvent } from '../usecases/page-life';
import { issueHappened } from '../usecases/follow-tickets';
import { logFailure } from './as-result';
import { compose } from './compose';

const KINDS: Readonly<Record<string, PageEvent['kind']>> = {
  'avi:confluence:moved:page': 'moved',
  'avi:confluence:trashed:page': 'trashed',
  'avi:confluence:restored:page': 'restored',
  'avi:confluence:deleted:page': 'deleted',
};
const eventSchema = z.object({
  eventType: z.string(),
  atlassianId: z.string().optional(),
  content: z.object({ id: z.union([z.string(), z.number()]) }),
});

const issueSchema = z.object({
  eventType: z.enum(['avi:jira:updated:issue', 'avi:jira:deleted:issue']),
  timestamp: z.union([z.number(), z.string()]).optional(),
  issue: z.object({ id: z.union([z.string(), z.number()]) }),
});

const RETRY_SECONDS = 30;

/** What a trigger throws is lost; an answer that asks for it brings the event back. */
async function onceMore(name: string, work: () => Promise<void>): Promise<InvocationError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    logFailure(name, error);
    return new InvocationError({ retryAfter: RETRY_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });
  }
}

/** Confluence's page events. They may come late, twice or not at all; what they say is checked before it is believed. A pause does not stop them: nothing tells later of a page that was deleted. */
export async function pageEvent(raw: unknown): Promise<InvocationError | undefined> {
  const parsed = eventSchema.safeParse(raw);
  const kind = parsed.success ? own(KINDS, parsed.data.eventType) : undefined;
  if (!parsed.success || kind === undefined) return undefined;
  const { atlassianId, content } = parsed.data;
  return await onceMore('page-event', () => pageHappened(compose().ports, { kind, pageId: String(content.id), by: atlassianId ?? null }));
}

/** Jira's issue events, as trustworthy as those. */
export async function issueEvent(raw: unknown): Promise<InvocationError | undefined> {
  const parsed = issueSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { eventType, timestamp, issue } = parsed.data;
  const { ports } = compose();
  const at = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp ?? '');
  const kind = eventType === 'avi:jira:deleted:issue' ? 'deleted' : 'updated';
  return await onceMore('issue-event', () => issueHappened(ports, { kind, issueId: String(issue.id), at: Number.isFinite(at) ? at : ports.clock.now() }));
}
