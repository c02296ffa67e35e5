/** Frozen values as a picture that needs nothing else to be seen: an SVG made of text alone. Pure. */
import type { ReadSeries } from './evidence-file';
import { plainLine } from './text';

const WIDTH = 760;
const ROW = 120;
const LEFT = 64;
const TOP = 22;
const PLOT = 74;
/** More would be a picture nobody scrolls; the values of all are in the other file. */
const ROWS = 30;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Names come from Mackerel. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? '');
const rounded = (value: number): string => (Math.round(value * 10) / 10).toString();
const label = (value: number): string => Number(value.toPrecision(4)).toString();
const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
/** Values further apart than this are not joined: there were none between. */
const GAP_MS = 5 * 60_000;

function line({ points, from, to }: ReadSeries, min: number, max: number): string {
  const x = (at: number): string => rounded(LEFT + ((at - from) / Math.max(1, to - from)) * (WIDTH - LEFT - 8));
  const y = (value: number): string => rounded(TOP + PLOT - ((value - min) / (max === min ? 1 : max - min)) * PLOT);
  return points.map(({ at, value }, index) => `${index === 0 || at - (points[index - 1]?.at ?? at) > GAP_MS ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
}

function row(series: ReadSeries, index: number): string {
  const { points, title, unit, from, to } = series;
  const values = points.map(({ value }) => value);
  const [min, max] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  const heading = escaped(plainLine(unit === null ? title : `${title} (${unit})`, 110));
  return [
    `<g transform="translate(0 ${index * ROW})">`,
    `<text x="8" y="14" font-weight="bold">${heading}</text>`,
    `<path d="M${LEFT} ${TOP}V${TOP + PLOT}H${WIDTH - 8}" fill="none" stroke="#8590a2"/>`,
    `<text x="${LEFT - 4}" y="${TOP + 8}" text-anchor="end">${label(max)}</text><text x="${LEFT - 4}" y="${TOP + PLOT}" text-anchor="end">${label(min)}</text>`,
    `<text x="${LEFT}" y="${TOP + PLOT + 14}">${stamp(from)}</text><text x="${WIDTH - 8}" y="${TOP + PLOT + 14}" text-anchor="end">${stamp(to)}</text>`,
    `<path d="${line(series, min, max)}" fill="none" stroke="#0c66e4" stroke-width="1.5"/>`,
    '</g>',
  ].join('');
}

/** Pixels of the picture of so many metrics with values. */
export const pictureSize = (metrics: number): { readonly width: number; readonly height: number } => ({ width: WIDTH, height: Math.min(metrics, ROWS) * ROW });

/** One row for each metric that has values; null: none has. Times in UTC. */
export function evidencePicture(series: readonly ReadSeries[]): string | null {
  const drawn = series.filter(({ points }) => points.length > 0).slice(0, ROWS);
  if (drawn.length === 0) return null;
  const { height } = pictureSize(drawn.length);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11" fill="#172b4d"><rect width="${WIDTH}" height="${height}" fill="#fff"/>${drawn.map(row).join('')}</svg>`;
}
