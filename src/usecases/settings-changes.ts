/**
 * Who changed what of the settings. The last change stands in the settings themselves, so that it is stored with them or not at
 * all; it gets a row of its own before the next one takes its place.
 */
import type { SettingsChangeView } from '../contract';
import type { Settings } from '../domain/model';
import { changedSettings, CHANGES_KEPT, type SettingsChange } from '../domain/settings-changes';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { configured, proveKeeper } from './prove';

const AT_ONCE = 20;
const cellOf = (conn: string, n: number): string => `settings-change:${conn}:${n}`;

/** `after` with the change it is. Safe to repeat: the row of the change before it is made once. */
export async function withChange(ports: Ports, { accountId }: Caller, before: Settings, after: Settings): Promise<Settings> {
  const changed = changedSettings(before, after);
  if (changed.length === 0) return after;
  const last = before.change;
  if (last !== undefined) await ports.cells.put(cellOf(before.conn, last.n), 'settings-change', last, null);
  const n = (last?.n ?? 0) + 1;
  if (n > CHANGES_KEPT) await ports.cells.remove(cellOf(before.conn, n - CHANGES_KEPT));
  return { ...after, change: { n, at: ports.clock.now(), by: accountId, changed } };
}

/** Newest first; `before`: only those older than the change of this number. */
export async function settingsChanges(ports: Ports, caller: Caller, before: number | null): Promise<{ readonly changes: readonly SettingsChangeView[]; readonly more: boolean }> {
  await proveKeeper(ports, caller);
  const { conn, change } = await configured(ports);
  if (change === undefined) return { changes: [], more: false };
  const newest = Math.min(change.n, before === null ? change.n : before - 1);
  const oldest = Math.max(1, change.n - CHANGES_KEPT + 1);
  const numbers = Array.from({ length: Math.max(0, Math.min(AT_ONCE, newest - oldest + 1)) }, (_, index) => newest - index);
  const found = await Promise.all(numbers.map(async (n) => (n === change.n ? change : ((await ports.cells.get<SettingsChange>(cellOf(conn, n)))?.value ?? null))));
  const changes = found.flatMap((one) => (one === null ? [] : [{ n: one.n, at: one.at, by: { accountId: one.by }, changed: one.changed }]));
  return { changes, more: newest - numbers.length >= oldest };
}
