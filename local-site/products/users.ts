/** The people of the site, and the account the app acts as. */
import type { SiteUser } from '../types';

export const ADMIN = 'acc-admin';
export const APP_ACCOUNT = 'acc-app';

export const SITE_USERS: readonly SiteUser[] = [
  { name: 'admin', accountId: ADMIN, displayName: 'Aki Admin', locale: 'en-US', timezone: 'Asia/Tokyo' },
  { name: 'alice', accountId: 'acc-alice', displayName: '有栖 佐和', locale: 'ja-JP', timezone: 'Asia/Tokyo' },
  { name: 'bob', accountId: 'acc-bob', displayName: 'Bob Miller', locale: 'en-US', timezone: 'America/New_York' },
  { name: 'viewer', accountId: 'acc-viewer', displayName: 'Vera Reader', locale: 'en-US', timezone: 'Europe/Berlin' },
  { name: 'mallory', accountId: 'acc-mallory', displayName: 'Mallory Outside', locale: 'en-US', timezone: 'UTC' },
];
export const APP_USER: SiteUser = { name: 'app', accountId: APP_ACCOUNT, displayName: 'Incident Pages for Mackerel', locale: 'en-US', timezone: 'UTC' };

/** People and the app; null for an account that does not exist. */
export function account(accountId: string): SiteUser | null {
  return [...SITE_USERS, APP_USER].find((user) => user.accountId === accountId) ?? null;
}
