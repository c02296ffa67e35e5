/**
 * Everything stored, in answers of bounded size. The caller holds the place where it goes on, so a lost answer or a closed
 * browser costs nothing: the same place is asked again. Only what an administrator may see is told, and nothing says that there is more.
 */
import type { ExportCursor, ExportPage, ExportRow, ListPosition } from '../contract';
import { CANDIDATE_SHELVES } from '../domain/candidate';
import { placeOf, rowsOf, settingsRow, unlinked } from '../domain/export';
import { RecordFailure } from '../domain/failure';
import type { IncidentHead, Settings } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { configured, proveAdmin } from './prove';
import { publishedReports } from './published';
import { visibleServices } from './rights';
import { settingsChanges } from './settings-changes';

/** Characters of an answer; a platform's answer holds 5 MB, of at most four bytes a character. */
const FULL = 1_000_000;
const INCIDENTS = 25;
const LISTED = 100;

type Page = Omit<ExportPage, 'now'>;
const sizeOf = (row: ExportRow): number => JSON.stringify(row).length;

/** Incidents without a page are told of their declarer if private, and of everybody else if not. */
async function seen(ports: Ports, caller: Caller, heads: readonly IncidentHead[]): Promise<readonly IncidentHead[]> {
  const pages = heads.flatMap(({ page }) => (page === null ? [] : [page.id]));
  const visible = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  const orphan = ({ page, visibility, declaredBy }: IncidentHead): boolean => (page === null || page.state !== 'current') && (visibility === 'public' || declaredBy === caller.accountId);
  return heads.filter((head) => (head.page !== null && visible.has(head.page.id)) || orphan(head));
}

const positionOf = ({ declaredAt, id }: IncidentHead): ListPosition => ({ at: declaredAt, id });

async function incidentsFrom(ports: Ports, caller: Caller, { conn }: Settings, cursor: Extract<ExportCursor, { part: 'incidents' }>): Promise<Page> {
  const rows: ExportRow[] = [];
  let { after, within } = cursor;
  let size = 0;
  let told = 0;
  for (;;) {
    const { heads, last: end } = await ports.incidents.page(conn, cursor.state, after, LISTED);
    for (const head of await seen(ports, caller, heads)) {
      const incident = await ports.incidents.load(head.id).catch((error: unknown) => {
        // Health tells of records that cannot be read.
        if (error instanceof RecordFailure) return null;
        throw error;
      });
      const review = incident === null ? null : ((await ports.reviews.get(head.id))?.value ?? null);
      let last = within?.id === head.id ? within.row : null;
      const evidence = incident === null ? null : ((await ports.evidence.get(head.id))?.value ?? null);
      const reports = incident === null ? [] : (await publishedReports(ports, head.id)).versions;
      for (const row of incident === null ? [] : rowsOf(incident, { review, reports, evidence }, last)) {
        if (rows.length > 0 && size + sizeOf(row) > FULL) return { rows, next: { part: 'incidents', state: cursor.state, after, within: last === null ? null : { id: head.id, row: last } } };
        rows.push(row);
        size += sizeOf(row);
        last = row.of === 'incident' ? '' : placeOf(row);
      }
      after = positionOf(head);
      within = null;
      told += 1;
      if (told === INCIDENTS) return { rows, next: { part: 'incidents', state: cursor.state, after, within } };
    }
    if (end === null) return { rows, next: cursor.state === 'open' ? { part: 'incidents', state: 'ended', after: null, within: null } : null };
    after = end;
  }
}

async function candidatesFrom(ports: Ports, settings: Settings, cursor: Extract<ExportCursor, { part: 'candidates' }>): Promise<Page> {
  const services = await visibleServices(ports, settings);
  const found = await ports.candidates.page(settings.conn, cursor.shelf, cursor.after, LISTED);
  const rows = found.filter(({ alert }) => services.sees(alert.service)).map((candidate): ExportRow => {
    const { heldFrom: _held, whyParams: _params, ...value } = candidate;
    return { of: 'candidate', id: candidate.id, incidentId: null, value: { ...value, alert: unlinked(candidate.alert) } };
  });
  const last = found.at(-1);
  if (last !== undefined) return { rows, next: { ...cursor, after: { at: last.openedAt, id: last.id } } };
  const shelf = CANDIDATE_SHELVES[CANDIDATE_SHELVES.indexOf(cursor.shelf) + 1];
  return { rows, next: shelf === undefined ? { part: 'incidents', state: 'open', after: null, within: null } : { part: 'candidates', shelf, after: null } };
}

async function changesFrom(ports: Ports, caller: Caller, before: number | null): Promise<Page> {
  const { changes, more } = await settingsChanges(ports, caller, before);
  const rows = changes.map((change): ExportRow => ({ of: 'change', id: String(change.n), incidentId: null, value: change }));
  const oldest = changes.at(-1)?.n;
  return { rows, next: more && oldest !== undefined ? { part: 'changes', before: oldest } : { part: 'candidates', shelf: 'waiting', after: null } };
}

/** Administrators of Confluence only. `cursor` null: from the beginning. */
export async function exportData(ports: Ports, caller: Caller, cursor: ExportCursor | null): Promise<ExportPage> {
  await proveAdmin(ports);
  const settings = await configured(ports);
  const page = async (): Promise<Page> => {
    switch (cursor?.part) {
      case undefined:
        return { rows: [settingsRow(settings)], next: { part: 'changes', before: null } };
      case 'changes':
        return await changesFrom(ports, caller, cursor.before);
      case 'candidates':
        return await candidatesFrom(ports, settings, cursor);
      case 'incidents':
        return await incidentsFrom(ports, caller, settings, cursor);
    }
  };
  return { ...(await page()), now: ports.clock.now() };
}
