/**
 * Once a day: stored accounts are reported, and those that were closed are taken out of everything that is stored. Goes on where
 * the day before ended, or began anew after the last row; each row asks for its own accounts, so none depends on another.
 */
import { accountsIn, documentWithout } from '../domain/personal-data';
import { RecordFailure } from '../domain/failure';
import type { Incident } from '../domain/model';
import type { PeoplePlace, PeopleRow, Ports } from '../ports';
import { flushOutbox } from './notices';

const TRIES = 8;
/** The function may run for 15 minutes. */
const BUDGET_MS = 8 * 60_000;
/** After a full page, so that people's own calls find room under the storage's limits. */
const PAUSE_MS = 1_000;
const FULL = 20;

interface PlaceCell {
  /** null: from the first row. */
  readonly place: PeoplePlace | null;
}

/** The incident without them, in one version. Its rows keep their versions: boards that are open show what they have. */
async function eraseIncident(ports: Ports, id: string, closed: ReadonlySet<string>): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const loaded = await ports.incidents.load(id);
    if (loaded === null) return;
    // Under the ids it is owed by.
    const before = await flushOutbox(ports, loaded);
    const erased = documentWithout(before, closed);
    const after: Incident = { ...erased, head: { ...erased.head, ver: before.head.ver + 1 } };
    if ((await ports.incidents.save(before, after)) === 'saved') return;
  }
  throw new Error('an incident stays contended');
}

/** An incident that cannot be read tells of nobody; Health tells of it. */
async function accountsOf(ports: Ports, row: PeopleRow): Promise<ReadonlySet<string>> {
  if (!('incidentId' in row)) return new Set([...accountsIn(row.doc), ...(row.presser === null ? [] : [row.presser])]);
  const incident = await ports.incidents.load(row.incidentId).catch((error: unknown) => {
    if (error instanceof RecordFailure) return null;
    throw error;
  });
  return accountsIn(incident);
}

export async function erasePersonalData(ports: Ports): Promise<void> {
  const settings = await ports.settings.load();
  if (settings === null) return;
  const { conn } = settings.value;
  const key = `personal-data:${conn}`;
  const cell = await ports.cells.get<PlaceCell>(key);
  let ver = cell?.ver ?? null;
  let place = cell?.value.place ?? null;
  const until = ports.clock.now() + BUDGET_MS;
  const asked = new Set<string>();
  const closed = new Set<string>();
  do {
    const { rows, next } = await ports.peopleRows.page(conn, place);
    const named = await Promise.all(rows.map(async (row) => ({ row, accounts: await accountsOf(ports, row) })));
    const fresh = [...new Set(named.flatMap(({ accounts }) => [...accounts]))].filter((id) => !asked.has(id));
    for (const id of await ports.privacy.closed(fresh)) closed.add(id);
    for (const id of fresh) asked.add(id);
    for (const { row, accounts } of named) {
      if (![...accounts].some((id) => closed.has(id))) continue;
      if ('incidentId' in row) await eraseIncident(ports, row.incidentId, closed);
      else await ports.peopleRows.erase(row, closed);
    }
    place = next;
    // Another run is at it: it goes on from there.
    if (!(await ports.cells.put<PlaceCell>(key, 'personal-data', { place }, ver))) return;
    ver = (ver ?? 0) + 1;
    if (rows.length === FULL) await ports.clock.sleep(PAUSE_MS);
  } while (place !== null && ports.clock.now() < until);
}
