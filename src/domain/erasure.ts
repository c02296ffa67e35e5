/** An erasure on its way: what is to go, in which order, and how far it is. Pure. */
import type { EraseView } from '../contract';
import { CANDIDATE_SHELVES } from './candidate';

/** Every kind of row there is, for erasing. */
export type RowKind =
  | { readonly of: 'incident' | 'candidate' | 'hint' | 'ticket' | 'review'; readonly conn: string; readonly part: string }
  | { readonly of: 'chunk'; readonly incidentId: string }
  | { readonly of: 'claim' | 'saga' | 'notice' | 'cell' | 'evidence'; readonly part: string };

/** `channel`, `doors`: Mackerel's channel, then secrets and settings, so that nothing new comes in; `incidents`: with their marks on pages and in Jira; `rows`: all else. */
export type EraseStep = 'channel' | 'doors' | 'incidents' | 'rows';
export interface Erasure {
  readonly schema: 1;
  readonly opId: string;
  readonly conn: string;
  /** null: everything; empty: one that is erased. */
  readonly incidentId: string | null;
  readonly step: EraseStep | 'done';
  /** Of `rows`: which kind is at its turn, and where in it. */
  readonly turn: number;
  readonly cursor: string | null;
  /** Rows that were found in this round; another one follows until nothing is. */
  readonly found: number;
  readonly erased: number;
  readonly left: EraseView['left'];
  readonly at: number;
  /** Whoever is at it has it until then, epoch ms. */
  readonly busyUntil: number;
  readonly attempts: number;
}

/** Work that was under way when the doors were shut may still write for so long, ms. */
export const AFTERMATH_MS = 60_000;

export const begun = (opId: string, conn: string, incidentId: string | null, now: number): Erasure => ({
  schema: 1, opId, conn, incidentId, step: incidentId === null ? 'channel' : 'incidents', turn: 0, cursor: null, found: 0, erased: 0, left: { channel: false, pages: 0, issues: 0 }, at: now, busyUntil: 0, attempts: 0,
});
export const eraseView = ({ incidentId, step, erased, left, at }: Erasure): EraseView => ({ of: incidentId === null ? 'everything' : 'incident', state: step === 'done' ? 'done' : 'running', erased, left, at });

const named = <T extends RowKind['of']>(of: T, parts: readonly string[]) => parts.map((part) => ({ of, part }));
const of = <T extends RowKind['of']>(kind: T, conn: string, parts: readonly string[]) => parts.map((part) => ({ of: kind, conn, part }));
/** Kinds of claims and cells; one that is missing here would be left behind. */
const CLAIMS = ['alert', 'open-service', 'press', 'declare', 'page', 'issue', 'ticket'];
const CELLS = ['asked', 'viewing', 'settings-change', 'sample', 'whole-look', 'pulse', 'live', 'turn', 'subject', 'refusal', 'ended', 'drain-flag', 'recent', 'counter', 'personal-data', 'reports', 'evidence-reads'];
const SAGAS = ['running', 'done', 'dead', 'needs-person', 'discarded'];
const NOTICES = ['waiting', 'sent', 'dropped', 'unwanted'];
const HEADS = ['open', 'ended'];

/** What is looked through, in this order; of one incident only where something of it can be. */
export function kindsOf({ conn, incidentId }: Pick<Erasure, 'conn' | 'incidentId'>): readonly RowKind[] {
  const shared = [...named('saga', SAGAS), ...named('notice', NOTICES), ...of('ticket', conn, ['on', 'off']), ...of('review', conn, ['open', 'done']), ...named('evidence', ['due', 'rest', 'stuck']), ...named('claim', CLAIMS)] as readonly RowKind[];
  if (incidentId !== null) return [{ of: 'chunk', incidentId }, ...shared, ...(named('cell', ['ended', 'refusal']) as readonly RowKind[])];
  return [...shared, ...(of('candidate', conn, CANDIDATE_SHELVES) as readonly RowKind[]), { of: 'hint', conn, part: '' }, ...(of('incident', conn, HEADS) as readonly RowKind[]), ...(named('cell', CELLS) as readonly RowKind[])];
}

/** After a page of a kind: where it goes on; with all of them looked through, another round, or the end. */
export function advanced(erasure: Erasure, removed: number, next: string | null, now: number): Erasure {
  const so = { ...erasure, found: erasure.found + removed };
  if (next !== null) return { ...so, cursor: next };
  const turn = erasure.turn + 1;
  if (turn < kindsOf(erasure).length) return { ...so, turn, cursor: null };
  const quiet = erasure.incidentId !== null || now - erasure.at >= AFTERMATH_MS;
  return so.found === 0 && quiet ? { ...so, step: 'done', incidentId: so.incidentId === null ? null : '' } : { ...so, turn: 0, cursor: null, found: 0 };
}
