/** The files a report can be taken away as. */
import type { ReportLine, ReportView } from '../../../../../src/contract';
import { call } from '../../api';
import { stampWithOffset } from '../../board/timeline/zoned';
import { toCsv } from '../../home/csv';
import { collected, recordFile, type Collected } from '../../settings/data/collect';
import type { NameOf } from './markdown';

/** Account ids of everybody a report tells of. */
export function peopleOf({ blocks, timeline }: Pick<ReportView, 'blocks' | 'timeline'>): readonly string[] {
  const lines = [
    ...timeline.flatMap(({ by, said }) => [by, said]),
    ...blocks.flatMap((block): readonly ReportLine[] => ('rows' in block ? block.rows.flatMap((row) => ('lines' in row ? row.lines : row)) : 'lines' in block ? block.lines : [])),
  ];
  return [...new Set(lines.flat().flatMap((part) => ('person' in part ? [part.person] : [])))];
}

const said = (line: ReportLine, nameOf: NameOf): string => line.map((part) => ('person' in part ? nameOf(part.person) : part.text)).join('');
/** The timeline, one row an entry; times with their offset. */
export const timelineCsv = ({ columns, timeline }: Pick<ReportView, 'columns' | 'timeline'>, zone: string, nameOf: NameOf): string =>
  toCsv([columns, ...timeline.map((row) => [stampWithOffset(row.at, zone), said(row.by, nameOf), said(row.said, nameOf), row.link ?? ''])]);

/** The whole record of one incident, as its file. */
export async function readRecord(incidentId: string): Promise<string> {
  let so: Collected | null = null;
  let after: string | null = null;
  do {
    const page: { readonly rows: Parameters<typeof collected>[1]['rows']; readonly next: string | null; readonly now: number } = await call('report.record', { incidentId, after });
    so = collected(so, { rows: page.rows, now: page.now, next: null });
    after = page.next;
  } while (after !== null);
  return recordFile(so);
}
