/** What several incidents have in common: a monitor that fired, a tag, a factor in the same words. Pure. */
import type { CauseKind } from '../contract';
import { linkedAlerts } from './alert-record';
import type { Incident } from './record';
import type { Review } from './review';

export interface Repeated {
  readonly kind: CauseKind;
  /** As the newest of them calls it. */
  readonly name: string;
  /** Newest first, two at least. */
  readonly incidentIds: readonly string[];
}
export interface LookedBack {
  readonly incident: Pick<Incident, 'head' | 'alerts'>;
  readonly review: Pick<Review, 'factors'>;
}

/** However it is written: width, case and blanks aside. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

function causesOf({ incident, review }: LookedBack): readonly { readonly kind: CauseKind; readonly id: string; readonly name: string }[] {
  const all = [
    ...linkedAlerts(incident.alerts).map(({ monitorId, monitorName }) => ({ kind: 'monitor' as const, id: monitorId ?? plain(monitorName), name: monitorName })),
    ...review.factors.flatMap(({ tags }) => tags).map((name) => ({ kind: 'tag' as const, id: plain(name), name })),
    ...review.factors.map(({ text }) => ({ kind: 'factor' as const, id: plain(text), name: text })),
  ];
  return all.filter(({ name }) => plain(name) !== '');
}

/** Causes of two incidents or more, those of most first, then those seen last. However often one incident has it, it counts once. */
export function repeatedCauses(all: readonly LookedBack[]): readonly Repeated[] {
  const newest = [...all].sort((a, b) => b.incident.head.detectedAt - a.incident.head.detectedAt);
  const found = new Map<string, { readonly kind: CauseKind; readonly name: string; readonly ids: Set<string>; readonly last: number }>();
  for (const one of newest) {
    const { id: incidentId, detectedAt } = one.incident.head;
    for (const { kind, id, name } of causesOf(one)) {
      const key = JSON.stringify([kind, id]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { kind, name, ids: new Set([incidentId]), last: detectedAt });
      else known.ids.add(incidentId);
    }
  }
  return [...found.values()]
    .filter(({ ids }) => ids.size >= 2)
    .sort((a, b) => b.ids.size - a.ids.size || b.last - a.last || (a.name < b.name ? -1 : 1))
    .map(({ kind, name, ids }) => ({ kind, name, incidentIds: [...ids] }));
}
