/** Where stored documents name people, and how a closed account is taken out of them. Pure. */
import type { FormerUser } from '../contract';

/** Stands for everybody whose account was closed; no account has such an id. */
export const FORMER_USER: FormerUser = 'former-user';

/** Fields that hold an account id, or null, or a list of them. */
const FIELDS: ReadonlySet<string> = new Set(['by', 'declaredBy', 'dismissedBy', 'person', 'account', 'accountId', 'assignee', 'authors', 'people', 'owner', 'reviewers']);
/** Entries whose params `from` and `to` are people. */
const PEOPLE_ENTRY = /^entry\.(role|audience)\./;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Account ids in a stored document. */
export function accountsIn(document: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (typeof one === 'string' && one !== '' && one !== FORMER_USER) found.add(one);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    const { messageKey, params } = value;
    if (typeof messageKey === 'string' && PEOPLE_ENTRY.test(messageKey) && isObject(params)) add([params['from'], params['to']]);
    for (const [name, part] of Object.entries(value)) {
      // Its `by` says what alerts are grouped by.
      if (name === 'grouping') continue;
      if (FIELDS.has(name)) add(part);
      if (name === 'opId' && typeof part === 'string') add(presserIn(part));
      walk(part);
    }
  };
  walk(document);
  return found;
}

/** Whose press `<account>:<operation id>` is; the account may hold colons itself. null: it is none. */
export function presserIn(press: string): string | null {
  const account = /^(.+):[A-Za-z0-9-]{8,64}$/.exec(press)?.[1];
  return account === undefined || account === FORMER_USER ? null : account;
}

/** The text with each of the accounts replaced wherever it stands as a word of its own, as in the ids of presses. */
export function withoutAccounts(text: string, closed: ReadonlySet<string>): string {
  const words = [...closed].map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return words.length === 0 ? text : text.replace(new RegExp(`(?<![A-Za-z0-9_-])(${words.join('|')})(?![A-Za-z0-9_-])`, 'g'), FORMER_USER);
}

/** As `withoutAccounts`, for a whole document, names of its fields included. */
export const documentWithout = <T>(document: T, closed: ReadonlySet<string>): T => JSON.parse(withoutAccounts(JSON.stringify(document), closed)) as T;
