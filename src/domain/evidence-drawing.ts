/**
 * Pictures of frozen values as PNG, for readers that show no SVG: an editor's browser draws them. Never evidence themselves: each
 * is kept beside the copy with who sent it. Pure; times are epoch ms.
 */
import type { Evidence, EvidenceFile } from './evidence';
import { pictureSize } from './evidence-picture';
import type { PngSize } from './png';

export interface PartOf {
  /** Number of the copy. */
  readonly n: number;
  /** Index of its part. */
  readonly part: number;
}
export interface Drawing extends PartOf {
  readonly id: string;
  /** Account id of whose browser drew it. */
  readonly by: string;
  readonly at: number;
  /** null: it is being attached, until `until` nobody else does. */
  readonly file: EvidenceFile | null;
  readonly until: number;
}
/** One that does not come within it may be drawn by the next. */
const TURN_MS = 15_000;
/** Bytes of a PNG: in base64 below what the platform takes from a browser in one call. */
export const DRAWING_MAX = 350_000;
/** Of all of an incident. */
const BYTES = 6_000_000;
const SMALLEST = 0.25;
const LARGEST = 2;

const at = (drawings: readonly Drawing[], { n, part }: PartOf): Drawing | undefined => drawings.find((one) => one.n === n && one.part === part);
/** The SVG of a part and its size; null: there is none. */
export function pictureOf({ copies }: Pick<Evidence, 'copies'>, { n, part }: PartOf): { readonly file: EvidenceFile; readonly size: PngSize } | null {
  const found = copies.find((copy) => copy.n === n)?.parts[part];
  return found === undefined || found.picture === null ? null : { file: found.picture, size: pictureSize(found.series.length) };
}
/** Parts with an SVG and no PNG, newest first. */
export function undrawn({ copies, drawn = [] }: Evidence): readonly (PartOf & PngSize)[] {
  return [...copies].reverse().flatMap(({ n, parts }) => parts.flatMap((one, part) => (one.picture === null || at(drawn, { n, part })?.file != null ? [] : [{ n, part, ...pictureSize(one.series.length) }])));
}

/** As large as the SVG, or of the same shape. */
export function fits(png: PngSize, svg: PngSize): boolean {
  const scale = png.width / svg.width;
  return scale >= SMALLEST && scale <= LARGEST && Math.abs(png.height - svg.height * scale) <= 1;
}

export interface Claimed {
  /** `mine`: it is to be attached now. */
  readonly so: 'mine' | 'there' | 'coming' | 'none';
  readonly evidence: Evidence | null;
}
/** One browser draws, however many want to. `bytes`: how many there are to be kept. */
export function claimDrawing(evidence: Evidence, of: PartOf, mine: Pick<Drawing, 'id' | 'by' | 'at'>, bytes: number): Claimed {
  const { drawn = [] } = evidence;
  const known = at(drawn, of);
  if (known !== undefined && known.file !== null) return { so: 'there', evidence: null };
  if (known !== undefined && known.until > mine.at) return { so: 'coming', evidence: null };
  const full = drawn.reduce((sum, { file }) => sum + (file?.bytes ?? 0), bytes) > BYTES;
  if (full || pictureOf(evidence, of) === null) return { so: 'none', evidence: null };
  const { n, part } = of;
  return { so: 'mine', evidence: { ...evidence, drawn: [...drawn.filter((one) => one !== known), { n, part, ...mine, file: null, until: mine.at + TURN_MS }] } };
}
/** null: it has become somebody else's meanwhile. */
export function keepDrawing(evidence: Evidence, id: string, file: EvidenceFile): Evidence | null {
  const { drawn = [] } = evidence;
  return drawn.some((one) => one.id === id) ? { ...evidence, drawn: drawn.map((one) => (one.id === id ? { ...one, file } : one)) } : null;
}
