/** Metric values for people. Mackerel's units: integer, float, percentage, seconds, milliseconds, bytes, bytes/sec, bits/sec, iops. */

function digits(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
}
function plain(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits(value) }).format(value);
}

/** Mackerel shows bytes in steps of 1,024 and bits in steps of 1,000. */
function scaled(value: number, unit: string, step: number, locale: string): string {
  const names = step === 1024 ? ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] : ['', 'k', 'M', 'G', 'T', 'P'];
  let power = 0;
  let rest = value;
  while (Math.abs(rest) >= step && power < names.length - 1) {
    rest /= step;
    power += 1;
  }
  return `${plain(rest, locale)} ${names[power] ?? ''}${unit}`;
}

export function formatValue(value: number, unit: string | null, locale: string): string {
  switch (unit) {
    case 'percentage':
      return `${plain(value, locale)} %`;
    case 'milliseconds':
      return `${plain(value, locale)} ms`;
    case 'seconds':
      return `${plain(value, locale)} s`;
    case 'iops':
      return `${plain(value, locale)} IOPS`;
    case 'bytes':
      return scaled(value, 'B', 1024, locale);
    case 'bytes/sec':
      return scaled(value, 'B/s', 1024, locale);
    case 'bits/sec':
      return scaled(value, 'bit/s', 1000, locale);
    default:
      return plain(value, locale);
  }
}
