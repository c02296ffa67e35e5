/** What somebody typed and has not saved: kept over a reload, per incident and field. */
import { recall, remember } from '../../parts/remembered';

export interface Draft {
  readonly text: string;
  /** `v` of what it was begun from; 0: there was nothing. */
  readonly base: number;
}

const store = (incidentId: string, field: string): string => `draft:${incidentId}:${field}`;

export function keptDraft(incidentId: string, field: string): Draft | null {
  return recall(store(incidentId, field), (value) => {
    if (typeof value !== 'object' || value === null) return null;
    const { text, base } = value as { text?: unknown; base?: unknown };
    return typeof text === 'string' && typeof base === 'number' ? { text, base } : null;
  });
}
/** null: saved, or given up. */
export function keepDraft(incidentId: string, field: string, draft: Draft | null): void {
  remember(store(incidentId, field), draft);
}
