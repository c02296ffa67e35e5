/** Which deploys could have caused it; a person decides. Pure. */
import type { AlertView, DeployMark } from '../../../../../src/contract';

const BEFORE_MS = 60 * 60_000;

/** Marks that ended at most 60 minutes before the first alert (or were still running then) come first, the latest of them on top. */
export function suspects(deploys: readonly DeployMark[], alerts: readonly AlertView[]): { readonly likely: readonly DeployMark[]; readonly others: readonly DeployMark[] } {
  const newest = [...deploys].sort((a, b) => b.to - a.to);
  const first = Math.min(...alerts.map((alert) => alert.openedAt));
  const isLikely = (mark: DeployMark): boolean => mark.from <= first && mark.to >= first - BEFORE_MS;
  return { likely: newest.filter(isLikely), others: newest.filter((mark) => !isLikely(mark)) };
}
