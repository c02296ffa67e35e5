/** Between a graph macro's stored configuration and the form that edits it. */
import type { GraphConfig } from '../contract';

/** Minutes back from now. */
export const PERIODS = [60, 180, 360, 720, 1440] as const;

export interface GraphForm {
  /** `host:<id>` or `service:<name>`; null: not chosen. */
  readonly owner: string | null;
  readonly metric: string | null;
  readonly minutes: number;
}
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What cannot be read counts as not chosen, and an hour. */
export function graphFormOf(config: unknown): GraphForm {
  const { hostId, service, metric, minutes } = (typeof config === 'object' && config !== null ? config : {}) as Readonly<Record<string, unknown>>;
  const host = text(hostId);
  const name = text(service);
  const known = PERIODS.find((period) => String(period) === String(minutes));
  return { owner: host !== null ? `host:${host}` : name !== null ? `service:${name}` : null, metric: text(metric), minutes: known ?? PERIODS[0] };
}

/** null: not all is chosen. Confluence takes no null, so what is not set is left out. */
export function graphConfigOf({ owner, metric, minutes }: GraphForm): GraphConfig | null {
  if (owner === null || metric === null) return null;
  const whose = owner.startsWith('host:') ? { hostId: owner.slice(5) } : { service: owner.slice(8) };
  return { ...whose, metric, minutes: String(minutes) };
}
