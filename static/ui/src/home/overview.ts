/** All tickets of all incidents: which are shown, in which order, and as a file. Pure. */
import type { OverviewTicket, TicketKind } from '../../../../src/contract';
import { daysLeft } from '../jira/due';
import type { Issue } from '../jira/issues';
import type { Words } from '../words';

export interface OverviewRow extends OverviewTicket {
  /** null: not one this viewer can see; undefined: not read yet. */
  readonly issue: Issue | null | undefined;
}
export interface OverviewFilter {
  /** Empty: any. */
  readonly service: string;
  readonly kind: TicketKind | '';
  /** Account id, `nobody`, or empty: any. */
  readonly owner: string;
  /** At least so many days old. */
  readonly age: number;
  /** Done and dropped ones too. */
  readonly over: boolean;
}
export const EVERY: OverviewFilter = { service: '', kind: '', owner: '', age: 0, over: false };
export const NOBODY = 'nobody';
export const AGES = [0, 30, 90, 180] as const;
const DAY = 86_400_000;

/** Nothing is left to be done. */
export const isOver = ({ ticket, issue }: OverviewRow): boolean => ticket.dropped !== null || ticket.state === 'deleted' || issue?.status?.category === 'done';
export const ageDays = ({ ticket }: OverviewTicket, now: number): number => Math.max(0, Math.floor((now - ticket.at) / DAY));

/** Overdue ones come first because their day is the earliest; those without one last, and after all what is over. */
export function listed(rows: readonly OverviewRow[], filter: OverviewFilter, now: number): readonly OverviewRow[] {
  const due = (row: OverviewRow): string => row.issue?.due ?? '9999';
  return rows
    .filter((row) => filter.over || !isOver(row))
    .filter((row) => filter.service === '' || row.incident.service === filter.service)
    .filter((row) => filter.kind === '' || row.ticket.kind === filter.kind)
    .filter((row) => filter.owner === '' || (filter.owner === NOBODY ? row.issue?.owner === null : row.issue?.owner?.accountId === filter.owner))
    .filter((row) => ageDays(row, now) >= filter.age)
    .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.ticket.at - b.ticket.at));
}
export const overdue = (row: OverviewRow, zone: string, now: number): boolean => !isOver(row) && row.issue?.due != null && daysLeft(row.issue.due, zone, now) < 0;

const COLUMNS = ['key', 'summary', 'kind', 'status', 'owner', 'due', 'left', 'resolution', 'dropped', 'created', 'incident', 'title', 'severity', 'service', 'address'] as const;

/** Rows of a file for spreadsheets, which is handed on: of a private incident only what Jira tells of the ticket is in it. */
export function fileRows(rows: readonly OverviewRow[], words: Words, now: number, issueUrl: (key: string) => string): readonly (readonly (string | number)[])[] {
  const { t, timeZone } = words;
  const head = COLUMNS.map((column) => t(`ticket.csv.${column}`));
  const body = rows.map((row) => {
    const { ticket, incident, issue } = row;
    const key = issue?.key ?? ticket.key;
    const of = incident.isPrivate ? null : incident;
    return [
      key ?? '',
      issue?.summary ?? ticket.summary ?? '',
      of === null || ticket.kind === null ? '' : t(`ticket.kind.${ticket.kind}`),
      issue?.status?.name ?? '',
      issue?.owner?.name ?? '',
      issue?.due ?? '',
      issue?.due == null || isOver(row) ? '' : daysLeft(issue.due, timeZone, now),
      issue?.resolution ?? '',
      of === null ? '' : (ticket.dropped?.reason ?? ''),
      new Date(ticket.at).toISOString(),
      of?.key ?? '',
      of?.title ?? '',
      of === null ? '' : t(`severity.${of.severity}`),
      of?.service ?? '',
      key === null ? '' : issueUrl(key),
    ];
  });
  return [head, ...body];
}
