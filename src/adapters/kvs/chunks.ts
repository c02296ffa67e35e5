/** Where a row of an incident lives. Pure, so that every reader and writer decides the same. */
import type { Chunk } from '../../domain/model';

/** JSON bytes past which the number of chunks doubles: far below Forge's 240 KiB a value, and few storage units a write. */
export const CHUNK_BYTES = 64 * 1024;
/** Past this a chunk is refused: Forge takes 240 KiB a value. */
export const CHUNK_FULL = 230 * 1024;
/** Head and all chunks fit one transaction of 25 operations and 4 MB. */
export const MAX_CHUNKS = 16;

/** 32-bit FNV-1a over the UTF-8 bytes. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** `chunks` is a power of two. Doubling it splits each chunk into itself and one new one. */
export function chunkOf(rowId: string, chunks: number): number {
  return fnv1a(rowId) & (chunks - 1);
}

export const NO_ROWS: Chunk = { entries: {}, alerts: {}, pins: {}, hosts: {}, tickets: {} };
type Rows = Chunk;
const KINDS = ['entries', 'alerts', 'pins', 'hosts', 'tickets'] as const;

export function splitRows(rows: Rows, chunks: number): readonly Chunk[] {
  const parts = Array.from({ length: chunks }, () => Object.fromEntries(KINDS.map((kind) => [kind, {} as Record<string, unknown>])) as Record<(typeof KINDS)[number], Record<string, unknown>>);
  for (const kind of KINDS) for (const [id, row] of Object.entries(rows[kind])) parts[chunkOf(id, chunks)]![kind][id] = row;
  return parts as unknown as readonly Chunk[];
}

export function joinChunks(chunks: readonly Chunk[]): Rows {
  const all = <K extends (typeof KINDS)[number]>(kind: K): Chunk[K] => Object.assign({}, ...chunks.map((chunk) => chunk[kind])) as Chunk[K];
  return { entries: all('entries'), alerts: all('alerts'), pins: all('pins'), hosts: all('hosts'), tickets: all('tickets') };
}

/** Chunks holding a row that differs between the two. Transitions keep unchanged rows as they are, so identity mostly decides. */
export function touchedChunks(before: Rows, after: Rows, chunks: number): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const kind of KINDS) {
    for (const id of new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])])) {
      const [a, b] = [before[kind][id], after[kind][id]];
      if (a !== b && JSON.stringify(a) !== JSON.stringify(b)) touched.add(chunkOf(id, chunks));
    }
  }
  return touched;
}

export const chunkBytes = (chunk: Chunk): number => Buffer.byteLength(JSON.stringify(chunk));

/** What to write: the number of chunks to use from now on, and the contents of those that change. */
export interface Layout {
  readonly chunks: number;
  readonly writes: ReadonlyMap<number, Chunk>;
}
/** `stored` chunks exist now. As long as no touched chunk grows too large only touched ones are written; else all, doubled up to `most`. */
export function layoutFor(before: Rows, after: Rows, stored: number, most = MAX_CHUNKS): Layout {
  const parts = splitRows(after, stored);
  const touched = touchedChunks(before, after, stored);
  const fits = (part: Chunk): boolean => chunkBytes(part) <= CHUNK_BYTES;
  if ([...touched].every((n) => fits(parts[n]!)) || stored >= most) {
    return { chunks: stored, writes: new Map([...touched].map((n) => [n, parts[n]!])) };
  }
  let chunks = stored;
  let split = parts;
  while (chunks < most && !split.every(fits)) {
    chunks *= 2;
    split = splitRows(after, chunks);
  }
  return { chunks, writes: new Map(split.map((part, n) => [n, part])) };
}
