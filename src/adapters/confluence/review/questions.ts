/** What the record leaves open. */
import type { Incident } from '../../../domain/model';
import { ticketsOn } from '../../../domain/tickets';

interface Question {
  readonly key: 'cause' | 'severity' | 'impact' | 'responded' | 'identified' | 'firing' | 'late' | 'improve';
  readonly params?: Readonly<Record<string, number>>;
}
const LATE_MS = 15 * 60_000;

export function questionsOf(incident: Incident): readonly Question[] {
  const { head } = incident;
  const late = head.declaredAt - head.detectedAt;
  return [
    ...(head.cause === null ? [{ key: 'cause' as const }] : []),
    ...(head.severity === 'pending' ? [{ key: 'severity' as const }] : []),
    ...(head.impact === null ? [{ key: 'impact' as const }] : []),
    ...(head.firstResponse === null ? [{ key: 'responded' as const }] : []),
    ...(head.identifiedAt === null ? [{ key: 'identified' as const }] : []),
    ...(late >= LATE_MS ? [{ key: 'late' as const, params: { minutes: Math.round(late / 60_000) } }] : []),
    ...(head.openAlerts > 0 ? [{ key: 'firing' as const, params: { count: head.openAlerts } }] : []),
    ...(ticketsOn(incident).length === 0 ? [{ key: 'improve' as const }] : []),
  ];
}
