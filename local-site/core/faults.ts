/** Faults on request: what `PUT /__site/faults` sets and every seam of the site asks. */
import { z } from 'zod';
import type { Fault } from '../types';

const faultSchema = z.strictObject({
  target: z.enum(['confluence', 'jira', 'mackerel', 'mackerel-web', 'slack', 'kvs', 'queue', 'realtime', 'events', 'schedule', 'webtrigger', 'function']),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.number().int().min(100).max(599).optional(),
  delayMs: z.number().min(0).optional(),
  drop: z.boolean().optional(),
  duplicate: z.boolean().optional(),
  rate: z.number().min(0).max(1).optional(),
  times: z.number().int().min(1).optional(),
  kill: z.boolean().optional(),
  lose: z.boolean().optional(),
  /** How many matching calls pass untouched first. */
  skip: z.number().int().min(0).optional(),
});
export const faultsSchema = z.array(faultSchema);
export type FaultRule = z.infer<typeof faultSchema>;

/** What one call has to suffer. `status` null: it goes through. */
export interface Verdict {
  readonly status: number | null;
  readonly delayMs: number;
  readonly drop: boolean;
  readonly duplicate: boolean;
  readonly kill: boolean;
  readonly lose: boolean;
}
const UNHARMED: Verdict = { status: null, delayMs: 0, drop: false, duplicate: false, kill: false, lose: false };

/** A rule that names no harm means "this fails". */
const harmless = (rule: FaultRule): boolean => rule.delayMs === undefined && !rule.drop && !rule.duplicate && !rule.kill && !rule.lose;

export interface Faults {
  set(rules: readonly FaultRule[]): void;
  /** The rules with how often each has struck. */
  list(): readonly (FaultRule & { readonly struck: number })[];
  clear(): void;
  /** Which rules strike this call; counts them. */
  strike(target: Fault['target'], method: string, path: string): Verdict;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; seen: number; struck: number }[] = [];
  const strikes = (entry: (typeof rules)[number], target: string, method: string, path: string): boolean => {
    const { rule } = entry;
    if (rule.target !== target) return false;
    if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) return false;
    if (rule.path !== undefined && !path.includes(rule.path)) return false;
    if (rule.times !== undefined && entry.struck >= rule.times) return false;
    entry.seen += 1;
    if (entry.seen <= (rule.skip ?? 0)) return false;
    return rule.rate === undefined || Math.random() < rule.rate;
  };
  return {
    set: (next) => void (rules = next.map((rule) => ({ rule, seen: 0, struck: 0 }))),
    list: () => rules.map(({ rule, struck }) => ({ ...rule, struck })),
    clear: () => void (rules = []),
    strike(target, method, path) {
      if (rules.length === 0) return UNHARMED;
      let verdict = UNHARMED;
      for (const entry of rules) {
        if (!strikes(entry, target, method, path)) continue;
        entry.struck += 1;
        const { rule } = entry;
        verdict = {
          status: rule.status ?? (harmless(rule) ? 500 : verdict.status),
          delayMs: verdict.delayMs + (rule.delayMs ?? 0),
          drop: verdict.drop || rule.drop === true,
          duplicate: verdict.duplicate || rule.duplicate === true,
          kill: verdict.kill || rule.kill === true,
          lose: verdict.lose || rule.lose === true,
        };
      }
      return verdict;
    },
  };
}
