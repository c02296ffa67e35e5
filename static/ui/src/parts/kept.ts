/** One thing this browser keeps for a viewer, and the parsing of what was kept or handed over. */
import { recall, remember } from './remembered';

export interface Kept<T> {
  read(): T | null;
  /** null forgets. */
  write(value: T | null): void;
}

/** `parse` judges what was stored, by whatever version of this screen. */
export function kept<T>(key: string, parse: (raw: unknown) => T | null): Kept<T> {
  return { read: () => recall(key, parse), write: (value) => remember(key, value) };
}

/** An object's field, if it has one. */
export function field(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>)[name] : undefined;
}
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
