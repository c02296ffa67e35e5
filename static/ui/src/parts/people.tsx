/** Names of people, looked up when shown and kept for the life of the screen. */
import { useSyncExternalStore } from 'react';
import type { FormerUser, PersonRef } from '../../../../src/contract';
import { peopleNames } from '../api';
import { useWords } from '../words';

const names = new Map<string, string | null>();
const listeners = new Set<() => void>();
const wanted = new Set<string>();
const AT_ONCE = 50;
const AGAIN_MS = 20_000;

function ask(): void {
  const ids = [...wanted].slice(0, AT_ONCE);
  for (const id of ids) wanted.delete(id);
  if (ids.length === 0) return;
  if (wanted.size > 0) setTimeout(ask, 0);
  void peopleNames(ids).then(
    (found) => tell(ids, found),
    () => {
      tell(ids, new Map());
      setTimeout(() => {
        if (listeners.size === 0) return;
        for (const id of ids) wanted.add(id);
        ask();
      }, AGAIN_MS);
    },
  );
}

function tell(ids: readonly string[], found: ReadonlyMap<string, string>): void {
  for (const id of ids) names.set(id, found.get(id) ?? null);
  for (const listener of listeners) listener();
}

/** What everybody is called whose account was closed; they cannot be looked up. */
export function nameFormerUser(name: string): void {
  const id: FormerUser = 'former-user';
  names.set(id, name);
}

/** undefined: still looking; null: cannot be had. */
export function useName(accountId: string | null): string | null | undefined {
  const name = useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange);
      if (accountId !== null && !names.has(accountId) && !wanted.has(accountId)) {
        if (wanted.size === 0) setTimeout(ask, 0);
        wanted.add(accountId);
      }
      return () => listeners.delete(onChange);
    },
    () => (accountId === null ? null : names.get(accountId)),
  );
  return name;
}

/** The name, if it was looked up before. */
export function knownName(accountId: string): string | null {
  return names.get(accountId) ?? null;
}

/** Names of all of `accountIds` that can be had. */
export async function namesOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const missing = [...new Set(accountIds)].filter((id) => !names.has(id));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const ids = missing.slice(from, from + AT_ONCE);
    await peopleNames(ids).then((found) => tell(ids, found), () => undefined);
  }
  return new Map(accountIds.flatMap((id) => [[id, names.get(id)] as const]).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

export function Person(props: { readonly person: PersonRef | null }) {
  const { t } = useWords();
  const name = useName(props.person?.accountId ?? null);
  return <span className="person">{name === undefined ? ' ' : (name ?? t('common.nobody'))}</span>;
}
