/** Small sums over measured runs. All times are ms. */
import type { Page } from '@playwright/test';


export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly note: string;
}

/** Prints every figure beside its limit; true when all hold. A figure that could not be measured does not hold. */
export function report(figures: readonly Figure[]): boolean {
  let held = true;
  for (const { name, value, limit, unit, note } of figures) {
    const ok = value <= limit;
    held &&= ok;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${value.toFixed(2)} ${unit} (limit ${limit} ${unit}) ${note}`);
  }
  return held;
}

/** From asking for a page until `selector` is there in its first frame. */
export async function contentTime(page: Page, url: string, selector: string): Promise<number> {
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.frameLocator('iframe').first().locator(selector).first().waitFor({ timeout: 30_000 });
  return performance.now() - start;
}
