import type { BoardDelta, BoardView, EntryView, PastView, RevisionView, SurvivorView } from '../contract';
import { AppFailure, notFound } from '../domain/failure';
import type { Incident, IncidentHead, Settings } from '../domain/model';
import { noteOf } from '../domain/notes';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { incidentOfPage } from './claims';
import { entriesSince, revisionViews } from './entry-views';
import { noteShown } from './hidden-page';
import { liveNow, refreshLive } from './live';
import { pageHappened } from './page-life';
import { configured, proveIncident } from './prove';
import { visibleSurvivor } from './survivor';
import { remembered } from './remembered';
import { mayWriteToMackerel } from './rights';
import { keepViewingKey, viewingKeyHolds } from './viewing';
import { pastView, rowsSince } from './views';

/** Newest entries in the first answer; the rest is asked for when it is reached. */
const FIRST_ENTRIES = 80;
const SETTINGS_FRESH_MS = 5_000;

/** Read passes, made and checked by the handler that knows the installation's secret. */
export interface Passes {
  /** Ends after five minutes, or at `until` (epoch ms) if that is sooner. */
  issue(caller: Caller, incidentId: string, place: string, until?: number): Promise<{ pass: string; passExpiresAt: number }>;
  /** Valid when the pass is this caller's, for this incident and place, and has not expired. */
  holds(pass: string, caller: Caller, incidentId: string, place: string): Promise<{ valid: true; expiresAt: number } | { valid: false }>;
  /** Compares in constant time. */
  same(a: string, b: string): boolean;
}

type Target = { readonly pageId: string } | { readonly incidentId: string } | { readonly pageId: string; readonly incidentId: string };

/** The incident a board is to show. On a page that is no incident's home the one its macro names, if any. */
async function targetOf(ports: Ports, settings: Settings, at: Target): Promise<{ incidentId: string; atHome: boolean }> {
  if (!('pageId' in at)) return { incidentId: at.incidentId, atHome: false };
  const lives = await incidentOfPage(ports, settings.conn, at.pageId);
  const head = lives === null ? null : await ports.incidents.head(lives);
  if (lives !== null && head?.page?.id === at.pageId) return { incidentId: lives, atHome: true };
  if ('incidentId' in at) return { incidentId: at.incidentId, atHome: false };
  if ((await ports.access.page(at.pageId)) === null) throw notFound();
  throw new AppFailure('no-incident');
}

/** Everything a board shows first, in one call; Mackerel is not waited for, the first `board.changes` brings its news. */
export async function loadBoard(ports: Ports, passes: Passes, caller: Caller, at: Target): Promise<BoardView> {
  const settings = await configured(ports);
  const { incidentId, atHome } = await targetOf(ports, settings, at);
  const { head, canEdit, seesPage } = await proveIncident(ports, caller, incidentId);
  // The event of its return was lost, or is still on its way.
  if (seesPage && head.page !== null && head.page.state !== 'current') await pageHappened(ports, { kind: 'restored', pageId: head.page.id, by: null });
  if (seesPage && head.hidden !== undefined && !caller.isPaused) await noteShown(ports, head.id);
  const [incident, live, channel, pass, mackerel, survivor] = await Promise.all([
    ports.incidents.load(incidentId),
    liveNow(ports, incidentId, caller.isPaused),
    ports.live.token(incidentId),
    passes.issue(caller, incidentId, placeOf(head)),
    canEdit ? mayWriteToMackerel(ports, settings, caller) : false,
    survivorView(ports, caller, head),
    keepViewingKey(ports, caller, head),
  ]);
  if (incident === null) throw notFound();
  const now = ports.clock.now();
  const rows = rowsSince(incident, 0, live, settings, now);
  const entries = rows.entries.filter((entry, index) => index < FIRST_ENTRIES || entry.pinned);
  return { ...rows, survivor, entries, olderEntries: rows.entries.length - entries.length, can: { edit: canEdit, mackerel }, atHome, ...pass, channel, now };
}

