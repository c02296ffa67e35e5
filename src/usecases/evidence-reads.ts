/** What freezing may ask of Mackerel: a share of its own, and only while the looks at alerts need little. */
import type { Ports } from '../ports';
import { EVIDENCE_READS_A_MINUTE, looksAreQuiet } from './turn';

const MINUTE_MS = 60_000;
interface ReadsCell {
  readonly minuteAt: number;
  readonly reads: number;
}
const readsKey = (conn: string): string => `evidence-reads:${conn}`;

/** Takes up to `most` requests of this minute; 0: wait. What is taken and not used is lost, which is no harm. */
export async function takeReads(ports: Ports, conn: string, most: number): Promise<number> {
  if (!(await looksAreQuiet(ports, conn))) return 0;
  const now = ports.clock.now();
  const row = await ports.cells.get<ReadsCell>(readsKey(conn));
  const known = row?.value;
  const isSame = known !== undefined && now >= known.minuteAt && now - known.minuteAt < MINUTE_MS;
  const used = isSame ? known.reads : 0;
  const taken = Math.min(most, EVIDENCE_READS_A_MINUTE - used);
  if (taken <= 0) return 0;
  const mine = { minuteAt: isSame ? known.minuteAt : now, reads: used + taken };
  return (await ports.cells.put<ReadsCell>(readsKey(conn), 'evidence-reads', mine, row?.ver ?? null)) ? taken : 0;
}
