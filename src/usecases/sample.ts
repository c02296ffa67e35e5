/**
 * The page of a test alert: written as an incident's page is, by the same writer and as the app, but of no incident. It takes no
 * number, sends nothing and bears no mark that lists look for. Its cell says what is there; every step can be repeated.
 */
import type { SampleView } from '../contract';
import { takeIn } from '../domain/alert-record';
import { AppFailure, badRequest } from '../domain/failure';
import type { Settings } from '../domain/model';
import { parentIn } from '../domain/rules';
import { SAMPLE_BUSY_MS, SAMPLE_STAYS_MS, sampleAlert, sampleView, type SamplePage } from '../domain/sample';
import type { Actor, PageFacts, Ports } from '../ports';
import type { Caller } from './caller';
import { pageClaim } from './claims';
import { makePage, titlesOf } from './make-page';
import { configured, proveKeeper } from './prove';

const APP: Actor = { as: 'app' };
const ROUNDS = 5;
const cellOf = (conn: string): string => `sample:${conn}`;
const busy = (): AppFailure => new AppFailure('busy', 'error.busy', {}, null, 1000);

type Row = { readonly ver: number; readonly value: SamplePage };
const read = (ports: Ports, conn: string): Promise<Row | null> => ports.cells.get<SamplePage>(cellOf(conn));
const store = (ports: Ports, conn: string, value: SamplePage, ver: number | null): Promise<boolean> => ports.cells.put(cellOf(conn), 'sample', value, ver);

/** null: there never was one. */
export async function sampleOf(ports: Ports, conn: string): Promise<SampleView | null> {
  const row = await read(ports, conn);
  return row === null ? null : sampleView(row.value);
}

function factsOf(ports: Ports, { id, nonce, lang, madeAt }: SamplePage): PageFacts {
  const say = (key: string): string => ports.texts.say(lang, key);
  const alert = takeIn(sampleAlert(madeAt, { monitor: say('page.sample.monitor'), memo: say('page.sample.memo') }), madeAt, 1, null);
  return { incidentId: id, nonce, key: say('page.sample.key'), title: say('page.sample.title'), lang, visibility: 'public', detectedAt: madeAt, declaredAt: madeAt, severity: 'pending', service: null, commander: null, template: 'incident', alerts: { [alert.id]: alert }, isSample: true };
}

/** The one that is there or being made, or a new one; what is on its way out is taken to its end first. */
async function begun(ports: Ports, { conn, services }: Settings, space: SamplePage['space']): Promise<Row> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await read(ports, conn);
    const known = row?.value ?? null;
    const now = ports.clock.now();
    if (known?.state === 'there' && known.page !== null && (await ports.pages.look(known.page.id, APP))?.state === 'current') return row as Row;
    if (known?.state === 'removing') {
      await takeAway(ports, conn);
      continue;
    }
    const lang = services.find(({ spaceKey }) => spaceKey === space.key)?.lang ?? 'en';
    const fresh: SamplePage = { schema: 1, id: `sample-${ports.random.id()}`, nonce: ports.random.letters(24), state: 'making', space, lang, madeAt: now, busyUntil: now + SAMPLE_BUSY_MS, page: null };
    const value = known?.state === 'making' ? { ...known, busyUntil: now + SAMPLE_BUSY_MS } : fresh;
    if (await store(ports, conn, value, row?.ver ?? null)) return { ver: (row?.ver ?? 0) + 1, value };
  }
  throw busy();
}

/**
 * Makes the page, or answers the one that is there.
 * @throws AppFailure bad-request: no such space, or the caller does not see it; page-refused: Confluence does not let the app
 */
export async function makeSample(ports: Ports, caller: Caller, spaceKey: string): Promise<SampleView> {
  await proveKeeper(ports, caller);
  const settings = await configured(ports);
  const [space] = await ports.access.spaces([spaceKey]);
  if (space === undefined) throw badRequest('spaceKey', 'error.space-key');
  if (!space.canCreate) throw new AppFailure('forbidden', 'error.page-refused.no-permission');
  const { value } = await begun(ports, settings, { id: space.id, key: space.key });
  if (value.state === 'there') return sampleView(value);
  const page = await makePage(ports, { ...value.space, parentId: parentIn(settings, null, value.space.key)?.id ?? null }, factsOf(ports, value), [], APP).catch(async (error: unknown) => {
    // Refused for good: there is none, and nothing to wait for.
    if (error instanceof AppFailure && error.code === 'page-refused') await ports.cells.remove(cellOf(settings.conn));
    throw error;
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await read(ports, settings.conn);
    if (row === null || row.value.nonce !== value.nonce) throw busy();
    // Another press came to the same page first.
    if (row.value.state !== 'making') return sampleView(row.value);
    const there: SamplePage = { ...row.value, state: 'there', page };
    if (await store(ports, settings.conn, there, row.ver)) return sampleView(there);
  }
  throw busy();
}

/** Its page, also one whose maker died before it could say so. */
async function pageOf(ports: Ports, sample: SamplePage): Promise<{ readonly id: string } | null> {
  if (sample.page !== null) return sample.page;
  for (const title of titlesOf(ports, factsOf(ports, sample))) {
    const page = await ports.pages.adopt(sample.space, title, sample.nonce, [], APP);
    if (page !== null) return page;
  }
  return null;
}

/** @throws AppFailure busy: somebody is making it, or was quicker */
async function takeAway(ports: Ports, conn: string): Promise<SampleView | null> {
  const row = await read(ports, conn);
  if (row === null || row.value.state === 'removed') return row === null ? null : sampleView(row.value);
  if (row.value.state === 'making' && row.value.busyUntil > ports.clock.now()) throw busy();
  const going: SamplePage = { ...row.value, state: 'removing' };
  if (row.value.state !== 'removing' && !(await store(ports, conn, going, row.ver))) throw busy();
  const ver = row.value.state === 'removing' ? row.ver : row.ver + 1;
  const page = await pageOf(ports, going);
  // Somebody made it the page of an incident: then it is theirs.
  if (page !== null && (await ports.claims.get(pageClaim(conn, page.id))) === null) await ports.pages.remove(page.id, APP);
  const gone: SamplePage = { ...going, state: 'removed', page: null };
  // Not stored: another removal was quicker, which is as good.
  await store(ports, conn, gone, ver);
  return sampleView(gone);
}

/** Moves the page to the trash. Safe to repeat. */
export async function removeSample(ports: Ports, caller: Caller): Promise<SampleView | null> {
  await proveKeeper(ports, caller);
  const { conn } = await configured(ports);
  return await takeAway(ports, conn);
}

/** Removes it when nobody did within its time. */
export async function removeOldSample(ports: Ports, conn: string): Promise<void> {
  const row = await read(ports, conn);
  if (row === null || row.value.state === 'removed' || row.value.madeAt + SAMPLE_STAYS_MS > ports.clock.now()) return;
  await takeAway(ports, conn);
}
