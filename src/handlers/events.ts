import { InvocationError, InvocationErrorCode } from '@forge/events';
import * as z from 'zod';
import { pageHappened, type PageEvent } from '../usecases/page-life';
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

const RETRY_SECONDS = 30;

/** Confluence's page events. They may come late, twice or not at all; what they say is checked before it is believed. */
export async function pageEvent(raw: unknown): Promise<InvocationError | undefined> {
  const parsed = eventSchema.safeParse(raw);
  const kind = parsed.success ? KINDS[parsed.data.eventType] : undefined;
  if (!parsed.success || kind === undefined) return undefined;
  const { atlassianId, content } = parsed.data;
  try {
    await pageHappened(compose().ports, { kind, pageId: String(content.id), by: atlassianId ?? null });
    return undefined;
  } catch (error) {
    // What a trigger throws is lost; an answer that asks for it brings the event back.
    logFailure('page-event', error);
    return new InvocationError({ retryAfter: RETRY_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData: {} });
  }
}
