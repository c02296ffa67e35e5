/**
 * The viewing key of an incident's page: a random value that lies where only viewers of the page can read it, and changes every
 * few minutes. A viewer's own browser reads it, so that staying on a board costs none of the points all customers share.
 */
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { noteHidden } from './hidden-page';
import { remembered } from './remembered';

/** As long as a read pass: whoever loses the right to view sees nothing new after this. */
export const KEY_LIFE_MS = 5 * 60_000;
/** The next key is there before the last one ends, for browsers that are about to look. */
const RENEW_BEFORE_MS = 30_000;
const LOOK_EVERY_MS = 10_000;

interface Key {
  readonly key: string;
  readonly until: number;
}
interface ViewingCell {
  readonly current: Key;
  readonly previous: Key | null;
  /** Where it lies on the page; null: not written yet. */
  readonly left: { readonly pageId: string; readonly id: string; readonly version: number } | null;
}
const cellKey = (incidentId: string): string => `viewing:${incidentId}`;

async function renew(ports: Ports, head: IncidentHead): Promise<void> {
  const now = ports.clock.now();
  const pageId = head.page?.id;
  const cell = await ports.cells.get<ViewingCell>(cellKey(head.id));
  if (pageId === undefined || (cell !== null && cell.value.current.until - now > RENEW_BEFORE_MS)) return;
  const current = { key: ports.random.letters(40), until: now + KEY_LIFE_MS };
  const known = cell?.value.left?.pageId === pageId ? cell.value.left : null;
  // Only who stores the new key writes it to the page.
  const next: ViewingCell = { current, previous: cell?.value.current ?? null, left: known };
  if (!(await ports.cells.put(cellKey(head.id), 'viewing', next, cell?.ver ?? null))) return;
  const left = await ports.pages.leaveKey(pageId, current.key, known);
  if (left === null) return await noteHidden(ports, head);
  if ( left.id === known?.id && left.version === known.version) return;
  await ports.cells.put(cellKey(head.id), 'viewing', { ...next, left: { pageId, ...left } }, (cell?.ver ?? 0) + 1);
}

/** Sees that a key lies on the page. Where it cannot, or the app is paused, only the saving is lost: viewers prove themselves one by one. */
export async function keepViewingKey(ports: Ports, caller: Caller, head: IncidentHead): Promise<void> {
  if (caller.isPaused) return;
  await remembered(`viewing:${caller.installation}:${head.id}`, ports.clock.now(), LOOK_EVERY_MS, () => renew(ports, head).catch(() => undefined));
}

/** No key that anybody has read so far holds any more; the next one is made when it is needed. */
export async function endViewingKeys(ports: Ports, incidentId: string): Promise<void> {
  await ports.cells.remove(cellKey(incidentId));
}

/** Epoch ms until which the offered key holds for the incident; null: it does not. `same` compares in constant time. */
export async function viewingKeyHolds(ports: Ports, incidentId: string, offered: string, same: (a: string, b: string) => boolean): Promise<number | null> {
  const cell = await ports.cells.get<ViewingCell>(cellKey(incidentId));
  const keys = cell === null ? [] : [cell.value.current, ...(cell.value.previous === null ? [] : [cell.value.previous])];
  const found = keys.filter((one) => same(one.key, offered) && one.until > ports.clock.now());
  return found[0]?.until ?? null;
}
