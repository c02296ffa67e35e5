/** What a merge would do, before it is done. Pure. */
import type { IncidentHeadView } from '../../../../src/contract';

export interface MergePlan {
  readonly survivor: IncidentHeadView;
  readonly merged: readonly IncidentHeadView[];
  /** Alerts that come over. */
  readonly alerts: number;
  /** The survivor's new beginning, epoch ms; null: it stays. */
  readonly earlier: number | null;
  /** Those judged worse than the survivor, which keeps its own severity. */
  readonly worse: readonly IncidentHeadView[];
}

const RANK = ['sev1', 'sev2', 'sev3', 'sev4', 'pending'];

/** The chosen one that was declared first; of one instant, the lower number. */
export const oldest = (chosen: readonly IncidentHeadView[]): IncidentHeadView | null => [...chosen].sort((a, b) => a.declaredAt - b.declaredAt || (a.key < b.key ? -1 : 1))[0] ?? null;

/** null: there is nothing to merge yet. */
export function mergePlan(chosen: readonly IncidentHeadView[], survivorId: string | null): MergePlan | null {
  const survivor = chosen.find(({ id }) => id === survivorId) ?? oldest(chosen);
  if (survivor === null || chosen.length < 2) return null;
  const merged = chosen.filter(({ id }) => id !== survivor.id);
  const first = Math.min(...merged.map(({ detectedAt }) => detectedAt));
  return {
    survivor,
    merged,
    alerts: merged.reduce((sum, { linkedAlerts }) => sum + linkedAlerts, 0),
    earlier: first < survivor.detectedAt ? first : null,
    worse: merged.filter(({ severity }) => RANK.indexOf(severity) < RANK.indexOf(survivor.severity)),
  };
}
