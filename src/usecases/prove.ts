import { AppFailure, notFound } from '../domain/failure';
import { standsFor } from '../domain/imported';
import type { IncidentHead, Settings } from '../domain/model';
import type { PageAccess, Ports } from '../ports';
import type { Caller } from './caller';

export interface Proof {
  readonly head: IncidentHead;
  readonly canEdit: boolean;
  /** The caller sees the incident's page, now. */
  readonly seesPage: boolean;
}

/** While the page is being made: its declarer, and for public incidents those who may create pages in the space. */
async function proveWithoutPage(ports: Ports, caller: Caller, head: IncidentHead): Promise<Proof> {
  if (standsFor(head) === caller.accountId) return { head, canEdit: true, seesPage: false };
  if (head.visibility === 'private') throw notFound();
  const [space] = await ports.access.spaces([head.space.key]);
  if (space === undefined || !space.canCreate) throw notFound();
  return { head, canEdit: true, seesPage: false };
}

/** A page in the trash or deleted shows nobody's rights: administrators go on, and of a private incident who declared it. */
async function mayTendOrphan(ports: Ports, caller: Caller, head: IncidentHead): Promise<boolean> {
  return head.visibility === 'private' ? standsFor(head) === caller.accountId : await ports.access.isAdmin();
}

/**
 * Asks Confluence, now, what the caller may do with the incident's own page; the page id comes from the record.
 * @throws AppFailure not-found: no such incident, or one the caller may not know of
 */
export async function proveIncident(ports: Ports, caller: Caller, incidentId: string): Promise<Proof> {
  const head = await ports.incidents.head(incidentId);
  if (head === null) throw notFound();
  if (head.page === null) return await proveWithoutPage(ports, caller, head);
  const access: PageAccess | null = await ports.access.page(head.page.id);
  if (access !== null) return { head, canEdit: access.canUpdate, seesPage: true };
  if (head.page.state !== 'current' && (await mayTendOrphan(ports, caller, head))) return { head, canEdit: true, seesPage: false };
  throw notFound();
}

/** As proveIncident, and the caller may change it, were it not merged. */
export async function proveMayEdit(ports: Ports, caller: Caller, incidentId: string): Promise<IncidentHead> {
  const proof = await proveIncident(ports, caller, incidentId);
  if (!proof.canEdit) throw new AppFailure('forbidden');
  return proof.head;
}

export async function proveAdmin(ports: Ports): Promise<void> {
  if (!(await ports.access.isAdmin())) throw new AppFailure('forbidden', 'error.admin-only');
}

/** Whether the caller looks after the settings: an administrator of Confluence, or a member of the group these settings name. */
export async function isKeeper(ports: Ports, caller: Caller, settings: Pick<Settings, 'groups'> | null): Promise<boolean> {
  if (await ports.access.isAdmin()) return true;
  const group = settings?.groups.settings ?? null;
  return group !== null && (await ports.access.inGroup(caller.accountId, group));
}

/** Settings nobody can read name no group: then administrators are left. @throws AppFailure forbidden */
export async function proveKeeper(ports: Ports, caller: Caller): Promise<void> {
  if (await ports.access.isAdmin()) return;
  const row = await ports.settings.load().catch(() => null);
  if (row === null || !(await isKeeper(ports, caller, row.value))) throw new AppFailure('forbidden', 'error.keeper-only');
}

export async function configured(ports: Ports): Promise<Settings> {
  const row = await ports.settings.load();
  if (row === null) throw new AppFailure('not-configured');
  return row.value;
}
