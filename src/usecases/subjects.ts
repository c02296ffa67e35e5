/** Earlier alerts of the same monitor and host, kept while alerts wait for people: for "only after N times" and for flapping. */
import { AppFailure } from '../domain/failure';
import type { AlertSighting } from '../domain/alert';
import { noteOccurrence, subjectOf, type Occurrence } from '../domain/recurrence';
import type { Ports } from '../ports';

interface SubjectCell {
  readonly seen: readonly Occurrence[];
}
const TRIES = 8;
const subjectKey = (conn: string, alert: AlertSighting): string => `subject:${conn}:${subjectOf(alert)}`;

/** Notes the alert and answers all that are known of its subject, itself included; oldest first. */
export async function noteSubject(ports: Ports, conn: string, alert: AlertSighting, dismissed: boolean): Promise<readonly Occurrence[]> {
  const key = subjectKey(conn, alert);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const row = await ports.cells.get<SubjectCell>(key);
    const before = row?.value.seen ?? [];
    const seen = noteOccurrence(before, { id: alert.id, openedAt: alert.openedAt, closedAt: alert.closedAt, dismissed });
    if (seen === before || (await ports.cells.put<SubjectCell>(key, 'subject', { seen }, row?.ver ?? null))) return seen;
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