async function survivorView(ports: Ports, caller: Caller, head: IncidentHead): Promise<SurvivorView | null> {
  const survivor = await visibleSurvivor(ports, caller, head);
  return survivor === null ? null : { incidentId: survivor.id, key: survivor.key, title: survivor.title, url: survivor.page?.state === 'current' ? survivor.page.url : null };
}

export interface Reading {
  readonly incidentId: string;
  readonly pass: string;
  readonly viewing?: string | undefined;
}

/** What a pass is for: a page, and nobody shut out of it since. */
const placeOf = ({ page, shutOut = 0 }: IncidentHead): string => `${page?.id ?? ''}${shutOut === 0 ? '' : `/${shutOut}`}`;

/** A read by pass, by the page's viewing key, or by a fresh proof; the latter two give a new pass. A pass lives five minutes from its proof and is never extended by itself. */
async function proveReading(ports: Ports, passes: Passes, caller: Caller, head: IncidentHead, given: Reading): Promise<{ pass: string; passExpiresAt: number }> {
  const place = placeOf(head);
  const held = await passes.holds(given.pass, caller, head.id, place);
  if (held.valid) return { pass: given.pass, passExpiresAt: held.expiresAt };
  const until = given.viewing === undefined ? null : await viewingKeyHolds(ports, head.id, given.viewing, passes.same);
  if (until !== null) return await passes.issue(caller, head.id, place, until);
  await proveIncident(ports, caller, head.id);
  return await passes.issue(caller, head.id, place);
}

/** The incident, for a reader who may see it. @throws AppFailure not-found */
export async function readable(ports: Ports, passes: Passes, caller: Caller, p: Reading, atLeast = 0): Promise<{ incident: Incident; pass: string; passExpiresAt: number }> {
  const incident = await ports.incidents.recent(p.incidentId, atLeast);
  if (incident === null) throw notFound();
  return { incident, ...(await proveReading(ports, passes, caller, incident.head, p)) };
}

/** Settings as a reader needs them: a change shows within seconds. */
export function settingsForReaders(ports: Ports, caller: Caller): Promise<Settings> {
  return remembered(`settings:${caller.installation}`, ports.clock.now(), SETTINGS_FRESH_MS, () => configured(ports));
}

/** What changed since version `since`, with fresh values from Mackerel when the last look is old enough. */
export async function boardChanges(ports: Ports, passes: Passes, caller: Caller, p: Reading & { since: number; atLeast?: number | undefined; channel?: boolean | undefined }): Promise<BoardDelta> {
  const { incident, ...pass } = await readable(ports, passes, caller, p, p.atLeast ?? 0);
  const settings = await settingsForReaders(ports, caller);
  const { head } = incident;
  const [fresh, survivor, channel] = await Promise.all([
    caller.isPaused ? liveNow(ports, head.id, true).then((live) => ({ incident, live })) : refreshLive(ports, incident),
    p.since < head.ver ? survivorView(ports, caller, head) : null,
    p.channel === true ? ports.live.token(p.incidentId) : null,
    keepViewingKey(ports, caller, head),
  ]);
  const now = ports.clock.now();
  return { survivor, ...rowsSince(fresh.incident, p.since, fresh.live, settings, now), ...pass, channel, now };
}

/** The whole timeline. */
export async function boardEntries(ports: Ports, passes: Passes, caller: Caller, p: Reading): Promise<{ readonly entries: readonly EntryView[] }> {
  const { incident } = await readable(ports, passes, caller, p);
  return { entries: entriesSince(incident, 0) };
}

/** The board as it was known at `at`, epoch ms. */
export async function boardAt(ports: Ports, passes: Passes, caller: Caller, p: Reading & { at: number }): Promise<PastView> {
  const { incident } = await readable(ports, passes, caller, p);
  return pastView(incident, p.at, await settingsForReaders(ports, caller));
}

/** Every state a note was in. */
export async function noteHistory(ports: Ports, passes: Passes, caller: Caller, p: Reading & { entryId: string }): Promise<{ readonly revisions: readonly RevisionView[] }> {
  const { incident } = await readable(ports, passes, caller, p);
  const note = noteOf(incident, p.entryId);
  if (note === null) throw new AppFailure('not-found', 'error.note-gone');
  return { revisions: revisionViews(note) };
}
