/** Groups of people. Apps keep the id: an administrator may give a group another name. */
import { ADMIN, SITE_USERS } from './users';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

/** By name, as the vendor lists them. */
export const GROUPS: readonly Group[] = [
  { id: '0d3a7d1e-6c0b-4d53-9a57-51f0c8a3e101', name: 'confluence-users', members: SITE_USERS.map((user) => user.accountId) },
  { id: '4b8e2f60-1f8d-4a0c-8f6e-7c2f9b5d1202', name: 'responders', members: [ADMIN, 'acc-alice', 'acc-bob'] },
  { id: '9c51e7aa-2d74-4b1e-b0d2-3e6a8f4c7303', name: 'site-admins', members: [ADMIN] },
];

export const groupById = (id: string): Group | null => GROUPS.find((group) => group.id === id) ?? null;
