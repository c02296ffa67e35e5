/** Whether the app may work. Without an active license it shows what it has, takes nothing in and changes nothing. */
import * as z from 'zod';
import type { Verb } from '../contract';

const told = z.object({ license: z.object({ active: z.boolean() }) });

/** The context as the platform hands it to a handler. Forge tells a license of paid apps in production only: told of none, the app works. */
export function isPaused(context: unknown): boolean {
  const parsed = told.safeParse(context);
  return parsed.success && !parsed.data.license.active;
}

/** Verbs that leave everything as it is; all others wait for a license. */
export const READING: ReadonlySet<Verb> = new Set<Verb>([
  'board.load', 'board.changes', 'board.entries', 'board.at', 'board.graph', 'board.evidence', 'board.similar', 'evidence.svg', 'board.host', 'board.attachable', 'board.metrics', 'note.history', 'ticket.form', 'tickets.overview', 'issue.incident', 'review.load', 'review.preview', 'review.draft', 'reviews.overview', 'reviews.repeated',
  'audience.load', 'page.outdated', 'template.preview', 'incidents.editable', 'metric.graph', 'metric.choices', 'home.load', 'settings.get', 'settings.changes', 'rules.test', 'rules.choices', 'health.get', 'webhook.wait',
  'templates.installed', 'templates.pages', 'template.look', 'data.export', 'import.look', 'data.diagnostics', 'erase.state', 'report.load', 'report.record', 'update.draft', 'audit.load',
]);
