/** The history of an incident's changes, read answer by answer, and as a file. */
import type { AuditKind, AuditPosition, AuditRow, AuditView, Lang, ReportLine } from '../../../../../src/contract';
import { call } from '../../api';
import { stampWithOffset } from '../../board/timeline/zoned';
import { toCsv } from '../../home/csv';

export const KINDS = ['course', 'people', 'words', 'notes', 'alerts', 'tickets', 'access', 'page', 'review'] as const satisfies readonly AuditKind[];

export interface Asked {
  readonly incidentId: string;
  /** null: all kinds. */
  readonly kind: AuditKind | null;
  readonly lang: Lang;
  readonly zone: string;
}
/** The rows after `before`; null: the newest. */
export const readAudit = ({ kind, ...asked }: Asked, before: AuditPosition | null): Promise<AuditView> => call('audit.load', { ...asked, kinds: kind === null ? null : [kind], before });

export async function readWhole(asked: Asked): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  let before: AuditPosition | null = null;
  do {
    const page: AuditView = await readAudit(asked, before);
    rows.push(...page.rows);
    before = page.next;
  } while (before !== null);
  return rows;
}

/** Account ids of everybody the rows tell of. */
export const peopleIn = (rows: readonly AuditRow[]): readonly string[] => [...new Set(rows.flatMap(({ by, what, before, after }) => [...(by === null ? [] : [by.accountId]), ...[what, before, after].flat().flatMap((part) => ('person' in part ? [part.person] : []))]))];

/** `columns`: when, who, kind, what, before, after. Times stand with their offset. */
export function auditCsv(rows: readonly AuditRow[], columns: readonly string[], zone: string, say: { nameOf(accountId: string): string; kindOf(kind: AuditKind): string; readonly automatic: string }): string {
  const text = (line: ReportLine): string => line.map((part) => ('person' in part ? say.nameOf(part.person) : part.text)).join('');
  return toCsv([columns, ...rows.map(({ at, by, kind, what, before, after }) => [stampWithOffset(at, zone), by === null ? say.automatic : say.nameOf(by.accountId), say.kindOf(kind), text(what), text(before), text(after)])]);
}
