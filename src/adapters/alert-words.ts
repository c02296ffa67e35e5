/** An alert in words, in the language of its space; the reader's zone is not known. */
import type { Lang } from '../contract';
import { atWorst } from '../domain/alert';
import type { AlertRecord } from '../domain/model';

const ZONE: Readonly<Record<Lang, { readonly name: string; readonly offset: string; readonly shiftMs: number }>> = {
  ja: { name: 'JST', offset: '+09:00', shiftMs: 9 * 3_600_000 },
  en: { name: 'UTC', offset: '+00:00', shiftMs: 0 },
};
/** `2026-11-23 23:04:05 +09:00 (JST)`: Japan has no summer time, so its offset is fixed. */
export function timeText(epochMs: number, lang: Lang): string {
  const zone = ZONE[lang];
  const local = new Date(epochMs + zone.shiftMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone.offset} (${zone.name})`;
}

const UNITS: Readonly<Record<string, string>> = { percentage: ' %', milliseconds: ' ms', seconds: ' s', bytes: ' B', 'bytes/sec': ' B/s', 'bits/sec': ' bit/s', iops: ' IOPS' };
function numberText(value: number, unit: string | null, lang: Lang): string {
  const size = Math.abs(value);
  const precision = size >= 100 ? { maximumFractionDigits: 0 } : size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  const number = new Intl.NumberFormat(lang === 'ja' ? 'ja-JP' : 'en-US', precision).format(value);
  return `${number}${unit === null ? '' : (UNITS[unit] ?? '')}`;
}

/** Value at opening against the threshold it crossed; a check has its message instead. */
export function valueText(alert: AlertRecord, lang: Lang): string {
  const { value, threshold: limit } = atWorst(alert);
  if (value === null) return alert.message ?? '–';
  const threshold = limit === null ? '' : ` ${alert.operator ?? '/'} ${numberText(limit, alert.unit, lang)}`;
  return `${numberText(value, alert.unit, lang)}${threshold}`;
}
