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
  eventCreatedDate: z.string().optional(),
  content: z.object({ id: z.union([z.string(), z.number()]), version: z.object({ number: z.number() }).partial().optional() }),
});

/** Confluence's page events. They may come late, twice or not at all; what they say is checked before it is believed. */
export async function pageEvent(raw: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(raw);
  const kind = parsed.success ? KINDS[parsed.data.eventType] : undefined;
  if (!parsed.success || kind === undefined) return;
  const { atlassianId, eventCreatedDate, content } = parsed.data;
  const pageId = String(content.id);
  const eventId = [kind, pageId, eventCreatedDate ?? content.version?.number ?? ''].join(':');
  try {
    await pageHappened(compose().ports, { kind, pageId, by: atlassianId ?? null, eventId });
  } catch (error) {
    logFailure('page-event', error);
    throw error;
  }
}
