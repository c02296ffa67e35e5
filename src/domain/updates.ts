/** Updates to everybody: conditions, actions, needs. One that is published is an entry of the timeline and is not changed any more. Pure. */
import type { Lang, UpdateParts } from '../contract';
import { alreadyDone, pressed, type Press } from './change';
import { ENDED } from './incident';
import type { Entry, Incident, IncidentHead } from './record';

export const UPDATE_PARTS = ['conditions', 'actions', 'needs'] as const satisfies readonly (keyof UpdateParts)[];
/** Characters (code points) of each part. */
export const UPDATE_PART_MAX = 1000;
const MESSAGE = 'entry.update';

export interface PublishedUpdate extends UpdateParts {
  readonly n: number;
  readonly lang: Lang;
  readonly by: string;
  readonly at: number;
  readonly recordedAt: number;
}
function updateOf({ source, params, by, at, recordedAt }: Entry): PublishedUpdate | null {
  if (source !== 'update' || by === null) return null;
  const text = (name: keyof UpdateParts): string => String(params[name] ?? '');
  return { n: Number(params['n']), lang: params['lang'] === 'ja' ? 'ja' : 'en', conditions: text('conditions'), actions: text('actions'), needs: text('needs'), by, at, recordedAt };
}
/** Newest first. */
export const updatesOf = ({ entries }: Pick<Incident, 'entries'>): readonly PublishedUpdate[] =>
  Object.values(entries)
    .flatMap((entry) => updateOf(entry) ?? [])
    .sort((a, b) => b.n - a.n);
/** The one an entry stands for; null: it is none. */
export const updateAt = ({ entries }: Pick<Incident, 'entries'>, entryId: string): PublishedUpdate | null => {
  const entry = Object.hasOwn(entries, entryId) ? entries[entryId] : undefined;
  return entry === undefined ? null : updateOf(entry);
};
/** The number of the newest one; 0: there is none. */
export const lastNumber = (incident: Pick<Incident, 'entries'>): number => updatesOf(incident)[0]?.n ?? 0;

/** Nobody is owed one any more. */
export const isCalm = ({ status }: Pick<IncidentHead, 'status'>): boolean => status === 'resolved' || ENDED.has(status);

/** `parts` as they are to be read, checked by the caller. The time until the next one begins anew. */
export function publishUpdate(incident: Incident, parts: UpdateParts, lang: Lang, press: Press): Incident {
  if (alreadyDone(incident, press.opId)) return incident;
  const { conditions, actions, needs } = parts;
  const params = { n: lastNumber(incident) + 1, lang, conditions, actions, needs };
  return pressed(incident, press, (_v, at) => ({ set: { lastUpdateAt: at }, said: { source: 'update', messageKey: MESSAGE, params }, notice: 'update' }));
}
