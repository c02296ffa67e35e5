/** Deltas into the board on screen. Rows that did not change keep their identity, so only changed rows are drawn again. */
import type { BoardDelta, BoardView, EntryView, IncidentHeadView } from '../../../../src/contract';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const keep = <T>(old: T, fresh: T): T => (same(old, fresh) ? old : fresh);

interface Row {
  readonly id: string;
  readonly v?: number;
  /** An alert or ticket that was taken off, and a note that was removed, leave the board. */
  readonly linked?: boolean;
  readonly removed?: boolean;
}
export const hasLeft = (row: Row): boolean => row.linked === false || row.removed === true;

/** `fresh` rows replace those of the same id unless they are older (`v`); new ones come last, those that left go. */
export function mergeRows<T extends Row>(old: readonly T[], fresh: readonly T[]): readonly T[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  let changed = false;
  const merged = old.map((row) => {
    const next = byId.get(row.id);
    byId.delete(row.id);
    if (next === undefined || (next.v ?? 0) < (row.v ?? 0) || same(row, next)) return row;
    changed = true;
    return next;
  });
  const added = [...byId.values()].filter((row) => !hasLeft(row));
  return changed || added.length > 0 ? [...merged.filter((row) => !hasLeft(row)), ...added] : old;
}

/** An answer to a press may overtake a delta: the higher version wins. */
export function newerHead(old: IncidentHeadView, fresh: IncidentHeadView): IncidentHeadView {
  return fresh.version < old.version ? old : keep(old, fresh);
}

export function applyDelta(board: BoardView, delta: BoardDelta): BoardView {
  const late = delta.now < board.now;
  return {
    ...board,
    incident: newerHead(board.incident, delta.incident),
    survivor: delta.survivor === null ? board.survivor : keep(board.survivor, delta.survivor),
    flaps: late ? board.flaps : keep(board.flaps, delta.flaps),
    alerts: late ? board.alerts : mergeRows(board.alerts, delta.alerts),
    entries: mergeRows(board.entries, delta.entries),
    tickets: mergeRows(board.tickets, delta.tickets),
    hosts: late ? board.hosts : mergeRows(board.hosts, delta.hosts),
    deploys: late ? board.deploys : mergeRows(board.deploys, delta.deploys),
    live: late ? board.live : keep(board.live, delta.live),
    scheme: late ? board.scheme : keep(board.scheme, delta.scheme),
    pass: delta.pass,
    passExpiresAt: delta.passExpiresAt,
    now: Math.max(board.now, delta.now),
  };
}

/** The rest of the timeline, without what was removed while it was on its way (`removed`: id to version). */
export function withOlder(board: BoardView, entries: readonly EntryView[], removed: ReadonlyMap<string, number>): BoardView {
  const kept = entries.filter((entry) => entry.v > (removed.get(entry.id) ?? -1));
  return { ...board, entries: mergeRows(board.entries, kept), olderEntries: 0 };
}

/** A whole new answer over the one on screen. Older entries that were already read stay until they are read anew. */
export function replaceBoard(old: BoardView, fresh: BoardView): BoardView {
  const has = (rows: readonly { readonly id: string }[]): Set<string> => new Set(rows.map((row) => row.id));
  const only = <T extends { readonly id: string }>(rows: readonly T[], ids: Set<string>): readonly T[] =>
    rows.every((row) => ids.has(row.id)) ? rows : rows.filter((row) => ids.has(row.id));
  const keepsOlder = old.olderEntries === 0 && fresh.olderEntries > 0;
  return {
    ...fresh,
    incident: newerHead(old.incident, fresh.incident),
    flaps: keep(old.flaps, fresh.flaps),
    alerts: mergeRows(only(old.alerts, has(fresh.alerts)), fresh.alerts),
    entries: mergeRows(keepsOlder ? old.entries : only(old.entries, has(fresh.entries)), fresh.entries),
    tickets: mergeRows(only(old.tickets, has(fresh.tickets)), fresh.tickets),
    olderEntries: keepsOlder ? 0 : fresh.olderEntries,
    hosts: mergeRows(only(old.hosts, has(fresh.hosts)), fresh.hosts),
    deploys: mergeRows(only(old.deploys, has(fresh.deploys)), fresh.deploys),
    live: keep(old.live, fresh.live),
    scheme: keep(old.scheme, fresh.scheme),
  };
}
