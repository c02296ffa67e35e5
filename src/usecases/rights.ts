import { AppFailure } from '../domain/failure';
import type { Settings } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { remembered } from './remembered';

/**
 * Writing to Mackerel is off unless settings name a group, and then for its members only.
 * @throws AppFailure forbidden, saying which of these keeps the caller from it
 */
export async function proveMackerelWriter(ports: Ports, settings: Settings, caller: Caller): Promise<void> {
  const { enabled, group } = settings.writes;
  if (!enabled || group === null) throw new AppFailure('forbidden', 'error.writes-off');
  if (!(await ports.access.inGroup(caller.accountId, group))) throw new AppFailure('forbidden', 'error.writes-group', { group });
}

/**
 * Declaring by hand is for a group where settings name one, and always for administrators of Confluence.
 * @throws AppFailure forbidden, naming the group
 */
export async function proveDeclarer(ports: Ports, { groups: { declare: group } }: Settings, caller: Caller): Promise<void> {
  if (group === null || (await ports.access.inGroup(caller.accountId, group)) || (await ports.access.isAdmin())) return;
  throw new AppFailure('forbidden', 'error.declare-group', { group });
}

const OFFERED_MS = 10 * 60_000;

/** The same as a question, for what a screen offers; the answer may be ten minutes old, the press itself is proven anew. */
export async function mayWriteToMackerel(ports: Ports, settings: Settings, caller: Caller): Promise<boolean> {
  const { enabled, group } = settings.writes;
  if (!enabled || group === null) return false;
  const key = JSON.stringify(['group', caller.installation, caller.accountId, group]);
  return await remembered(key, ports.clock.now(), OFFERED_MS, () => ports.access.inGroup(caller.accountId, group));
}

/** The group that keeps the caller from declaring, for what a screen offers; null: none does. As old as the answer above may be. */
export async function declareGroupMissing(ports: Ports, { groups: { declare: group } }: Settings, caller: Caller): Promise<string | null> {
  if (group === null) return null;
  const key = JSON.stringify(['declarer', caller.installation, caller.accountId, group]);
  const may = await remembered(key, ports.clock.now(), OFFERED_MS, async () => (await ports.access.inGroup(caller.accountId, group)) || (await ports.access.isAdmin()));
  return may ? null : group;
}

/** Services whose space the caller can view; what belongs to none of the mapped ones is for administrators. */
export interface VisibleServices {
  readonly mapped: ReadonlySet<string>;
  sees(service: string | null): boolean;
}
export async function visibleServices(ports: Ports, settings: Settings): Promise<VisibleServices> {
  const keys = [...new Set(settings.services.map((service) => service.spaceKey))];
  const [visible, isAdmin] = await Promise.all([keys.length === 0 ? new Set<string>() : ports.access.visibleSpaces(keys), ports.access.isAdmin()]);
  const mapped = new Set(settings.services.filter((service) => visible.has(service.spaceKey)).map((service) => service.name));
  const known = new Set(settings.services.map((service) => service.name));
  return { mapped, sees: (service) => (service !== null && known.has(service) ? mapped.has(service) : isAdmin) };
}
