/**
 * A record from a file becomes an incident here. It is known by its own id: a file that is brought twice, by whomever, is one
 * incident. Administrators only: what the file says others did, and when, nobody can check.
 */
import type { ImportLook, ImportResult } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { importedIncident, importRefusal, placedElsewhere, type RecordFile } from '../domain/imported';
import type { DeclareIntent, Incident, Saga, Settings } from '../domain/model';
import { accountsIn } from '../domain/personal-data';
import { parentIn } from '../domain/rules';
import { templateFor } from '../domain/templates';
import type { Ports, SpaceInfo } from '../ports';
import type { Caller } from './caller';
import { configured, proveAdmin, proveIncident } from './prove';
import { changeReports } from './published';
import { advance, takeBack, waitForPage } from './saga';
import { updateIncident } from './update-incident';

const PEOPLE_TOLD = 200;

/** What became of it before: null: it is not here. Of one the caller may not see only that it is. */
async function before(ports: Ports, caller: Caller, incidentId: string): Promise<ImportLook['already']> {
  const head = await ports.incidents.head(incidentId);
  if (head === null || (head.imported !== undefined && head.page === null)) return null;
  const seen = await proveIncident(ports, caller, incidentId).then(() => true, () => false);
  return { key: seen ? head.key : null, url: seen ? (head.page?.url ?? null) : null };
}

function proveTakable(file: RecordFile, now: number): void {
  const refusal = importRefusal(file, now);
  if (refusal !== null) throw new AppFailure('bad-request', refusal, {}, 'file');
}

/** What the file would become. `read` is not asked before it is known who looks. Nothing is made. */
export async function lookAtImport(ports: Ports, caller: Caller, read: () => RecordFile): Promise<ImportLook> {
  await proveAdmin(ports);
  const file = read();
  const settings = await configured(ports);
  proveTakable(file, ports.clock.now());
  const { head, rows, review, reports, writtenAt } = file;
  const { key, title, kind, severity, status, visibility, service, lang, detectedAt, declaredAt, resolvedAt, closedAt } = head;
  const count = (of: object): number => Object.keys(of).length;
  const home = settings.services.find(({ name }) => name === service)?.spaceKey ?? null;
  const people = [...accountsIn([head, rows, review, reports])];
  return {
    key, title, kind, severity, status, visibility, service, lang, detectedAt, declaredAt, resolvedAt, closedAt, writtenAt,
    counts: { entries: count(rows.entries), alerts: count(rows.alerts), hosts: count(rows.hosts), tickets: count(rows.tickets), reports: reports.length },
    review: review?.state ?? null,
    people: people.slice(0, PEOPLE_TOLD),
    spaceKey: home,
    already: await before(ports, caller, head.id),
    now: ports.clock.now(),
  };
}

async function spaceOf(ports: Ports, key: string): Promise<SpaceInfo> {
  const [space] = await ports.access.spaces([key]);
  if (space === undefined) throw badRequest('spaceKey', 'error.space-unknown');
  if (!space.canCreate) throw new AppFailure('forbidden', 'error.space-no-create', { space: space.key }, 'spaceKey');
  return space;
}

/** Beside the record first: what is there once the record is. */
async function storeBeside(ports: Ports, { head: { id }, review, reports }: RecordFile, conn: string): Promise<void> {
  if (review !== null) await ports.reviews.put({ ...review, incidentId: id, conn, ops: [] }, null);
  if (reports.length > 0) await changeReports(ports, id, (known) => (known.versions.length > 0 ? known : { ...known, versions: reports.map((one) => ({ ...one, opId: `import:${one.n}` })) }));
}

async function storeRecord(ports: Ports, caller: Caller, { conn }: Settings, file: RecordFile, space: SpaceInfo): Promise<Incident> {
  await storeBeside(ports, file, conn);
  const { head } = file;
  const year = new Date(head.declaredAt).getUTCFullYear();
  const isPrivate = head.visibility === 'private';
  const place = { conn, nonce: ports.random.id(), space: { id: space.id, key: space.key }, by: caller.accountId, at: ports.clock.now(), key: isPrivate ? ports.random.letters(8) : '' };
  const numbering = { conn, year, key: (n: number): string => `${year}-${String(n).padStart(3, '0')}` };
  const stored = await ports.incidents.create(importedIncident(file, place), isPrivate ? null : numbering);
  return await updateIncident(ports, stored.head.id, (known) => placedElsewhere(known, place.space, caller.accountId));
}

/** The way to its page is that of a declaration, from behind the record on. One that came to no end begins again, as whoever presses. */
async function beginPage(ports: Ports, caller: Caller, settings: Settings, { head }: Incident): Promise<void> {
  const { id, nonce, conn, title, kind, severity, visibility, lang, service, space, detectedAt, declaredAt } = head;
  const parent = parentIn(settings, service, space.key);
  const intent: DeclareIntent = {
    incidentId: id, nonce, conn, title, kind, severity, visibility, lang, service, space, ...(parent === null ? {} : { parent }), detectedAt, declaredAt,
    declaredBy: caller.accountId, candidateId: null, fromFile: true, template: templateFor(undefined, settings.templates, { kind, severity, service }), alerts: [],
  };
  const fresh: Saga = { schema: 1, intent, step: 'page', state: 'running', attempts: 0, nextAt: 0, lastError: null };
  const row = await ports.sagas.get(id);
  if (row === null || row.value.state === 'dead' || row.value.state === 'needs-person' || row.value.state === 'discarded') await ports.sagas.put(fresh, row?.ver ?? null);
}

/** @throws AppFailure page-refused when Confluence refuses the page: the record waits, and the same file can be brought to another space */
export async function importRecord(ports: Ports, caller: Caller, read: () => RecordFile, spaceKey: string): Promise<ImportResult> {
  await proveAdmin(ports);
  const file = read();
  const settings = await configured(ports);
  proveTakable(file, ports.clock.now());
  const { id } = file.head;
  const known = await before(ports, caller, id);
  if (known !== null) return { incidentId: id, key: known.key, page: known.url, already: true };
  const left = (await ports.sagas.get(id))?.value;
  // Given up before, and perhaps not all of it gone yet.
  if (left?.discarding === true) await takeBack(ports, left.intent, (same) => same);
  const incident = await storeRecord(ports, caller, settings, file, await spaceOf(ports, spaceKey));
  if (incident.head.imported === undefined) throw new AppFailure('conflict', 'error.import-taken');
  await beginPage(ports, caller, settings, incident);
  const outcome = await advance(ports, id, { as: 'user' });
  const head = outcome === 'done' ? await ports.incidents.head(id) : await waitForPage(ports, id, null);
  if (head === null || head.page === null) throw new AppFailure('busy', 'error.busy', {}, null, 2000);
  return { incidentId: id, key: head.key, page: head.page.url, already: false };
}
