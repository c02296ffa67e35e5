/** What Jira answers is parsed field by field; anything unexpected is as if it were not there. */
import { field, textOf } from '../parts/kept';

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
/** Text that is not empty. */
export const wordsOf = (value: unknown): string | null => {
  const text = textOf(value);
  return text === null || text.trim() === '' ? null : text;
};
/** Ids come as text or as numbers. */
export const idOf = (value: unknown): string | null => (typeof value === 'number' ? String(value) : wordsOf(value));
export const pathOf = (value: unknown, ...path: readonly string[]): unknown => path.reduce(field, value);
