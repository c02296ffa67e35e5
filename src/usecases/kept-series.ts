/** Values from evidence, where Mackerel has them no more. Only bytes that are as they were written count. */
import type { FromEvidence } from '../contract';
import { hostIn, seriesIn, type FrozenHost, type SeriesPoint } from '../domain/evidence-file';
import { factFiles, whereKept, type Evidence, type EvidenceFile, type FrozenSeries } from '../domain/evidence';
import { seriesKey } from '../domain/evidence-series';
import type { Point, Ports } from '../ports';
import { remembered } from './remembered';
import type { Series } from './series';

const ROW_FRESH_MS = 5_000;
const FILE_FRESH_MS = 60_000;
/** After that Mackerel keeps one value a day. Source: Mackerel's description of its time series database. */
const RETENTION_MS = 460 * 86_400_000;
/** Values may be missing for so long at either end of what was frozen. */
const SLACK_MS = 5 * 60_000;
/** Coarser than this, it is another grain. */
const COARSER = 15;

/** As a reader needs it: a copy that is made now shows within seconds. null: nothing was ever frozen. */
export async function evidenceOf(ports: Ports, installation: string, incidentId: string): Promise<Evidence | null> {
  return await remembered(`evidence:${installation}:${incidentId}`, ports.clock.now(), ROW_FRESH_MS, async () => (await ports.evidence.get(incidentId))?.value ?? null);
}

export interface Kept {
  /** null: somebody replaced or removed every copy, and nothing is left that is as it was written. */
  readonly points: readonly SeriesPoint[] | null;
  readonly from: FromEvidence;
}
/** Reads a file of it; `look` finds in its text what is wanted. Only what was found is kept in memory. */
async function opened<T>(ports: Ports, installation: string, pageId: string, { file, at }: { readonly file: EvidenceFile; readonly at: number }, what: string, look: (text: string) => T | null): Promise<{ readonly found: T | null; readonly from: FromEvidence }> {
  return await remembered(`kept:${installation}:${file.id}:${file.version}:${what}`, ports.clock.now(), FILE_FRESH_MS, async () => {
    const { bytes, replaced } = await ports.evidenceFiles.read(pageId, file);
    const from = { at, replaced: replaced === null ? null : { by: replaced.by === null ? null : { accountId: replaced.by }, at: replaced.at } };
    return { found: bytes === null ? null : look(new TextDecoder().decode(bytes)), from };
  });
}

/** A host as it was when it was last frozen; null: it never was, or every file was replaced. The caller has been proven to see the incident. */
export async function openHost(ports: Ports, installation: string, incidentId: string, hostId: string): Promise<{ readonly host: FrozenHost; readonly from: FromEvidence } | null> {
  const evidence = await evidenceOf(ports, installation, incidentId);
  if (evidence === null || evidence.pageId === null) return null;
  for (const place of factFiles(evidence)) {
    const { found, from } = await opened(ports, installation, evidence.pageId, place, `host:${hostId}`, (text) => hostIn(text, hostId));
    if (found !== null) return { host: found, from };
  }
  return null;
}

/** The newest copy of a metric that can be trusted. null: it was never kept. The caller has been proven to see the incident. */
export async function openKept(ports: Ports, installation: string, evidence: Evidence, key: string): Promise<Kept | null> {
  const { pageId } = evidence;
  let lost: FromEvidence | null = null;
  for (const place of pageId === null ? [] : whereKept(evidence, key)) {
    const { found, from } = await opened(ports, installation, pageId ?? '', place, key, (text) => seriesIn(text)?.get(key) ?? null);
    if (found !== null) return { points: found, from };
    lost ??= from;
  }
  return lost === null ? null : { points: null, from: lost };
}

/** Whether Mackerel answers less than was frozen of the time from `from` to `to`. */
export function lacks(live: readonly Point[], { first, last, n }: FrozenSeries, from: number, to: number): boolean {
  if (first === null || last === null) return false;
  const [begin, end] = [Math.max(first, from), Math.min(last, to)];
  if (begin > end) return false;
  const inside = live.filter(({ at }) => at >= begin && at <= end);
  const [head, tail] = [inside[0], inside.at(-1)];
  return head === undefined || tail === undefined || head.at > begin + SLACK_MS || tail.at < end - SLACK_MS || inside.length * COARSER < n * ((end - begin + 1) / (last - first + 1));
}

/** What Mackerel has, or what was frozen where it has less or nothing: `evidence` absent: live values. `read` may fail; it fails if there is nothing else. */
export async function liveOrKept(ports: Ports, at: { readonly installation: string; readonly incidentId: string; readonly series: Series; readonly from: number; readonly to: number }, read: () => Promise<readonly Point[]>): Promise<{ readonly points: readonly Point[]; readonly evidence?: FromEvidence }> {
  const { installation, incidentId, series, from, to } = at;
  const evidence = series.metric === null ? null : await evidenceOf(ports, installation, incidentId);
  const key = seriesKey(series);
  const found = evidence === null ? undefined : whereKept(evidence, key)[0];
  if (evidence === null || found === undefined) return { points: await read() };
  let live: readonly Point[] | null = null;
  let failure: unknown = null;
  if (from >= ports.clock.now() - RETENTION_MS) {
    try {
      live = await read();
    } catch (error) {
      failure = error;
    }
    if (live !== null && !lacks(live, found.series, from, to)) return { points: live };
  }
  const kept = await openKept(ports, installation, evidence, key);
  if (kept === null || kept.points === null) {
    if (failure !== null) throw failure;
    return { points: live ?? [], ...(kept === null ? {} : { evidence: kept.from }) };
  }
  const last = kept.points.at(-1)?.at ?? 0;
  const newer = (live ?? []).filter((point) => point.at > last);
  return { points: [...kept.points.filter((point) => point.at >= from && point.at <= to), ...newer], evidence: kept.from };
}
