/** One incident's record, complete, for whoever may see it: as the export of everything tells it, in answers of bounded size. */
import type { ExportRow, RecordPage } from '../contract';
import { placeOf, rowsOf } from '../domain/export';
import { notFound } from '../domain/failure';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { proveIncident } from './prove';
import { publishedReports } from './published';

/** Characters of an answer; a platform's answer holds 5 MB, of at most four bytes a character. */
const FULL = 1_000_000;

/** `after`: the last place that was told; null: from the beginning. */
export async function exportIncident(ports: Ports, caller: Caller, { incidentId, after }: { readonly incidentId: string; readonly after: string | null }): Promise<RecordPage> {
  await proveIncident(ports, caller, incidentId);
  const incident = await ports.incidents.load(incidentId);
  if (incident === null) throw notFound();
  const rows: ExportRow[] = [];
  let size = 0;
  const [review, evidence, { versions: reports }] = await Promise.all([ports.reviews.get(incidentId), ports.evidence.get(incidentId), publishedReports(ports, incidentId)]);
  for (const row of rowsOf(incident, { review: review?.value ?? null, reports, evidence: evidence?.value ?? null }, after)) {
    size += JSON.stringify(row).length;
    const last = rows.at(-1);
    if (last !== undefined && size > FULL) return { rows, next: last.of === 'incident' ? '' : placeOf(last), now: ports.clock.now() };
    rows.push(row);
  }
  return { rows, next: null, now: ports.clock.now() };
}
