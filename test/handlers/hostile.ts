/** Payloads bent out of shape: valid ones with a few places replaced, removed, doubled or buried, by choices fast-check draws. */
import * as fc from 'fast-check';

/** Stands in every text made here, so that it is found where it must not be. */
export const MARK = 'zq-hostile-zq';

/** Arrays within arrays. Built as text: stringifying must not be what fails. */
const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
const own = (key: string, value: unknown): unknown => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as unknown;

const texts = [
  '', ' ', MARK, `<img src=x onerror=alert(1)>${MARK}`, `\u202e${MARK}\u2066`, `\u200b\u00ad${MARK}\ufeff`, `${MARK}\u0000`, '\ud800', '../../etc/passwd', '__proto__', 'constructor', 'toString',
  `javascript:alert("${MARK}")`, `https://evil.example/${MARK}`, 'http://169.254.169.254/latest', `'; DROP TABLE kvs; -- ${MARK}`, '${7*7}{{7*7}}', `%00%0d%0aX-Evil: ${MARK}`, '1e309', '-0', 'null', '2026-02-31', '٣', 'a'.repeat(300), MARK.repeat(2_000),
] as const;
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...texts) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, -1e308, Number.MAX_SAFE_INTEGER + 1, 4_102_444_800_001, [], {}, [[]], [null], [MARK]) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(deep(50), deep(1_500), own('__proto__', { admin: true }), own('constructor', { prototype: MARK }), Array.from({ length: 3_000 }, () => 0)) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** One bend: `at` and `key` choose a place among those there are. */
export interface Bend {
  readonly at: number;
  readonly how: 'nudge' | 'replace' | 'remove' | 'add' | 'wrap' | 'double' | 'swap';
  readonly key: string;
  readonly value: unknown;
}
const bend: fc.Arbitrary<Bend> = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  how: fc.constantFrom('nudge', 'nudge', 'nudge', 'nudge', 'replace', 'replace', 'remove', 'add', 'wrap', 'double', 'swap'),
  key: fc.constantFrom('extra', '__proto__', 'constructor', 'ok', 'isAdmin', 'asUser', 'accountId', MARK, ''),
  value,
});
/** Mostly one: the more places are bent, the sooner it is refused for the first of them. */
export const bends: fc.Arbitrary<readonly Bend[]> = fc.oneof({ weight: 3, arbitrary: fc.tuple(bend) }, { weight: 1, arbitrary: fc.array(bend, { minLength: 2, maxLength: 3 }) });

type Path = readonly (string | number)[];
function pathsOf(given: unknown, path: Path = []): readonly Path[] {
  if (typeof given !== 'object' || given === null) return [path];
  const inner = Array.isArray(given) ? given.map((one, index) => [index, one] as const) : Object.entries(given);
  return [path, ...inner.slice(0, 50).flatMap(([key, one]) => pathsOf(one, [...path, key]))];
}
function changed(given: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(given);
  if (Array.isArray(given)) return given.map((one: unknown, index) => (index === key ? changed(one, rest, change) : one));
  return Object.fromEntries(Object.entries(given as object).map(([name, one]: [string, unknown]) => [name, name === key ? changed(one, rest, change) : one]));
}
const GONE = Symbol('gone');
function without(given: unknown): unknown {
  if (Array.isArray(given)) return given.filter((one) => one !== GONE).map(without);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).flatMap(([key, one]: [string, unknown]) => (one === GONE ? [] : [[key, without(one)]])));
}

const NUMBERS = [0, 1, -1, 2, 59, 1.5, 946_684_800_000, 4_102_444_800_000, 2 ** 53, 1e308];
/** Another value of the same kind: what only looks right has to be refused, or borne, further in. */
function nudged(old: unknown, at: number): unknown {
  if (typeof old === 'string' || old === null) return texts[at % texts.length];
  if (typeof old === 'number') return NUMBERS[at % NUMBERS.length];
  if (typeof old === 'boolean') return !old;
  return Array.isArray(old) ? [...(old as unknown[]), ...(old as unknown[])] : old;
}

/** The payload after all bends. */
export function bent(payload: unknown, all: readonly Bend[]): unknown {
  return all.reduce<unknown>((given, { at, how, key, value: put }) => {
    const paths = pathsOf(given);
    const path = paths[at % paths.length] ?? [];
    switch (how) {
      case 'nudge': {
        const leaves = paths.filter((one) => !paths.some((other) => other.length > one.length && one.every((step, index) => step === other[index])));
        return changed(given, leaves[at % leaves.length] ?? [], (old) => nudged(old, Math.floor(at / leaves.length)));
      }
      case 'replace':
        return changed(given, path, () => put);
      case 'remove':
        return path.length === 0 ? {} : without(changed(given, path, () => GONE));
      case 'add':
        return changed(given, path, (old) => (typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, ...(own(key, put) as object) } : { [key]: put }));
      case 'wrap':
        return changed(given, path, (old) => (at % 2 === 0 ? [old] : { [key]: old }));
      case 'double':
        return changed(given, path, (old) => [old, old]);
      case 'swap': {
        const other = paths[(at + 7) % paths.length] ?? [];
        const theirs = other.reduce<unknown>((inside, step) => (typeof inside === 'object' && inside !== null ? (inside as Record<string | number, unknown>)[step] : undefined), given);
        return changed(given, path, () => theirs ?? null);
      }
    }
  }, payload);
}

/** A line of a stack, a path of this program, or an error's own words. */
const STACK = /\bat (?:async )?[\w.<>$ ]* ?\(?(?:[\w./-]+|node:[\w/]+):\d+:\d+|node_modules|\.(?:ts|cjs|js|mjs):\d+|(?:Type|Range|Syntax|Reference|Zod)Error\b/;

/** What is wrong with a text that leaves the app; empty: nothing. `secrets` by a name that may be told. */
export function leaks(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const told = Object.entries(secrets).flatMap(([name, secret]) => (secret !== '' && text.includes(secret) ? [`tells ${name}`] : []));
  return STACK.test(text) ? [...told, 'tells a stack'] : told;
}
/** Keys of rows that came, went or changed. */
export function differing(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);
}
