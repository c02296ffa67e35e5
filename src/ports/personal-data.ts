/** Rows that may name people, and whose accounts Atlassian has closed. */

/** A place among all of them; JSON. */
export interface PeoplePlace {
  readonly step: number;
  readonly cursor: string | null;
}
/** An incident is changed as a whole, by its store; any other row by itself. */
/** `presser`: whose press it is of, by the row's id alone; null: of none. */
export type PeopleRow = { readonly incidentId: string } | { readonly entity: string; readonly key: string; readonly doc: unknown; readonly presser: string | null };
export interface PeopleRows {
  /** Some rows from `place` on (null: from the first), by indexes that may lag; `next` null: there are no more. */
  page(conn: string, place: PeoplePlace | null): Promise<{ readonly rows: readonly PeopleRow[]; readonly next: PeoplePlace | null }>;
  /** Takes the accounts out of the row as it is now, also out of its key. Safe to repeat. */
  erase(row: Extract<PeopleRow, { entity: string }>, closed: ReadonlySet<string>): Promise<void>;
}
export interface Privacy {
  /** Reports stored accounts to Atlassian and answers those whose data has to be erased. */
  closed(accountIds: readonly string[]): Promise<ReadonlySet<string>>;
}
