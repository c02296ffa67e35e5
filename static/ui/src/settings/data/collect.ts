/** An export put together from its answers, row by row; docs/export.md describes the file. */
import type { ExportCursor, ExportPage, ExportRow } from '../../../../../src/contract';

const PARTS = { entry: 'entries', alert: 'alerts', host: 'hosts', pin: 'pins', ticket: 'tickets', report: 'reports' } as const;
type Part = (typeof PARTS)[keyof typeof PARTS];
export interface ExportedIncident {
  readonly incident: unknown;
  readonly entries: unknown[];
  readonly alerts: unknown[];
  readonly hosts: unknown[];
  readonly pins: unknown[];
  readonly tickets: unknown[];
  /** null: there is none yet. */
  readonly review: unknown;
  readonly reports: unknown[];
  /** Which files were frozen; null: none. */
  readonly evidence: unknown;
}
export interface Collected {
  /** Of the beginning, as the server tells it; epoch ms. */
  readonly startedAt: number;
  readonly settings: unknown;
  readonly changes: readonly unknown[];
  readonly candidates: ReadonlyMap<string, unknown>;
  readonly incidents: ReadonlyMap<string, ExportedIncident>;
  /** Where it goes on; null: it is whole. */
  readonly next: ExportCursor | null;
}

const empty = (incident: unknown): ExportedIncident => ({ incident, entries: [], alerts: [], hosts: [], pins: [], tickets: [], review: null, reports: [], evidence: null });

/** `so` with one more answer. What moved in a list meanwhile may come twice, and counts once. */
export function collected(so: Collected | null, page: ExportPage): Collected {
  const [candidates, incidents, changes] = [new Map(so?.candidates), new Map(so?.incidents), [...(so?.changes ?? [])]];
  let settings: unknown = so?.settings ?? null;
  const put = ({ of, id, incidentId, value }: ExportRow): void => {
    if (of === 'settings') settings = value;
    else if (of === 'change') changes.push(value);
    else if (of === 'candidate') candidates.set(id, value);
    else if (of === 'incident') incidents.set(id, empty(value));
    else {
      const incident = incidents.get(incidentId ?? '') ?? empty(null);
      if (of === 'review') return void incidents.set(incidentId ?? '', { ...incident, review: value });
      if (of === 'evidence') return void incidents.set(incidentId ?? '', { ...incident, evidence: value });
      const part: Part = PARTS[of];
      incidents.set(incidentId ?? '', { ...incident, [part]: [...incident[part], value] });
    }
  };
  for (const row of page.rows) put(row);
  return { startedAt: so?.startedAt ?? page.now, settings, changes, candidates, incidents, next: page.next };
}

export function fileOf({ startedAt, settings, changes, candidates, incidents }: Collected): { readonly name: string; readonly text: string } {
  const at = new Date(startedAt).toISOString();
  const body = { format: 'incident-pages-export', version: 1, startedAt: at, settings, changes, candidates: [...candidates.values()], incidents: [...incidents.values()] };
  return { name: `incident-pages-${at.slice(0, 19).replace(/[:T]/g, '-')}.json`, text: JSON.stringify(body, null, 1) };
}

/** The whole record of one incident; docs/export.md describes it. */
export function recordFile({ startedAt, incidents }: Collected): string {
  const [incident] = incidents.values();
  return JSON.stringify({ format: 'incident-pages-incident', version: 1, startedAt: new Date(startedAt).toISOString(), ...incident }, null, 1);
}
