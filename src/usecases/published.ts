/** The list of an incident's published reports, kept in one row. */
import { noReports, type PublishedReports } from '../domain/published';
import type { Ports } from '../ports';

const ROUNDS = 20;
const keyOf = (incidentId: string): string => `reports:${incidentId}`;

export async function publishedReports(ports: Ports, incidentId: string): Promise<PublishedReports> {
  return (await ports.cells.get<PublishedReports>(keyOf(incidentId)))?.value ?? noReports(incidentId);
}

/** `change` may refuse by throwing; the same value is not written. Answers what is kept. */
export async function changeReports(ports: Ports, incidentId: string, change: (all: PublishedReports) => PublishedReports): Promise<PublishedReports> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await ports.cells.get<PublishedReports>(keyOf(incidentId));
    const before = row?.value ?? noReports(incidentId);
    const after = change(before);
    if (after === before || (await ports.cells.put(keyOf(incidentId), 'reports', after, row?.ver ?? null))) return after;
  }
  throw new Error('the list of reports stays contended');
}
