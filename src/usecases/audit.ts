/** Every change of an incident, page by page, for those who may edit it. Nothing is kept for this: it follows from the record. */
import type { AuditKind, AuditPosition, AuditRow, AuditView, Lang } from '../contract';
import { changesOf, newer, type Change } from '../domain/audit';
import { notFound } from '../domain/failure';
import { named } from '../domain/scheme';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { configured, proveMayEdit } from './prove';
import { publishedReports } from './published';

const ROWS_AT_MOST = 200;
/** Characters of an answer; a platform's answer holds 5 MB, of at most four bytes a character. */
const FULL = 500_000;

const row = ({ by, ...change }: Change): AuditRow => ({ ...change, by: by === null ? null : { accountId: by } });

export async function auditOf(ports: Ports, caller: Caller, p: { readonly incidentId: string; readonly kinds: readonly AuditKind[] | null; readonly before: AuditPosition | null; readonly lang: Lang; readonly zone: string }): Promise<AuditView> {
  await proveMayEdit(ports, caller, p.incidentId);
  const [incident, review, reports, evidence, { scheme }] = await Promise.all([ports.incidents.load(p.incidentId), ports.reviews.get(p.incidentId), publishedReports(ports, p.incidentId), ports.evidence.get(p.incidentId), configured(ports)]);
  if (incident === null) throw notFound();
  const texts = named(ports.texts, scheme);
  const { before, kinds } = p;
  const wanted = changesOf({ incident, review: review?.value ?? null, reports: reports.versions, evidence: evidence?.value ?? null, zone: p.zone, say: (key, params) => texts.say(p.lang, key, params) }).filter((change) => (kinds === null || kinds.includes(change.kind)) && (before === null || newer(before, change) < 0));
  const rows: AuditRow[] = [];
  let size = 0;
  for (const change of wanted) {
    size += JSON.stringify(change).length;
    if (rows.length === ROWS_AT_MOST || (rows.length > 0 && size > FULL)) break;
    rows.push(row(change));
  }
  const last = rows.at(-1);
  return { rows, next: last === undefined || rows.length === wanted.length ? null : { at: last.at, id: last.id }, left: review?.value.historyLeft ?? 0 };
}
